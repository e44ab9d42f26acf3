// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.tools;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.redoubt.guard.Content;
import java.util.Optional;

/// Tells by their first bytes what files are that are no text.
final class FileKinds {

  private FileKinds() {}

  /// Returns the media type of a picture that models can see; empty for anything else.
  static Optional<String> image(Content content) {
    String head = head(content);
    if (head.startsWith("\u0089PNG\r\n\u001a\n")) {
      return Optional.of("image/png");
    }
    if (head.startsWith("\u00ff\u00d8\u00ff")) {
      return Optional.of("image/jpeg");
    }
    if (head.startsWith("GIF87a") || head.startsWith("GIF89a")) {
      return Optional.of("image/gif");
    }
    return head.startsWith("RIFF") && head.startsWith("WEBP", 8)
        ? Optional.of("image/webp")
        : Optional.empty();
  }

  /// Returns what a binary file seems to be.
  static String binary(Content content) {
    String head = head(content);
    if (head.startsWith("%PDF-")) {
      return "a PDF document";
    }
    if (head.startsWith("PK\u0003\u0004")) {
      return "a ZIP archive (jar, docx and the like are some)";
    }
    if (head.startsWith("\u001f\u008b")) {
      return "gzip data";
    }
    if (head.startsWith("\u007fELF")) {
      return "an ELF program or library";
    }
    if (head.startsWith("\u00ca\u00fe\u00ba\u00be")) {
      return "a Java class";
    }
    return head.startsWith("SQLite format 3\0") ? "an SQLite database" : "binary data";
  }

  private static String head(Content content) {
    byte[] bytes = content.bytes();
    return new String(bytes, 0, Math.min(16, bytes.length), ISO_8859_1);
  }
}
