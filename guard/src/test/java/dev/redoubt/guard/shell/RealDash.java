// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.shell;

import dev.redoubt.testkit.Engines;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Asks the dash of the machine what it makes of lines; its only programs are stubs that write down
/// how they were called.
final class RealDash {

  private static final String STUB =
      """
      #!SHELL
      note() {
        printf '\\002;%s\\002' "$number" "$name" "$@"
        printf '\\n.'
      }
      name=${0##*/}
      entry=$(note "$@")
      printf '%s' "${entry%.}" >> LOG
      printf z
      """;
  private static final String DRIVER =
      """
      cd "$1/work"
      lines=$1/lines last=$2
      PATH=$1/bin HOME=/home/me number=0
      export PATH HOME number
      set --
      while [ "$number" -lt "$last" ]; do
        (. "$lines/$number"; wait)
        number=$((number + 1))
      done
      """;

  private RealDash() {}

  /// Runs `lines` in `folder` and returns what was executed, line by line.
  static List<RealBash.Trace> run(Path folder, List<String> lines) {
    try {
      Path log = Files.createFile(folder.resolve("log"));
      Path bin = Files.createDirectories(folder.resolve("bin"));
      Path texts = Files.createDirectories(folder.resolve("lines"));
      Files.createDirectories(folder.resolve("work"));
      String shell = Engines.path("dash").toString();
      for (String name : names()) {
        Path stub = bin.resolve(name);
        Files.writeString(stub, STUB.replace("SHELL", shell).replace("LOG", log.toString()));
        stub.toFile().setExecutable(true);
      }
      for (int i = 0; i < lines.size(); i++) {
        Files.writeString(texts.resolve(String.valueOf(i)), lines.get(i));
      }
      Path driver = Files.writeString(folder.resolve("driver"), DRIVER);
      String last = String.valueOf(lines.size());
      RealBash.start(List.of(shell, driver.toString(), folder.toString(), last));
      return RealBash.traces(Files.readAllBytes(log), lines.size());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> names() {
    List<String> names = new ArrayList<>(List.of("z", "c", "time", "function", "a", "b", "foo"));
    for (int i = 0; i < 10; i++) {
      names.addAll(List.of("c" + i, "zc" + i, "c" + i + "z"));
    }
    return names;
  }
}
