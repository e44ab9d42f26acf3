// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.network;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// The one spelling of a path, and the readings that servers are known to make of it.
final class UrlPath {

  private static final String IN_PATH = "!$&'()*+,;=:@/";
  private static final String UNRESERVED = "-._~";
  private static final int MAX_DECODINGS = 4;

  private UrlPath() {}

  /// Returns `raw` with a slash in front, dot segments removed and one way of escaping.
  static String canonical(String raw) throws Refusal {
    return withoutDots(escaped(raw, IN_PATH, true));
  }

  /// Returns `raw` with one way of escaping.
  static String canonicalQuery(String raw) throws Refusal {
    return escaped(raw, IN_PATH + "?", false);
  }

  /// Returns what servers could make of the canonical `path`, itself first: escaped slashes and
  /// backslashes that count, escapes read twice, double slashes that are one, segments without
  /// their parameters.
  static Set<String> readings(String path) {
    Set<String> readings = new LinkedHashSet<>();
    readings.add(path);
    String decoded = path;
    for (int i = 0; i < MAX_DECODINGS; i++) {
      addForms(readings, decoded);
      String next = decodedOnce(decoded);
      if (next.equals(decoded)) {
        return readings;
      }
      decoded = next;
    }
    addForms(readings, decoded);
    return readings;
  }

  private static void addForms(Set<String> readings, String path) {
    String slashes = path.replace('\\', '/');
    readings.add(withoutDots(slashes));
    String plain = withoutParameters(slashes);
    readings.add(withoutDots(plain));
    String single = plain;
    while (single.contains("//")) {
      single = single.replace("//", "/");
    }
    readings.add(withoutDots(single));
  }

  private static String withoutParameters(String path) {
    StringBuilder kept = new StringBuilder(path.length());
    boolean inParameters = false;
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      inParameters = c != '/' && (inParameters || c == ';');
      if (!inParameters) {
        kept.append(c);
      }
    }
    return kept.toString();
  }

  private static String escaped(String raw, String plain, boolean isPath) throws Refusal {
    StringBuilder text = new StringBuilder(raw.length() + 8);
    for (int i = 0; i < raw.length(); ) {
      int c = raw.codePointAt(i);
      if (c == '%') {
        int value = i + 2 < raw.length() ? hexByte(raw, i + 1) : -1;
        if (value < 0) {
          throw Refusal.malformed("a percent sign is not followed by two hexadecimal digits");
        }
        if (isPath && (value < ' ' || value == 0x7F)) {
          throw Refusal.malformed("the path has an escaped control character");
        }
        if (isPath && isUnreserved(value)) {
          text.append((char) value);
        } else {
          escape(text, value);
        }
        i += 3;
        continue;
      }
      int length = Character.charCount(c);
      if (isUnreserved(c) || plain.indexOf(c) >= 0) {
        text.append((char) c);
      } else {
        for (byte b : raw.substring(i, i + length).getBytes(StandardCharsets.UTF_8)) {
          escape(text, b & 0xFF);
        }
      }
      i += length;
    }
    return text.toString();
  }

  private static String withoutDots(String path) {
    List<String> kept = new ArrayList<>();
    int start = 1;
    while (start <= path.length()) {
      int slash = path.indexOf('/', start);
      int end = slash < 0 ? path.length() : slash;
      String segment = path.substring(start, end);
      boolean dots = segment.equals(".") || segment.equals("..");
      if (segment.equals("..") && !kept.isEmpty()) {
        kept.removeLast();
      }
      if (!dots) {
        kept.add(segment);
      } else if (slash < 0) {
        kept.add("");
      }
      start = end + 1;
    }
    return "/" + String.join("/", kept);
  }

  /// Returns `path` with every escape replaced by the character of its byte.
  static String decodedOnce(String path) {
    StringBuilder text = new StringBuilder(path.length());
    for (int i = 0; i < path.length(); i++) {
      int value = path.charAt(i) == '%' && i + 2 < path.length() ? hexByte(path, i + 1) : -1;
      if (value < 0) {
        text.append(path.charAt(i));
      } else {
        text.append((char) value);
        i += 2;
      }
    }
    return text.toString();
  }

  private static void escape(StringBuilder text, int value) {
    text.append('%').append(Integer.toHexString(0x100 | value).toUpperCase(Locale.ROOT), 1, 3);
  }

  private static int hexByte(String text, int at) {
    int high = Ipv6Text.hex(text.charAt(at));
    int low = Ipv6Text.hex(text.charAt(at + 1));
    return high >= 0 && low >= 0 ? high * 16 + low : -1;
  }

  private static boolean isUnreserved(int c) {
    return HostReader.isLetter(c) || HostReader.isDigit(c) || UNRESERVED.indexOf(c) >= 0;
  }
}
