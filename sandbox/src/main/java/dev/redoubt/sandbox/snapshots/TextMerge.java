// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.snapshots;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Optional;
import org.eclipse.jgit.diff.HistogramDiff;
import org.eclipse.jgit.diff.RawText;
import org.eclipse.jgit.diff.RawTextComparator;
import org.eclipse.jgit.diff.Sequence;
import org.eclipse.jgit.merge.MergeAlgorithm;
import org.eclipse.jgit.merge.MergeChunk;
import org.eclipse.jgit.merge.MergeResult;

/// Merges the lines of two files that came from a third.
final class TextMerge {

  /// The largest file that is merged.
  static final int MOST_BYTES = 4 << 20;

  private TextMerge() {}

  /// Returns the bytes in which both changes are made; empty when they touch the same lines, or a
  /// file is binary.
  static Optional<byte[]> merge(byte[] origin, byte[] ours, byte[] theirs) throws IOException {
    if (RawText.isBinary(origin) || RawText.isBinary(ours) || RawText.isBinary(theirs)) {
      return Optional.empty();
    }
    MergeResult<RawText> merged =
        new MergeAlgorithm(new HistogramDiff())
            .merge(
                RawTextComparator.DEFAULT,
                new RawText(origin),
                new RawText(ours),
                new RawText(theirs));
    if (merged.containsConflicts()) {
      return Optional.empty();
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(ours.length);
    boolean open = false;
    for (MergeChunk chunk : merged) {
      Sequence source = merged.getSequences().get(chunk.getSequenceIndex());
      if (!(source instanceof RawText text)) {
        throw new IllegalStateException("the library merged something else than text");
      }
      for (int line = chunk.getBegin(); line < chunk.getEnd(); line++) {
        if (open) {
          // A last line without a line break would grow together with what follows.
          return Optional.empty();
        }
        text.writeLine(bytes, line);
        open = line == text.size() - 1 && text.isMissingNewlineAtEnd();
        if (!open) {
          bytes.write('\n');
        }
      }
    }
    return Optional.of(bytes.toByteArray());
  }
}
