// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.sessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.redoubt.agent.api.AgentEvent;
import dev.redoubt.agent.api.Cost;
import dev.redoubt.agent.api.Message;
import dev.redoubt.agent.api.ModelAnswer;
import dev.redoubt.agent.api.ToolCall;
import dev.redoubt.agent.api.ToolResult;
import dev.redoubt.agent.api.Usage;
import dev.redoubt.evidence.Payload;
import dev.redoubt.guard.Decision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionLogTest {

  private static final SessionId ID = new SessionId("20260615-120000-3f9a2c1b");
  private static final Usage USAGE = new Usage(10, 0, 0, 1);

  @TempDir private Path data;

  @Test
  void aSecondProcessIsToldWhoHasTheSession() {
    SessionFolder folder = new SessionFolder(data);
    try (SessionLog log = open(folder)) {
      assertThat(log.id()).isEqualTo(ID);
      assertThatThrownBy(() -> open(folder))
          .isInstanceOf(SessionBusyException.class)
          .hasMessageContaining("is open in process " + ProcessHandle.current().pid());
    }
    open(folder).close();
  }

  @Test
  void secretsAreNeitherInTheLogNorBesideIt() throws IOException {
    SessionFolder folder = new SessionFolder(data);
    String secret = "AKIA" + "Q3EGRUXT5WX4ZKVM";
    String text = "aws_access_key_id = " + secret + "\n";
    try (SessionLog log = open(folder)) {
      log.append(new AgentEvent.Noted("a", text));
      log.append(new AgentEvent.Noted("b", text + "many words\n".repeat(10_000)));
    }

    try (var files = Files.walk(data)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(Files.readString(file)).doesNotContain(secret);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
            .as(file.toString())
            .isIn("rw-------", "rw-r--r--");
      }
    }
    assertThat(Files.getPosixFilePermissions(folder.of(ID)))
        .isEqualTo(PosixFilePermissions.fromString("rwx------"));
  }

  @Test
  void whereverItIsCutOffTheSessionGoesOn() throws IOException {
    SessionFolder whole = new SessionFolder(data.resolve("whole"));
    try (SessionLog log = open(whole)) {
      story().forEach(log::append);
    }
    List<Message> all = Transcript.of(story()).messages();
    byte[] bytes = Files.readAllBytes(whole.stream(ID).resolve("000001.jsonl"));

    int number = 0;
    for (int length : lengths(bytes)) {
      SessionFolder cut = new SessionFolder(data.resolve("cut-" + number++));
      Files.createDirectories(cut.stream(ID));
      Files.write(cut.stream(ID).resolve("000001.jsonl"), java.util.Arrays.copyOf(bytes, length));
      copyKeys(whole, cut);
      int events;
      try (SessionLog log = open(cut)) {
        events = SessionReader.read(cut, ID).size();
        assertGoesOn(cut, all, events);
        log.append(new AgentEvent.Named("still here"));
      }
      assertThat(SessionReader.read(cut, ID)).as("cut at %d", length).hasSize(events + 1);
    }
  }

  private static void assertGoesOn(SessionFolder cut, List<Message> all, int events) {
    Transcript transcript =
        Transcript.of(
            SessionReader.read(cut, ID).stream().map(SessionReader.Recorded::event).toList());
    List<Message> messages = transcript.messages();
    assertThat(transcript).isEqualTo(Transcript.of(story().subList(0, events)));
    for (int i = 0; i < messages.size(); i++) {
      boolean last = i == messages.size() - 1;
      if (!(last && messages.get(i) instanceof Message.FromTools)) {
        assertThat(messages.get(i)).isEqualTo(all.get(i));
      }
      if (messages.get(i) instanceof Message.FromModel model && !model.calls().isEmpty()) {
        assertThat(messages.get(i + 1))
            .isInstanceOfSatisfying(
                Message.FromTools.class,
                tools ->
                    assertThat(tools.results())
                        .extracting(ToolResult::callId)
                        .isEqualTo(model.calls().stream().map(ToolCall::id).toList()));
      }
    }
  }

  @Test
  void aCallThatWasCutOffSaysWhetherItMayHaveBeenDone() {
    List<AgentEvent> events = story();
    int answer = 2;
    List<Message> messages = Transcript.of(events.subList(0, answer + 2)).messages();

    assertThat(messages.getLast())
        .isInstanceOfSatisfying(
            Message.FromTools.class,
            tools ->
                assertThat(tools.results().stream().map(SessionLogTest::text))
                    .containsExactly(
                        "cancelled: it was cut off while it ran, so some of it may have been done;"
                            + " look before you repeat it",
                        "cancelled: it did not begin"));
  }

  private static String text(ToolResult result) {
    return ((Message.Words) result.content().getFirst()).text();
  }

  private static List<AgentEvent> story() {
    List<AgentEvent> events = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      String one = "one-" + i;
      String two = "two-" + i;
      events.add(
          new AgentEvent.Prompted(
              AgentEvent.Voice.PERSON, List.of(new Message.Words("prompt " + i))));
      events.add(new AgentEvent.Asked("acme", "large", "eu", 1 + i, 1));
      events.add(
          answer(new ToolCall(one, "view", "{\"path\":\"ä\"}"), new ToolCall(two, "write", "{}")));
      events.add(decided(one));
      events.add(returned(one));
      events.add(decided(two));
      events.add(returned(two));
      events.add(answer(new Message.Words("done " + i)));
      events.add(
          new AgentEvent.Ended(AgentEvent.Status.DONE, "done", "", USAGE, Optional.of(Cost.NONE)));
    }
    return events;
  }

  private static AgentEvent answer(Message.Said... parts) {
    return new AgentEvent.Answered(
        new Message.FromModel(List.of(parts)),
        ModelAnswer.Stop.END,
        USAGE,
        Optional.of(new Cost(5)),
        "large");
  }

  private static AgentEvent decided(String call) {
    return new AgentEvent.Decided(
        call, "read", "/w/a", "policy", new Decision.Allow("path.workspace", "yes"));
  }

  private static AgentEvent returned(String call) {
    return new AgentEvent.Returned(
        new ToolResult(call, List.of(new Message.Words("result of " + call)), false),
        "view",
        new Payload().object(),
        Duration.ofMillis(1));
  }

  /* Every end of a line, the bytes around it, and some in between. */
  private static Set<Integer> lengths(byte[] bytes) {
    Set<Integer> lengths = new TreeSet<>();
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        lengths.addAll(List.of(i, i + 1, Math.min(bytes.length, i + 2)));
      }
    }
    for (int i = 0; i < bytes.length; i += 997) {
      lengths.add(i);
    }
    return lengths;
  }

  private static void copyKeys(SessionFolder from, SessionFolder to) throws IOException {
    Path keys = from.dataDir().resolve("evidence/keys");
    Path target = to.dataDir().resolve("evidence/keys");
    Files.createDirectories(target);
    try (var files = Files.list(keys)) {
      for (Path file : files.toList()) {
        Files.copy(file, target.resolve(file.getFileName()));
      }
    }
  }

  private static SessionLog open(SessionFolder folder) {
    return SessionLog.open(folder, ID, Clock.systemUTC());
  }
}
