// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.commands;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Reads the flags in front of a program's first operand.
///
/// @param given the flags with their values, in order
/// @param rest the words after them, the first operand first
record Flags(List<Flag> given, List<Word> rest) {

  /// One flag; its value is empty when it has none.
  ///
  /// @param name with its dashes
  record Flag(String name, Word value) {}

  Flags {
    given = List.copyOf(given);
    rest = List.copyOf(rest);
  }

  /// Reads flags until the first operand or `--`.
  ///
  /// @param valued the flags whose value is the next word unless it is joined with `=`; one-letter
  ///   flags may also have it attached, as in `-eNAME`, or be joined, as in `-it`
  static Flags read(List<Word> words, Set<String> valued) {
    List<Flag> given = new ArrayList<>();
    int i = 0;
    while (i < words.size() && words.get(i).isFlag()) {
      Word word = words.get(i++);
      String text = word.text();
      if (text.equals("--")) {
        break;
      }
      int equals = text.indexOf('=');
      boolean isShort = text.charAt(1) != '-';
      if (equals > 0 && !(isShort && equals > 2 && valued.contains(text.substring(0, 2)))) {
        given.add(new Flag(text.substring(0, equals), at(word, text.substring(equals + 1))));
      } else if (valued.contains(text)) {
        given.add(new Flag(text, i < words.size() ? words.get(i) : at(word, "")));
        i++;
      } else if (isShort && text.length() > 2) {
        i = joined(word, words, i, valued, given);
      } else {
        given.add(new Flag(text, at(word, "")));
      }
    }
    return new Flags(given, words.subList(Math.min(i, words.size()), words.size()));
  }

  private static int joined(
      Word word, List<Word> words, int next, Set<String> valued, List<Flag> given) {
    String text = word.text();
    for (int at = 1; at < text.length(); at++) {
      String name = "-" + text.charAt(at);
      if (valued.contains(name)) {
        boolean attached = at + 1 < text.length();
        String value = attached ? text.substring(at + 1) : "";
        given.add(
            new Flag(name, attached || next >= words.size() ? at(word, value) : words.get(next)));
        return attached ? next : next + 1;
      }
      given.add(new Flag(name, at(word, "")));
    }
    return next;
  }

  /// Returns the values of the flags called one of `names`.
  List<Word> values(String... names) {
    Set<String> wanted = Set.of(names);
    return given.stream()
        .filter(flag -> wanted.contains(flag.name) && !flag.value.text().isEmpty())
        .map(Flag::value)
        .toList();
  }

  private static Word at(Word word, String text) {
    return new Word(text, word.line());
  }
}
