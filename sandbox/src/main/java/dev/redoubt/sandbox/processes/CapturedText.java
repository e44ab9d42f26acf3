// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.processes;

import static java.nio.charset.StandardCharsets.UTF_8;

/// What a command wrote to one stream, its middle left out when it was long. Immutable.
public final class CapturedText {

  /// Nothing was written, or nothing was kept.
  public static final CapturedText EMPTY = new CapturedText(new byte[0], new byte[0], 0);

  private final byte[] head;
  private final byte[] tail;
  private final long left;

  CapturedText(byte[] head, byte[] tail, long left) {
    this.head = head;
    this.tail = tail;
    this.left = left;
  }

  /// Returns how many bytes of the middle were left out.
  public long left() {
    return left;
  }

  /// Returns how many bytes were written in all.
  public long written() {
    return head.length + left + tail.length;
  }

  /// Returns the bytes that were kept; between head and tail stands a line that says what is
  /// missing.
  public byte[] bytes() {
    byte[] middle =
        left == 0 ? new byte[0] : "\n… %d bytes left out …\n".formatted(left).getBytes(UTF_8);
    byte[] all = new byte[head.length + middle.length + tail.length];
    System.arraycopy(head, 0, all, 0, head.length);
    System.arraycopy(middle, 0, all, head.length, middle.length);
    System.arraycopy(tail, 0, all, head.length + middle.length, tail.length);
    return all;
  }

  /// Returns the same as text; what is no UTF-8 becomes U+FFFD.
  @Override
  public String toString() {
    return new String(bytes(), UTF_8);
  }
}
