// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.tools;

import static java.util.Objects.requireNonNull;

import dev.redoubt.guard.Content;
import java.util.ArrayList;
import java.util.List;

/// What a call made of one file, for the model and for programs.
///
/// @param shown the path as a model reads it
/// @param diff between the lines before and after; a last line without line end has a mark
record FileChange(String shown, LineDiff diff) {

  private static final int MOST_DIFF = 100_000;
  private static final String NO_END = "\n\\ No newline at end of file";

  FileChange {
    requireNonNull(shown, "shown");
    requireNonNull(diff, "diff");
  }

  static FileChange of(String shown, String before, String after) {
    return new FileChange(shown, LineDiff.of(marked(before), marked(after)));
  }

  private static List<String> marked(String text) {
    List<String> lines = new ArrayList<>(TextFile.lines(text));
    if (!lines.isEmpty() && !text.endsWith("\n")) {
      lines.set(lines.size() - 1, lines.getLast() + NO_END);
    }
    return lines;
  }

  /// Returns how many lines came and went, in the manner of `+3 -1`.
  String counts() {
    return "+%d -%d".formatted(diff.added(), diff.removed());
  }

  /// Returns a unified diff; its end is left out when it is very long.
  String unified() {
    String text = "--- a/%s\n+++ b/%s\n%s".formatted(shown, shown, diff.unified());
    return text.length() <= MOST_DIFF
        ? text
        : text.substring(0, text.lastIndexOf('\n', MOST_DIFF)) + "\n… cut …\n";
  }

  /// Returns what programs are told.
  Facts facts(Content written) {
    return Facts.of("path", shown)
        .and("added", diff.added())
        .and("removed", diff.removed())
        .and("sha256", written.sha256())
        .and("diff", unified());
  }
}
