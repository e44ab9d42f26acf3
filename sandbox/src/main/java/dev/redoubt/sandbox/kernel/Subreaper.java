// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.kernel;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/// Makes orphans this JVM's children: what a program left behind when it ended cannot slip away to
/// the first process of the machine, not even by wiping its environment and leaving its session.
///
/// Adopted children are told apart from those the JDK waits for by having been started elsewhere,
/// so while this is open every program of the JVM is started through [#start]. Safe to share; one
/// at a time in a JVM.
public final class Subreaper implements AutoCloseable {

  private static final long SET_CHILD_SUBREAPER = 36;
  private static final long WITHOUT_WAITING = 1;

  /// Starts a program.
  @FunctionalInterface
  public interface Start {
    /// Returns the running program.
    Process start() throws IOException, InterruptedException;
  }

  /* Held for reading from before a program exists until it is known here. */
  private final ReentrantReadWriteLock starting = new ReentrantReadWriteLock();
  private final Map<Long, Process> started = new ConcurrentHashMap<>();
  private final Kernel kernel;

  private Subreaper(Kernel kernel) {
    this.kernel = kernel;
  }

  /// Returns the open one: from now on orphans come here.
  ///
  /// @throws KernelException if the kernel does not do that
  public static Subreaper open() throws KernelException {
    Kernel kernel = Kernel.here();
    kernel.must("adopting orphans", SystemCall.PRCTL, SET_CHILD_SUBREAPER, 1, 0, 0, 0);
    return new Subreaper(kernel);
  }

  /// Starts a program that the JDK waits for.
  public Process start(Start start) throws IOException, InterruptedException {
    starting.readLock().lock();
    try {
      Process process = start.start();
      started.put(process.pid(), process);
      return process;
    } finally {
      starting.readLock().unlock();
    }
  }

  /// Returns the orphans that run, without what those started in turn.
  public List<ProcessHandle> orphans() {
    starting.writeLock().lock();
    try {
      forgetEnded();
      List<ProcessHandle> all = adopted();
      List<ProcessHandle> alive = all.stream().filter(orphan -> !isReaped(orphan)).toList();
      while (alive.size() < all.size()) {
        // One that ended left its own children to us, maybe after we had looked.
        all = adopted();
        alive = all.stream().filter(orphan -> !isReaped(orphan)).toList();
      }
      return alive;
    } finally {
      starting.writeLock().unlock();
    }
  }

  private List<ProcessHandle> adopted() {
    return ProcessHandle.current()
        .children()
        .filter(child -> !started.containsKey(child.pid()))
        .toList();
  }

  /* A number is given again only after the JDK has waited for its process, and then the process is no
   * longer alive for the JDK. */
  private void forgetEnded() {
    started.values().removeIf(process -> !process.isAlive());
  }

  /* Never asked about a child the JDK waits for: that would take away its exit code. */
  private boolean isReaped(ProcessHandle orphan) {
    long result = kernel.call(SystemCall.WAIT4, orphan.pid(), 0, WITHOUT_WAITING, 0);
    return result == orphan.pid() || result == -KernelException.NO_CHILD;
  }

  /// Ends all orphans, and those that become orphans by that.
  public void killOrphans() {
    List<ProcessHandle> left = orphans();
    while (!left.isEmpty()) {
      left.forEach(ProcessHandle::destroyForcibly);
      Thread.onSpinWait();
      left = orphans();
    }
  }

  /// Sends orphans to the first process of the machine again.
  @Override
  public void close() {
    kernel.call(SystemCall.PRCTL, SET_CHILD_SUBREAPER, 0, 0, 0, 0);
  }
}
