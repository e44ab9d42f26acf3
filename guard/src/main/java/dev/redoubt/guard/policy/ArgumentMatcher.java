// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.policy;

import static java.util.Objects.requireNonNull;

import dev.redoubt.document.Node;
import java.io.ByteArrayOutputStream;
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
/// @param place the keys on the way, `*` for every item of a list or every value of an object, `**`
///   for everything at any depth; keys that differ in case only are one
/// @param test what the value is like
record ArgumentMatcher(List<String> place, ValueTest test) {

  /* Deeper arguments than a tool call has; beyond it nothing is sure and everything possible. */
  private static final int DEEPEST = 64;

  private static final String ANYWHERE = "**";
  private static final int MOST_DECODINGS = 8;

  ArgumentMatcher {
    place = List.copyOf(place);
    requireNonNull(test, "test");
  }

  boolean matches(Node arguments, Scene scene, Certainty certainty) {
    List<Node> found = new ArrayList<>();
    collect(arguments, 0, found);
    for (Node value : found) {
      boolean matched =
          certainty == Certainty.SURE ? isSure(value, scene) : isPossible(value, 0, scene);
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
    if (key.equals(ANYWHERE)) {
      anywhere(node, depth + 1, found);
      return;
    }
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
    // Some servers read their keys without regard to case.
    String folded = TextPattern.folded(key);
    node.fields()
        .forEach((name, child) -> {
          if (name.equals(key) || TextPattern.folded(name).equals(folded)) {
            collect(child, depth + 1, found);
          }
        });
  }

  private void anywhere(Node node, int depth, List<Node> found) {
    collect(node, depth, found);
    node.items().forEach(item -> anywhere(item, depth, found));
    node.fields().values().forEach(child -> anywhere(child, depth, found));
  }

  private boolean isSure(Node value, Scene scene) {
    return value
        .scalar()
        .filter(text -> readings(text).size() == 1 && test.accepts(text, scene, Certainty.SURE))
        .isPresent();
  }

  private boolean isPossible(Node value, int depth, Scene scene) {
    if (depth > DEEPEST) {
      return true;
    }
    for (Node item : value.items()) {
      if (isPossible(item, depth + 1, scene)) {
        return true;
      }
    }
    for (Node field : value.fields().values()) {
      if (isPossible(field, depth + 1, scene)) {
        return true;
      }
    }
    // What is no scalar has been looked into, and nothing is nothing.
    for (String reading : value.scalar().map(ArgumentMatcher::readings).orElse(Set.of())) {
      if (test.accepts(reading, scene, Certainty.POSSIBLE)) {
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

  static String visible(String text) {
    StringBuilder visible = new StringBuilder(text.length());
    text.codePoints()
        .filter(c -> Character.getType(c) != Character.FORMAT && (c >= ' ' || c == '\n'))
        .forEach(visible::appendCodePoint);
    return visible.toString();
  }

  /* An escape that is none stays, as many readers have it, and hides no other. */
  private static String decoded(String text) {
    int at = text.indexOf('%');
    if (at < 0) {
      return text;
    }
    StringBuilder decoded = new StringBuilder(text.length());
    decoded.append(text, 0, at);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    while (at < text.length()) {
      int octet = octet(text, at);
      if (octet >= 0) {
        bytes.write(octet);
        at += 3;
        continue;
      }
      decoded.append(bytes.toString(StandardCharsets.UTF_8));
      bytes.reset();
      decoded.append(text.charAt(at++));
    }
    return decoded.append(bytes.toString(StandardCharsets.UTF_8)).toString();
  }

  private static int octet(String text, int at) {
    if (text.charAt(at) != '%' || at + 2 >= text.length()) {
      return -1;
    }
    int high = hex(text.charAt(at + 1));
    int low = hex(text.charAt(at + 2));
    return high < 0 || low < 0 ? -1 : high * 16 + low;
  }

  private static int hex(char c) {
    return c > 'f' ? -1 : Character.digit(c, 16);
  }
}
