// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.kernel;

/// Groups of processes, which can be signalled together without the gaps of one after the other.
public final class ProcessGroups {

  private ProcessGroups() {}

  /// Returns the group of the process `pid`.
  ///
  /// @throws KernelException if there is no such process
  public static long of(long pid) throws KernelException {
    return Kernel.here()
        .must("the group of process %d".formatted(pid), SystemCall.GETPGID, requireOne(pid));
  }

  /// Signals every process in `group` and returns whether there was any.
  ///
  /// @throws IllegalArgumentException if it is no group of its own: 0 and 1 mean everybody to the
  ///   kernel, and this JVM's own group holds Redoubt and the shell of the person
  /// @throws KernelException if the kernel does not permit it
  public static boolean signal(long group, ProcessSignal signal) throws KernelException {
    Kernel kernel = Kernel.here();
    if (kernel.call(SystemCall.GETPGID, 0) == requireOne(group)) {
      throw new IllegalArgumentException("group %d is our own".formatted(group));
    }
    long result = kernel.call(SystemCall.KILL, -group, signal.number());
    if (result == -KernelException.NO_SUCH_PROCESS) {
      return false;
    }
    if (result < 0) {
      throw new KernelException("signalling group %d".formatted(group), (int) -result);
    }
    return true;
  }

  private static long requireOne(long id) {
    if (id <= 1 || id > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("%d is no process or group of its own".formatted(id));
    }
    return id;
  }
}
