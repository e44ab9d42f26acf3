// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.relay.filters;

import dev.redoubt.guard.Content;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Which tool was called as which task: the last ones of a conversation. Safe to share.
final class TaskTools {

  private static final int MOST = 2_000;
  private static final int LONGEST = 100;

  private final Map<String, String> tools = new LinkedHashMap<>();

  /// Takes note that a call of `tool` goes on as `task`.
  synchronized void begun(String task, String tool) {
    tools.put(key(task), tool);
    if (tools.size() > MOST) {
      tools.remove(tools.keySet().iterator().next());
    }
  }

  /// Returns the tool that was called as `task`.
  synchronized Optional<String> tool(String task) {
    return Optional.ofNullable(tools.get(key(task)));
  }

  /* A server names its tasks, and as long as it likes. */
  private static String key(String task) {
    return task.length() <= LONGEST ? task : Content.of(task).sha256();
  }
}
