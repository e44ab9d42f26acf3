// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.install;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/// A value in the text of a configuration: what it is, and where it stands.
sealed interface Part {

  /// Returns the index of its first character.
  int start();

  /// Returns the index behind its last character.
  int end();

  /// Values by name. A table of TOML has its parts at several places; then both indexes are those
  /// of the first.
  record Obj(int start, int end, List<Member> members) implements Part {
    public Obj {
      requireNonNull(members, "members");
    }

    /// Returns the value called `key`; the last one, as readers of these files take it.
    Optional<Part> get(String key) {
      return members.stream()
          .filter(member -> member.key().equals(key))
          .map(Member::value)
          .reduce((_, last) -> last);
    }
  }

  /// Values in a row.
  record Arr(int start, int end, List<Part> items) implements Part {
    public Arr {
      items = List.copyOf(items);
    }
  }

  /// A text.
  ///
  /// @param value without quotes and escapes
  record Text(int start, int end, String value) implements Part {
    public Text {
      requireNonNull(value, "value");
    }
  }

  /// A number, a truth value, null or a date.
  record Other(int start, int end) implements Part {}

  /// A name and its value.
  ///
  /// @param manner how it is written, which says how another one is put behind it
  record Member(String key, Part value, Manner manner) {
    public Member {
      requireNonNull(key, "key");
      requireNonNull(value, "value");
      requireNonNull(manner, "manner");
    }
  }

  /// How a name and a value are written.
  enum Manner {
    /// `"key": value` between commas.
    JSON,
    /// `key = value` on a line of its own.
    LINE,
    /// `key = value` between commas.
    INLINE,
    /// `table.key = value`, behind which nothing of the same table can be put by its name alone.
    DOTTED
  }
}
