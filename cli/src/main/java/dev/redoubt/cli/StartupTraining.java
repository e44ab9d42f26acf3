// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli;

import dev.redoubt.cli.Surroundings.Streams;
import dev.redoubt.cli.Surroundings.Terminals;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Runs the commands people run most, so that the JDK's start-up caches know their classes. The
/// build runs it once for each cache, when it packages the program: `scan` for the commands that
/// scan, `guard` for those that decide, anything else for the others.
final class StartupTraining {

  private static final String LOCK =
      """
      {"name": "sample", "lockfileVersion": 3, "packages": {
        "": {"name": "sample", "dependencies": {"one": "^1.0.0"}},
        "node_modules/one": {"version": "1.0.0", "integrity": "sha512-AAAA", "dependencies": {"two": "*"}},
        "node_modules/two": {"version": "2.0.0", "dev": true, "license": "MIT"}}}
      """;

  private StartupTraining() {}

  /// Runs every training command line, writing nothing but a temporary folder.
  public static void main(String[] arguments) throws IOException {
    if (List.of(arguments).equals(List.of("scan"))) {
      Path folder = Files.createTempDirectory("redoubt-training-");
      Path lock = folder.resolve("package-lock.json");
      Files.writeString(lock, LOCK, StandardCharsets.UTF_8);
      // The second scan of a target also says what changed since the first.
      run(folder, List.of("scan --demo", "scan .", "scan . -f json -o report.json", "db status"));
      delete(folder);
    } else if (List.of(arguments).equals(List.of("guard"))) {
      Path folder = Files.createTempDirectory("redoubt-training-");
      guard(folder);
      delete(folder);
    } else {
      run(
          Path.of("").toAbsolutePath(),
          List.of("--version", "--help", "help scan", "completion bash"));
    }
  }

  /* What agents ask all day. */
  private static void guard(Path folder) {
    String line =
        "cd src && git status --short | grep -v '^??' > out.txt; for f in *.c; do wc -l \"$f\";"
            + " done";
    for (String format : List.of("--json", "--quiet")) {
      run(folder, "", List.of("guard", "check", "--command", line, format));
    }
    run(folder, "", List.of("guard", "check", "--path", "~/.ssh/id_rsa"));
    run(folder, "", List.of("guard", "check", "--url", "https://example.com/a"));
    run(folder, "{\"command\": \"ls -la\"}\n", List.of("guard", "check", "--stdin"));
    for (int i = 0; i < 2; i++) {
      run(
          folder,
          "{\"hook_event_name\": \"PreToolUse\", \"tool_name\": \"Bash\", \"tool_input\":"
              + " {\"command\": \"npm test 2>&1 | tail -5\"}}",
          List.of("guard", "hook", "claude-code"));
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  private static void run(Path folder, List<String> lines) {
    for (String line : lines) {
      run(folder, "", List.of(line.split(" ", -1)));
    }
  }

  /* The folder is the home too, so that nothing of whoever builds the program is read. */
  private static void run(Path folder, String input, List<String> arguments) {
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    Surroundings world =
        new Surroundings(
            Map.of("HOME", folder.toString()),
            folder,
            new Streams(
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                nowhere,
                nowhere,
                Terminals.NONE),
            Clock.systemUTC());
    Main.run(arguments, world);
  }
}
