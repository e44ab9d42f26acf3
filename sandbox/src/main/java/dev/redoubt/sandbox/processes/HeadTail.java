// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.processes;

import java.util.Arrays;

/// Keeps the beginning and the end of a stream of any length.
///
/// Safe to share: one thread adds, any thread looks.
final class HeadTail {

  private final byte[] head;
  private final byte[] tail;
  private long total;

  /// @param headBytes how much of the beginning is kept
  /// @param tailBytes how much of the end is kept
  HeadTail(int headBytes, int tailBytes) {
    this.head = new byte[headBytes];
    this.tail = new byte[tailBytes];
  }

  synchronized void add(byte[] bytes, int length) {
    int toHead = (int) Math.min(length, Math.max(0, head.length - total));
    System.arraycopy(bytes, 0, head, (int) Math.min(total, head.length), toHead);
    int rest = length - toHead;
    long tailFrom = Math.max(0, total + toHead - head.length);
    int skipped = Math.max(0, rest - tail.length);
    for (int i = skipped; i < rest; ) {
      int at = (int) ((tailFrom + i) % Math.max(1, tail.length));
      int chunk = Math.min(rest - i, tail.length - at);
      System.arraycopy(bytes, toHead + i, tail, at, chunk);
      i += chunk;
    }
    total += length;
  }

  /// Returns what was kept so far.
  synchronized CapturedText text() {
    int headLength = (int) Math.min(total, head.length);
    long after = total - headLength;
    int tailLength = (int) Math.min(after, tail.length);
    byte[] kept = new byte[tailLength];
    if (tailLength > 0) {
      int from = (int) ((after - tailLength) % tail.length);
      int first = Math.min(tailLength, tail.length - from);
      System.arraycopy(tail, from, kept, 0, first);
      System.arraycopy(tail, 0, kept, first, tailLength - first);
    }
    return new CapturedText(Arrays.copyOf(head, headLength), kept, after - tailLength);
  }
}
