// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.sessions;

import dev.redoubt.agent.api.AgentEvent;
import dev.redoubt.agent.api.Cost;
import dev.redoubt.agent.api.Message;
import dev.redoubt.agent.api.ModelAnswer;
import dev.redoubt.agent.api.Moment;
import dev.redoubt.agent.api.ToolCall;
import dev.redoubt.agent.api.ToolResult;
import dev.redoubt.agent.api.Usage;
import dev.redoubt.document.DocumentException;
import dev.redoubt.document.Json;
import dev.redoubt.document.Limits;
import dev.redoubt.document.Node;
import dev.redoubt.guard.Decision;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Reads entries of a log back into events. What no session writes, or what an older version wrote
/// otherwise, is left out.
final class EventReader {

  private static final Limits LIMITS = new Limits(4L << 20, 200, 200_000);
  private static final String MASK = "***";

  private final Blobs blobs;

  EventReader(Blobs blobs) {
    this.blobs = blobs;
  }

  Optional<AgentEvent> read(String kind, Node payload) {
    Node whole = blobs.filled(payload);
    try {
      return Optional.ofNullable(
          switch (kind) {
            case "session" ->
                new AgentEvent.Opened(
                    text(whole, "name"),
                    text(whole, "workspace"),
                    text(whole, "model"),
                    text(whole, "mode"),
                    text(whole, "sandbox"));
            case "prompt" ->
                new AgentEvent.Prompted(
                    word(AgentEvent.Voice.class, whole, "voice"), seen(whole.items("content")));
            case "request" ->
                new AgentEvent.Asked(
                    text(whole, "provider"),
                    text(whole, "model"),
                    text(whole, "residency"),
                    (int) number(whole, "messages"),
                    (int) number(whole, "attempt"));
            case "answer" ->
                new AgentEvent.Answered(
                    new Message.FromModel(said(whole.items("parts"))),
                    word(ModelAnswer.Stop.class, whole, "stop"),
                    usage(whole),
                    cost(whole),
                    text(whole, "model"));
            case "no-answer" ->
                new AgentEvent.Unanswered(
                    word(ModelAnswer.Failure.class, whole, "failure"),
                    text(whole, "message"),
                    usage(whole),
                    cost(whole),
                    whole.scalar("waitMillis").map(millis -> Duration.ofMillis(parsed(millis))));
            case "decision" -> decided(whole);
            case "approval" ->
                new AgentEvent.Approved(
                    text(whole, "call"), text(whole, "rule"), text(whole, "answer"));
            case "tool-result" -> returned(whole);
            case "hook" ->
                new AgentEvent.Hooked(
                    text(whole, "hook"),
                    Moment.of(text(whole, "event")).orElseThrow(IllegalArgumentException::new),
                    text(whole, "call"),
                    text(whole, "outcome"),
                    new Node.Obj(whole.fields("said"), 1));
            case "note" -> new AgentEvent.Noted(text(whole, "topic"), text(whole, "text"));
            case "name" -> new AgentEvent.Named(text(whole, "title"));
            case "title" ->
                new AgentEvent.Titled(
                    text(whole, "title"), text(whole, "model"), usage(whole), cost(whole));
            case "compaction" ->
                new AgentEvent.Compacted(
                    (int) number(whole, "oldest"),
                    (int) number(whole, "latest"),
                    text(whole, "ledger"));
            case "fork" ->
                new AgentEvent.Forked(
                    text(whole, "from"), number(whole, "entry"), text(whole, "head"));
            case "end" ->
                new AgentEvent.Ended(
                    word(AgentEvent.Status.class, whole, "status"),
                    text(whole, "text"),
                    text(whole, "reason"),
                    usage(whole),
                    cost(whole));
            default -> null;
          });
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private AgentEvent returned(Node whole) {
    return new AgentEvent.Returned(
        new ToolResult(text(whole, "call"), seen(whole.items("content")), whole.isTrue("failed")),
        text(whole, "tool"),
        new Node.Obj(whole.fields("facts"), 1),
        Duration.ofMillis(number(whole, "millis")));
  }

  private static AgentEvent decided(Node whole) {
    String rule = text(whole, "rule");
    String reason = text(whole, "reason");
    List<String> remedies = new ArrayList<>();
    for (Node item : whole.items("remedies")) {
      item.scalar().ifPresent(remedies::add);
    }
    Decision decision =
        switch (text(whole, "decision")) {
          case "allow" -> new Decision.Allow(rule, reason);
          case "ask" -> new Decision.Ask(rule, reason, remedies);
          default -> new Decision.Deny(rule, reason, remedies);
        };
    return new AgentEvent.Decided(
        text(whole, "command"),
        text(whole, "action"),
        about(whole),
        text(whole, "guard"),
        decision);
  }

  /* Entries name the same under the name of their kind. */
  private static String about(Node whole) {
    for (String name : List.of("about", "line", "path", "url", "host", "tool", "provider")) {
      Optional<String> text = whole.scalar(name);
      if (text.isPresent()) {
        return text.get();
      }
    }
    List<String> argv = new ArrayList<>();
    for (Node item : whole.items("argv")) {
      item.scalar().ifPresent(argv::add);
    }
    return String.join(" ", argv);
  }

  private List<Message.Seen> seen(List<Node> items) {
    List<Message.Seen> seen = new ArrayList<>(items.size());
    for (Node item : items) {
      Optional<String> text = item.text("text");
      if (text.isPresent()) {
        seen.add(new Message.Words(text.get()));
      } else {
        seen.add(image(item));
      }
    }
    return seen;
  }

  private Message.Seen image(Node item) {
    String type = item.text("mediaType").orElse("image/unknown");
    return blobs
        .content(item.text("sha256").orElse(""))
        .<Message.Seen>map(content -> new Message.Image(type, content))
        .orElseGet(() -> new Message.Words("[a picture of type " + type + " that is gone]"));
  }

  private static List<Message.Said> said(List<Node> items) {
    List<Message.Said> said = new ArrayList<>(items.size());
    for (Node item : items) {
      Optional<String> call = item.text("call");
      Optional<String> carried = item.text("carried");
      if (call.isPresent()) {
        said.add(new ToolCall(call.get(), text(item, "tool"), text(item, "arguments")));
      } else if (carried.isPresent()) {
        reasoning(item, carried.get()).ifPresent(said::add);
      } else {
        said.add(new Message.Words(text(item, "text")));
      }
    }
    return said;
  }

  /* What was masked is no longer what the provider wants back. */
  private static Optional<Message.Said> reasoning(Node item, String carried) {
    if (carried.contains(MASK)) {
      return Optional.empty();
    }
    try {
      Node tree = Json.read(carried.getBytes(StandardCharsets.UTF_8), LIMITS);
      return tree instanceof Node.Obj object
          ? Optional.of(new Message.Reasoning(text(item, "reasoning"), object))
          : Optional.empty();
    } catch (DocumentException e) {
      return Optional.empty();
    }
  }

  private static Usage usage(Node whole) {
    Node usage = whole.get("usage").orElse(new Node.Nothing(1));
    return new Usage(
        number(usage, "inputTokens"),
        number(usage, "cacheReadTokens"),
        number(usage, "cacheWriteTokens"),
        number(usage, "outputTokens"));
  }

  private static Optional<Cost> cost(Node whole) {
    return whole.scalar("costUsd").map(literal -> Cost.usd(new BigDecimal(literal)));
  }

  private static String text(Node node, String name) {
    return node.scalar(name).orElse("");
  }

  private static long number(Node node, String name) {
    return node.scalar(name).map(EventReader::parsed).orElse(0L);
  }

  private static long parsed(String literal) {
    return new BigDecimal(literal).longValue();
  }

  private static <E extends Enum<E>> E word(Class<E> type, Node node, String name) {
    return Enum.valueOf(type, text(node, name).toUpperCase(Locale.ROOT).replace('-', '_'));
  }
}
