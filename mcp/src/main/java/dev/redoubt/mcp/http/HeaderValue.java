// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.mcp.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;

/// How values of a message stand in the header of its request, as 2026-07-28 has it.
final class HeaderValue {

  private static final String START = "=?base64?";
  private static final String END = "?=";

  private HeaderValue() {}

  /// Returns `text` as it can stand in a header: as it is, or in Base64 between marks.
  static String of(String text) {
    return isPlain(text)
        ? text
        : START + Base64.getEncoder().encodeToString(text.getBytes(UTF_8)) + END;
  }

  private static boolean isPlain(String text) {
    boolean marked = text.startsWith(START) && text.endsWith(END);
    boolean visible = text.chars().allMatch(c -> c >= ' ' && c <= '~');
    return visible && !marked && !text.startsWith(" ") && !text.endsWith(" ");
  }
}
