// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox;

import static java.util.Objects.requireNonNull;

import dev.redoubt.sandbox.files.Before;
import dev.redoubt.sandbox.files.SearchTerms;
import dev.redoubt.sandbox.processes.Streams;
import java.time.Duration;
import java.util.Optional;

/// How a permitted action is performed, as far as that changes nothing of what it does.
///
/// @param streams where the streams of a command go
/// @param allowed how long a command may take; without a limit when empty
/// @param background whether a command is left running and a handle given
/// @param before what has to lie where a file is written
/// @param terms which part of a folder is searched, and what is told
public record Manner(
    Streams streams,
    Optional<Duration> allowed,
    boolean background,
    Before before,
    SearchTerms terms) {

  private static final Duration USUAL = Duration.ofMinutes(2);

  public Manner {
    requireNonNull(streams, "streams");
    requireNonNull(allowed, "allowed");
    requireNonNull(before, "before");
    requireNonNull(terms, "terms");
  }

  /// A manner of running a command.
  public Manner(Streams streams, Optional<Duration> allowed, boolean background) {
    this(streams, allowed, background, Before.ANYTHING, SearchTerms.LINES);
  }

  /// Returns the usual manner: no input, the output captured, two minutes.
  public static Manner quiet() {
    return new Manner(Streams.Captured.quiet(), Optional.of(USUAL), false);
  }

  /// Returns the manner of writing a file only where `before` lies.
  public static Manner over(Before before) {
    return new Manner(
        Streams.Captured.quiet(), Optional.of(USUAL), false, before, SearchTerms.LINES);
  }

  /// Returns the manner of searching as `terms` say.
  public static Manner searching(SearchTerms terms) {
    return new Manner(Streams.Captured.quiet(), Optional.of(USUAL), false, Before.ANYTHING, terms);
  }
}
