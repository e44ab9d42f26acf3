// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.bubblewrap;

import dev.redoubt.sandbox.wall.ResourceLimits;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
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

  /// The file in the folder of a wall that says where its groups are made.
  static final String PARENTS = "groups";

  ControlGroup {
    folders = List.copyOf(folders);
  }

  /// Where groups can be made.
  ///
  /// @param controller `pids`, `memory`, or nothing for all of them
  record Parent(String controller, Path folder) {}

  /// Returns where Redoubt may make groups, and notes it in `wall`, for whoever has to take them
  /// away.
  static List<Parent> parents(Path wall) throws IOException {
    List<Parent> parents = new ArrayList<>();
    StringBuilder lines = new StringBuilder();
    for (String line : lines(Path.of("/proc/self/cgroup"))) {
      String[] parts = line.split(":", 3);
      boolean wanted = parts.length == 3 && List.of("pids", "memory", "").contains(parts[1]);
      if (wanted && Files.isWritable(at(parts[1], parts[2]))) {
        parents.add(new Parent(parts[1], at(parts[1], parts[2])));
        lines.append(at(parts[1], parts[2])).append('\n');
      }
    }
    Files.writeString(wall.resolve(PARENTS), lines);
    return List.copyOf(parents);
  }

  /// Returns the groups of one command of `wall`, none where none can be made.
  static ControlGroup make(Path wall, int number, List<Parent> parents, ResourceLimits limits) {
    List<Path> made = new ArrayList<>();
    String name = name(wall) + number;
    for (Parent parent : parents) {
      switch (parent.controller()) {
        case "pids" -> make(parent.folder(), name, made, "pids.max", limits.processes());
        case "memory" ->
            make(parent.folder(), name, made, "memory.limit_in_bytes", limits.memoryBytes());
        default -> unified(parent.folder(), name, made, limits);
      }
    }
    return new ControlGroup(made);
  }

  private static String name(Path wall) {
    return "redoubt-" + wall.getFileName() + "-";
  }

  /// Removes every group of `wall` and returns whether none is left.
  static boolean removeAll(Path wall) {
    boolean none = true;
    for (String line : lines(wall.resolve(PARENTS))) {
      Path parent = Path.of(line);
      if (parent.startsWith(ROOT)) {
        try (DirectoryStream<Path> groups =
            Files.newDirectoryStream(parent, name(wall) + "[0-9]*")) {
          for (Path group : groups) {
            remove(group);
            none &= !Files.exists(group);
          }
        } catch (IOException | DirectoryIteratorException e) {
          // The group Redoubt was in is gone, and with it all below.
        }
      }
    }
    return none;
  }

  private static Path at(String controller, String path) {
    return ROOT.resolve(controller).resolve(path.substring(1)).normalize();
  }

  private static List<String> lines(Path file) {
    List<String> lines = new ArrayList<>();
    try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
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
