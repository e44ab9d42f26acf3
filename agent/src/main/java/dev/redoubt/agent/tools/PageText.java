// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.tools;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Locale;
import java.util.Optional;

/// The text of an answer of a web server.
///
/// The charset is that of a byte order mark, else of the content type, else of the page itself,
/// else UTF-8; one that nobody knows is read as UTF-8. What cannot be decoded becomes `U+FFFD`.
///
/// @param isHtml whether it is a page
record PageText(String text, boolean isHtml) {

  private static final int HEAD = 2_048;
  private static final String CHARSET = "charset=";

  /// Returns the text of `body`; empty when it is none.
  static Optional<PageText> of(byte[] body, String contentType) {
    String type = contentType.toLowerCase(Locale.ROOT);
    int end = type.indexOf(';');
    String media = (end < 0 ? type : type.substring(0, end)).strip();
    String head = new String(body, 0, Math.min(HEAD, body.length), ISO_8859_1);
    boolean html = media.contains("html") || (media.isEmpty() && looksLikeHtml(head));
    if (!html && !isText(media) && !(isOpen(media) && head.indexOf('\0') < 0)) {
      return Optional.empty();
    }
    Charset charset = charset(body, type, html ? head.toLowerCase(Locale.ROOT) : "");
    String text = new String(body, charset);
    return Optional.of(new PageText(text.startsWith("\ufeff") ? text.substring(1) : text, html));
  }

  private static boolean looksLikeHtml(String head) {
    String start = head.stripLeading().toLowerCase(Locale.ROOT);
    return start.startsWith("<!doctype html") || start.startsWith("<html");
  }

  private static boolean isText(String media) {
    return media.startsWith("text/")
        || media.endsWith("json")
        || media.endsWith("xml")
        || media.endsWith("javascript")
        || media.endsWith("yaml")
        || media.endsWith("toml");
  }

  /* What says nothing of itself is text when it looks like it. */
  private static boolean isOpen(String media) {
    return media.isEmpty() || media.equals("application/octet-stream");
  }

  private static Charset charset(byte[] body, String type, String head) {
    if (startsWith(body, 0xEF, 0xBB, 0xBF)) {
      return UTF_8;
    }
    if (startsWith(body, 0xFE, 0xFF)) {
      return UTF_16BE;
    }
    if (startsWith(body, 0xFF, 0xFE)) {
      return UTF_16LE;
    }
    return named(type).or(() -> named(head)).orElse(UTF_8);
  }

  private static boolean startsWith(byte[] body, int... bytes) {
    for (int i = 0; i < bytes.length; i++) {
      if (i >= body.length || (body[i] & 0xFF) != bytes[i]) {
        return false;
      }
    }
    return true;
  }

  private static Optional<Charset> named(String text) {
    int at = text.indexOf(CHARSET);
    if (at < 0) {
      return Optional.empty();
    }
    int start = at + CHARSET.length();
    if (start < text.length() && "\"'".indexOf(text.charAt(start)) >= 0) {
      start++;
    }
    int end = start;
    while (end < text.length() && end - start < 40 && isNameCharacter(text.charAt(end))) {
      end++;
    }
    try {
      Charset charset = Charset.forName(text.substring(start, end));
      return charset.canEncode() ? Optional.of(charset) : Optional.empty();
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      return Optional.empty();
    }
  }

  private static boolean isNameCharacter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || "-_.:+".indexOf(c) >= 0;
  }
}
