// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.hooks;

import dev.redoubt.guard.Decision;
import java.util.List;

/// The JSON of an answer, on one line, pure ASCII.
final class HookAnswer {

  private HookAnswer() {}

  /// Returns the answer Claude Code and Codex share.
  static String preToolUse(String word, Decision decision) {
    return "{\"hookSpecificOutput\":{\"hookEventName\":\"PreToolUse\",\"permissionDecision\":\""
        + word
        + "\",\"permissionDecisionReason\":"
        + quoted(reason(decision))
        + "}}";
  }

  /// Returns the answer of Gemini CLI.
  static String decision(String word, Decision decision) {
    return "{\"decision\":\"" + word + "\",\"reason\":" + quoted(reason(decision)) + "}";
  }

  /* The model reads it: what was decided, why, and that trying again differently is no way round. */
  private static String reason(Decision decision) {
    String rule = " (redoubt rule " + decision.rule() + ")";
    return switch (decision) {
      case Decision.Allow allow -> allow.reason() + rule;
      case Decision.Ask(String _, String why, List<String> proposals) ->
          "a person has to approve this: "
              + why
              + rule
              + (proposals.isEmpty() ? "" : "; a rule that would: " + proposals.getFirst());
      case Decision.Deny deny -> "denied: " + deny.reason() + rule;
    };
  }

  private static String quoted(String text) {
    StringBuilder json = new StringBuilder(text.length() + 16).append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < 0x20 || c > 0x7e) {
        String hex = Integer.toHexString(c);
        json.append("\\u").repeat('0', 4 - hex.length()).append(hex);
      } else {
        json.append(c);
      }
    }
    return json.append('"').toString();
  }
}
