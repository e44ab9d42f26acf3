// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.sessions;

import dev.redoubt.agent.api.AgentEvent;
import dev.redoubt.agent.api.Cost;
import dev.redoubt.agent.api.Delta;
import dev.redoubt.agent.api.Message;
import dev.redoubt.agent.api.ToolCall;
import dev.redoubt.agent.api.ToolResult;
import dev.redoubt.agent.api.Usage;
import dev.redoubt.document.Node;
import dev.redoubt.evidence.CanonicalJson;
import dev.redoubt.evidence.Payload;
import dev.redoubt.guard.Decision;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// An event as JSON: the payload of an entry of the log, and a line of `--json`. Its schema is
/// `docs/schema/agent-event-1.0.json`.
public final class EventJson {

  private EventJson() {}

  /// Returns what kind of entry `event` is, which is also its `type`.
  public static String type(AgentEvent event) {
    return switch (event) {
      case AgentEvent.Opened _ -> "session";
      case AgentEvent.Prompted _ -> "prompt";
      case AgentEvent.Asked _ -> "request";
      case AgentEvent.Growing _ -> "delta";
      case AgentEvent.Answered _ -> "answer";
      case AgentEvent.Unanswered _ -> "no-answer";
      case AgentEvent.Decided _ -> "decision";
      case AgentEvent.Approved _ -> "approval";
      case AgentEvent.Returned _ -> "tool-result";
      case AgentEvent.Hooked _ -> "hook";
      case AgentEvent.Noted _ -> "note";
      case AgentEvent.Named _ -> "name";
      case AgentEvent.Titled _ -> "title";
      case AgentEvent.Compacted _ -> "compaction";
      case AgentEvent.Forked _ -> "fork";
      case AgentEvent.Ended _ -> "end";
    };
  }

  /// Returns `event` as one line without a line break.
  public static String line(AgentEvent event) {
    Payload line = new Payload().text("type", type(event));
    // In the log the field is called otherwise: what is called a session may be a secret there.
    of(event)
        .fields()
        .forEach((name, value) ->
            line.node(
                event instanceof AgentEvent.Opened && name.equals("name") ? "session" : name,
                value));
    return new String(CanonicalJson.of(line.object()), StandardCharsets.UTF_8);
  }

  /// Returns `event` without its type. Pictures are named by their SHA-256.
  public static Node.Obj of(AgentEvent event) {
    Payload to = new Payload();
    switch (event) {
      case AgentEvent.Opened(var session, var workspace, var model, var mode, var sandbox) ->
          to.text("name", session)
              .text("workspace", workspace)
              .text("model", model)
              .text("mode", mode)
              .text("sandbox", sandbox);
      case AgentEvent.Prompted(var voice, var content) ->
          to.text("voice", word(voice)).node("content", seen(content));
      case AgentEvent.Asked(var provider, var model, var residency, var messages, var attempt) ->
          to.text("provider", provider)
              .text("model", model)
              .text("residency", residency)
              .number("messages", messages)
              .number("attempt", attempt);
      case AgentEvent.Growing(var delta) -> delta(to, delta);
      case AgentEvent.Answered answered -> answered(to, answered);
      case AgentEvent.Unanswered(var failure, var message, var usage, var cost, var waits) -> {
        to.text("failure", word(failure)).text("message", message).node("usage", usage(usage));
        cost(to, cost);
        to.node("waitMillis", number(waits.map(d -> Long.toString(d.toMillis()))));
      }
      case AgentEvent.Decided decided -> decided(to, decided);
      case AgentEvent.Approved(var call, var rule, var answer) ->
          to.text("call", call).text("rule", rule).text("answer", answer);
      case AgentEvent.Returned(ToolResult result, var tool, var facts, var elapsed) ->
          to.text("call", result.callId())
              .text("tool", tool)
              .flag("failed", result.failed())
              .node("content", seen(result.content()))
              .node("facts", facts)
              .number("millis", elapsed.toMillis());
      case AgentEvent.Hooked(var hook, var moment, var call, var outcome, var said) ->
          to.text("hook", hook)
              .text("event", moment.word())
              .text("call", call)
              .text("outcome", outcome)
              .node("said", said);
      case AgentEvent.Noted(var topic, var text) -> to.text("topic", topic).text("text", text);
      case AgentEvent.Named(var name) -> to.text("title", name);
      case AgentEvent.Titled(var title, var model, var usage, var cost) -> {
        to.text("title", title).text("model", model).node("usage", usage(usage));
        cost(to, cost);
      }
      case AgentEvent.Compacted(var oldest, var latest, var ledger) ->
          to.number("oldest", oldest).number("latest", latest).text("ledger", ledger);
      case AgentEvent.Forked(var session, var entry, var head) ->
          to.text("from", session).number("entry", entry).text("head", head);
      case AgentEvent.Ended(var status, var text, var reason, var usage, var cost) -> {
        to.text("status", word(status))
            .text("text", text)
            .text("reason", reason)
            .node("usage", usage(usage));
        cost(to, cost);
      }
    }
    return to.object();
  }

  private static void delta(Payload to, Delta delta) {
    switch (delta) {
      case Delta.Words(var text) -> to.text("text", text);
      case Delta.Reasoning(var text) -> to.text("reasoning", text);
      case Delta.Call(var tool) -> to.text("tool", tool);
    }
  }

  private static void answered(Payload to, AgentEvent.Answered answered) {
    List<Node> parts = new ArrayList<>();
    for (Message.Said said : answered.message().parts()) {
      parts.add(
          switch (said) {
            case Message.Words(var text) -> new Payload().text("text", text).object();
            case Message.Reasoning(var text, var carried) ->
                new Payload()
                    .text("reasoning", text)
                    .text("carried", new String(CanonicalJson.of(carried), StandardCharsets.UTF_8))
                    .object();
            case ToolCall(var id, var tool, var arguments) ->
                new Payload()
                    .text("call", id)
                    .text("tool", tool)
                    .text("arguments", arguments)
                    .object();
          });
    }
    to.node("parts", new Node.Arr(parts, 1))
        .text("stop", word(answered.stop()))
        .node("usage", usage(answered.usage()));
    cost(to, answered.cost());
    to.text("model", answered.model());
  }

  private static void decided(Payload to, AgentEvent.Decided decided) {
    to.text("command", decided.call())
        .text("action", decided.action())
        .text("about", decided.about())
        .text("guard", decided.guard())
        .text("rule", decided.decision().rule())
        .text("reason", decided.decision().reason());
    switch (decided.decision()) {
      case Decision.Allow _ -> to.text("decision", "allow");
      case Decision.Ask(_, _, var proposals) ->
          to.text("decision", "ask").texts("remedies", proposals);
      case Decision.Deny(_, _, var remedies) ->
          to.text("decision", "deny").texts("remedies", remedies);
    }
  }

  private static Node seen(List<Message.Seen> content) {
    List<Node> parts = new ArrayList<>(content.size());
    for (Message.Seen part : content) {
      parts.add(
          switch (part) {
            case Message.Words(var text) -> new Payload().text("text", text).object();
            case Message.Image(var mediaType, var bytes) ->
                new Payload()
                    .text("mediaType", mediaType)
                    .text("sha256", bytes.sha256())
                    .number("size", bytes.size())
                    .object();
          });
    }
    return new Node.Arr(parts, 1);
  }

  /// Returns how many tokens were counted, as every event has it.
  public static Node usage(Usage usage) {
    return new Payload()
        .number("inputTokens", usage.input())
        .number("cacheReadTokens", usage.cacheRead())
        .number("cacheWriteTokens", usage.cacheWrite())
        .number("outputTokens", usage.output())
        .object();
  }

  /// Adds `costUsd`, which is null when nobody knows it.
  public static void cost(Payload to, Optional<Cost> cost) {
    to.node("costUsd", number(cost.map(c -> c.toUsd().toPlainString())));
  }

  private static Node number(Optional<String> literal) {
    return literal.isPresent() ? new Node.Num(literal.get(), 1) : new Node.Nothing(1);
  }

  static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
