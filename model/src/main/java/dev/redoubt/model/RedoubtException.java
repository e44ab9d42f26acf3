// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.model;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/// Ends what is being done and goes to a person: the one exception Redoubt throws by itself.
///
/// The message names the thing, quotes the value and says what to do. What a caller can decide
/// about is never thrown: it is a case of a sealed result.
public final class RedoubtException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final ErrorCode code;

  public RedoubtException(ErrorCode code, String message) {
    this(code, message, null);
  }

  public RedoubtException(ErrorCode code, String message, @Nullable Throwable cause) {
    super(requireNonNull(message, "message"), cause);
    this.code = requireNonNull(code, "code");
  }

  /// Returns the stable name of the error.
  public ErrorCode code() {
    return code;
  }
}
