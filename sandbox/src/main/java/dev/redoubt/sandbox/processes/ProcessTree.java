// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.processes;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

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

  private static final int LOOKS = 100;
  private static final long BETWEEN_LOOKS = 1_000_000;

  private final ProcessHandle first;
  private final Optional<Instant> started;
  private final byte[] mark;

  ProcessTree(ProcessHandle first, String mark) {
    this.first = first;
    this.started = first.info().startInstant();
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
        if (pid != own && isMarked(pid, entry)) {
          Optional<ProcessHandle> handle = ProcessHandle.of(pid).filter(ProcessHandle::isAlive);
          handle.ifPresent(found::add);
        }
      }
    } catch (IOException e) {
      return found;
    }
    return found;
  }

  private boolean isMarked(long pid, Path process) {
    byte[] environment = environment(process);
    for (int i = 0; i < LOOKS && environment.length == 0 && couldBecomeMarked(pid, process); i++) {
      LockSupport.parkNanos(BETWEEN_LOOKS);
      environment = environment(process);
    }
    return contains(environment, mark);
  }

  /* While a process starts another program, the kernel shows it without any variables. */
  private boolean couldBecomeMarked(long pid, Path process) {
    if (!Files.exists(process.resolve("exe"))) {
      return false;
    }
    Optional<Instant> begun = ProcessHandle.of(pid).flatMap(handle -> handle.info().startInstant());
    return begun.isPresent() && started.isPresent() && !begun.get().isBefore(started.get());
  }

  private static byte[] environment(Path process) {
    try (InputStream in = Files.newInputStream(process.resolve("environ"))) {
      return in.readNBytes(MAX_ENVIRONMENT);
    } catch (IOException e) {
      // Somebody else's process, or one that just ended.
      return new byte[0];
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
