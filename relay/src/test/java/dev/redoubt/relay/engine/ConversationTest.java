// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.relay.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.document.Node;
import dev.redoubt.mcp.rpc.RpcAnswer;
import dev.redoubt.mcp.rpc.RpcMessage;
import dev.redoubt.relay.api.Direction;
import dev.redoubt.relay.api.Filter;
import dev.redoubt.relay.api.Passing;
import dev.redoubt.relay.api.RelayLog;
import dev.redoubt.relay.api.Ruling;
import dev.redoubt.relay.api.Upstream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConversationTest {

  private static final int LARGEST = 100_000;

  private static final String PING = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}";

  private final List<String> entries = new CopyOnWriteArrayList<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();

  /// Blocks what has the method or the word "bad", and replaces the word "secret" in results.
  private static final class Words implements Filter {
    @Override
    public String name() {
      return "words";
    }

    @Override
    public Ruling judge(Passing passing, Upstream upstream) {
      String text = passing.method() + passing.body();
      if (text.contains("broken")) {
        throw new IllegalStateException("a filter that fails");
      }
      if (text.contains("held")) {
        return new Ruling.Blocks("words.bad", "it is held", false, true);
      }
      if (text.contains("bad")) {
        return new Ruling.Blocks("words.bad", "it is bad");
      }
      if (passing.message() instanceof RpcMessage.Result(var id, var _)
          && text.contains("secret")) {
        return new Ruling.Changes(
            new RpcMessage.Result(id, new Node.Text("***", 1)), "words.secret", "it has a secret");
      }
      return text.contains("odd") ? new Ruling.Remarks("words.odd", "odd") : Ruling.PASSES;
    }
  }

  private Conversation conversation(Enforcement.Mode mode) {
    return conversation(
        new Enforcement(mode, Map.of()),
        entry ->
            entries.add(
                "%s %s %s %s"
                    .formatted(entry.direction(), entry.what(), entry.fate(), entry.rule())));
  }

  private Conversation conversation(Enforcement enforcement, RelayLog log) {
    return new Conversation(
        new Judging(List.of(new Words()), enforcement, log),
        message -> asked.add(new String(message, UTF_8)),
        LARGEST);
  }

  private static List<String> pass(Conversation conversation, Direction direction, String message)
      throws InterruptedException {
    Passage passage = conversation.judge(conversation.arrive(direction, message.getBytes(UTF_8)));
    conversation.written(passage);
    List<String> came = new ArrayList<>();
    passage.onward().ifPresent(bytes -> came.add("on " + new String(bytes, UTF_8)));
    passage.back().ifPresent(bytes -> came.add("back " + new String(bytes, UTF_8)));
    return came;
  }

  private static String refusal(String id, String rule, String reason) {
    return "{\"jsonrpc\":\"2.0\",\"id\":%s,\"error\":{\"code\":-32001,\"message\":\"blocked by redoubt: %s\",\"data\":{\"rule\":\"%s\",\"reason\":\"%s\"}}}"
        .formatted(id, reason, rule, reason);
  }

  @Test
  void theRulesAreAskedOnceForEachMessageAndWhenTheyCannotBeHadNothingPasses() throws Exception {
    List<String> asks = new ArrayList<>();
    Judging.Rules rules =
        new Judging.Rules(
            List.of(new Words()), new Enforcement(Enforcement.Mode.ENFORCE, Map.of()));
    Conversation conversation =
        new Conversation(
            new Judging(
                () -> {
                  asks.add("asked");
                  if (asks.size() == 2) {
                    throw new IllegalStateException("no rules");
                  }
                  return rules;
                },
                entry -> entries.add("%s %s".formatted(entry.fate(), entry.rule()))),
            message -> asked.add(new String(message, UTF_8)),
            LARGEST);

    assertThat(pass(conversation, Direction.TO_SERVER, PING)).containsExactly("on " + PING);
    String second = PING.replace("\"id\":1", "\"id\":2");
    assertThat(pass(conversation, Direction.TO_SERVER, second))
        .containsExactly(
            "back "
                + refusal(
                    "2",
                    "relay.filter-failed",
                    "the rules could not be had, so the message does not pass"));
    assertThat(asks).hasSize(2);
    assertThat(entries).containsExactly("PASSED ", "BLOCKED relay.filter-failed");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}",
        "{ \"method\" : \"ping\", \"id\" : \"a\\u00e4\", \"jsonrpc\" : \"2.0\", \"more\" : [1.50]"
            + " }",
        "{\"jsonrpc\":\"2.0\",\"id\":1.0,\"method\":\"x\",\"params\":[1]}",
        "{\"jsonrpc\":\"2.0\",\"id\":null,\"method\":\"x\"}",
        "{\"jsonrpc\":\"2.0\",\"id\":12345678901234567890123,\"method\":\"x\"}",
        "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/x\",\"params\":{\"a\":1e3}}",
        "[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"a\"},"
            + " {\"jsonrpc\":\"2.0\",\"method\":\"notifications/b\"}]",
      })
  void whatPassesGoesOnByteForByte(String message) throws Exception {
    assertThat(pass(conversation(Enforcement.Mode.ENFORCE), Direction.TO_SERVER, message))
        .containsExactly("on " + message);
  }

  @Test
  void aMessageOfSeveralLinesGoesOnInOne() throws Exception {
    assertThat(
            pass(
                conversation(Enforcement.Mode.ENFORCE),
                Direction.TO_SERVER,
                "{\"jsonrpc\":\"2.0\",\n \"id\":1,\r\n \"method\":\"ping\",\"n\":1.50}"))
        .containsExactly("on {\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"n\":1.50}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "\"a\"", "null", "1.5", "\"1\""})
  void aBlockedRequestIsAnsweredUnderItsOwnId(String id) throws Exception {
    Conversation conversation = conversation(Enforcement.Mode.ENFORCE);

    assertThat(
            pass(
                conversation,
                Direction.TO_SERVER,
                "{\"jsonrpc\":\"2.0\",\"id\":%s,\"method\":\"bad\"}".formatted(id)))
        .containsExactly("back " + refusal(id, "words.bad", "it is bad"));
    assertThat(entries).containsExactly("TO_SERVER bad BLOCKED words.bad");
    // The id is free again.
    assertThat(
            pass(
                conversation,
                Direction.TO_SERVER,
                "{\"jsonrpc\":\"2.0\",\"id\":%s,\"method\":\"ping\"}".formatted(id)))
        .hasSize(1);
  }

  @Test
  void eachMessageOfABatchIsJudgedAndTheRestGoesOn() throws Exception {
    assertThat(
            pass(
                conversation(Enforcement.Mode.ENFORCE),
                Direction.TO_SERVER,
                "[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"bad\"},"
                    + "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"fine\",\"x\":1},"
                    + "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/bad\"}]"))
        .containsExactly(
            "on [{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"fine\",\"x\":1}]",
            "back [" + refusal("1", "words.bad", "it is bad") + "]");
    assertThat(entries)
        .containsExactly(
            "TO_SERVER bad BLOCKED words.bad",
            "TO_SERVER fine PASSED ",
            "TO_SERVER notifications/bad BLOCKED words.bad");
  }

  @Test
  void anAnswerGoesToWhoeverAskedAndOnlyOnce() throws Exception {
    Conversation conversation = conversation(Enforcement.Mode.ENFORCE);
    pass(conversation, Direction.TO_SERVER, "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"x\"}");
    String answer = "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"a\":1},\"more\":2}";

    assertThat(pass(conversation, Direction.TO_CLIENT, answer)).containsExactly("on " + answer);
    assertThat(pass(conversation, Direction.TO_CLIENT, answer)).isEmpty();
    assertThat(entries.getLast()).isEqualTo("TO_CLIENT  BLOCKED relay.unasked");
  }

  @Test
  void aServerCannotAnswerWhatWasNeverSentToIt() throws Exception {
    Conversation conversation = conversation(Enforcement.Mode.ENFORCE);
    Arrival held =
        conversation.arrive(
            Direction.TO_SERVER, "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"x\"}".getBytes(UTF_8));

    assertThat(
            pass(conversation, Direction.TO_CLIENT, "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":1}"))
        .isEmpty();
    conversation.judge(held);
    assertThat(
            pass(conversation, Direction.TO_CLIENT, "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":1}"))
        .hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"1, 1.0, true", "1, '\"1\"', false", "\"a\", \"a\", true", "10, 1e1, true"})
  void twoRequestsUnderOneIdAreNotSentOn(String one, String other, boolean same) throws Exception {
    Conversation conversation = conversation(Enforcement.Mode.ENFORCE);
    pass(
        conversation,
        Direction.TO_SERVER,
        "{\"jsonrpc\":\"2.0\",\"id\":%s,\"method\":\"x\"}".formatted(one));

    List<String> second =
        pass(
            conversation,
            Direction.TO_SERVER,
            "{\"jsonrpc\":\"2.0\",\"id\":%s,\"method\":\"y\"}".formatted(other));

    assertThat(second.getFirst()).startsWith(same ? "back" : "on");
  }

  @Test
  void theSameIdMayBeUsedInBothDirections() throws Exception {
    Conversation conversation = conversation(Enforcement.Mode.ENFORCE);
    pass(conversation, Direction.TO_SERVER, "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"x\"}");
    pass(
        conversation,
        Direction.TO_CLIENT,
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"roots/list\"}");

    assertThat(
            pass(conversation, Direction.TO_SERVER, "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":2}"))
        .containsExactly("on {\"jsonrpc\":\"2.0\",\"id\":1,\"result\":2}");
    assertThat(
            pass(conversation, Direction.TO_CLIENT, "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":3}"))
        .containsExactly("on {\"jsonrpc\":\"2.0\",\"id\":1,\"result\":3}");
  }

  @Test
  void aBlockedResultBecomesAnErrorAndAChangedOneKeepsItsOtherFields() throws Exception {
    Conversation conversation = conversation(Enforcement.Mode.ENFORCE);
    pass(conversation, Direction.TO_SERVER, "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"x\"}");
    pass(conversation, Direction.TO_SERVER, "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"x\"}");

    assertThat(
            pass(
                conversation,
                Direction.TO_CLIENT,
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":\"bad\"}"))
        .containsExactly("on " + refusal("1", "words.bad", "it is bad"));
    assertThat(
            pass(
                conversation,
                Direction.TO_CLIENT,
                "{\"jsonrpc\":\"2.0\",\"id\":2,\"result\":\"secret\",\"more\":1}"))
        .containsExactly("on {\"jsonrpc\":\"2.0\",\"id\":2,\"result\":\"***\",\"more\":1}");
    assertThat(entries)
        .endsWith(
            "TO_CLIENT answer to x BLOCKED words.bad",
            "TO_CLIENT answer to x CHANGED words.secret");
  }

  @Test
  void whatIsHeldDoesNotPassInObserveModeEither() throws Exception {
    String held = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"held\"}";

    assertThat(pass(conversation(Enforcement.Mode.OBSERVE), Direction.TO_SERVER, held))
        .singleElement()
        .asString()
        .contains("it is held");
    assertThat(entries).containsExactly("TO_SERVER held BLOCKED words.bad");
  }

  @Test
  void inObserveModeEverythingPassesAsItCameAndIsWrittenDown() throws Exception {
    Conversation conversation = conversation(Enforcement.Mode.OBSERVE);
    String bad = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"bad\"}";
    String secret = "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":\"secret\"}";

    assertThat(pass(conversation, Direction.TO_SERVER, bad)).containsExactly("on " + bad);
    assertThat(pass(conversation, Direction.TO_CLIENT, secret.replace("secret", "odd"))).hasSize(1);
    pass(conversation, Direction.TO_SERVER, "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"x\"}");
    assertThat(pass(conversation, Direction.TO_CLIENT, secret)).containsExactly("on " + secret);
    assertThat(entries)
        .containsExactly(
            "TO_SERVER bad NOTICED words.bad",
            "TO_CLIENT answer to bad NOTICED words.bad",
            "TO_SERVER x PASSED ",
            "TO_CLIENT answer to x NOTICED words.secret");
  }

  @Test
  void aModeOfARuleGoesBeforeTheUsualOne() {
    Enforcement enforcement =
        new Enforcement(
            Enforcement.Mode.ENFORCE,
            Map.of("mcp.*", Enforcement.Mode.OBSERVE, "mcp.credential", Enforcement.Mode.ENFORCE));

    assertThat(
            List.of("mcp.hidden", "mcp.credential", "path.sensitive.ssh").stream()
                .map(enforcement::enforces))
        .containsExactly(false, true, true);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"jsonrpc\":\"2.0\",\"id\":7,\"id\":7,\"method\":\"x\"} | 7",
        "{\"jsonrpc\":\"1.0\",\"id\":7,\"method\":\"x\"} | 7",
        "not json | null",
        "[] | null",
        "{\"jsonrpc\":\"2.0\",\"id\":{},\"method\":\"x\"} | null",
        "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"ping\",\"Method\":\"tools/call\"} | 7",
        "{\"jsonrpc\":\"2.0\",\"id\":7,\"METHOD\":\"tools/call\",\"method\":\"ping\"} | 7",
        "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"x\",\"params\":{\"Name\":\"a\"}} | 7",
        "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"x\",\"paramſ\":{}} | 7",
        "[{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"x\",\"ID\":8}] | null",
      })
  void whatCouldBeReadInTwoWaysIsRefusedWhateverTheMode(String message, String id)
      throws Exception {
    List<String> came = pass(conversation(Enforcement.Mode.OBSERVE), Direction.TO_SERVER, message);

    assertThat(came).hasSize(1);
    assertThat(came.getFirst())
        .startsWith("back {\"jsonrpc\":\"2.0\",\"id\":%s,\"error\":{\"code\":-32600,".formatted(id))
        .contains("\"rule\":\"relay.malformed\"");
    assertThat(entries).containsExactly("TO_SERVER  BLOCKED relay.malformed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"tools/call", "resources/read", "ping", "anything"})
  void aRequestWithoutAnIdGoesNowhere(String method) throws Exception {
    assertThat(
            pass(
                conversation(Enforcement.Mode.OBSERVE),
                Direction.TO_SERVER,
                "{\"jsonrpc\":\"2.0\",\"method\":\"%s\",\"params\":{\"name\":\"x\"}}"
                    .formatted(method)))
        .isEmpty();
    assertThat(entries).containsExactly("TO_SERVER %s BLOCKED relay.malformed".formatted(method));
  }

  @Test
  void aRequestThatWasTakenBackDoesNotTouchTheNextOneUnderItsId() throws Exception {
    Conversation conversation = conversation(Enforcement.Mode.ENFORCE);
    Arrival first =
        conversation.arrive(
            Direction.TO_SERVER,
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"bad\"}".getBytes(UTF_8));
    pass(
        conversation,
        Direction.TO_SERVER,
        "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":1}}");
    pass(conversation, Direction.TO_SERVER, "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"x\"}");
    conversation.judge(first);

    assertThat(
            pass(conversation, Direction.TO_CLIENT, "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":1}"))
        .hasSize(1);
  }

  @Test
  void aMalformedRequestUnderAnIdThatWaitsIsNotAnsweredUnderIt() throws Exception {
    Conversation conversation = conversation(Enforcement.Mode.ENFORCE);
    pass(conversation, Direction.TO_SERVER, "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"x\"}");

    assertThat(
            pass(
                conversation,
                Direction.TO_SERVER,
                "{\"jsonrpc\":\"2.0\",\"id\":7,\"id\":7,\"method\":\"x\"}"))
        .singleElement()
        .asString()
        .startsWith("back {\"jsonrpc\":\"2.0\",\"id\":null,");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"jsonrpc\":\"2.0\",\"id\":7,\"result\":{\"data\":\"cut off | true",
        "{\"result\":{\"id\":9},\"id\":7,\"more\":[ | true",
        "{\"x\":\"\\\"id\\\":7\",\"jsonrpc\":\"2.0\", \"id\" : 7 , | true",
        "{\"jsonrpc\":\"2.0\",\"result\":{\"id\":7 | false",
        "{\"jsonrpc\":\"2.0\",\"id\":7 | false",
      })
  void theAnswerThatIsTooLongIsToldUnderItsIdOrTheServerIsHungUpOn(String beginning, boolean found)
      throws Exception {
    Conversation conversation = conversation(Enforcement.Mode.ENFORCE);
    pass(conversation, Direction.TO_SERVER, "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"x\"}");

    Passage passage =
        conversation.judge(
            conversation.tooLong(Direction.TO_CLIENT, beginning.getBytes(UTF_8), LARGEST));

    assertThat(passage.onward().isPresent()).isEqualTo(found);
    assertThat(passage.then()).isEqualTo(found ? Passage.Then.GO_ON : Passage.Then.HANG_UP);
  }

  @Test
  void bytesThatAreNoUtf8AreRefused() throws Exception {
    Conversation conversation = conversation(Enforcement.Mode.ENFORCE);
    byte[] bytes = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"x\u00ff\"}".getBytes(UTF_8);
    bytes[bytes.length - 3] = (byte) 0xff;

    Passage passage = conversation.judge(conversation.arrive(Direction.TO_SERVER, bytes));

    assertThat(passage.onward()).isEmpty();
    assertThat(passage.back()).isPresent();
  }

  @Test
  void aServersLogLineIsPassedOverAndItsAmbiguousAnswerBecomesAnError() throws Exception {
    Conversation conversation = conversation(Enforcement.Mode.ENFORCE);
    pass(conversation, Direction.TO_SERVER, "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"x\"}");

    assertThat(pass(conversation, Direction.TO_CLIENT, "listening …")).isEmpty();
    assertThat(
            pass(
                conversation,
                Direction.TO_CLIENT,
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":1,\"result\":2}"))
        .singleElement()
        .asString()
        .startsWith("on {\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":-32001");
  }

  @Test
  void aFilterThatFailsAndALogThatFailsBlock() throws Exception {
    assertThat(
            pass(
                conversation(Enforcement.Mode.ENFORCE),
                Direction.TO_SERVER,
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"broken\"}"))
        .containsExactly(
            "back "
                + refusal(
                    "1", "relay.filter-failed", "a filter failed, so the message does not pass"));
    Conversation unlogged =
        conversation(
            new Enforcement(Enforcement.Mode.OBSERVE, Map.of()),
            _ -> {
              throw new IOException("the disk is full");
            });

    assertThat(
            pass(unlogged, Direction.TO_SERVER, "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"x\"}"))
        .containsExactly(
            "back "
                + refusal("1", "relay.log-failed", "what passes could not be written to the log"));
  }

  @Test
  void theLateAnswerToACancelledRequestIsPassedOver() throws Exception {
    Conversation conversation = conversation(Enforcement.Mode.ENFORCE);
    pass(conversation, Direction.TO_SERVER, "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"x\"}");
    pass(
        conversation,
        Direction.TO_SERVER,
        "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":1}}");
    entries.clear();

    assertThat(
            pass(conversation, Direction.TO_CLIENT, "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":1}"))
        .isEmpty();
    assertThat(entries).isEmpty();
  }

  @Test
  void whoeverWaitsIsToldThatTheServerIsGone() throws Exception {
    Conversation conversation = conversation(Enforcement.Mode.ENFORCE);
    pass(conversation, Direction.TO_SERVER, "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"x\"}");
    pass(conversation, Direction.TO_SERVER, "{\"jsonrpc\":\"2.0\",\"id\":\"b\",\"method\":\"x\"}");

    assertThat(conversation.lost("has ended").stream().map(bytes -> new String(bytes, UTF_8)))
        .containsExactly(
            refusal("1", "relay.server-lost", "the server has ended"),
            refusal("\"b\"", "relay.server-lost", "the server has ended"));
  }

  @Test
  void aQuestionOfTheRelayWaitsForTheGreetingAndTheAgentNeverSeesItsAnswer() throws Exception {
    Conversation conversation = conversation(Enforcement.Mode.ENFORCE);
    pass(
        conversation,
        Direction.TO_SERVER,
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{}}");
    CompletableFuture<RpcAnswer> answer = new CompletableFuture<>();
    Thread asking =
        Thread.ofVirtual()
            .start(() -> {
              try {
                answer.complete(conversation.ask("tools/list", new Node.Obj(Map.of(), 1)));
              } catch (InterruptedException e) {
                answer.completeExceptionally(e);
              }
            });
    while (asking.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
    assertThat(asked).isEmpty();

    pass(
        conversation,
        Direction.TO_SERVER,
        "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}");
    while (asked.isEmpty()) {
      Thread.onSpinWait();
    }
    String id = asked.getFirst().replaceFirst(".*\"id\":(\"[^\"]+\").*", "$1");
    List<String> came =
        pass(
            conversation,
            Direction.TO_CLIENT,
            "{\"jsonrpc\":\"2.0\",\"id\":%s,\"result\":{\"tools\":[]}}".formatted(id));

    assertThat(came).isEmpty();
    assertThat(answer.get())
        .isInstanceOfSatisfying(
            RpcAnswer.Replied.class,
            replied -> assertThat(replied.result().items("tools")).isEmpty());
  }
}
