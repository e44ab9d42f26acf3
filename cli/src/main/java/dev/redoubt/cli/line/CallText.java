// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.line;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.redoubt.agent.api.AgentEvent;
import dev.redoubt.document.DocumentException;
import dev.redoubt.document.Json;
import dev.redoubt.document.Limits;
import dev.redoubt.document.Node;
import java.util.List;
import java.util.Optional;

/// A call of a tool in a few words for a person. The texts are foreign: [Style#safe] comes after.
final class CallText {

  private static final Limits LIMITS = new Limits(16L << 20, 200, 200_000);
  /* Which argument says most. */
  private static final List<String> TELLING =
      List.of("command", "path", "pattern", "url", "query", "question", "name", "job", "prompt");

  private CallText() {}

  /// Returns what the call is about, or its arguments as they are.
  static String of(String arguments) {
    try {
      Node read = Json.read(arguments.getBytes(UTF_8), LIMITS);
      for (String name : TELLING) {
        Optional<String> said = read.text(name);
        if (said.isPresent()) {
          return said.get();
        }
      }
    } catch (DocumentException e) {
      // It is shown as it was written.
    }
    return arguments.equals("{}") ? "" : arguments;
  }

  /// Returns what came of a call, in the manner of `exit 1` or `+3 -1`; empty when there is nothing
  /// to say.
  static String outcome(AgentEvent.Returned returned) {
    Node.Obj facts = returned.facts();
    Optional<String> refused = facts.text("refused");
    if (refused.isPresent()) {
      return "not done: " + refused.get();
    }
    Optional<String> exit = facts.scalar("exitCode");
    if (exit.isPresent()) {
      return exit.get().equals("0") ? "" : "exit " + exit.get();
    }
    Optional<String> added = facts.scalar("added");
    return added.isEmpty() ? "" : "+" + added.get() + " -" + facts.scalar("removed").orElse("0");
  }
}
