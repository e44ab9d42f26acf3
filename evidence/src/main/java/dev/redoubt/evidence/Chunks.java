// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.evidence;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads a segment in pieces of whole lines, each of which can be read as entries on its own.
final class Chunks {

  private static final int SIZE = 4 << 20;

  private final InputStream in;
  private byte[] rest = new byte[0];
  private boolean ended;

  Chunks(InputStream in) {
    this.in = in;
  }

  /// Whole lines of a segment; only the last one may end in the middle of a line.
  ///
  /// @param lines the entries up to the first malformed one
  /// @param malformed what is wrong with the entry after them, or null
  /// @param torn whether that is the last of the segment and has no end
  /// @param bytes how many bytes the good entries have
  record Chunk(List<Line> lines, @Nullable String malformed, boolean torn, long bytes) {}

  /// Returns the next piece, at most 4 MiB and a line; an empty one at the end.
  ///
  /// @throws IOException if a line is longer than any entry
  byte[] next() throws IOException {
    while (!ended) {
      byte[] piece = Arrays.copyOf(rest, rest.length + SIZE);
      int count = in.readNBytes(piece, rest.length, SIZE);
      int size = rest.length + count;
      ended = count < SIZE;
      int cut = ended ? size : lastLineEnd(piece, size);
      rest = Arrays.copyOfRange(piece, cut, size);
      if (cut > 0) {
        return Arrays.copyOf(piece, cut);
      }
      if (rest.length > 2 * Line.LONGEST) {
        // Longer than any entry; what is left of the segment does not matter any more.
        ended = true;
        return rest;
      }
    }
    return new byte[0];
  }

  /// Returns the entries in `piece`, up to the first malformed one.
  static Chunk read(byte[] piece) {
    List<Line> lines = new ArrayList<>(piece.length / 400 + 1);
    int from = 0;
    for (int at = 0; at < piece.length; at++) {
      if (piece[at] == '\n') {
        try {
          lines.add(Line.read(piece, from, at + 1));
        } catch (Line.Malformed e) {
          return new Chunk(lines, e.getMessage(), false, from);
        }
        from = at + 1;
      }
    }
    return from == piece.length
        ? new Chunk(lines, null, false, from)
        : new Chunk(lines, "the last line has no end", true, from);
  }

  private static int lastLineEnd(byte[] bytes, int to) {
    int at = to;
    while (at > 0 && bytes[at - 1] != '\n') {
      at--;
    }
    return at;
  }
}
