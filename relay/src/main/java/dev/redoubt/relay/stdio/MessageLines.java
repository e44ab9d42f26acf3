// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.relay.stdio;

import static java.util.Objects.requireNonNull;

import dev.redoubt.relay.engine.Heard;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;

/// A stream as lines, of which one that is too long costs no more memory than its beginning. For
/// one thread.
final class MessageLines {

  private static final int BUFFER = 64 << 10;
  private static final int BEGINNING = 64 << 10;

  private final InputStream in;
  private final int largest;
  private final byte[] buffer = new byte[BUFFER];
  private int at;
  private int end;

  /// @param largest the most bytes of a line
  MessageLines(InputStream in, int largest) {
    this.in = requireNonNull(in, "in");
    this.largest = largest;
  }

  /// Returns the next line that is not empty; empty at the end.
  Optional<Heard> next() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(256);
    boolean tooLong = false;
    while (true) {
      if (at == end) {
        at = 0;
        end = Math.max(0, in.read(buffer));
        if (end == 0) {
          // What was begun and never ended is no message: nobody can know that it is whole.
          return Optional.empty();
        }
      }
      int stop = at;
      while (stop < end && buffer[stop] != '\n') {
        stop++;
      }
      if (!tooLong) {
        int room = largest + 1 - line.size();
        line.write(buffer, at, Math.min(room, stop - at));
        tooLong = line.size() > largest;
      }
      boolean whole = stop < end;
      at = whole ? stop + 1 : stop;
      if (whole && tooLong) {
        byte[] bytes = line.toByteArray();
        return Optional.of(
            new Heard(Arrays.copyOf(bytes, Math.min(bytes.length, BEGINNING)), true));
      }
      if (whole) {
        byte[] bytes = withoutReturn(line.toByteArray());
        if (bytes.length > 0) {
          return Optional.of(new Heard(bytes, false));
        }
        line.reset();
      }
    }
  }

  private static byte[] withoutReturn(byte[] line) {
    int length = line.length;
    while (length > 0 && line[length - 1] == '\r') {
      length--;
    }
    return length == line.length ? line : Arrays.copyOf(line, length);
  }
}
