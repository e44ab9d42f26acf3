// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.egress;

import dev.redoubt.sandbox.egress.HeadLines.Unreadable;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Where the body of a message ends.
sealed interface Framing {

  /// There is none.
  record Nothing() implements Framing {}

  /// After `bytes` bytes.
  record Length(long bytes) implements Framing {}

  /// After the last chunk.
  record Chunked() implements Framing {}

  /// With the connection: answers only.
  record UntilClosed() implements Framing {}

  /// Returns where the body of a request with `header` ends. A header that two readers could take
  /// for different ends is unreadable: two lengths, a length beside an encoding, another encoding
  /// than plain `chunked`.
  static Framing ofRequest(Header header, boolean isOld) throws Unreadable {
    Framing framing = named(header, isOld);
    return framing == null ? new Nothing() : framing;
  }

  /// Returns where the body of an answer ends.
  ///
  /// @param method of the request
  static Framing ofAnswer(Header header, String method, int status, boolean isOld)
      throws Unreadable {
    Framing framing = named(header, isOld);
    if (method.equals("HEAD") || status < 200 || status == 204 || status == 304) {
      return new Nothing();
    }
    return framing == null ? new UntilClosed() : framing;
  }

  private static @Nullable Framing named(Header header, boolean isOld) throws Unreadable {
    String encoding = header.only("transfer-encoding");
    String length = header.only("content-length");
    if (encoding != null) {
      if (length != null) {
        throw new Unreadable("it has both a Content-Length and a Transfer-Encoding");
      }
      if (isOld || !encoding.toLowerCase(Locale.ROOT).equals("chunked")) {
        throw new Unreadable("its Transfer-Encoding is not plain chunked");
      }
      return new Chunked();
    }
    return length == null ? null : new Length(number(length));
  }

  private static long number(String text) throws Unreadable {
    boolean digits = !text.isEmpty() && text.length() <= 18;
    for (int i = 0; digits && i < text.length(); i++) {
      digits = text.charAt(i) >= '0' && text.charAt(i) <= '9';
    }
    if (!digits) {
      throw new Unreadable("its Content-Length is no plain number");
    }
    return Long.parseLong(text);
  }
}
