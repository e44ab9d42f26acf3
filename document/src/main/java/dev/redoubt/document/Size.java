// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.document;

/// What every reader checks before it starts.
final class Size {

  private Size() {}

  static void check(byte[] document, Limits limits) throws DocumentException {
    if (document.length > limits.bytes()) {
      throw new DocumentException(
          null,
          "%,d bytes is over the limit of %,d".formatted(document.length, limits.bytes()),
          "raise scan.max-file-size, or remove the file from what is scanned");
    }
  }

  /// Returns the first line of a parser's message, at most 200 characters of it.
  static String shorten(String message) {
    String first = message.lines().findFirst().orElse("");
    return first.length() <= 200 ? first : first.substring(0, 200) + "…";
  }
}
