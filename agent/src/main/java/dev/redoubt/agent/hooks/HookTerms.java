// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.hooks;

import static java.util.Objects.requireNonNull;

import dev.redoubt.agent.api.Hook.Right;
import dev.redoubt.agent.api.Moment;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/// What holds for a hook however it is asked.
///
/// @param name how people call it
/// @param tools the tools it is asked about, `*` standing for anything; all when empty
/// @param actions the kinds of actions it is asked about, each by itself; when empty, a tool is
///   asked about as a whole, and the guard's questions all are
/// @param allowed how long an answer may take
public record HookTerms(
    String name,
    Moment moment,
    List<String> tools,
    List<String> actions,
    Set<Right> rights,
    Duration allowed) {

  public HookTerms {
    requireNonNull(name, "name");
    requireNonNull(moment, "moment");
    tools = List.copyOf(tools);
    actions = List.copyOf(actions);
    rights = Set.copyOf(rights);
    requireNonNull(allowed, "allowed");
  }

  boolean concerns(String tool, String action) {
    boolean here =
        actions.isEmpty() ? action.isEmpty() || moment == Moment.ON_ASK : actions.contains(action);
    return here && (tools.isEmpty() || tools.stream().anyMatch(pattern -> fits(pattern, tool)));
  }

  /// Returns whether `name` is what `pattern` stands for, in which each `*` is any text.
  public static boolean fits(String pattern, String name) {
    int star = -1;
    int from = 0;
    int p = 0;
    int n = 0;
    while (n < name.length()) {
      if (p < pattern.length() && pattern.charAt(p) == '*') {
        star = p++;
        from = n;
      } else if (p < pattern.length() && pattern.charAt(p) == name.charAt(n)) {
        p++;
        n++;
      } else if (star >= 0) {
        p = star + 1;
        n = ++from;
      } else {
        return false;
      }
    }
    while (p < pattern.length() && pattern.charAt(p) == '*') {
      p++;
    }
    return p == pattern.length();
  }
}
