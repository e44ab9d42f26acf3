// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.bubblewrap;

import dev.redoubt.sandbox.wall.ResourceLimits;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The control groups of one command, where Redoubt may make any: as root, mostly. Below the groups
/// Redoubt itself is in, so that nothing gets more than Redoubt may use.
///
/// They bound the processes and the memory of everything together. The kernel does not count the
/// processes of its own root against a limit of a process, so for root there is nothing else.
record ControlGroup(List<Path> folders) {

  private static final Path ROOT = Path.of("/sys/fs/cgroup");
  private static final int MAX_LINES = 64;

  ControlGroup {
    folders = List.copyOf(folders);
  }

  /// Returns the groups called `name`, none where none can be made.
  static ControlGroup make(String name, ResourceLimits limits) {
    List<Path> made = new ArrayList<>();
    for (String line : own()) {
      String[] parts = line.split(":", 3);
      if (parts.length == 3) {
        switch (parts[1]) {
          case "pids" -> make(at("pids", parts[2]), name, made, "pids.max", limits.processes());
          case "memory" ->
              make(
                  at("memory", parts[2]),
                  name,
                  made,
                  "memory.limit_in_bytes",
                  limits.memoryBytes());
          case "" -> unified(at("", parts[2]), name, made, limits);
          default -> {}
        }
      }
    }
    return new ControlGroup(made);
  }

  private static Path at(String controller, String path) {
    return ROOT.resolve(controller).resolve(path.substring(1)).normalize();
  }

  private static List<String> own() {
    List<String> lines = new ArrayList<>();
    try (BufferedReader reader =
        Files.newBufferedReader(Path.of("/proc/self/cgroup"), StandardCharsets.UTF_8)) {
      String line = reader.readLine();
      while (line != null && lines.size() < MAX_LINES) {
        lines.add(line);
        line = reader.readLine();
      }
    } catch (IOException e) {
      return List.of();
    }
    return lines;
  }

  private static void make(Path parent, String name, List<Path> made, String file, long limit) {
    Path folder = parent.resolve(name);
    if (!Files.isWritable(parent)) {
      return;
    }
    try {
      Files.createDirectory(folder);
      Files.writeString(folder.resolve(file), String.valueOf(limit));
      made.add(folder);
    } catch (IOException e) {
      remove(folder);
    }
  }

  /* A group made here has only the controllers its parent hands on. */
  private static void unified(Path parent, String name, List<Path> made, ResourceLimits limits) {
    Path folder = parent.resolve(name);
    if (!Files.isWritable(parent)) {
      return;
    }
    try {
      Files.createDirectory(folder);
      if (!Files.exists(folder.resolve("pids.max"))) {
        remove(folder);
        return;
      }
      Files.writeString(folder.resolve("pids.max"), String.valueOf(limits.processes()));
      if (Files.exists(folder.resolve("memory.max"))) {
        Files.writeString(folder.resolve("memory.max"), String.valueOf(limits.memoryBytes()));
      }
      made.add(folder);
    } catch (IOException e) {
      remove(folder);
    }
  }

  /// Removes them. One in which something still ends stays until the next call.
  void remove() {
    folders.forEach(ControlGroup::remove);
  }

  private static void remove(Path folder) {
    try {
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      // The kernel removes it when asked again, once the last of it is gone.
    }
  }
}
