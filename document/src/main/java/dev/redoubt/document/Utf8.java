// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.document;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// The text of a document that has to be UTF-8.
final class Utf8 {

  private Utf8() {}

  /// Returns the text without a byte order mark.
  ///
  /// @throws DocumentException if it is not UTF-8
  static String decode(byte[] document) throws DocumentException {
    try {
      String text =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(document)).toString();
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      DocumentException malformed =
          new DocumentException(null, "is not UTF-8", "save the file as UTF-8");
      malformed.initCause(e);
      throw malformed;
    }
  }
}
