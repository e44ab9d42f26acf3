// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.relay.limits;

import static java.util.Objects.requireNonNull;

import java.util.EnumSet;
import java.util.Set;

/// How often calls are made, and when.
///
/// @param name its id, lower-case with hyphens; the rule that refuses is `limits.NAME`
/// @param scope which calls are meant
/// @param each what is counted for itself; everything together when empty
/// @param rates how many
/// @param window when
public record Limit(String name, Scope scope, Set<Each> each, Rates rates, Window window) {

  public Limit {
    if (!name.matches("[a-z0-9]+(-[a-z0-9]+)*")) {
      throw new IllegalArgumentException("\"%s\" is no id".formatted(name));
    }
    requireNonNull(scope, "scope");
    each = each.isEmpty() ? Set.of() : Set.copyOf(EnumSet.copyOf(each));
    requireNonNull(rates, "rates");
    requireNonNull(window, "window");
  }

  /// What is counted for itself.
  public enum Each {
    SERVER,
    TOOL,
    AGENT
  }

  /// Which calls are meant: names with `*`, compared without regard to case and Unicode form.
  ///
  /// @param server what it is called in rules
  /// @param tool or the method, as in rules
  /// @param agent one of the names its client gave
  public record Scope(String server, String tool, String agent) {
    public Scope {
      requireNonNull(server, "server");
      requireNonNull(tool, "tool");
      requireNonNull(agent, "agent");
    }
  }

  /// How many; 0 for any number.
  ///
  /// @param perMinute calls in any 60 seconds
  /// @param perDay calls on a day
  /// @param atOnce calls of this program that wait for their answer
  /// @param bytesPerDay of arguments and results on a day, in JSON
  public record Rates(int perMinute, int perDay, int atOnce, long bytesPerDay) {
    public Rates {
      if (perMinute < 0 || perDay < 0 || atOnce < 0 || bytesPerDay < 0) {
        throw new IllegalArgumentException("a limit is not negative");
      }
    }

    /// Returns whether something is kept about calls that have ended.
    boolean areKept() {
      return perMinute > 0 || perDay > 0 || bytesPerDay > 0;
    }
  }
}
