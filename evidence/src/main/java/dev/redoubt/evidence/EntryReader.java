// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.evidence;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/// Reads the entries of a stream one after the other. Compares each hash with its bytes, follows no
/// links and checks no signature: what is believed has to be verified.
public final class EntryReader {

  private EntryReader() {}

  /// Takes entries.
  public interface Visitor {

    /// Takes the next entry and returns whether it wants more.
    boolean visit(Stored entry) throws IOException;
  }

  /// Takes lines.
  interface LineVisitor {
    boolean visit(Line line) throws IOException;
  }

  /// Hands every entry to `visitor`, in order, until it has enough or an entry is malformed.
  ///
  /// @return the malformed entry, if there is one; a line that is only half there at the end of a
  ///   stream somebody is writing is none
  public static Optional<Broken> read(StreamSource source, Visitor visitor) throws IOException {
    return lines(source, line -> visitor.visit(Stored.of(line)));
  }

  static Optional<Broken> lines(StreamSource source, LineVisitor visitor) throws IOException {
    long seq = 0;
    for (StreamSource.Segment segment : source.segments()) {
      try (InputStream in = segment.opener().open()) {
        Chunks chunks = new Chunks(in);
        long number = 0;
        for (byte[] piece = chunks.next(); piece.length > 0; piece = chunks.next()) {
          Chunks.Chunk chunk = Chunks.read(piece);
          for (Line line : chunk.lines()) {
            number++;
            seq = line.seq();
            if (!visitor.visit(line)) {
              return Optional.empty();
            }
          }
          String malformed = chunk.malformed();
          if (malformed != null) {
            // Only the last segment is written to; half a line in another one hides what follows.
            boolean writing =
                chunk.torn()
                    && segment.equals(source.segments().getLast())
                    && source.state() == StreamSource.State.LIVE;
            return writing
                ? Optional.empty()
                : Optional.of(new Broken(segment.name(), number + 1, seq + 1, malformed));
          }
        }
      }
    }
    return Optional.empty();
  }
}
