// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.mcp.server;

import java.util.Locale;
import java.util.Optional;

/// How much a message of a log matters, from least to most.
public enum LogLevel {
  DEBUG,
  INFO,
  NOTICE,
  WARNING,
  ERROR,
  CRITICAL,
  ALERT,
  EMERGENCY;

  /// Returns the level called `word`; empty when there is none.
  static Optional<LogLevel> of(String word) {
    for (LogLevel level : values()) {
      if (level.word().equals(word)) {
        return Optional.of(level);
      }
    }
    return Optional.empty();
  }

  /// Returns what it is called in messages.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
