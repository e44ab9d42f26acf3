// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.docker;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Containers of sessions whose Redoubt is gone.
///
/// Usually there are none: a container ends with the Redoubt that started it, however that ended.
/// Each carries a label that says which process it belongs to. It is a leftover only when that
/// process could be seen from here, and is not there.
final class Leftovers {

  /// The beginning of every label of Redoubt's.
  static final String LABEL = "dev.redoubt.";

  private static final String OWNER = LABEL + "owner";
  private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");
  private static final Path NAMESPACE = Path.of("/proc/self/ns/pid");

  private Leftovers() {}

  /// Returns the label for what this process starts.
  static String label() {
    ProcessHandle self = ProcessHandle.current();
    return OWNER + "=" + here() + "/" + self.pid() + "/" + started(self);
  }

  /// Ends and removes every leftover the engine of `docker` has.
  static void remove(DockerClient docker) throws IOException, InterruptedException {
    DockerClient.Answer all =
        docker.ask(
            "ps",
            "--all",
            "--no-trunc",
            "--filter",
            "label=" + OWNER,
            "--format",
            "{{.ID}} {{.Label \"" + OWNER + "\"}}");
    for (String line : all.good() ? all.text().lines().toList() : List.<String>of()) {
      int blank = line.indexOf(' ');
      if (blank > 0 && isOrphaned(line.substring(blank + 1))) {
        docker.ask("rm", "--force", "--volumes", line.substring(0, blank));
      }
    }
  }

  /// Returns whether the process that `owner` names could be seen from here, and is gone.
  static boolean isOrphaned(String owner) {
    String here = here() + "/";
    if (!owner.startsWith(here)) {
      return false;
    }
    String[] process = owner.substring(here.length()).split("/", -1);
    if (process.length != 2 || process[0].isEmpty() || process[0].length() > 18) {
      return false;
    }
    if (!process[0].chars().allMatch(c -> c >= '0' && c <= '9')) {
      return false;
    }
    Optional<ProcessHandle> found = ProcessHandle.of(Long.parseLong(process[0]));
    return found.isEmpty() || !started(found.get()).equals(process[1]);
  }

  /* Numbers of processes mean something only within one start of one system and one namespace. */
  private static String here() {
    try (BufferedReader boot = Files.newBufferedReader(BOOT)) {
      return boot.readLine() + "/" + Files.readSymbolicLink(NAMESPACE);
    } catch (IOException e) {
      return "unknown/" + ProcessHandle.current().pid();
    }
  }

  private static String started(ProcessHandle process) {
    return process.info().startInstant().map(at -> String.valueOf(at.toEpochMilli())).orElse("");
  }
}
