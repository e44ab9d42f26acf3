// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.sessions;

import dev.redoubt.agent.api.AgentEvent;
import dev.redoubt.agent.api.Message;
import dev.redoubt.agent.api.ToolCall;
import dev.redoubt.agent.sessions.SessionReader.Recorded;
import dev.redoubt.document.JsonText;
import dev.redoubt.guard.Decision;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What happened in a session as a list of things to show, the same for every format.
final class Timeline {

  private Timeline() {}

  /// One thing to show.
  ///
  /// @param kind what it is, in the manner of `prompt`, `answer`, `tool`, `decision`, `note`, `end`
  /// @param time in the manner of `2026-11-22 10:15:00`
  /// @param heading one line
  /// @param body what belongs to it; may be empty
  /// @param shape how the body is to be read
  record Item(String kind, String time, String heading, String body, Shape shape) {}

  /// How a text is to be read.
  enum Shape {
    WORDS,
    OUTPUT,
    DIFF
  }

  static List<Item> of(List<Recorded> events) {
    List<Item> items = new ArrayList<>();
    Map<String, ToolCall> calls = new HashMap<>();
    for (Recorded recorded : events) {
      String time = recorded.time().toString().replace('T', ' ').substring(0, 19);
      items.addAll(items(recorded.event(), time, calls));
    }
    return items;
  }

  private static List<Item> items(AgentEvent event, String time, Map<String, ToolCall> calls) {
    return switch (event) {
      case AgentEvent.Opened(var _, var workspace, var model, var mode, var sandbox) ->
          List.of(
              words(
                  "open",
                  time,
                  "%s in %s, mode %s, sandbox %s".formatted(model, workspace, mode, sandbox),
                  ""));
      case AgentEvent.Prompted(var voice, var content) ->
          List.of(words("prompt", time, who(voice), text(content)));
      case AgentEvent.Answered answered -> answered(answered, time, calls);
      case AgentEvent.Unanswered(var failure, var message, var _, var _, var _) ->
          List.of(words("failure", time, EventJson.word(failure), message));
      case AgentEvent.Decided decided -> decided(decided, time);
      case AgentEvent.Approved(var _, var rule, var answer) ->
          List.of(words("decision", time, "answered %s (%s)".formatted(answer, rule), ""));
      case AgentEvent.Returned returned -> List.of(returned(returned, time, calls));
      case AgentEvent.Hooked(var hook, var moment, var _, var outcome, var said) ->
          outcome.equals("none") && said.fields().isEmpty()
              ? List.of()
              : List.of(
                  words(
                      "decision",
                      time,
                      "hook %s at %s: %s".formatted(hook, moment.word(), outcome),
                      JsonText.of(said)));
      case AgentEvent.Noted(var topic, var text) -> List.of(words("note", time, topic, text));
      case AgentEvent.Titled(var title, var model, var _, var _) ->
          title.isEmpty() ? List.of() : List.of(words("note", time, "titled by " + model, title));
      case AgentEvent.Named(var name) -> List.of(words("note", time, "named", name));
      case AgentEvent.Compacted(int oldest, var _, var ledger) ->
          List.of(
              words("note", time, "%d messages put into fewer words".formatted(oldest), ledger));
      case AgentEvent.Forked(var session, var entry, var _) ->
          List.of(words("note", time, "forked from %s at entry %d".formatted(session, entry), ""));
      case AgentEvent.Ended ended -> List.of(ended(ended, time));
      case AgentEvent.Asked _, AgentEvent.Growing _ -> List.of();
    };
  }

  private static Item words(String kind, String time, String heading, String body) {
    return new Item(kind, time, heading, body, Shape.WORDS);
  }

  private static String who(AgentEvent.Voice voice) {
    return switch (voice) {
      case PERSON -> "Person";
      case STEER -> "Person, meanwhile";
      case REDOUBT -> "Redoubt";
    };
  }

  private static List<Item> answered(
      AgentEvent.Answered answered, String time, Map<String, ToolCall> calls) {
    answered.message().calls().forEach(call -> calls.put(call.id(), call));
    if (answered.message().text().isBlank()) {
      return List.of();
    }
    String cost = answered.cost().map(paid -> ", " + paid).orElse("");
    String heading =
        "%s (%d in, %d out%s)"
            .formatted(answered.model(), answered.usage().input(), answered.usage().output(), cost);
    return List.of(words("answer", time, heading, answered.message().text()));
  }

  /* What is allowed is what every step does; what is not is what a reader looks for. */
  private static List<Item> decided(AgentEvent.Decided decided, String time) {
    String what = decided.action() + " " + decided.about();
    return switch (decided.decision()) {
      case Decision.Allow _ -> List.of();
      case Decision.Ask(var rule, var reason, var _) ->
          List.of(words("decision", time, "asked (%s): %s".formatted(rule, what), reason));
      case Decision.Deny(var rule, var reason, var _) ->
          List.of(words("decision", time, "denied (%s): %s".formatted(rule, what), reason));
    };
  }

  private static Item returned(
      AgentEvent.Returned returned, String time, Map<String, ToolCall> calls) {
    ToolCall call = calls.get(returned.result().callId());
    String heading =
        "%s%s %s"
            .formatted(
                returned.result().failed() ? "failed: " : "",
                returned.tool(),
                call == null ? "" : call.arguments());
    Optional<String> diff = returned.facts().text("diff").filter(text -> !text.isBlank());
    return diff.isPresent()
        ? new Item("tool", time, heading, diff.get(), Shape.DIFF)
        : new Item("tool", time, heading, text(returned.result().content()), Shape.OUTPUT);
  }

  private static Item ended(AgentEvent.Ended ended, String time) {
    String heading =
        "%s: %d tokens in, %d out, %s"
            .formatted(
                EventJson.word(ended.status()),
                ended.usage().input(),
                ended.usage().output(),
                ended.cost().map(Object::toString).orElse("cost unknown"));
    return words("end", time, heading, ended.reason());
  }

  private static String text(List<Message.Seen> content) {
    StringBuilder text = new StringBuilder();
    for (Message.Seen part : content) {
      text.append(text.isEmpty() ? "" : "\n");
      switch (part) {
        case Message.Words(var words) -> text.append(words);
        case Message.Image(var type, var bytes) ->
            text.append("[a picture: ").append(type).append(", ").append(bytes).append(']');
      }
    }
    return text.toString();
  }
}
