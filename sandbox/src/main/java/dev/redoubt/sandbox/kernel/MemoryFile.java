// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.kernel;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/* A program that lies in memory and in no file system, as memfd_create(2) makes it. Only processes of
 * the same user reach it, by the path of the descriptor of this JVM. */
final class MemoryFile implements AutoCloseable {

  private static final long CLOSE_ON_EXEC = 1;
  /* MFD_EXEC, which kernels before 6.3 do not know. */
  private static final long MAY_RUN = 0x10;
  private static final int NOT_UNDERSTOOD = 22;

  private final Kernel kernel;
  private final int descriptor;

  private MemoryFile(Kernel kernel, int descriptor) {
    this.kernel = kernel;
    this.descriptor = descriptor;
  }

  static MemoryFile of(byte[] bytes) throws KernelException {
    Kernel kernel = Kernel.here();
    try (Arena arena = Arena.ofConfined()) {
      long name = arena.allocateFrom("redoubt-start").address();
      long made = kernel.call(SystemCall.MEMFD_CREATE, name, CLOSE_ON_EXEC | MAY_RUN);
      if (made == -NOT_UNDERSTOOD) {
        made = kernel.call(SystemCall.MEMFD_CREATE, name, CLOSE_ON_EXEC);
      }
      if (made < 0) {
        throw new KernelException("a program in memory", (int) -made);
      }
      MemoryFile file = new MemoryFile(kernel, (int) made);
      MemorySegment all = arena.allocateFrom(ValueLayout.JAVA_BYTE, bytes);
      long written = kernel.call(SystemCall.WRITE, made, all.address(), bytes.length);
      if (written != bytes.length) {
        file.close();
        throw new KernelException("a program in memory", (int) Math.max(0, -written));
      }
      return file;
    }
  }

  String path() {
    return "/proc/%d/fd/%d".formatted(ProcessHandle.current().pid(), descriptor);
  }

  @Override
  public void close() {
    kernel.close(descriptor);
  }
}
