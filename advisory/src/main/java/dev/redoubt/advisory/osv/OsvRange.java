// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.advisory.osv;

import static java.util.Objects.requireNonNull;

import java.util.List;

/// A range of affected versions as events on the line of versions.
///
/// @param type what the events are
/// @param events in the order of the record; none for [Type#GIT] and [Type#UNREADABLE]
public record OsvRange(Type type, List<Event> events) {

  /// What the events of a range are.
  public enum Type {
    /// Semantic versions.
    SEMVER,
    /// Versions of the package's ecosystem.
    ECOSYSTEM,
    /// Commits, which have no order without the repository.
    GIT,
    /// Something this program does not know.
    UNREADABLE
  }

  /// What happens at a version.
  public enum Kind {
    /// Affected from here; `0` is before every version.
    INTRODUCED,
    /// Not affected from here.
    FIXED,
    /// Not affected after this.
    LAST_AFFECTED,
    /// Nothing at or after this is in the range; `*` is after every version.
    LIMIT
  }

  /// One event.
  public record Event(Kind kind, String version) {
    public Event {
      requireNonNull(kind, "kind");
      requireNonNull(version, "version");
    }

    /// Returns whether this is the start of all versions.
    public boolean isStart() {
      return kind == Kind.INTRODUCED && version.equals("0");
    }
  }

  public OsvRange {
    requireNonNull(type, "type");
    events = List.copyOf(events);
  }

  /// Returns the range in words, as evidence for a person: `>= 1.0, < 1.4.2`.
  public String describe() {
    StringBuilder words = new StringBuilder();
    for (Event event : events) {
      if (!words.isEmpty()) {
        words.append(", ");
      }
      words
          .append(
              switch (event.kind()) {
                case INTRODUCED -> ">= ";
                case FIXED -> "< ";
                case LAST_AFFECTED -> "<= ";
                case LIMIT -> "before ";
              })
          .append(event.version());
    }
    return words.toString();
  }
}
