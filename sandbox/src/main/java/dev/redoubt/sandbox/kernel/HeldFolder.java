// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.kernel;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/// A folder that is held open, reached without following a link: what is done by [#path] is done to
/// that very folder, whatever lies at its own path by then. Not even the right to read it is
/// needed.
public final class HeldFolder implements Closeable {

  /* O_PATH | O_CLOEXEC, and O_DIRECTORY | O_NOFOLLOW by the processor. */
  private static final long ONLY_THE_PATH = 0x20_0000 | 0x8_0000;
  private static final long FOLDER_ON_X86 = 0x1_0000 | 0x2_0000;
  private static final long FOLDER_ON_ARM = 0x4000 | 0x8000;
  private static final long FROM_THE_CURRENT_FOLDER = -100;

  private static final char UNKNOWN = '\uFFFD';

  private final Kernel kernel;
  private final int descriptor;

  private HeldFolder(Kernel kernel, int descriptor) {
    this.kernel = kernel;
    this.descriptor = descriptor;
  }

  /// Opens the folder `real`, name by name.
  ///
  /// @param real absolute and without links; as long as it wants
  /// @throws FileSystemException if it is not there, is no folder, or a link is in the way
  public static HeldFolder of(Path real) throws IOException {
    Kernel kernel = Kernel.here();
    HeldFolder at =
        new HeldFolder(kernel, opened(kernel, FROM_THE_CURRENT_FOLDER, Path.of("/"), real));
    for (Path name : real) {
      try (HeldFolder above = at) {
        at = new HeldFolder(kernel, opened(kernel, above.descriptor, name, real));
      }
    }
    return at;
  }

  private static int opened(Kernel kernel, long from, Path name, Path whole)
      throws FileSystemException {
    long folder = kernel.architecture() == Architecture.X86_64 ? FOLDER_ON_X86 : FOLDER_ON_ARM;
    try (Arena arena = Arena.ofConfined()) {
      long opened =
          kernel.call(
              SystemCall.OPENAT,
              from,
              arena.allocateFrom(ValueLayout.JAVA_BYTE, bytes(name)).address(),
              ONLY_THE_PATH | folder,
              0);
      if (opened < 0) {
        throw new FileSystemException(
            whole.toString(),
            null,
            "cannot be opened without a link (error %d)".formatted(-opened));
      }
      return (int) opened;
    }
  }

  /* A path keeps the bytes of a name that is no UTF-8, and shows them in its address only. */
  private static byte[] bytes(Path name) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    if (name.toString().indexOf(UNKNOWN) < 0) {
      bytes.writeBytes(name.toString().getBytes(StandardCharsets.UTF_8));
    } else {
      String address = name.toUri().getRawPath();
      int end = address.endsWith("/") ? address.length() - 1 : address.length();
      for (int i = address.lastIndexOf('/', end - 1) + 1; i < end; i++) {
        boolean written = address.charAt(i) == '%';
        bytes.write(written ? Integer.parseInt(address, i + 1, i + 3, 16) : address.charAt(i));
        i += written ? 2 : 0;
      }
    }
    bytes.write(0);
    return bytes.toByteArray();
  }

  /// Returns a path that leads to the folder as long as it is held, for this process alone.
  public Path path() {
    return Path.of("/proc/self/fd", String.valueOf(descriptor));
  }

  @Override
  public void close() {
    kernel.close(descriptor);
  }
}
