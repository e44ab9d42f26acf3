// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.hex;

import java.util.List;
import java.util.Optional;

/// A literal of Elixir or Erlang.
sealed interface Term {

  /// Returns the line on which it starts, counted from 1.
  int line();

  /// A string, binary, atom or number: only its letters matter here.
  record Word(String value, int line) implements Term {}

  /// A tuple, list or map.
  record Group(List<Term> items, int line) implements Term {
    public Group {
      items = List.copyOf(items);
    }
  }

  /// `key: value` or `key => value`.
  record Pair(String key, Term value, int line) implements Term {}

  /// Returns the items of a group, none of anything else.
  default List<Term> items() {
    return this instanceof Group(List<Term> items, int _) ? items : List.of();
  }

  /// Returns the item at `index`, or empty when this is no group or has fewer.
  default Optional<Term> item(int index) {
    List<Term> items = items();
    return index < items.size() ? Optional.of(items.get(index)) : Optional.empty();
  }

  /// Returns the letters of a word.
  default Optional<String> word() {
    return this instanceof Word(String value, int _) ? Optional.of(value) : Optional.empty();
  }

  /// Returns the letters of the word at `index`.
  default Optional<String> word(int index) {
    return item(index).flatMap(Term::word);
  }

  /// Returns the value of the pair `key` among the items, or in a list among them.
  default Optional<Term> option(String key) {
    for (Term item : items()) {
      if (item instanceof Pair(String name, Term value, int _)) {
        if (name.equals(key)) {
          return Optional.of(value);
        }
      } else if (item instanceof Group(List<Term> inner, int _)) {
        for (Term pair : inner) {
          if (pair instanceof Pair(String name, Term value, int _) && name.equals(key)) {
            return Optional.of(value);
          }
        }
      }
    }
    return Optional.empty();
  }
}
