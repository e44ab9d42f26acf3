// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.kernel;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/// What the kernel keeps of a file besides owner and mode: access lists, capabilities, notes of
/// programs. Java does not show most of it.
public final class ExtraAttributes {

  private static final int MOST = 4096;
  private static final String GIVEN_BY_THE_SYSTEM = "security.selinux";

  private ExtraAttributes() {}

  /// Tells whether a file has some, or might: a new file in its place would not have them.
  ///
  /// The label that the system gives to every new file by its folder does not count.
  ///
  /// @param file absolute; a link is not followed
  public static boolean mayBeOn(Path file) {
    Optional<Kernel> kernel = Kernel.ofThisMachine();
    if (kernel.isEmpty()) {
      return true;
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment names = arena.allocate(MOST);
      long length =
          kernel
              .get()
              .call(
                  SystemCall.LLISTXATTR,
                  arena.allocateFrom(file.toString()).address(),
                  names.address(),
                  MOST);
      if (length < 0) {
        return length != -KernelException.NOT_SUPPORTED;
      }
      byte[] found = new byte[(int) length];
      MemorySegment.copy(names, java.lang.foreign.ValueLayout.JAVA_BYTE, 0, found, 0, found.length);
      for (String name : new String(found, StandardCharsets.UTF_8).split("\0", -1)) {
        if (!name.isEmpty() && !name.equals(GIVEN_BY_THE_SYSTEM)) {
          return true;
        }
      }
      return false;
    }
  }
}
