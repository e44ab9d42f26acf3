// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.egress;

import static java.nio.charset.StandardCharsets.UTF_8;

/// What the proxy itself answers in HTTP.
final class Answers {

  static final byte[] CONTINUE = Header.bytes(new StringBuilder("HTTP/1.1 100 Continue\r\n\r\n"));
  static final byte[] CONNECTED =
      Header.bytes(new StringBuilder("HTTP/1.1 200 Connection established\r\n\r\n"));

  private Answers() {}

  /// Returns the whole answer to a request that was refused; the connection ends after it.
  static byte[] of(RefusedRequest refused, boolean withBody) {
    EgressRefusal refusal = refused.refusal();
    return answer(
        refused.status() + " " + phrase(refused.status()) + " by " + plain(refusal.rule()),
        "X-Redoubt-Rule: " + plain(refusal.rule()) + "\r\n",
        withBody ? "redoubt: " + refusal.text() : "");
  }

  /// Returns the answer to a program that did not say the token.
  static byte[] unknown() {
    return answer(
        "407 Proxy Authentication Required",
        "Proxy-Authenticate: Basic realm=\"redoubt\"\r\n",
        "redoubt: this proxy belongs to one session: use the proxy address from its environment\n");
  }

  private static byte[] answer(String status, String line, String body) {
    byte[] content = body.getBytes(UTF_8);
    byte[] header =
        ("HTTP/1.1 "
                + status
                + "\r\n"
                + line
                + "Content-Type: text/plain; charset=utf-8\r\nContent-Length: "
                + content.length
                + "\r\nConnection: close\r\n\r\n")
            .getBytes(UTF_8);
    byte[] whole = new byte[header.length + content.length];
    System.arraycopy(header, 0, whole, 0, header.length);
    System.arraycopy(content, 0, whole, header.length, content.length);
    return whole;
  }

  private static String phrase(int status) {
    return switch (status) {
      case RefusedRequest.MALFORMED -> "Refused";
      case RefusedRequest.FORBIDDEN -> "Forbidden";
      case RefusedRequest.TOO_LARGE -> "Header Too Large";
      case RefusedRequest.TOO_LATE -> "Gateway Timeout";
      default -> "Bad Gateway";
    };
  }

  /// Returns an id for a line of a header: the id of a rule may name a file.
  private static String plain(String text) {
    StringBuilder plain = new StringBuilder();
    for (int i = 0; i < text.length() && i < 200; i++) {
      char c = text.charAt(i);
      plain.append(c > ' ' && c < 0x7F ? c : '_');
    }
    return plain.toString();
  }
}
