// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.document;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Says why a document could not be read, where, and what would fix it. The scan turns it into a
/// gap.
public final class DocumentException extends IOException {

  private static final long serialVersionUID = 1L;

  private final @Nullable Integer line;
  private final String hint;
  private final @Nullable Integer column;

  /// @param line the line, counted from 1, or null when it is not known
  /// @param reason what is wrong, without the file's name
  /// @param hint what would fix it
  public DocumentException(@Nullable Integer line, String reason, String hint) {
    this(line, null, reason, hint);
  }

  DocumentException(@Nullable Integer line, @Nullable Integer column, String reason, String hint) {
    super(requireNonNull(reason, "reason"));
    this.line = line;
    this.column = column;
    this.hint = requireNonNull(hint, "hint");
  }

  /// Returns the line, counted from 1, or null when it is not known.
  public @Nullable Integer line() {
    return line;
  }

  /// Returns what would fix it.
  public String hint() {
    return hint;
  }

  /// Returns the column in that line, counted from 1, or null when the format does not tell.
  public @Nullable Integer column() {
    return column;
  }
}
