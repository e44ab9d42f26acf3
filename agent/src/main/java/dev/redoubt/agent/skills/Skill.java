// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.skills;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/// A skill.
///
/// @param name 1 to 64 of `a-z 0-9 -`
/// @param description when to use it, in one line of at most 1024 characters
/// @param place where it was found, as people know it
/// @param body what it says
/// @param files what lies beside it, sorted
/// @param warnings what is wrong with it, for a person
public record Skill(
    String name,
    String description,
    String place,
    String body,
    List<Bundled> files,
    List<String> warnings) {

  private static final int LONGEST_NAME = 64;

  public Skill {
    requireNonNull(description, "description");
    requireNonNull(place, "place");
    requireNonNull(body, "body");
    files = List.copyOf(files);
    warnings = List.copyOf(warnings);
    if (!isName(name)) {
      throw new IllegalArgumentException("\"%s\" is no name of a skill".formatted(name));
    }
  }

  /// A file beside a skill.
  ///
  /// @param name relative to the folder of the skill, with `/`
  /// @param text empty when it is no text, or too large to be kept
  public record Bundled(String name, Optional<String> text) {
    public Bundled {
      requireNonNull(name, "name");
      requireNonNull(text, "text");
    }
  }

  /// Returns whether `text` can be the name of a skill: small letters and digits, in words with one
  /// hyphen between them.
  public static boolean isName(String text) {
    return text.length() <= LONGEST_NAME && text.matches("[a-z0-9]+(-[a-z0-9]+)*");
  }
}
