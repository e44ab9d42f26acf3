// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.sessions;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.HexFormat;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// The name of a session: when it began, and something nobody guesses twice.
///
/// @param text 1 to 64 of `a-z 0-9 -`, starting with a letter or digit
public record SessionId(String text) {

  static final String STREAM_PREFIX = "session-";
  private static final int LONGEST = 64;

  // No hexadecimal digit, so that no id without a parent ends like this.
  private static final String CHILD = "-s";

  public SessionId {
    if (!isId(text)) {
      throw new IllegalArgumentException("\"%s\" is no id of a session".formatted(text));
    }
  }

  /// Returns a new one, in the manner of `20261122-101500-3f9a2c1b`.
  public static SessionId at(Instant now, RandomGenerator chance) {
    ZonedDateTime time = now.atZone(ZoneOffset.UTC);
    StringBuilder text = new StringBuilder();
    text.append(time.getYear());
    two(text, time.getMonthValue());
    two(text, time.getDayOfMonth());
    text.append('-');
    two(text, time.getHour());
    two(text, time.getMinute());
    two(text, time.getSecond());
    text.append('-').append(HexFormat.of().toHexDigits(chance.nextInt()));
    return new SessionId(text.toString());
  }

  private static void two(StringBuilder to, int number) {
    to.append(number < 10 ? "0" : "").append(number);
  }

  /// Returns whether `text` can be one.
  public static boolean isId(String text) {
    if (text.isEmpty() || text.length() > LONGEST || text.charAt(0) == '-') {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && c != '-') {
        return false;
      }
    }
    return true;
  }

  /// Returns the id of the sub-agent number `number` of this session. No id that [#at] makes looks
  /// like one.
  ///
  /// @throws IllegalArgumentException if sub-agents are nested too deep for an id
  public SessionId child(int number) {
    return new SessionId(text + CHILD + number);
  }

  /// Returns the session whose sub-agent it is; empty when it is none's.
  public Optional<SessionId> parent() {
    int at = text.lastIndexOf(CHILD);
    String number = at > 0 ? text.substring(at + CHILD.length()) : "";
    return !number.isEmpty() && number.chars().allMatch(c -> c >= '0' && c <= '9')
        ? Optional.of(new SessionId(text.substring(0, at)))
        : Optional.empty();
  }

  /// Returns the name of its stream of evidence.
  public String stream() {
    return STREAM_PREFIX + text;
  }

  @Override
  public String toString() {
    return text;
  }
}
