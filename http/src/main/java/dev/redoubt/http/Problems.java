// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.http;

/// Writes what is wrong with a request as RFC 9457 has it.
final class Problems {

  static final String TYPE = "application/problem+json";

  private Problems() {}

  static String text(int status, String title, String detail) {
    StringBuilder json = new StringBuilder("{\"type\":\"about:blank\",\"title\":");
    quote(json, title);
    json.append(",\"status\":").append(status).append(",\"detail\":");
    quote(json, detail);
    return json.append('}').toString();
  }

  private static void quote(StringBuilder json, String text) {
    json.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < ' ' || c == 0x7f || Character.isSurrogate(c)) {
        json.append(' ');
      } else {
        json.append(c);
      }
    }
    json.append('"');
  }
}
