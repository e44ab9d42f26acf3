// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.Arrays;

/// The bytes of one file after the other, in the same memory. For one thread.
final class ReusedBytes {

  private static final int AT_ONCE = 64 << 10;

  private final int most;
  private final ByteBuffer part = ByteBuffer.allocateDirect(AT_ONCE);
  private byte[] bytes = new byte[AT_ONCE];

  /// @param most how many bytes of a file are read
  ReusedBytes(int most) {
    this.most = most;
  }

  /// Reads up to the end of a file, or as much of it as is read at the most.
  ///
  /// @return how many bytes there are now
  int read(SeekableByteChannel from) throws IOException {
    int length = 0;
    while (length < most && from.read(part.clear().limit(Math.min(AT_ONCE, most - length))) >= 0) {
      int read = part.flip().remaining();
      if (bytes.length - length < read) {
        bytes = Arrays.copyOf(bytes, Math.min(most, bytes.length * 2));
      }
      part.get(bytes, length, read);
      length += read;
    }
    return length;
  }

  /// Returns the memory, which the next file is read into; what follows its bytes is left over.
  byte[] bytes() {
    return bytes;
  }
}
