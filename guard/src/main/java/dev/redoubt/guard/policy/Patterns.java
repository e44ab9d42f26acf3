// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.policy;

import dev.redoubt.guard.Action.ConfigKind;
import dev.redoubt.guard.network.HostPattern;
import dev.redoubt.guard.network.NetworkMatcher;
import dev.redoubt.guard.network.Reading;
import dev.redoubt.guard.policy.ArgvPattern.Rest;
import dev.redoubt.guard.policy.TextPattern.Wildcards;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Reads the patterns of matchers. Each method throws an [IllegalArgumentException] whose message
/// quotes the pattern and says what is wrong with it.
final class Patterns {

  /* Longer than any rule a person writes; keeps matching cheap whatever a policy says. */
  private static final int LONGEST = 4_096;

  private Patterns() {}

  /// Returns a command written as one text: words at spaces, `'…'` literal, a last `*` or `**` for
  /// any further words.
  static ArgvPattern command(String text) {
    List<String> words;
    try {
      words = Words.of(requireShort(text), Words.Form.PATTERN);
    } catch (IllegalArgumentException e) {
      throw wrong("command", text, String.valueOf(e.getMessage()));
    }
    return command(text, words);
  }

  /// Returns a command written as a list of words.
  static ArgvPattern words(List<String> words) {
    return command(String.join(" ", words), words);
  }

  private static ArgvPattern command(String shown, List<String> words) {
    if (words.isEmpty()) {
      throw wrong("command", shown, "it has no word; \"*\" means every command");
    }
    List<TextPattern> patterns = new ArrayList<>();
    Rest rest = Rest.NOTHING;
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      boolean last = i == words.size() - 1;
      if (last && (word.equals("*") || word.equals("**"))) {
        rest = Rest.ANYTHING;
      } else if (word.equals("**")) {
        throw wrong("command", shown, "\"**\" can only be its last word");
      } else {
        patterns.add(word(word));
      }
    }
    return new ArgvPattern(patterns, rest);
  }

  /// Returns the pattern of one word, with `*` for any characters.
  static TextPattern word(String word) {
    return TextPattern.of(requireShort(word), Wildcards.STAR)
        .orElseThrow(() -> wrong("pattern", word, "nothing follows the last backslash"));
  }

  /// Returns the pattern of a name that cannot be empty.
  static TextPattern name(String name) {
    if (name.isBlank()) {
      throw wrong("pattern", name, "it is empty; \"*\" means every one");
    }
    return word(name);
  }

  static PathPattern path(String glob) {
    try {
      return PathPattern.of(requireShort(glob));
    } catch (IllegalArgumentException e) {
      throw wrong("path", glob, String.valueOf(e.getMessage()));
    }
  }

  static HostPattern host(String text) {
    return switch (HostPattern.parse(requireShort(text))) {
      case Reading.Bad<HostPattern>(String _, String reason) -> throw wrong("host", text, reason);
      case Reading.Good<HostPattern>(HostPattern pattern) -> pattern;
    };
  }

  static NetworkMatcher target(String text) {
    return switch (NetworkMatcher.parse(requireShort(text))) {
      case Reading.Bad<NetworkMatcher>(String _, String reason) ->
          throw wrong("target", text, reason);
      case Reading.Good<NetworkMatcher>(NetworkMatcher matcher) -> matcher;
    };
  }

  static Regex regex(String source) {
    Regex.mistake(source)
        .ifPresent(mistake -> {
          throw wrong("regular expression", source, mistake);
        });
    return Regex.of(source);
  }

  static ConfigKind kind(String text) {
    for (ConfigKind kind : ConfigKind.values()) {
      if (key(kind).equals(text)) {
        return kind;
      }
    }
    throw wrong("kind", text, "it is one of " + String.join(", ", kinds()));
  }

  static List<String> kinds() {
    List<String> kinds = new ArrayList<>();
    for (ConfigKind kind : ConfigKind.values()) {
      kinds.add(key(kind));
    }
    return kinds;
  }

  static String key(ConfigKind kind) {
    return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static String requireShort(String text) {
    if (text.length() > LONGEST) {
      throw wrong(
          "pattern",
          text.substring(0, 40) + "…",
          "it is longer than %,d characters".formatted(LONGEST));
    }
    return text;
  }

  static IllegalArgumentException wrong(String what, String text, String reason) {
    return new IllegalArgumentException("%s \"%s\": %s".formatted(what, text, reason));
  }
}
