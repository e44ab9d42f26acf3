// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.engine;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;

/// Says in words why reading failed; the JDK's messages are often only the path.
final class IoReason {

  private IoReason() {}

  static String of(IOException e) {
    return switch (e) {
      case NoSuchFileException _ -> "there is no such file or folder";
      case AccessDeniedException _ -> "permission denied";
      case FileSystemLoopException _ -> "its links form a loop";
      case CharacterCodingException _ -> "is not UTF-8 text";
      case FileSystemException failure when failure.getReason() != null -> failure.getReason();
      default -> String.valueOf(e.getMessage());
    };
  }
}
