// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.docker;

import dev.redoubt.sandbox.kernel.Usage;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/// What all processes of one container used so far, as the control groups of this machine count it.
/// Not known for an engine that is elsewhere.
final class ContainerUse {

  private static final Path GROUPS = Path.of("/sys/fs/cgroup");
  private static final int MOST_LINES = 1000;

  /* By controller; the one group of a machine that has only one tree has no name. */
  private final Map<String, String> groups;

  private ContainerUse(Map<String, String> groups) {
    this.groups = groups;
  }

  /// What was used until a moment.
  ///
  /// @param peak of its memory; -1 when that is not counted
  record Count(long userNanos, long systemNanos, long peak) {

    /// Returns what was used since `before`. The peak of memory is known when it was reached since.
    Usage since(Count before) {
      return new Usage(
          Duration.ofNanos(Math.max(0, userNanos - before.userNanos())),
          Duration.ofNanos(Math.max(0, systemNanos - before.systemNanos())),
          peak > before.peak() && before.peak() >= 0
              ? OptionalLong.of(peak)
              : OptionalLong.empty());
    }
  }

  /// Returns the use of the container `id` with the first process `pid`.
  static ContainerUse of(String id, long pid) {
    Map<String, String> groups = new HashMap<>();
    try (BufferedReader lines = reader(Path.of("/proc", String.valueOf(pid), "cgroup"))) {
      String line = lines.readLine();
      for (int i = 0; line != null && i < MOST_LINES; i++) {
        String[] parts = line.split(":", 3);
        if (parts.length == 3 && parts[2].contains(id)) {
          for (String controller : parts[1].split(",", -1)) {
            groups.put(controller, parts[2]);
          }
        }
        line = lines.readLine();
      }
    } catch (IOException e) {
      groups.clear();
    }
    return new ContainerUse(groups);
  }

  private static BufferedReader reader(Path file) throws IOException {
    return Files.newBufferedReader(file);
  }

  /// Returns what was used until now; empty when nobody here counts it.
  Optional<Count> now() {
    try {
      return groups.containsKey("cpuacct") ? Optional.of(first()) : second();
    } catch (IOException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  private Count first() throws IOException {
    Path times = GROUPS.resolve("cpuacct" + groups.get("cpuacct"));
    long peak = -1;
    if (groups.containsKey("memory")) {
      Path memory = GROUPS.resolve("memory" + groups.get("memory"));
      peak = number(memory.resolve("memory.max_usage_in_bytes"));
    }
    return new Count(
        number(times.resolve("cpuacct.usage_user")),
        number(times.resolve("cpuacct.usage_sys")),
        peak);
  }

  private Optional<Count> second() throws IOException {
    String group = groups.get("");
    if (group == null) {
      return Optional.empty();
    }
    Path folder = GROUPS.resolve(group.substring(1));
    Map<String, Long> times = new HashMap<>();
    try (BufferedReader lines = reader(folder.resolve("cpu.stat"))) {
      String line = lines.readLine();
      for (int i = 0; line != null && i < MOST_LINES; i++) {
        int blank = line.indexOf(' ');
        if (blank > 0) {
          times.put(line.substring(0, blank), Long.parseLong(line.substring(blank + 1)));
        }
        line = lines.readLine();
      }
    }
    Long user = times.get("user_usec");
    Long system = times.get("system_usec");
    if (user == null || system == null) {
      return Optional.empty();
    }
    Path peak = folder.resolve("memory.peak");
    return Optional.of(
        new Count(
            TimeUnit.MICROSECONDS.toNanos(user),
            TimeUnit.MICROSECONDS.toNanos(system),
            Files.isReadable(peak) ? number(peak) : -1));
  }

  private static long number(Path file) throws IOException {
    try (BufferedReader lines = reader(file)) {
      String line = lines.readLine();
      return Long.parseLong(line == null ? "" : line.strip());
    }
  }
}
