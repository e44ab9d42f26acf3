// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.models;

import dev.redoubt.document.Node;
import dev.redoubt.sandbox.network.WebResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;

/// How long a provider asks to wait: in a header as milliseconds, seconds or a date, in the body in
/// one of the forms that providers use, or in what it says.
final class RetryAfter {

  private static final Duration LONGEST = Duration.ofDays(30);

  private final Clock clock;

  RetryAfter(Clock clock) {
    this.clock = clock;
  }

  /// Returns what the headers of `response` say.
  Optional<Duration> in(WebResponse response) {
    Optional<Duration> exact =
        response.header("retry-after-ms").flatMap(text -> seconds(text, 1e-3));
    if (exact.isPresent()) {
      return exact;
    }
    return response.header("retry-after").flatMap(this::header);
  }

  private Optional<Duration> header(String text) {
    Optional<Duration> seconds = seconds(text, 1);
    if (seconds.isPresent()) {
      return seconds;
    }
    try {
      ZonedDateTime date = ZonedDateTime.parse(text.strip(), DateTimeFormatter.RFC_1123_DATE_TIME);
      Duration wait = Duration.between(clock.instant(), date.toInstant());
      return Optional.of(bounded(wait.isNegative() ? Duration.ZERO : wait));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  /// Returns what the body of an error says.
  ///
  /// @param error the object that describes the error
  static Optional<Duration> in(Node error, String message) {
    for (Node detail : error.items("details")) {
      Optional<Duration> delay = detail.text("retryDelay").flatMap(RetryAfter::spelled);
      if (delay.isPresent()) {
        return delay;
      }
    }
    Optional<Duration> named =
        error
            .scalar("retry_after_ms")
            .flatMap(text -> seconds(text, 1e-3))
            .or(() -> error.scalar("retry_after").flatMap(text -> seconds(text, 1)))
            .or(() -> error.scalar("retry_after_seconds").flatMap(text -> seconds(text, 1)));
    return named.isPresent() ? named : said(message);
  }

  /// Finds "try again in 1m30.5s" and its relatives.
  private static Optional<Duration> said(String message) {
    String text = message.toLowerCase(Locale.ROOT);
    for (String phrase : new String[] {"try again in ", "retry in ", "retry after "}) {
      int at = text.indexOf(phrase);
      if (at >= 0) {
        return spelled(text.substring(at + phrase.length()));
      }
    }
    return Optional.empty();
  }

  /// Reads `1h2m3.5s`, `20ms`, `34s` or `7 seconds` at the start of `text`.
  private static Optional<Duration> spelled(String text) {
    double total = 0;
    boolean any = false;
    int at = 0;
    while (at < text.length()) {
      int digits = at;
      while (digits < text.length() && isDigit(text.charAt(digits))) {
        digits++;
      }
      int unit = digits;
      while (unit < text.length() && text.charAt(unit) == ' ') {
        unit++;
      }
      int end = unit;
      while (end < text.length() && Character.isLetter(text.charAt(end))) {
        end++;
      }
      double factor = factor(text.substring(unit, end));
      if (digits == at || factor == 0) {
        break;
      }
      Optional<Double> number = number(text.substring(at, digits));
      if (number.isEmpty()) {
        break;
      }
      total += number.get() * factor;
      any = true;
      at = end;
    }
    return any ? seconds(Double.toString(total), 1) : Optional.empty();
  }

  private static boolean isDigit(char c) {
    return (c >= '0' && c <= '9') || c == '.';
  }

  private static double factor(String unit) {
    return switch (unit) {
      case "ms", "milliseconds" -> 1e-3;
      case "s", "sec", "second", "seconds" -> 1;
      case "m", "min", "minute", "minutes" -> 60;
      case "h", "hour", "hours" -> 3600;
      default -> 0;
    };
  }

  private static Optional<Duration> seconds(String text, double factor) {
    return number(text.strip())
        .map(value -> Math.min(value * factor, (double) LONGEST.toSeconds()))
        .map(value -> Duration.ofMillis(Math.round(value * 1000)));
  }

  private static Optional<Double> number(String text) {
    if (text.isEmpty() || !text.chars().allMatch(c -> isDigit((char) c) || c == 'E')) {
      return Optional.empty();
    }
    try {
      return Optional.of(Double.parseDouble(text));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static Duration bounded(Duration wait) {
    return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
  }
}
