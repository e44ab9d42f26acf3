// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.guard;

import dev.redoubt.cli.CommandOutput;
import dev.redoubt.cli.ExitCode;
import dev.redoubt.guard.Decision;
import java.util.List;

/// How decisions are written: as JSON, as words, as an exit code.
final class Answers {

  private Answers() {}

  /// Returns one JSON object on one line, pure ASCII.
  static String json(Decision decision) {
    StringBuilder json = new StringBuilder(160);
    json.append("{\"decision\":\"").append(word(decision)).append("\",\"rule\":");
    quote(json, decision.rule());
    json.append(",\"reason\":");
    quote(json, decision.reason());
    List<String> rules = rules(decision);
    if (!rules.isEmpty()) {
      json.append(",\"proposals\":[");
      for (int i = 0; i < rules.size(); i++) {
        if (i > 0) {
          json.append(',');
        }
        quote(json, rules.get(i));
      }
      json.append(']');
    }
    return json.append('}').toString();
  }

  /// Returns `allow`, `ask` or `deny`.
  static String word(Decision decision) {
    return switch (decision) {
      case Decision.Allow _ -> "allow";
      case Decision.Ask _ -> "ask";
      case Decision.Deny _ -> "deny";
    };
  }

  /// Returns the exit code that says the same.
  static int exitCode(Decision decision) {
    return switch (decision) {
      case Decision.Allow _ -> ExitCode.OK;
      case Decision.Ask _ -> ExitCode.QUESTION;
      case Decision.Deny _ -> ExitCode.DENIED;
    };
  }

  /// Returns the short rules that would change the answer.
  static List<String> rules(Decision decision) {
    return switch (decision) {
      case Decision.Allow _ -> List.of();
      case Decision.Ask ask -> ask.proposals();
      case Decision.Deny deny -> deny.remedies();
    };
  }

  private static void quote(StringBuilder json, String text) {
    json.append(CommandOutput.ascii(JsonText.quoted(text)));
  }
}
