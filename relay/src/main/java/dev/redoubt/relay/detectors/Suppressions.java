// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.relay.detectors;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/// The suppressions of one server. After its last day one counts no more, and every alert it would
/// have covered says so. Safe to share.
///
/// @param entries those of this server
public record Suppressions(List<Suppression> entries, Clock clock) {

  /// None.
  public static final Suppressions NONE =
      new Suppressions(List.of(), Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));

  public Suppressions {
    entries = List.copyOf(entries);
    requireNonNull(clock, "clock");
  }

  /// Returns those about `server`.
  public static Suppressions of(List<Suppression> all, String server, Clock clock) {
    return new Suppressions(
        all.stream()
            .filter(entry -> entry.server().equals("*") || entry.server().equals(server))
            .toList(),
        clock);
  }

  /// Returns the ids of all detectors.
  public static List<String> detectors() {
    return BuiltInDetectors.all().stream().map(Detector::id).toList();
  }

  /// Returns why an alert of `detector` about `subject` is let pass, if it is.
  Optional<String> reason(String detector, String subject) {
    LocalDate today = LocalDate.now(clock);
    return entries.stream()
        .filter(entry -> entry.covers(detector, subject) && !today.isAfter(entry.expires()))
        .map(Suppression::reason)
        .findFirst();
  }

  /// Returns what is to be said behind an alert: that a suppression of it has run out.
  String expired(String detector, String subject) {
    LocalDate today = LocalDate.now(clock);
    return entries.stream()
        .filter(entry -> entry.covers(detector, subject) && today.isAfter(entry.expires()))
        .map(entry -> "; its suppression ended on " + entry.expires())
        .findFirst()
        .orElse("");
  }
}
