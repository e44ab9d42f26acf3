// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.tools;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.redoubt.sandbox.processes.Streams;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/// What a command writes, both streams in the order in which it came: the first 256 KiB and the
/// last 768 KiB.
///
/// Safe to share: any threads add, any look.
final class OutputText implements Streams.OutputListener {

  private static final int HEAD = 256 << 10;
  private static final int TAIL = 768 << 10;

  private final ByteArrayOutputStream head = new ByteArrayOutputStream();
  private byte[] tail = new byte[0];
  private int start;
  private int kept;
  private long total;

  @Override
  public synchronized void wrote(boolean errors, byte[] bytes, int length) {
    int first = Math.min(length, HEAD - head.size());
    head.write(bytes, 0, first);
    for (int i = first; i < length; i++) {
      push(bytes[i]);
    }
    total += length;
  }

  private void push(byte value) {
    if (kept == tail.length && kept < TAIL) {
      tail = Arrays.copyOf(tail, Math.min(TAIL, Math.max(4 << 10, kept * 2)));
    }
    if (kept < tail.length) {
      tail[kept++] = value;
    } else {
      tail[start] = value;
      start = (start + 1) % TAIL;
    }
  }

  /// Returns how many bytes were written so far.
  synchronized long total() {
    return total;
  }

  /// Returns what was written after the first `from` bytes, as people would see it; what was lost
  /// in the middle is said.
  synchronized String since(long from) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] first = head.toByteArray();
    if (from < first.length) {
      out.write(first, (int) from, first.length - (int) from);
    }
    long tailFrom = total - kept;
    long lost = tailFrom - Math.max(from, first.length);
    if (lost > 0) {
      out.writeBytes("\n… %d bytes left out …\n".formatted(lost).getBytes(UTF_8));
    }
    for (long at = Math.max(from, tailFrom); at < total; at++) {
      out.write(tail[(int) ((start + at - tailFrom) % tail.length)]);
    }
    return TerminalText.plain(out.toString(UTF_8));
  }
}
