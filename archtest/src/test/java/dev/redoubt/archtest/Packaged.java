// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.archtest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// The packaged program in a folder of its own, with a home of its own.
///
/// @param work the folder it is started in
/// @param home what it takes for the home
record Packaged(Path work, Path home) {

  private static final Path IMAGE = Code.ROOT.resolve("cli/target/image");
  private static final List<String> FOREIGN =
      List.of("XDG_DATA_HOME", "XDG_CONFIG_HOME", "JAVA_TOOL_OPTIONS");

  /// What came of one start.
  record Run(int exitCode, String out, String err) {

    /// Returns the lines that have `type` as their type.
    List<String> events(String type) {
      return out.lines().filter(line -> line.contains("\"type\":\"" + type + "\"")).toList();
    }

    String lastLine() {
      return out.lines().reduce("", (_, last) -> last);
    }
  }

  /// A start that goes on.
  record Running(Process process, Path out, Path err) {

    Run end() throws Exception {
      assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
      return new Run(
          process.exitValue(), Files.readString(out, UTF_8), Files.readString(err, UTF_8));
    }

    /// Ends it as a power failure would, and returns once it is gone.
    Run kill() throws Exception {
      process.destroyForcibly();
      return end();
    }
  }

  /// Makes both folders below `world`.
  static Packaged below(Path world) throws IOException {
    return new Packaged(
        Files.createDirectories(world.resolve("work")).toRealPath(),
        Files.createDirectories(world.resolve("home")).toRealPath());
  }

  /// Returns a folder, which may not be there, whose programs are found before the machine's.
  Path programs() {
    return home.resolve("bin");
  }

  Run run(Map<String, String> environment, String... arguments) throws Exception {
    return start(environment, List.of(arguments)).end();
  }

  Running start(Map<String, String> environment, List<String> arguments) throws IOException {
    Path out = Files.createTempFile(home, "out", "");
    Path err = Files.createTempFile(home, "err", "");
    ProcessBuilder builder =
        piped(arguments).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().putAll(environment);
    return new Running(builder.start(), out, err);
  }

  /// Returns what starts it, with its streams still to be connected.
  ProcessBuilder piped(List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Code.ROOT.resolve("redoubt").toString());
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command).directory(work.toFile());
    builder.environment().put("REDOUBT_IMAGE", IMAGE.toString());
    builder.environment().put("HOME", home.toString());
    if (Files.isDirectory(programs())) {
      builder.environment().merge("PATH", programs() + ":", (path, own) -> own + path);
    }
    FOREIGN.forEach(builder.environment()::remove);
    return builder;
  }
}
