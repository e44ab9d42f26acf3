// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.sessions;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.agent.api.AgentEvent;
import dev.redoubt.agent.api.Cost;
import dev.redoubt.agent.api.Delta;
import dev.redoubt.agent.api.Message;
import dev.redoubt.agent.api.ModelAnswer;
import dev.redoubt.agent.api.Moment;
import dev.redoubt.agent.api.ToolCall;
import dev.redoubt.agent.api.ToolResult;
import dev.redoubt.agent.api.Usage;
import dev.redoubt.agent.schemas.JsonSchema;
import dev.redoubt.document.Json;
import dev.redoubt.document.Limits;
import dev.redoubt.document.Node;
import dev.redoubt.evidence.Payload;
import dev.redoubt.guard.Content;
import dev.redoubt.guard.Decision;
import dev.redoubt.testkit.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventJsonTest {

  private static final Node.Obj CARRIED =
      new Payload().text("protocol", "anthropic").text("shown", "thought").object();
  private static final Message.Image PICTURE =
      new Message.Image("image/png", Content.of(new byte[] {(byte) 0x89, 'P', 'N', 'G', 0}));

  /// One event of each kind, and of each shape that matters.
  static List<AgentEvent> all() {
    Usage usage = new Usage(1200, 1000, 50, 7);
    return List.of(
        new AgentEvent.Opened("20260615-120000-3f9a2c1b", "/w", "acme/large", "code", "local"),
        new AgentEvent.Prompted(
            AgentEvent.Voice.PERSON, List.of(new Message.Words("Grüße\n"), PICTURE)),
        new AgentEvent.Prompted(AgentEvent.Voice.STEER, List.of(new Message.Words("no, that"))),
        new AgentEvent.Asked("acme", "large", "eu", 3, 1),
        new AgentEvent.Answered(
            new Message.FromModel(
                List.of(
                    new Message.Reasoning("hm", CARRIED),
                    new Message.Words("I look."),
                    new ToolCall("call_0aB3xYz9LmNoPqRsTuVw12", "view", "{\"path\":\"a\"}"),
                    new ToolCall("toolu_01A09q90qw90lq917835lq9", "view", "no JSON"))),
            ModelAnswer.Stop.CALLS,
            usage,
            Optional.of(new Cost(1_234_567)),
            "large-2026"),
        new AgentEvent.Answered(
            new Message.FromModel(List.of()),
            ModelAnswer.Stop.END,
            Usage.NONE,
            Optional.empty(),
            "m"),
        new AgentEvent.Unanswered(
            ModelAnswer.Failure.RATE_LIMIT,
            "too many",
            Usage.NONE,
            Optional.empty(),
            Optional.of(Duration.ofSeconds(2))),
        new AgentEvent.Unanswered(
            ModelAnswer.Failure.QUOTA, "no money", usage, Optional.empty(), Optional.empty()),
        new AgentEvent.Decided(
            "call_1", "read", "/w/a", "policy", new Decision.Allow("path.workspace", "yes")),
        new AgentEvent.Decided(
            "", "run", "ls", "policy", new Decision.Ask("a.b", "who?", List.of("run:ls"))),
        new AgentEvent.Decided(
            "c", "fetch", "GET http://a", "p", new Decision.Deny("d", "no", List.of())),
        new AgentEvent.Approved("call_1", "a.b", "no"),
        new AgentEvent.Returned(
            new ToolResult("call_1", List.of(new Message.Words("text"), PICTURE), true),
            "view",
            new Payload().text("path", "a").number("exitCode", 3).object(),
            Duration.ofMillis(12)),
        new AgentEvent.Hooked(
            "no writes",
            Moment.PRE_TOOL,
            "call_1",
            "none",
            new Payload().text("context", "seen").node("arguments", CARRIED).object()),
        new AgentEvent.Noted("loop", "round and round"),
        new AgentEvent.Named("my work"),
        new AgentEvent.Titled("Sums", "acme/small", usage, Optional.of(new Cost(5))),
        new AgentEvent.Titled("", "acme/small", usage, Optional.empty()),
        new AgentEvent.Compacted(12, 2, "# Goal\n"),
        new AgentEvent.Forked("20260615-110000-00000001", 7, "ab12"),
        new AgentEvent.Ended(
            AgentEvent.Status.DONE, "done", "", usage, Optional.of(new Cost(2_000_000_000))));
  }

  @Test
  void whatIsWrittenIsReadBack(@TempDir Path data) {
    SessionFolder folder = new SessionFolder(data);
    SessionId id = new SessionId("one");
    try (SessionLog log = SessionLog.open(folder, id, Clock.systemUTC())) {
      all().forEach(log::append);
    }

    assertThat(SessionReader.read(folder, id).stream().map(SessionReader.Recorded::event))
        .containsExactlyElementsOf(all());
  }

  @Test
  void whatIsTooLargeForAnEntryLiesBesideTheLog(@TempDir Path data) {
    SessionFolder folder = new SessionFolder(data);
    SessionId id = new SessionId("one");
    List<Message.Seen> many = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      many.add(new Message.Words((i + " ").repeat(20_000)));
    }
    AgentEvent large = new AgentEvent.Prompted(AgentEvent.Voice.PERSON, many);
    AgentEvent huge = new AgentEvent.Noted("huge", "a long line of words\n".repeat(200_000));
    try (SessionLog log = SessionLog.open(folder, id, Clock.systemUTC())) {
      log.append(large);
      log.append(huge);
    }

    assertThat(SessionReader.read(folder, id).stream().map(SessionReader.Recorded::event))
        .containsExactly(large, huge);
  }

  @Test
  void linesArePinned() {
    Golden.check(
        shown().stream().map(EventJson::line).collect(Collectors.joining("\n", "", "\n")),
        "events/lines.jsonl");
  }

  @Test
  void everyLineIsWhatTheSchemaSays() throws IOException {
    Limits limits = new Limits(1 << 20, 60, 20_000);
    Path file =
        Path.of(System.getProperty("redoubt.root", ".."), "docs/schema/agent-event-1.0.json");
    JsonSchema schema = JsonSchema.of(Json.read(Files.readAllBytes(file), limits));

    for (AgentEvent event : shown()) {
      byte[] line = EventJson.line(event).getBytes(UTF_8);
      assertThat(schema.problems(Json.read(line, limits))).as(event.toString()).isEmpty();
    }
    byte[] other = "{\"type\":\"note\",\"topic\":1}".getBytes(UTF_8);
    assertThat(schema.problems(Json.read(other, limits))).isNotEmpty();
  }

  private static List<AgentEvent> shown() {
    List<AgentEvent> shown = new ArrayList<>(all());
    shown.add(new AgentEvent.Growing(new Delta.Words("I l")));
    shown.add(new AgentEvent.Growing(new Delta.Reasoning("h")));
    shown.add(new AgentEvent.Growing(new Delta.Call("view")));
    return shown;
  }
}
