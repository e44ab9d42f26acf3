// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.evidence;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Reads the payloads the log writes by itself: one object of texts without escapes and of whole
/// numbers. Ten times as quick to start as a JSON parser, and stricter.
final class FlatJson {

  private final String text;
  private int at;

  private FlatJson(String text) {
    this.text = text;
  }

  /// Returns the fields, numbers as their digits; empty when `payload` is anything else.
  static Optional<Map<String, String>> read(byte[] payload) {
    return payload.length > 16_384
        ? Optional.empty()
        : new FlatJson(new String(payload, US_ASCII)).fields();
  }

  private Optional<Map<String, String>> fields() {
    Map<String, String> fields = new LinkedHashMap<>();
    if (!skip('{')) {
      return Optional.empty();
    }
    do {
      Optional<String> name = quoted();
      if (name.isEmpty() || !skip(':')) {
        return Optional.empty();
      }
      Optional<String> value = at < text.length() && text.charAt(at) == '"' ? quoted() : number();
      if (value.isEmpty() || fields.put(name.get(), value.get()) != null) {
        return Optional.empty();
      }
    } while (skip(','));
    return skip('}') && at == text.length() ? Optional.of(fields) : Optional.empty();
  }

  private boolean skip(char c) {
    if (at < text.length() && text.charAt(at) == c) {
      at++;
      return true;
    }
    return false;
  }

  private Optional<String> quoted() {
    int end = text.indexOf('"', at + 1);
    if (!skip('"') || end < 0) {
      return Optional.empty();
    }
    String value = text.substring(at, end);
    at = end + 1;
    return value.indexOf('\\') < 0 ? Optional.of(value) : Optional.empty();
  }

  private Optional<String> number() {
    int from = at;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    boolean whole = at > from && at - from <= 18 && (at - from == 1 || text.charAt(from) != '0');
    return whole ? Optional.of(text.substring(from, at)) : Optional.empty();
  }
}
