// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.document;

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
    return new TomlParser(Utf8.decode(document), limits).document();
  }
}
