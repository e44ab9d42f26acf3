// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.tools;

import dev.redoubt.sandbox.processes.Ended;
import dev.redoubt.sandbox.processes.Ending;
import dev.redoubt.sandbox.wall.Tether;
import dev.redoubt.sandbox.wall.Undone;
import java.time.Duration;
import java.util.Locale;

/// Says how commands ended.
final class Endings {

  private Endings() {}

  /// Returns the line that ends the output of a command.
  static String line(Ended ended) {
    String how =
        switch (ended.ending()) {
          case Ending.Exited(int code) -> "exit code " + code;
          case Ending.Signalled(int number) -> "ended by signal " + signal(number);
          case Ending.TimedOut(Duration allowed) ->
              "timed out after %d s and was ended with everything it started; give more timeout_seconds, or background: true for what stays"
                  .formatted(allowed.toSeconds());
          case Ending.Cut(String reason) -> "was ended: " + reason;
        };
    String undone = ended.loss().flatMap(Tether.Loss::undone).map(Undone::said).orElse("");
    return "[%s%s, %s]"
        .formatted(
            how,
            undone.isEmpty() || how.contains(undone) ? "" : "; " + undone,
            seconds(ended.elapsed()));
  }

  static String seconds(Duration elapsed) {
    return String.format(Locale.ROOT, "%.1f s", elapsed.toMillis() / 1000.0);
  }

  private static String signal(int number) {
    return switch (number) {
      case 1 -> "1 (HUP)";
      case 2 -> "2 (INT)";
      case 6 -> "6 (ABRT)";
      case 8 -> "8 (FPE)";
      case 9 -> "9 (KILL, often too much memory)";
      case 11 -> "11 (SEGV)";
      case 13 -> "13 (PIPE)";
      case 15 -> "15 (TERM)";
      default -> Integer.toString(number);
    };
  }
}
