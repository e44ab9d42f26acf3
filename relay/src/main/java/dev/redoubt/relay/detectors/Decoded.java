// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.relay.detectors;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// One reading of a text: as it came, or with something in it decoded.
///
/// @param text not folded
/// @param how how it was decoded, to be put behind what is said of it; empty for the text itself
/// @param isCovert whether no reader sees it without taking pains: it was in base64 or hexadecimal
///   digits, or in characters that are not drawn
record Decoded(String text, String how, boolean isCovert) {

  private static final int SHORTEST_BLOB = 24;
  private static final int LONGEST_BLOB = 1 << 16;
  private static final int ROUNDS = 3;

  /// Returns the readings of `text`: itself first, at most four, each no longer than the text.
  static List<Decoded> of(String text) {
    List<Decoded> readings = new ArrayList<>();
    readings.add(new Decoded(text, "", false));
    String plain = text;
    for (int round = 0; round < ROUNDS; round++) {
      String next = Escapes.decoded(plain);
      if (next.equals(plain)) {
        break;
      }
      plain = next;
    }
    if (!plain.equals(text)) {
      readings.add(new Decoded(plain, " (behind escapes)", false));
    }
    String blobs = blobs(plain);
    if (!blobs.isEmpty()) {
      readings.add(new Decoded(blobs, " (encoded)", true));
    }
    String hidden = Invisible.payload(text);
    if (!hidden.isEmpty()) {
      readings.add(new Decoded(hidden, " (in characters that are not drawn)", true));
    }
    String disguised = Disguise.removed(plain);
    if (!disguised.isEmpty()) {
      readings.add(new Decoded(disguised, " (disguised)", false));
    }
    return readings;
  }

  /* What is written in base64 or hexadecimal digits inside `text`, each on a line. */
  private static String blobs(String text) {
    StringBuilder out = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      int from = at;
      while (at < text.length() && isBlob(text.charAt(at))) {
        at++;
      }
      if (at - from >= SHORTEST_BLOB) {
        readable(text.substring(from, Math.min(at, from + LONGEST_BLOB)))
            .ifPresent(read -> out.append(read).append('\n'));
      }
      at++;
    }
    return out.toString();
  }

  /// Returns the text that `blob` is the code of, if it is one a person could read.
  static Optional<String> readable(String blob) {
    int digits = 0;
    while (digits < blob.length() && Character.digit(blob.charAt(digits), 16) >= 0) {
      digits++;
    }
    if (digits == blob.length() && digits % 2 == 0) {
      return words(HexFormat.of().parseHex(blob));
    }
    if (!beginsReadable(blob)) {
      return Optional.empty();
    }
    String trimmed = blob.replace('-', '+').replace('_', '/');
    int end = trimmed.indexOf('=');
    trimmed = end < 0 ? trimmed : trimmed.substring(0, end);
    if (trimmed.length() % 4 == 1) {
      trimmed = trimmed.substring(0, trimmed.length() - 1);
    }
    try {
      return words(Base64.getDecoder().decode(trimmed));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /* Most words of these letters are the code of nothing, which the first bytes of them show. */
  private static boolean beginsReadable(String blob) {
    int value = 0;
    int bits = 0;
    int follow = 0;
    for (int i = 0; i < blob.length() && i < 16 && blob.charAt(i) != '='; i++) {
      value = (value << 6 | sixBits(blob.charAt(i))) & 0xFFFF;
      bits += 6;
      if (bits < 8) {
        continue;
      }
      bits -= 8;
      int one = value >> bits & 0xFF;
      boolean begins = one < 0x80 || one >= 0xC2;
      boolean control = one < ' ' && one != '\n' && one != '\r' && one != '\t';
      if (begins == follow > 0 || control || one > 0xF4) {
        return false;
      }
      follow = begins ? (one < 0x80 ? 0 : one < 0xE0 ? 1 : one < 0xF0 ? 2 : 3) : follow - 1;
    }
    return true;
  }

  private static int sixBits(char c) {
    if (c >= 'a') {
      return c - 'a' + 26;
    }
    if (c >= 'A' && c <= 'Z') {
      return c - 'A';
    }
    if (c >= '0' && c <= '9') {
      return c - '0' + 52;
    }
    return c == '+' || c == '-' ? 62 : 63;
  }

  private static Optional<String> words(byte[] bytes) {
    String text;
    try {
      text = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' && c != '\n' && c != '\r' && c != '\t') {
        return Optional.empty();
      }
    }
    return text.isBlank() ? Optional.empty() : Optional.of(text);
  }

  static boolean isBlob(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '+'
        || c == '/'
        || c == '-'
        || c == '_'
        || c == '=';
  }
}
