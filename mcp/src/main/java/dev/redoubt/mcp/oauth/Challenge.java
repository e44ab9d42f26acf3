// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.mcp.oauth;

import static java.util.Objects.requireNonNull;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/* https://www.rfc-editor.org/rfc/rfc9110.html#section-11.6.1 */
/// What a server wants to see before it answers: the parameters of a `Bearer` challenge.
///
/// @param parameters by name in lower case
record Challenge(Map<String, String> parameters) {

  /// No challenge of that kind.
  static final Challenge NONE = new Challenge(Map.of());

  private static final int LONGEST = 8_192;

  Challenge {
    parameters = Map.copyOf(parameters);
    requireNonNull(parameters, "parameters");
  }

  /// Returns the first `Bearer` challenge of the values of `WWW-Authenticate`. What is malformed
  /// ends it; what was read before stands.
  static Challenge read(List<String> values) {
    for (String value : values) {
      if (value.length() <= LONGEST) {
        Optional<Challenge> found = new Reading(value).bearer();
        if (found.isPresent()) {
          return found.get();
        }
      }
    }
    return NONE;
  }

  Optional<String> get(String name) {
    return Optional.ofNullable(parameters.get(name)).filter(value -> !value.isBlank());
  }

  boolean wantsMoreScope() {
    return get("error").filter("insufficient_scope"::equals).isPresent();
  }

  /* Challenges stand one after the other, and so do parameters: a word before a word begins a
   * challenge, a word before an equals sign is a parameter. */
  private static final class Reading {

    private final String text;
    private int at;

    Reading(String text) {
      this.text = text;
    }

    Optional<Challenge> bearer() {
      boolean bearer = false;
      Map<String, String> parameters = new HashMap<>();
      while (true) {
        skip(" \t,");
        String word = token();
        if (word.isEmpty()) {
          return bearer ? Optional.of(new Challenge(parameters)) : Optional.empty();
        }
        int back = at;
        skip(" \t");
        if (at < text.length() && text.charAt(at) == '=') {
          at++;
          skip(" \t");
          String value = value();
          if (bearer) {
            parameters.putIfAbsent(word.toLowerCase(Locale.ROOT), value);
          }
        } else if (bearer) {
          return Optional.of(new Challenge(parameters));
        } else {
          at = back;
          bearer = word.equalsIgnoreCase("bearer");
        }
      }
    }

    private void skip(String chars) {
      while (at < text.length() && chars.indexOf(text.charAt(at)) >= 0) {
        at++;
      }
    }

    private String token() {
      int start = at;
      while (at < text.length() && isToken(text.charAt(at))) {
        at++;
      }
      return text.substring(start, at);
    }

    private static boolean isToken(char c) {
      return c > ' ' && c <= '~' && "\"(),/:;<=>?@[\\]{}".indexOf(c) < 0;
    }

    private String value() {
      if (at >= text.length() || text.charAt(at) != '"') {
        int start = at;
        while (at < text.length() && text.charAt(at) != ',' && text.charAt(at) > ' ') {
          at++;
        }
        return text.substring(start, at);
      }
      at++;
      StringBuilder value = new StringBuilder();
      while (at < text.length() && text.charAt(at) != '"') {
        if (text.charAt(at) == '\\' && at + 1 < text.length()) {
          at++;
        }
        value.append(text.charAt(at));
        at++;
      }
      at = Math.min(at + 1, text.length());
      return value.toString();
    }
  }
}
