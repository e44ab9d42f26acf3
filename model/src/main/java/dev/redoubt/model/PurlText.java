// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.model;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The written form of a purl: parsing, printing, and the clean form of each component that does
/// not depend on the type. By hand and without regular expressions: a scan makes thousands.
final class PurlText {

  private static final String SCHEME = "pkg:";
  private static final int QUOTED = 200;
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private PurlText() {}

  static Purl parse(String text) {
    try {
      return split(text);
    } catch (PurlException e) {
      String shown = text.length() > QUOTED ? text.substring(0, QUOTED) + "…" : text;
      throw new PurlException("\"%s\" is not a package URL: %s".formatted(shown, e.getMessage()));
    }
  }

  /* From right to left, as the specification does it. */
  private static Purl split(String text) {
    if (!text.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      throw new PurlException("it does not start with pkg:");
    }
    String rest = text.substring(SCHEME.length());
    int hash = rest.lastIndexOf('#');
    String subpath = hash < 0 ? null : decodeSubpath(rest.substring(hash + 1));
    rest = hash < 0 ? rest : rest.substring(0, hash);
    int question = rest.lastIndexOf('?');
    Map<String, String> qualifiers =
        question < 0 ? Map.of() : decodeQualifiers(rest.substring(question + 1));
    rest = trimSlashes(question < 0 ? rest : rest.substring(0, question), false);
    int slash = rest.indexOf('/');
    if (slash < 0) {
      throw new PurlException("the type or the name is missing");
    }
    String type = rest.substring(0, slash);
    rest = rest.substring(slash + 1);
    int at = versionSeparator(rest);
    String version = at < 0 ? null : decode(rest.substring(at + 1));
    rest = trimSlashes(at < 0 ? rest : rest.substring(0, at), true);
    int last = rest.lastIndexOf('/');
    return new Purl(
        type,
        last < 0 ? null : decode(rest.substring(0, last)),
        decode(rest.substring(last + 1)),
        version,
        qualifiers,
        subpath);
  }

  /* An "@" that starts a segment is an npm scope that somebody forgot to encode, unless nothing
  follows that could be the name. */
  private static int versionSeparator(String path) {
    int at = path.lastIndexOf('@');
    if (at > 0 && path.charAt(at - 1) != '/') {
      return at;
    }
    if (at >= 0 && path.indexOf('/', at) < 0) {
      throw new PurlException("the name is missing");
    }
    return -1;
  }

  private static String decodeSubpath(String subpath) {
    String decoded = decode(subpath);
    if (decoded.length() != subpath.length() && count(decoded, '/') != count(subpath, '/')) {
      throw new PurlException("a segment of the subpath has a slash");
    }
    return decoded;
  }

  private static long count(String text, char wanted) {
    return text.chars().filter(c -> c == wanted).count();
  }

  private static Map<String, String> decodeQualifiers(String text) {
    Map<String, String> qualifiers = new TreeMap<>();
    int start = 0;
    while (start <= text.length()) {
      int ampersand = text.indexOf('&', start);
      int end = ampersand < 0 ? text.length() : ampersand;
      if (end > start) {
        int equals = text.indexOf('=', start);
        int keyEnd = equals < 0 || equals > end ? end : equals;
        String key = key(text.substring(start, keyEnd));
        String value = keyEnd == end ? "" : decode(text.substring(keyEnd + 1, end));
        if (!value.isEmpty() && qualifiers.put(key, value) != null) {
          throw new PurlException("the qualifier " + key + " is there twice");
        }
      }
      start = end + 1;
    }
    return qualifiers;
  }

  static String type(String type) {
    String lower = type.toLowerCase(Locale.ROOT);
    if (lower.isEmpty()) {
      throw new PurlException("the type is missing");
    }
    for (int i = 0; i < lower.length(); i++) {
      char c = lower.charAt(i);
      if (!isLetter(c) && (i == 0 || !(isDigit(c) || c == '.' || c == '-'))) {
        throw new PurlException("the type is not letters, digits, dots and dashes");
      }
    }
    return lower;
  }

  private static String key(String key) {
    String lower = key.toLowerCase(Locale.ROOT);
    for (int i = 0; i < lower.length(); i++) {
      char c = lower.charAt(i);
      if (!isLetter(c) && (i == 0 || !(isDigit(c) || c == '.' || c == '-' || c == '_'))) {
        throw new PurlException("the key of a qualifier is not letters, digits, dots and dashes");
      }
    }
    if (lower.isEmpty()) {
      throw new PurlException("the key of a qualifier is missing");
    }
    return lower;
  }

  static Map<String, String> qualifiers(Map<String, String> qualifiers) {
    if (qualifiers.isEmpty()) {
      return Map.of();
    }
    Map<String, String> clean = new TreeMap<>();
    for (Map.Entry<String, String> entry : qualifiers.entrySet()) {
      String key = key(entry.getKey());
      requireUnicode(entry.getValue());
      if (!entry.getValue().isEmpty() && clean.put(key, entry.getValue()) != null) {
        throw new PurlException("the qualifier " + key + " is there twice");
      }
    }
    return Collections.unmodifiableMap(clean);
  }

  static String name(String name) {
    String clean = trimSlashes(trimSlashes(name, true), false);
    if (clean.isEmpty()) {
      throw new PurlException("the name is missing");
    }
    return clean;
  }

  /// Returns `path` without empty segments, null when nothing is left.
  static @Nullable String path(@Nullable String path) {
    if (path == null || path.isEmpty()) {
      return null;
    }
    boolean clean =
        path.charAt(0) != '/' && path.charAt(path.length() - 1) != '/' && !path.contains("//");
    return clean ? path : join(path, false);
  }

  /// Returns `path` without empty segments, `.` and `..`, null when nothing is left.
  static @Nullable String subpath(@Nullable String path) {
    return path == null || path.isEmpty() ? null : join(path, true);
  }

  private static @Nullable String join(String path, boolean dropDots) {
    StringBuilder joined = new StringBuilder(path.length());
    for (String segment : path.split("/", -1)) {
      boolean dots = dropDots && (segment.equals(".") || segment.equals(".."));
      if (!segment.isEmpty() && !dots) {
        joined.append(joined.isEmpty() ? "" : "/").append(segment);
      }
    }
    return joined.isEmpty() ? null : joined.toString();
  }

  /// Throws if a text has half a surrogate pair, which no encoding can carry.
  static void requireUnicode(@Nullable String... texts) {
    for (String text : texts) {
      for (int i = 0; text != null && i < text.length(); i++) {
        if (Character.isSurrogate(text.charAt(i)) && !isInPair(text, i)) {
          throw new PurlException("it has half a surrogate pair");
        }
      }
    }
  }

  private static boolean isInPair(String text, int at) {
    return Character.isHighSurrogate(text.charAt(at))
        ? at + 1 < text.length() && Character.isLowSurrogate(text.charAt(at + 1))
        : at > 0 && Character.isHighSurrogate(text.charAt(at - 1));
  }

  private static String trimSlashes(String text, boolean atEnd) {
    int start = 0;
    int end = text.length();
    while (!atEnd && start < end && text.charAt(start) == '/') {
      start++;
    }
    while (atEnd && start < end && text.charAt(end - 1) == '/') {
      end--;
    }
    return text.substring(start, end);
  }

  private static String decode(String text) {
    int percent = text.indexOf('%');
    if (percent < 0) {
      return text;
    }
    StringBuilder decoded = new StringBuilder(text.length());
    int from = 0;
    while (percent >= 0) {
      decoded.append(text, from, percent);
      int end = percent;
      while (end < text.length() && text.charAt(end) == '%') {
        end += 3;
      }
      if (end > text.length()) {
        throw new PurlException("a percent sign is not followed by two hexadecimal digits");
      }
      decoded.append(decodeRun(text, percent, end));
      from = end;
      percent = text.indexOf('%', from);
    }
    return decoded.append(text, from, text.length()).toString();
  }

  private static CharSequence decodeRun(String text, int start, int end) {
    byte[] bytes = new byte[(end - start) / 3];
    for (int i = 0; i < bytes.length; i++) {
      int at = start + 3 * i;
      char high = text.charAt(at + 1);
      char low = text.charAt(at + 2);
      if (!HexFormat.isHexDigit(high) || !HexFormat.isHexDigit(low)) {
        throw new PurlException("a percent sign is not followed by two hexadecimal digits");
      }
      bytes[i] = (byte) (HexFormat.fromHexDigit(high) << 4 | HexFormat.fromHexDigit(low));
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
    } catch (CharacterCodingException e) {
      throw new PurlException("it is percent-encoded but not UTF-8");
    }
  }

  static StringBuilder printPackage(Purl purl) {
    StringBuilder out = new StringBuilder(64).append(SCHEME).append(purl.type()).append('/');
    String namespace = purl.namespace();
    if (namespace != null) {
      encode(out, namespace, true);
      out.append('/');
    }
    encode(out, purl.name(), PurlRule.isPathName(purl.type()));
    return out;
  }

  static String print(Purl purl) {
    StringBuilder out = printPackage(purl);
    String version = purl.version();
    if (version != null) {
      encode(out.append('@'), version, false);
    }
    char separator = '?';
    for (Map.Entry<String, String> qualifier : purl.qualifiers().entrySet()) {
      encode(
          out.append(separator).append(qualifier.getKey()).append('='),
          qualifier.getValue(),
          false);
      separator = '&';
    }
    String subpath = purl.subpath();
    if (subpath != null) {
      encode(out.append('#'), subpath, true);
    }
    return out.toString();
  }

  private static void encode(StringBuilder out, String text, boolean keepSlash) {
    int plain = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (isPlain(c) || (keepSlash && c == '/')) {
        continue;
      }
      out.append(text, plain, i);
      int width = Character.isHighSurrogate(c) ? 2 : 1;
      for (byte octet : text.substring(i, i + width).getBytes(StandardCharsets.UTF_8)) {
        out.append('%').append(HEX.toHexDigits(octet));
      }
      i += width - 1;
      plain = i + 1;
    }
    out.append(text, plain, text.length());
  }

  private static boolean isPlain(char c) {
    return isLetter(c)
        || (c >= 'A' && c <= 'Z')
        || isDigit(c)
        || c == '.'
        || c == '-'
        || c == '_'
        || c == '~'
        || c == ':';
  }

  private static boolean isLetter(char c) {
    return c >= 'a' && c <= 'z';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
