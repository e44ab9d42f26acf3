// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.bench;

import dev.redoubt.advisory.intake.AdvisoryImport;
import dev.redoubt.advisory.intake.Bounds;
import dev.redoubt.advisory.intake.ImportProgress;
import dev.redoubt.advisory.intake.ImportReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/// Writes generated data, or compiles advisories; see `bench/run` for the command lines.
final class Generate {

  private static final String USAGE =
      """
      usage: advisories EXPORT.zip TARGET.zip COPIES SEED   multiply an OSV export
             lock FOLDER PACKAGES SEED [EXPORT.zip HITS]    a package-lock.json, HITS of its packages
                                                            being in the export
             tree FOLDER FILES SEED                         a repository of many files
             compile EXPORT.zip DATA                        import an export into a data folder
      """;

  private Generate() {}

  public static void main(String[] arguments) throws IOException {
    List<String> words = List.of(arguments);
    String verb = words.isEmpty() ? "" : words.getFirst();
    switch (verb) {
      case "advisories" -> {
        int written =
            AdvisoryCopies.write(
                Path.of(words.get(1)), Path.of(words.get(2)), number(words, 3), number(words, 4));
        System.out.println(written + " records");
      }
      case "lock" -> lock(words);
      case "tree" -> SourceTree.write(Path.of(words.get(1)), number(words, 2), number(words, 3));
      case "compile" -> compile(Path.of(words.get(1)), Path.of(words.get(2)));
      default -> System.out.print(USAGE);
    }
  }

  private static void lock(List<String> words) throws IOException {
    Path folder = Path.of(words.get(1));
    Files.createDirectories(folder);
    long seed = number(words, 3);
    List<PackageLock.Pinned> pinned =
        words.size() > 5
            ? KnownPackages.sample(Path.of(words.get(4)), number(words, 5), seed)
            : List.of();
    Files.writeString(
        folder.resolve("package-lock.json"),
        PackageLock.text(number(words, 2), pinned, seed),
        StandardCharsets.UTF_8);
  }

  private static void compile(Path export, Path data) {
    long start = System.nanoTime();
    ImportReport report =
        new AdvisoryImport(data, Clock.systemUTC(), Bounds.IMPORT, ImportProgress.NONE)
            .run(AdvisoryImport.Request.of(export));
    long milliseconds = (System.nanoTime() - start) / 1_000_000;
    System.out.println(report.records() + " records in " + milliseconds + " ms");
    report.ecosystems().forEach(System.out::println);
  }

  private static int number(List<String> words, int at) {
    return Integer.parseInt(words.get(at));
  }
}
