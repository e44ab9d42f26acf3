// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.network;

import java.util.Locale;

/// Ends the reading of a target inside this package; becomes a [Reading.Bad] at its edge.
@SuppressWarnings("serial") // never leaves the package
final class Refusal extends Exception {

  static final String MALFORMED = "net.malformed";
  static final String IP_FORM = "net.ip-form";
  static final String SCHEME = "net.scheme";
  static final String USERINFO = "net.userinfo";

  private final String rule;
  private final String reason;

  Refusal(String rule, String reason) {
    super(reason, null, false, false);
    this.rule = rule;
    this.reason = reason;
  }

  static Refusal malformed(String reason) {
    return new Refusal(MALFORMED, reason);
  }

  /// Returns `text` for a sentence: cut short, without what could be a password before an `@`, and
  /// everything that is not plain ASCII escaped.
  static String quoted(String given) {
    int at = given.lastIndexOf('@');
    String text = at < 0 ? given : "***" + given.substring(at);
    StringBuilder shown = new StringBuilder("\"");
    int end = Math.min(text.length(), 80);
    for (int i = 0; i < end; i++) {
      char c = text.charAt(i);
      if (c < 0x20 || c > 0x7E || c == '"') {
        shown.append("\\u").append(Integer.toHexString(0x10000 | c).toUpperCase(Locale.ROOT), 1, 5);
      } else {
        shown.append(c);
      }
    }
    return shown.append(end < text.length() ? "…\"" : "\"").toString();
  }

  <T> Reading<T> reading() {
    return new Reading.Bad<>(rule, reason);
  }
}
