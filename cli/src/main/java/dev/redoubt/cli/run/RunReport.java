// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.run;

import dev.redoubt.agent.api.AgentEvent;
import dev.redoubt.agent.sessions.EventJson;
import dev.redoubt.agent.sessions.SessionId;
import dev.redoubt.cli.Call;
import dev.redoubt.cli.CommandOutput;
import dev.redoubt.document.Node;
import dev.redoubt.evidence.CanonicalJson;
import dev.redoubt.evidence.Payload;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/// What came of a run: the last line of `--json`, and what a person reads at the end.
///
/// @param text the answer
/// @param changed the paths that were changed, sorted
record RunReport(
    AgentEvent.Ended ended,
    String text,
    int exitCode,
    List<String> changed,
    RunTally tally,
    SessionId session) {

  RunReport {
    changed = List.copyOf(changed);
  }

  /// Returns the line.
  String line() {
    Payload line =
        new Payload()
            .text("type", "result")
            .text("status", ended.status().name().toLowerCase(Locale.ROOT))
            .number("exitCode", exitCode)
            .text("text", text)
            .text("reason", ended.reason())
            .node("usage", EventJson.usage(ended.usage()));
    EventJson.cost(line, ended.cost());
    Node.Obj decisions =
        new Payload()
            .number("allow", tally.allow())
            .number("ask", tally.ask())
            .number("deny", tally.deny())
            .object();
    line.texts("changedFiles", changed)
        .node("decisions", decisions)
        .number("turns", tally.turns())
        .text("session", session.text());
    return CommandOutput.ascii(new String(CanonicalJson.of(line.object()), StandardCharsets.UTF_8));
  }

  /// Says on standard error how it ended.
  void tell(Call call) {
    if (!ended.reason().isEmpty()) {
      CommandOutput.note(
          call, "redoubt: %s: %s", ended.status().name().toLowerCase(Locale.ROOT), ended.reason());
    }
    if (!changed.isEmpty()) {
      CommandOutput.note(
          call, "changed: %s  (redoubt undo takes it back)", String.join(", ", changed));
    }
    CommandOutput.note(
        call,
        "session %s, %d turns, %d tokens in (%d from a cache), %d out, %s",
        session,
        tally.turns(),
        ended.usage().input(),
        ended.usage().cacheRead(),
        ended.usage().output(),
        ended.cost().map(Object::toString).orElse("cost unknown"));
  }
}
