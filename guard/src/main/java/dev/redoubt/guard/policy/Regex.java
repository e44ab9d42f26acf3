// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.policy;

import static java.util.Objects.requireNonNull;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.Optional;

/// A regular expression that runs in time linear in the text. Immutable; equal when written the
/// same.
final class Regex {

  /* Linear in the text, and by this in the expression too. */
  private static final int LONGEST = 1_000;

  private final Pattern pattern;

  private Regex(Pattern pattern) {
    this.pattern = requireNonNull(pattern, "pattern");
  }

  /// Returns what is wrong with `source`, or empty when [#of] takes it.
  static Optional<String> mistake(String source) {
    if (source.length() > LONGEST) {
      return Optional.of("is longer than %,d characters".formatted(LONGEST));
    }
    try {
      Pattern.compile(source);
      return Optional.empty();
    } catch (PatternSyntaxException e) {
      return Optional.of(e.getDescription());
    }
  }

  static Regex of(String source) {
    return new Regex(Pattern.compile(source));
  }

  /// Returns whether all of `text` matches when sure, or a part of it when possible is enough.
  boolean matches(String text, Certainty certainty) {
    return switch (certainty) {
      case SURE -> pattern.matcher(text).matches();
      case POSSIBLE -> pattern.matcher(text).find();
    };
  }

  String source() {
    return pattern.pattern();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Regex regex && source().equals(regex.source());
  }

  @Override
  public int hashCode() {
    return source().hashCode();
  }

  @Override
  public String toString() {
    return source();
  }
}
