// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.evidence;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/* Opening a stream must not cost more for a long stream than for a short one: only what comes after
 * the last checkpoint is read, and that is bounded by the checkpoints. */
/// The end of a stream on the disk: its last segment, how much of it is good, and the chain so far.
final class Position {

  private static final int FIRST_BLOCK = 1 << 14;
  private static final int MOST = 1 << 30;

  private final Path folder;
  private final SegmentFile.Opener opener;
  private Chain chain;
  private int segment;
  private long length;

  private Position(Path folder, SegmentFile.Opener opener, Chain chain, int segment) {
    this.folder = folder;
    this.opener = opener;
    this.chain = chain;
    this.segment = segment;
  }

  Position copy() {
    Position copy = new Position(folder, opener, chain.copy(), segment);
    copy.length = length;
    return copy;
  }

  /// Returns the end of the stream in `folder`, found from its last checkpoint.
  static Position find(Path folder, SegmentFile.Opener opener) throws IOException {
    Position position = sealed(folder, opener);
    position.advance();
    return position;
  }

  /// Returns where the last checkpoint of the stream in `folder` ends, or its beginning.
  static Position sealed(Path folder, SegmentFile.Opener opener) throws IOException {
    List<Integer> numbers = Segments.numbers(folder);
    for (int i = numbers.size() - 1; i >= 0; i--) {
      Position position = new Position(folder, opener, new Chain(), numbers.get(i));
      if (position.resume() || numbers.get(i) == 1) {
        return position;
      }
    }
    if (!numbers.isEmpty()) {
      throw new IOException("no checkpoint in any segment: redoubt evidence verify says more");
    }
    return new Position(folder, opener, new Chain(), 1);
  }

  /// Goes right behind the last checkpoint of the segment; false when it has none.
  private boolean resume() throws IOException {
    try (SegmentFile file = opener.open(file())) {
      long size = file.size();
      for (long block = FIRST_BLOCK; ; block *= 4) {
        int count = (int) Math.min(Math.min(block, size), MOST);
        byte[] bytes = read(file, size - count, count);
        if (resumeIn(bytes, size - count)) {
          return true;
        }
        if (count == size || count >= MOST) {
          return false;
        }
      }
    }
  }

  private boolean resumeIn(byte[] bytes, long from) {
    int to = lastLineEnd(bytes, bytes.length);
    while (to > 0) {
      int start = lastLineEnd(bytes, to - 1);
      Optional<Chain> after = start > 0 || from == 0 ? after(bytes, start, to) : Optional.empty();
      if (after.isPresent()) {
        chain = after.get();
        length = from + to;
        return true;
      }
      to = start;
    }
    return false;
  }

  private static Optional<Chain> after(byte[] bytes, int from, int to) {
    try {
      return Chain.after(Line.read(bytes, from, to));
    } catch (Line.Malformed e) {
      return Optional.empty();
    }
  }

  /* Returns the index after the last line feed before `to`, 0 when there is none. */
  private static int lastLineEnd(byte[] bytes, int to) {
    int at = to;
    while (at > 0 && bytes[at - 1] != '\n') {
      at--;
    }
    return at;
  }

  /// Goes on over whatever others have appended; stops in front of what is no good entry.
  ///
  /// @throws IOException if the segment is shorter than it was
  void advance() throws IOException {
    while (true) {
      long size = Files.exists(file()) ? Files.size(file()) : 0;
      if (size < length) {
        throw broken("was cut to %d bytes from outside".formatted(size));
      }
      if (size - length > MOST) {
        throw broken("has %d bytes after the last checkpoint".formatted(size - length));
      }
      if (size > length) {
        try (SegmentFile file = opener.open(file())) {
          over(read(file, length, (int) (size - length)));
        }
      }
      if (!Files.exists(Segments.file(folder, segment + 1))) {
        return;
      }
      if (length < size || chain.unsealed() > 0) {
        throw broken("does not end with a checkpoint, and another follows it");
      }
      next();
    }
  }

  private IOException broken(String what) {
    return new IOException("\"%s\" %s: redoubt evidence verify says more".formatted(file(), what));
  }

  private void over(byte[] bytes) {
    int from = 0;
    for (int at = 0; at < bytes.length; at++) {
      if (bytes[at] == '\n') {
        try {
          chain.accept(Line.read(bytes, from, at + 1));
        } catch (Line.Malformed | Chain.Broken e) {
          break;
        }
        from = at + 1;
      }
    }
    length += from;
  }

  /// Goes to the beginning of the next segment.
  void next() {
    segment++;
    length = 0;
  }

  /// Goes on by what was just written and forced: `bytes` more, ending in `end`.
  void wrote(Chain end, int bytes) {
    chain = end;
    length += bytes;
  }

  private static byte[] read(SegmentFile file, long from, int count) throws IOException {
    byte[] bytes = new byte[count];
    file.read(ByteBuffer.wrap(bytes), from);
    return bytes;
  }

  /// Returns the number of its last segment.
  int segment() {
    return segment;
  }

  Path file() {
    return Segments.file(folder, segment);
  }

  Chain chain() {
    return chain;
  }

  long length() {
    return length;
  }

  /// Returns how many bytes follow the last good entry.
  long torn() throws IOException {
    return Files.exists(file()) ? Files.size(file()) - length : 0;
  }
}
