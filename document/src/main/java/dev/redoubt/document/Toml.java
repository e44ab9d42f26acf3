// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.document;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// Reads TOML 1.0, and of TOML 1.1 line breaks and a last comma in inline tables.
///
/// Dates and times become texts in their ISO form; integers are given in decimal without
/// underscores, floating-point numbers as written without underscores.
public final class Toml {

  private Toml() {}

  /// Returns the tree of `document`.
  ///
  /// @throws DocumentException if it is malformed, no UTF-8 or over a limit
  public static Node read(byte[] document, Limits limits) throws DocumentException {
    Size.check(document, limits);
    return new TomlParser(decode(document), limits).document();
  }

  private static String decode(byte[] document) throws DocumentException {
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
