// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.line;

import static java.util.Objects.requireNonNull;

import dev.redoubt.agent.api.AgentEvent;
import dev.redoubt.agent.api.Delta;
import dev.redoubt.agent.api.Message;
import dev.redoubt.agent.api.ToolCall;
import dev.redoubt.guard.Decision;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/// Shows on a console what happens in a session: the answer while it grows, each call in one line
/// with what came of it, the changes of files. The engine gives it one event at a time.
final class TurnView implements Consumer<AgentEvent> {

  private static final int MOST_DIFF = 80;
  private static final int MOST_OUTPUT = 6;
  private static final int LONGEST = 200;

  private final Console console;
  private final Style style;
  private final Map<String, ToolCall> wanted = new HashMap<>();
  private final MarkdownStream answer;
  private boolean grew;

  TurnView(Console console) {
    this.console = requireNonNull(console, "console");
    this.style = console.style();
    this.answer = new MarkdownStream(style, console.columns(), console::show);
  }

  @Override
  public void accept(AgentEvent event) {
    switch (event) {
      case AgentEvent.Growing(Delta delta) -> growing(delta);
      case AgentEvent.Answered answered -> answered(answered.message());
      case AgentEvent.Unanswered unanswered -> unanswered(unanswered);
      case AgentEvent.Decided decided -> decided(decided);
      case AgentEvent.Returned returned -> returned(returned);
      case AgentEvent.Noted(String topic, String text) -> {
        if (!topic.equals("plan")) {
          note(text);
        }
      }
      case AgentEvent.Hooked hooked -> {
        if (!hooked.outcome().equals("none")) {
          note(
              "hook %s at %s: %s %s"
                  .formatted(
                      hooked.hook(),
                      hooked.moment().word(),
                      hooked.outcome(),
                      hooked.said().text("reason").orElse("")));
        }
      }
      case AgentEvent.Prompted(AgentEvent.Voice voice, List<Message.Seen> content) -> {
        if (content.getFirst() instanceof Message.Words(String text)) {
          prompted(voice, text);
        }
      }
      case AgentEvent.Compacted(int oldest, var _, String _) ->
          note("the oldest %d messages were put into fewer words".formatted(oldest));
      case AgentEvent.Opened _,
          AgentEvent.Asked _,
          AgentEvent.Approved _,
          AgentEvent.Named _,
          AgentEvent.Titled _,
          AgentEvent.Forked _,
          AgentEvent.Ended _ -> {}
    }
  }

  private void growing(Delta delta) {
    if (delta instanceof Delta.Words(String text)) {
      grew = true;
      answer.more(text);
    }
  }

  private void answered(Message.FromModel message) {
    if (!grew) {
      answer.more(message.text());
    }
    grew = false;
    answer.end();
    message.calls().forEach(call -> wanted.put(call.id(), call));
  }

  private void unanswered(AgentEvent.Unanswered unanswered) {
    answer.end();
    grew = false;
    note(
        unanswered.message()
            + unanswered
                .waits()
                .map(time -> "; trying again in " + time.toSeconds() + " s")
                .orElse(""));
  }

  private void prompted(AgentEvent.Voice voice, String text) {
    switch (voice) {
      case PERSON -> {}
      case STEER -> note("the model hears: " + text);
      case REDOUBT -> note("told the model: " + text);
    }
  }

  private void decided(AgentEvent.Decided decided) {
    if (decided.decision() instanceof Decision.Deny(String rule, String reason, var _)) {
      console.show(
          style.red("  denied ")
              + Style.safe(
                  "%s %s: %s  (%s)"
                      .formatted(decided.action(), shortened(decided.about()), reason, rule)));
    }
  }

  private void returned(AgentEvent.Returned returned) {
    ToolCall call = wanted.remove(returned.result().callId());
    boolean failed = returned.result().failed();
    String line =
        Style.safe(
            shortened(returned.tool() + (call == null ? "" : " " + CallText.of(call.arguments()))));
    String outcome = CallText.outcome(returned);
    String sign = style.isColoured() ? (failed ? style.red("✗ ") : style.green("✓ ")) : "";
    StringBuilder end = new StringBuilder(style.isColoured() ? "" : failed ? "failed" : "done");
    if (!outcome.isEmpty()) {
      end.append(end.isEmpty() ? "" : " ").append('(').append(outcome).append(')');
    }
    String time = time(returned.elapsed());
    end.append(end.isEmpty() || time.isEmpty() ? "" : " ").append(time);
    console.show(
        "  " + sign + line + (end.isEmpty() ? "" : style.dim("  " + Style.safe(end.toString()))));
    if (failed && returned.facts().text("refused").isEmpty()) {
      output(returned);
    }
    returned.facts().text("diff").ifPresent(this::diff);
  }

  /* What failed is shown with its end, where programs say why. */
  private void output(AgentEvent.Returned returned) {
    if (!(returned.result().content().getFirst() instanceof Message.Words(String text))) {
      return;
    }
    List<String> lines = text.strip().lines().toList();
    lines.stream()
        .skip(Math.max(0, lines.size() - MOST_OUTPUT))
        .forEach(line -> console.show(style.dim("      " + Style.safe(shortened(line)))));
  }

  private void diff(String diff) {
    List<String> lines = diff.lines().toList();
    lines.stream()
        .limit(MOST_DIFF)
        .forEach(line -> console.show("      " + style.diff(Style.safe(line))));
    if (lines.size() > MOST_DIFF) {
      console.show(style.dim("      … %d more lines: /diff".formatted(lines.size() - MOST_DIFF)));
    }
  }

  private void note(String text) {
    text.strip().lines().forEach(line -> console.show(style.dim("  " + Style.safe(line))));
  }

  private static String shortened(String text) {
    String line = text.strip().replace("\n", "↵ ");
    return line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
  }

  private static String time(Duration elapsed) {
    return elapsed.toMillis() < 1_000
        ? ""
        : String.format(Locale.ROOT, "%.1f s", elapsed.toMillis() / 1_000.0);
  }
}
