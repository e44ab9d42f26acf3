// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.shell;

import static java.util.Objects.requireNonNull;

/// A piece of a text that was parsed.
///
/// @param text the whole text; inside of backticks it is what stands between them, unescaped
/// @param start where the piece begins, in characters from 0
/// @param end where it ends, exclusive
public record Span(String text, int start, int end) {

  public Span {
    requireNonNull(text, "text");
    if (start < 0 || end < start || end > text.length()) {
      throw new IllegalArgumentException(
          "%d to %d is no piece of %d characters".formatted(start, end, text.length()));
    }
  }

  /// Returns the piece as it was written.
  public String written() {
    return text.substring(start, end);
  }

  @Override
  public String toString() {
    return written();
  }
}
