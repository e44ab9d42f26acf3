// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.run;

import static java.util.Objects.requireNonNull;

import dev.redoubt.agent.api.AgentEvent;
import dev.redoubt.agent.api.Message;
import dev.redoubt.agent.api.ToolCall;
import dev.redoubt.cli.Call;
import dev.redoubt.cli.CommandOutput;
import dev.redoubt.document.JsonText;
import dev.redoubt.guard.Decision;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// Shows on standard error what an agent does: words, tools, diffs, decisions.
final class RunText implements Consumer<AgentEvent> {

  private static final int LONGEST = 160;

  private final Call call;
  private final Map<String, String> wanted = new HashMap<>();

  RunText(Call call) {
    this.call = requireNonNull(call, "call");
  }

  @Override
  public void accept(AgentEvent event) {
    switch (event) {
      case AgentEvent.Answered answered -> answered(answered.message());
      case AgentEvent.Decided decided -> decided(decided);
      case AgentEvent.Returned returned -> returned(returned);
      case AgentEvent.Unanswered(var _, String message, var _, var _, var waits) ->
          note(
              "%s%s",
              message,
              waits.map(time -> "; trying again in " + time.toSeconds() + " s").orElse(""));
      case AgentEvent.Hooked hooked -> hooked(hooked);
      case AgentEvent.Noted(String _, String text) -> note("%s", text);
      case AgentEvent.Prompted(AgentEvent.Voice voice, List<Message.Seen> content) -> {
        if (voice == AgentEvent.Voice.REDOUBT
            && content.getFirst() instanceof Message.Words(String text)) {
          note("told the model: %s", text);
        }
      }
      case AgentEvent.Compacted(int oldest, var _, String ledger) -> {
        if (!ledger.isEmpty()) {
          note("%d messages were put into fewer words", oldest);
        }
      }
      case AgentEvent.Opened _,
          AgentEvent.Asked _,
          AgentEvent.Growing _,
          AgentEvent.Approved _,
          AgentEvent.Named _,
          AgentEvent.Titled _,
          AgentEvent.Forked _,
          AgentEvent.Ended _ -> {}
    }
  }

  private void hooked(AgentEvent.Hooked hooked) {
    if (!hooked.outcome().equals("none") || !hooked.said().fields().isEmpty()) {
      String said = JsonText.of(hooked.said());
      note(
          "hook %s at %s: %s %s",
          hooked.hook(),
          hooked.moment().word(),
          hooked.outcome(),
          said.length() > LONGEST ? said.substring(0, LONGEST) + "…" : said);
    }
  }

  private void answered(Message.FromModel message) {
    List<ToolCall> calls = message.calls();
    if (!calls.isEmpty() && !message.text().isBlank()) {
      for (String line : message.text().strip().split("\n", -1)) {
        CommandOutput.note(call, "%s", line);
      }
    }
    calls.forEach(wants -> wanted.put(wants.id(), wants.arguments()));
  }

  private void decided(AgentEvent.Decided decided) {
    switch (decided.decision()) {
      case Decision.Allow _ -> {}
      case Decision.Ask(String rule, String reason, var _) ->
          note("asks about %s %s: %s  (%s)", decided.action(), decided.about(), reason, rule);
      case Decision.Deny(String rule, String reason, var _) ->
          note("denied %s %s: %s  (%s)", decided.action(), decided.about(), reason, rule);
    }
  }

  private void returned(AgentEvent.Returned returned) {
    String arguments = String.valueOf(wanted.remove(returned.result().callId()));
    note(
        "%s%s %s",
        returned.result().failed() ? "failed: " : "",
        returned.tool(),
        arguments.length() > LONGEST ? arguments.substring(0, LONGEST) + "…" : arguments);
    returned
        .facts()
        .text("diff")
        .ifPresent(diff -> diff.lines().forEach(line -> CommandOutput.note(call, "    %s", line)));
  }

  private void note(String format, Object... values) {
    CommandOutput.note(call, "  " + format, values);
  }
}
