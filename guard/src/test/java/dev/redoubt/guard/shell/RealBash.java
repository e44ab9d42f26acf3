// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.shell;

import dev.redoubt.testkit.Engines;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Asks the Bash of the machine what it makes of lines, many of them in one process.
///
/// Nothing can run: there is no program on its path, and whatever is called is written to a log by
/// the handler for commands that were not found.
final class RealBash {

  private static final String DRIVER =
      """
      log=$1 work=$3
      mapfile -d '' lines < "$2"
      note() {
        local entry
        printf -v entry '\\002;%s\\002' "$number" "$@"
        printf '%s\\n' "${entry//$'\\n'/$'\\003;\\003'}" >> "$log"
      }
      command_not_found_handle() {
        note "$@"
        printf z
      }
      PATH=/nowhere FUNCNEST=20 HOME=/home/me
      cd "$work"
      set --
      for number in "${!lines[@]}"; do
        (
          trap "note $'\\001rejected'" EXIT
          eval "if false; then :
      ${lines[number]}
      fi" || exit
          trap - EXIT
          if [[ $log == *run ]]; then
            eval "${lines[number]}"
            wait
          fi
        )
      done
      """;

  private RealBash() {}

  /// What Bash made of a line.
  record Trace(boolean accepted, List<List<String>> executed) {}

  /// Runs `lines` in `folder` and returns what was executed, line by line.
  static List<Trace> run(Path folder, List<String> lines) {
    return ask(folder, "run", lines);
  }

  /// Returns whether Bash accepts `lines`; nothing is executed.
  static List<Trace> read(Path folder, List<String> lines) {
    return ask(folder, "read", lines);
  }

  private static List<Trace> ask(Path folder, String how, List<String> lines) {
    try {
      Path work = Files.createDirectories(folder.resolve("work"));
      Path log = folder.resolve("log." + how);
      Files.deleteIfExists(log);
      Files.createFile(log);
      Path driver = Files.writeString(folder.resolve("driver"), DRIVER);
      Path input = folder.resolve("lines");
      Files.writeString(input, String.join("\0", lines) + "\0");
      start(
          List.of(
              Engines.path("bash").toString(),
              "--norc",
              driver.toString(),
              log.toString(),
              input.toString(),
              work.toString()));
      return traces(Files.readAllBytes(log), lines.size());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Runs a program with an empty environment and waits for its end.
  static void start(List<String> command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().clear();
    builder.environment().put("LC_ALL", "C.UTF-8");
    Process process =
        builder
            .redirectInput(new File("/dev/null"))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      if (!process.waitFor(300, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("the shell did not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  private static List<String> fields(String written) {
    return List.of(written.substring(2).replace("\3;\3", "\n").split("\2\2;", -1));
  }

  /// Returns what a log says about each of `lines` lines.
  static List<Trace> traces(byte[] log, int lines) {
    List<List<List<String>>> executed = new ArrayList<>();
    boolean[] rejected = new boolean[lines];
    for (int i = 0; i < lines; i++) {
      executed.add(new ArrayList<>());
    }
    for (String written : new String(log, StandardCharsets.UTF_8).split("\2\n", -1)) {
      if (written.isEmpty()) {
        continue;
      }
      List<String> entry = new ArrayList<>(fields(written));
      int number = Integer.parseInt(entry.removeFirst());
      if (entry.getFirst().equals("\1rejected")) {
        rejected[number] = true;
      } else {
        executed.get(number).add(List.copyOf(entry));
      }
    }
    List<Trace> traces = new ArrayList<>();
    for (int i = 0; i < lines; i++) {
      traces.add(new Trace(!rejected[i], executed.get(i)));
    }
    return traces;
  }
}
