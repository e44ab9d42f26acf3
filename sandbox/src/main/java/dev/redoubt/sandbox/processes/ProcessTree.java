// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.processes;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Everything that came of one command on this machine, orphans included.
///
/// A child whose parent ended belongs to nobody any more. It is found by a variable that every
/// command gets and every child inherits. What wipes its own environment escapes: only a backend
/// with its own process namespace holds that too.
final class ProcessTree {

  /// The variable that marks what belongs to a command.
  static final String MARK = "REDOUBT_COMMAND";

  private static final Path PROCESSES = Path.of("/proc");
  private static final int MAX_ENVIRONMENT = 1 << 20;
  private static final int ROUNDS = 20;

  private final ProcessHandle first;
  private final byte[] mark;

  ProcessTree(ProcessHandle first, String mark) {
    this.first = first;
    this.mark = (MARK + "=" + mark).getBytes(StandardCharsets.UTF_8);
  }

  /// Ends all of it at once. What forks while it is ended is found in the next round.
  void kill() {
    for (int round = 0; round < ROUNDS; round++) {
      Map<Long, ProcessHandle> alive = alive();
      if (alive.isEmpty()) {
        return;
      }
      alive.values().forEach(ProcessHandle::destroyForcibly);
      alive.values().forEach(ProcessTree::awaitEnd);
    }
  }

  private Map<Long, ProcessHandle> alive() {
    Map<Long, ProcessHandle> alive = new LinkedHashMap<>();
    if (first.isAlive()) {
      alive.put(first.pid(), first);
    }
    first.descendants().filter(ProcessHandle::isAlive).forEach(p -> alive.put(p.pid(), p));
    for (ProcessHandle orphan : marked()) {
      alive.put(orphan.pid(), orphan);
    }
    return alive;
  }

  private List<ProcessHandle> marked() {
    List<ProcessHandle> found = new ArrayList<>();
    if (!Files.isDirectory(PROCESSES)) {
      return found;
    }
    long own = ProcessHandle.current().pid();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(PROCESSES, "[0-9]*")) {
      for (Path entry : entries) {
        long pid = Long.parseLong(entry.getFileName().toString());
        if (pid != own && isMarked(entry.resolve("environ"))) {
          Optional<ProcessHandle> handle = ProcessHandle.of(pid).filter(ProcessHandle::isAlive);
          handle.ifPresent(found::add);
        }
      }
    } catch (IOException e) {
      return found;
    }
    return found;
  }

  private boolean isMarked(Path environment) {
    try (InputStream in = Files.newInputStream(environment)) {
      return contains(in.readNBytes(MAX_ENVIRONMENT), mark);
    } catch (IOException e) {
      // Somebody else's process, or one that just ended.
      return false;
    }
  }

  private static boolean contains(byte[] text, byte[] part) {
    for (int at = 0; at + part.length <= text.length; at++) {
      if (isAt(text, at, part)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isAt(byte[] text, int at, byte[] part) {
    for (int i = 0; i < part.length; i++) {
      if (text[at + i] != part[i]) {
        return false;
      }
    }
    boolean begins = at == 0 || text[at - 1] == 0;
    int end = at + part.length;
    return begins && (end == text.length || text[end] == 0);
  }

  private static void awaitEnd(ProcessHandle process) {
    try {
      process.onExit().get(200, java.util.concurrent.TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
      // Not our child, or stuck in the kernel: the next round looks again.
    }
  }
}
