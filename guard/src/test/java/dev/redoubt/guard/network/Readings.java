// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.network;

/// Unwraps readings in tests.
final class Readings {

  private Readings() {}

  static <T> T good(Reading<T> reading) {
    return switch (reading) {
      case Reading.Good<T>(T value) -> value;
      case Reading.Bad<T>(String rule, String reason) ->
          throw new AssertionError(rule + ": " + reason);
    };
  }

  static String rule(Reading<?> reading) {
    return switch (reading) {
      case Reading.Good<?>(Object value) -> "read as " + value;
      case Reading.Bad<?>(String rule, String _) -> rule;
    };
  }
}
