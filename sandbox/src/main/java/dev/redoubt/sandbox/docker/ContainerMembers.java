// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.docker;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The processes of one container, as the kernel of this machine counts them: nothing in the
/// container can hide one. Not known for an engine that is elsewhere.
final class ContainerMembers {

  private static final int MOST_LINES = 100_000;

  private final Path list;
  private final String first;
  private final boolean open;

  private ContainerMembers(Path list, String first) {
    this.list = list;
    this.first = first;
    this.open = isOpen(Path.of("/proc", first, "environ"));
  }

  private static boolean isOpen(Path environment) {
    try (var in = Files.newInputStream(environment)) {
      return in.read() >= 0;
    } catch (IOException e) {
      return false;
    }
  }

  /// Returns whether this user may look into them and end them from outside.
  boolean isOpen() {
    return open;
  }

  /// Returns those of the container `id` with the first process `pid`, if they can be seen here.
  static Optional<ContainerMembers> of(String id, long pid) {
    String first = String.valueOf(pid);
    try {
      for (String line : lines(Path.of("/proc", first, "cgroup"))) {
        String[] parts = line.split(":", 3);
        if (parts.length < 3 || !parts[2].contains(id)) {
          continue;
        }
        for (Path folder : folders(parts[1], parts[2])) {
          Path list = folder.resolve("cgroup.procs");
          if (Files.isReadable(list) && lines(list).contains(first)) {
            return Optional.of(new ContainerMembers(list, first));
          }
        }
      }
    } catch (IOException e) {
      return Optional.empty();
    }
    return Optional.empty();
  }

  private static List<Path> folders(String controllers, String path) {
    return switch (controllers) {
      case "" ->
          List.of(Path.of("/sys/fs/cgroup" + path), Path.of("/sys/fs/cgroup/unified" + path));
      case "pids" -> List.of(Path.of("/sys/fs/cgroup/pids" + path));
      default -> List.of();
    };
  }

  /// Returns whether the first process is alone.
  boolean isAlone() {
    try {
      return lines(list).equals(List.of(first));
    } catch (IOException e) {
      return false;
    }
  }

  private static List<String> lines(Path file) throws IOException {
    List<String> lines = new ArrayList<>();
    try (BufferedReader reader = Files.newBufferedReader(file)) {
      for (String line = reader.readLine();
          line != null && lines.size() < MOST_LINES;
          line = reader.readLine()) {
        lines.add(line);
      }
    }
    return lines;
  }
}
