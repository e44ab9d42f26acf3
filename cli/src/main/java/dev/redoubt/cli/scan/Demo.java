// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.scan;

import dev.redoubt.advisory.intake.AdvisoryImport;
import dev.redoubt.advisory.intake.AdvisoryImport.Request;
import dev.redoubt.advisory.intake.Bounds;
import dev.redoubt.advisory.intake.ImportProgress;
import dev.redoubt.model.ErrorCode;
import dev.redoubt.model.RedoubtException;
import dev.redoubt.scan.engine.FileTree;
import dev.redoubt.scan.engine.ScanLimits;
import dev.redoubt.scan.engine.Source;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/// The bundled sample estate, unpacked into a folder of its own for one scan.
final class Demo implements AutoCloseable {

  private static final String RESOURCE = "demo-estate.txt";
  private static final String FILE_MARK = "=== ";

  private final Path folder;

  private Demo(Path folder) {
    this.folder = folder;
  }

  /// Returns the unpacked estate with its advisories compiled.
  static Demo unpack(Clock clock) {
    try {
      Demo demo = new Demo(Files.createTempDirectory("redoubt-demo-"));
      demo.writeFiles();
      new AdvisoryImport(demo.dataDir(), clock, Bounds.IMPORT, ImportProgress.NONE)
          .run(new Request(demo.folder.resolve("advisories"), "bundled sample", "Apache-2.0"));
      return demo;
    } catch (IOException e) {
      throw new RedoubtException(
          ErrorCode.UNWRITABLE,
          "cannot unpack the demo: %s: free some space in the temporary folder"
              .formatted(e.getMessage()),
          e);
    }
  }

  Source source() {
    return FileTree.of(folder.resolve("estate"), ScanLimits.DEFAULT);
  }

  Path dataDir() {
    return folder.resolve("data");
  }

  private void writeFiles() throws IOException {
    try (InputStream in = Objects.requireNonNull(Demo.class.getResourceAsStream(RESOURCE));
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      List<String> lines = reader.lines().toList();
      for (int i = 0; i < lines.size(); i++) {
        if (lines.get(i).startsWith(FILE_MARK)) {
          int end = i + 1;
          while (end < lines.size() && !lines.get(end).startsWith(FILE_MARK)) {
            end++;
          }
          Path file = folder.resolve(lines.get(i).substring(FILE_MARK.length()));
          Files.createDirectories(Objects.requireNonNull(file.getParent()));
          Files.write(file, lines.subList(i + 1, end), StandardCharsets.UTF_8);
        }
      }
    }
  }

  @Override
  public void close() {
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      // Left for the system to clean: a temporary folder that stays behind harms no result.
      System.getLogger(Demo.class.getName())
          .log(System.Logger.Level.DEBUG, "temporary folder stays: " + folder, e);
    }
  }
}
