// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.relay.limits;

import static java.util.Objects.requireNonNull;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Set;

/// The times at which something is open.
///
/// @param from the first moment of a day
/// @param until the first moment after it; before `from` it is one of the next day, and equal to it
///   the whole day is open
/// @param days on which it opens; all when empty
/// @param zone whose clock and days are meant
public record Window(LocalTime from, LocalTime until, Set<DayOfWeek> days, ZoneId zone) {

  public Window {
    requireNonNull(from, "from");
    requireNonNull(until, "until");
    days = Set.copyOf(days);
    requireNonNull(zone, "zone");
  }

  /// Returns the window that is always open, with the days of `zone`.
  public static Window always(ZoneId zone) {
    return new Window(LocalTime.MIN, LocalTime.MIN, Set.of(), zone);
  }

  /// Returns whether it is open at `moment`.
  public boolean isOpen(Instant moment) {
    ZonedDateTime local = moment.atZone(zone);
    LocalTime time = local.toLocalTime();
    boolean today = opensOn(local.getDayOfWeek());
    if (from.isBefore(until)) {
      return today && !time.isBefore(from) && time.isBefore(until);
    }
    // It goes on after midnight: what counts is the day on which it opened.
    return (today && !time.isBefore(from))
        || (opensOn(local.toLocalDate().minusDays(1).getDayOfWeek()) && time.isBefore(until));
  }

  /// Returns when it opens next after `moment`, at which it is closed.
  public Instant opensAfter(Instant moment) {
    ZonedDateTime local = moment.atZone(zone);
    for (int days = 0; days <= 8; days++) {
      ZonedDateTime opening = local.toLocalDate().plusDays(days).atTime(from).atZone(zone);
      if (opensOn(opening.getDayOfWeek()) && opening.toInstant().isAfter(moment)) {
        return opening.toInstant();
      }
    }
    throw new IllegalStateException("a window opens on some day");
  }

  private boolean opensOn(DayOfWeek day) {
    return days.isEmpty() || days.contains(day);
  }
}
