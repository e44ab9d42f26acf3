// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.policy;

import static java.util.Objects.requireNonNull;

import dev.redoubt.document.Node;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// One value in the arguments of a tool: where it is and what it is like.
///
/// To be sure, every value the place names has to match, in a form that has only one reading: no
/// invisible characters, no percent escapes, no other Unicode form. A possibility is enough when
/// one value matches in any reading, and what is there but is no scalar matches by any scalar in
/// it.
///
/// @param place the keys on the way, `*` for every item of a list or every value of an object
/// @param test what the value is like
record ArgumentMatcher(List<String> place, ValueTest test) {

  /* Deeper arguments than a tool call has; beyond it nothing is sure and everything possible. */
  private static final int DEEPEST = 64;

  private static final int MOST_DECODINGS = 3;

  /// What a value is like.
  sealed interface ValueTest {

    boolean accepts(String value, Certainty certainty);

    /// It is this text, or the number or boolean that is written so, or matches this pattern.
    record Like(TextPattern pattern) implements ValueTest {
      @Override
      public boolean accepts(String value, Certainty certainty) {
        return pattern.matches(value, certainty);
      }
    }

    /// It matches this expression.
    record Matching(Regex regex) implements ValueTest {
      @Override
      public boolean accepts(String value, Certainty certainty) {
        return regex.matches(value, certainty);
      }
    }
  }

  ArgumentMatcher {
    place = List.copyOf(place);
    requireNonNull(test, "test");
  }

  boolean matches(Node arguments, Certainty certainty) {
    List<Node> found = new ArrayList<>();
    collect(arguments, 0, found);
    for (Node value : found) {
      boolean matched = certainty == Certainty.SURE ? isSure(value) : isPossible(value, 0);
      if (matched == (certainty == Certainty.POSSIBLE)) {
        return matched;
      }
    }
    return certainty == Certainty.SURE && !found.isEmpty();
  }

  /// Returns whether this is about `value` at `at` and about no other text.
  boolean isExactly(List<String> at, String value) {
    return place.equals(at)
        && test instanceof ValueTest.Like(TextPattern pattern)
        && pattern.equals(TextPattern.literal(value))
        && pattern.isLiteral()
        && readings(value).size() == 1;
  }

  private void collect(Node node, int depth, List<Node> found) {
    if (depth == place.size()) {
      found.add(node);
      return;
    }
    String key = place.get(depth);
    if (key.equals("*")) {
      for (Node item : node instanceof Node.Arr ? node.items() : node.fields().values()) {
        collect(item, depth + 1, found);
      }
      return;
    }
    if (node instanceof Node.Arr(List<Node> items, int _)) {
      for (int i = 0; i < items.size(); i++) {
        if (Integer.toString(i).equals(key)) {
          collect(items.get(i), depth + 1, found);
        }
      }
      return;
    }
    node.get(key).ifPresent(child -> collect(child, depth + 1, found));
  }

  private boolean isSure(Node value) {
    return value
        .scalar()
        .filter(text -> readings(text).size() == 1 && test.accepts(text, Certainty.SURE))
        .isPresent();
  }

  private boolean isPossible(Node value, int depth) {
    if (depth > DEEPEST) {
      return true;
    }
    for (Node item : value.items()) {
      if (isPossible(item, depth + 1)) {
        return true;
      }
    }
    for (Node field : value.fields().values()) {
      if (isPossible(field, depth + 1)) {
        return true;
      }
    }
    for (String reading : readings(value.scalar().orElse(""))) {
      if (test.accepts(reading, Certainty.POSSIBLE)) {
        return true;
      }
    }
    return false;
  }

  /// Returns what a server may make of `text`, itself first: without what cannot be seen, in one
  /// Unicode form, with its percent escapes read.
  static Set<String> readings(String text) {
    Set<String> readings = new LinkedHashSet<>();
    readings.add(text);
    String reading = text;
    for (int i = 0; i < MOST_DECODINGS; i++) {
      String plain = Normalizer.normalize(visible(reading), Normalizer.Form.NFKC);
      readings.add(plain);
      reading = decoded(plain);
      if (!readings.add(reading)) {
        break;
      }
    }
    return readings;
  }

  private static String visible(String text) {
    StringBuilder visible = new StringBuilder(text.length());
    text.codePoints()
        .filter(c -> Character.getType(c) != Character.FORMAT && (c >= ' ' || c == '\n'))
        .forEach(visible::appendCodePoint);
    return visible.toString();
  }

  private static String decoded(String text) {
    if (text.indexOf('%') < 0) {
      return text;
    }
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }
}
