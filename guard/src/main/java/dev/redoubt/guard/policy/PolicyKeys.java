// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.policy;

import dev.redoubt.guard.policy.ActionKind.Family;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The written list of every key a policy may have.
final class PolicyKeys {

  static final List<String> GUARD = List.of("rules", "workspace-may-widen", "managed");
  static final List<String> MANAGED = List.of("expires", "fail-mode");
  static final List<String> RULE =
      List.of("effect", "action", "reason", "id", "expires", "unless", "when", "tests");
  static final List<String> TESTS = List.of("allow", "ask", "deny");
  static final List<String> ARGUMENT =
      List.of("at", "equals", "glob", "regex", "path", "host", "min", "max");

  private PolicyKeys() {}

  /// Returns the keys that say which effects of a family are meant.
  static List<String> matchers(Family family) {
    return switch (family) {
      case COMMAND -> List.of("command", "program", "args-regex");
      case FILE -> List.of("path");
      case NETWORK -> List.of("host", "port", "method", "path");
      case TOOL -> List.of("server", "tool", "args");
      case SERVER -> List.of("server");
      case MODEL -> List.of("provider", "residency");
      case CONFIGURATION -> List.of("kind", "path");
    };
  }

  /// Returns the keys of a rule on effects of a family.
  static List<String> rule(Family family) {
    List<String> keys = new ArrayList<>(RULE);
    keys.addAll(matchers(family));
    return keys;
  }

  /// Returns whether `key` is a matcher of any family.
  static boolean isMatcher(String key) {
    for (Family family : Family.values()) {
      if (matchers(family).contains(key)) {
        return true;
      }
    }
    return false;
  }

  /// Returns the key of `keys` that somebody who wrote `written` probably meant: fewest edits away,
  /// at most a third of its length.
  static Optional<String> nearest(String written, List<String> keys) {
    String nearest = null;
    int fewest = Integer.MAX_VALUE;
    for (String key : keys) {
      int edits = written.length() > 2 * key.length() + 2 ? fewest : edits(written, key);
      if (edits < fewest && edits <= Math.max(1, key.length() / 3)) {
        nearest = key;
        fewest = edits;
      }
    }
    return Optional.ofNullable(nearest);
  }

  /* Insert, delete or replace a character, or swap two neighbours. */
  private static int edits(String a, String b) {
    int[][] edits = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          edits[i][j] = i + j;
          continue;
        }
        int replaced = edits[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        edits[i][j] = Math.min(replaced, 1 + Math.min(edits[i - 1][j], edits[i][j - 1]));
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          edits[i][j] = Math.min(edits[i][j], edits[i - 2][j - 2] + 1);
        }
      }
    }
    return edits[a.length()][b.length()];
  }
}
