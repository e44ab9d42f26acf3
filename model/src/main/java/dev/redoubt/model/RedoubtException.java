// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.model;

import static java.util.Objects.requireNonNull;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
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

  /// Returns why reading or writing failed, in words. What the JDK says of a file that is missing
  /// or closed is only its name, which the message around this has already.
  public static String reason(Exception cause) {
    return switch (cause) {
      case NoSuchFileException _ -> "there is no such file";
      case AccessDeniedException _ -> "permission denied";
      case NotDirectoryException _ -> "it is no folder";
      case FileSystemException failure when failure.getReason() != null -> failure.getReason();
      default -> cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    };
  }

  /// Returns the stable name of the error.
  public ErrorCode code() {
    return code;
  }
}
