// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.redoubt.agent.api.Delta;
import dev.redoubt.agent.api.Message;
import dev.redoubt.agent.api.Message.FromModel;
import dev.redoubt.agent.api.Message.FromTools;
import dev.redoubt.agent.api.Message.FromUser;
import dev.redoubt.agent.api.Message.Reasoning;
import dev.redoubt.agent.api.Message.Words;
import dev.redoubt.agent.api.ModelAnswer;
import dev.redoubt.agent.api.ModelAnswer.Failed;
import dev.redoubt.agent.api.ModelAnswer.Failure;
import dev.redoubt.agent.api.ModelAnswer.Replied;
import dev.redoubt.agent.api.ModelAnswer.Stop;
import dev.redoubt.agent.api.ToolCall;
import dev.redoubt.agent.api.ToolResult;
import dev.redoubt.agent.api.ToolSpec;
import dev.redoubt.agent.api.Usage;
import dev.redoubt.document.JsonText;
import dev.redoubt.document.Node;
import dev.redoubt.guard.Content;
import dev.redoubt.testkit.provider.Asked;
import dev.redoubt.testkit.provider.Delivery;
import dev.redoubt.testkit.provider.Dialect;
import dev.redoubt.testkit.provider.Part;
import dev.redoubt.testkit.provider.Reply;
import dev.redoubt.testkit.provider.ScriptedProvider;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What every wire format has to hold, asked over HTTP from a provider that speaks it.
abstract class ModelContract {

  static final String KEY = "sk-contract-0123456789abcdef";
  static final Usage USUAL = new Usage(20, 5, 0, 7);

  private final List<ScriptedProvider> providers = new ArrayList<>();

  abstract Protocol protocol();

  abstract Dialect dialect();

  /// The header in which the key is sent, and all of its value.
  abstract Map.Entry<String, String> keyHeader();

  /// What is expected of reasoning that was scripted with `seal`.
  abstract Reasoning reasoning(String text, String seal);

  /// A body with an error of that kind in the form of this provider.
  abstract String errorBody(String type, String message);

  @AfterEach
  void closesTheProviders() {
    providers.forEach(ScriptedProvider::close);
  }

  @Test
  void wordsArriveAsTheyGrowAndAsAWhole() throws Exception {
    List<Delta> seen = new ArrayList<>();
    HttpModel model = model(Reply.say("Guten Tag, \uD83D\uDE00 \u4e2d\"\\\n!"));

    assertThat(model.answer(Requests.hello(), seen::add))
        .isEqualTo(
            new Replied(
                new FromModel(List.of(new Words("Guten Tag, \uD83D\uDE00 \u4e2d\"\\\n!"))),
                Stop.END,
                USUAL,
                "scripted-1"));
    StringBuilder grown = new StringBuilder();
    for (Delta delta : seen) {
      grown.append(((Delta.Words) delta).text());
    }
    assertThat(seen).hasSizeGreaterThan(2);
    assertThat(grown.toString()).isEqualTo("Guten Tag, \uD83D\uDE00 \u4e2d\"\\\n!");
  }

  @Test
  void manyAnswersAndErrorsComeOverOneConnection() throws Exception {
    ScriptedProvider provider =
        provider(
            Reply.say("1"),
            Reply.call("view", "{}"),
            Reply.error(429, errorBody("x", "slowly")),
            Reply.say("3"));
    HttpModel model = model(provider);

    for (int i = 0; i < 4; i++) {
      model.answer(Requests.hello(), _ -> {});
    }

    assertThat(provider.asked()).hasSize(4);
    assertThat(provider.connections()).isEqualTo(1);
  }

  @Test
  void theKeyIsSentAndShownNowhere() throws Exception {
    ScriptedProvider provider =
        provider(Reply.say("x"), Reply.error(400, errorBody("x", "your key " + KEY + " is odd")));
    HttpModel model = model(provider);

    model.answer(Requests.hello(), _ -> {});
    Failed failed = (Failed) model.answer(Requests.hello(), _ -> {});

    Asked asked = provider.asked().getFirst();
    assertThat(asked.header(keyHeader().getKey())).isEqualTo(keyHeader().getValue());
    assertThat(asked.target()).doesNotContain(KEY);
    assertThat(asked.body()).doesNotContain(KEY);
    assertThat(failed.message()).contains("your key *** is odd").doesNotContain(KEY);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 64, 4096})
  void piecesOfAnySizeMakeTheSameAnswer(int size) throws Exception {
    HttpModel model = model(everything().delivered(Delivery.inPieces(size)));

    assertThat(model.answer(Requests.hello(), _ -> {})).isEqualTo(everythingReplied());
  }

  @Test
  void aProviderThatDoesNotStreamIsUnderstood() throws Exception {
    HttpModel model = model(everything());
    ScriptedProvider whole =
        keep(ScriptedProvider.start(dialect(), (_, _) -> Reply.whole(everything())));

    assertThat(model(whole).answer(Requests.hello(), _ -> {}))
        .isEqualTo(model.answer(Requests.hello(), _ -> {}));
  }

  @Test
  void severalCallsKeepTheirOrderAndTheirArguments() throws Exception {
    List<Delta> seen = new ArrayList<>();
    HttpModel model =
        model(
            Reply.of(
                new Part.Text("Looking."),
                new Part.Call("call_a", "view", "{\"path\": \"a b\\n\"}"),
                new Part.Call("call_b", "bash", "{}"),
                new Part.Call("call_c", "view", "{\"path\":\"c\",\"n\":[1,2.50,null]}")));

    Replied replied = (Replied) model.answer(Requests.hello(), seen::add);

    assertThat(replied.stop()).isEqualTo(Stop.CALLS);
    assertThat(replied.message().text()).isEqualTo("Looking.");
    assertThat(replied.message().calls())
        .extracting(ToolCall::tool)
        .containsExactly("view", "bash", "view");
    assertThat(replied.message().calls().stream().map(ToolCall::id).distinct()).hasSize(3);
    assertThat(replied.message().calls())
        .extracting(call -> JsonText.of(AnswerJson.read(call.arguments())))
        .containsExactly("{\"path\":\"a b\\n\"}", "{}", "{\"path\":\"c\",\"n\":[1,2.50,null]}");
    assertThat(seen.stream().filter(Delta.Call.class::isInstance))
        .containsExactly(new Delta.Call("view"), new Delta.Call("bash"), new Delta.Call("view"));
  }

  @ParameterizedTest
  @CsvSource({"LENGTH, LENGTH", "FILTERED, FILTERED", "DONE, END"})
  void whyItStoppedIsTold(Reply.End end, Stop stop) throws Exception {
    HttpModel model = model(new Reply.Says(List.of(new Part.Text("so far")), end, Reply.USUAL));

    assertThat(((Replied) model.answer(Requests.hello(), _ -> {})).stop()).isEqualTo(stop);
  }

  @ParameterizedTest
  @CsvSource({
    "401, authentication_error, Invalid key, CREDENTIALS",
    "403, permission_error, not this model, CREDENTIALS",
    "402, x, pay first, QUOTA",
    "429, rate_limit_error, Rate limit reached, RATE_LIMIT",
    "429, insufficient_quota, You exceeded your current quota, QUOTA",
    "400, invalid_request_error, Your credit balance is too low, QUOTA",
    "529, overloaded_error, Overloaded, OVERLOADED",
    "500, api_error, Internal server error, OVERLOADED",
    "502, x, Bad gateway, OVERLOADED",
    "503, unavailable, no room, OVERLOADED",
    "400, invalid_request_error, 'prompt is too long: 9 tokens > 8 maximum', TOO_LONG",
    "400, context_length_exceeded, This model's maximum context length is 8, TOO_LONG",
    "413, request_too_large, Request exceeds the maximum size, TOO_LONG",
    "400, invalid_request_error, messages: odd, REQUEST",
    "404, not_found_error, no such model, REQUEST",
    "422, x, odd, REQUEST"
  })
  void anErrorIsOfTheKindItSays(int status, String type, String message, Failure failure)
      throws Exception {
    HttpModel model = model(Reply.error(status, errorBody(type, message)));

    assertThat(model.answer(Requests.hello(), _ -> {}))
        .isEqualTo(
            new Failed(
                failure,
                "scripted: status %d, \"%s\"".formatted(status, message),
                Optional.empty(),
                Usage.NONE));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "retry-after | 7 | 7000",
        "retry-after | 0.25 | 250",
        "retry-after-ms | 1500 | 1500",
        "Retry-After | Sun, 22 Nov 2026 11:00:30 GMT | 30000",
        "Retry-After | Sun, 22 Nov 2026 10:00:00 GMT | 0",
        "retry-after | soon | ",
        "retry-after | -3 | ",
        "retry-after | 99999999999999999999 | 2592000000"
      })
  void howLongToWaitIsReadFromTheHeader(String header, String value, Long millis) throws Exception {
    String body = errorBody("rate_limit_error", "slow down");
    HttpModel model = model(new Reply.Http(429, Map.of(header, value), body));

    assertThat(((Failed) model.answer(Requests.hello(), _ -> {})).retryAfter())
        .isEqualTo(Optional.ofNullable(millis).map(Duration::ofMillis));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Please try again in 1.5s. | 1500",
        "Please try again in 20ms. | 20",
        "Try again in 1m30s | 90000",
        "retry after 7 seconds, or | 7000",
        "try again in a while | "
      })
  void howLongToWaitIsReadFromWhatIsSaid(String said, Long millis) throws Exception {
    HttpModel model = model(Reply.error(429, errorBody("rate_limit_error", said)));

    assertThat(((Failed) model.answer(Requests.hello(), _ -> {})).retryAfter())
        .isEqualTo(Optional.ofNullable(millis).map(Duration::ofMillis));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "no json", "<html>down</html>", "[]", "7", "{}", "{\"error\":null}"})
  void anErrorInNoFormIsOneAllTheSame(String body) throws Exception {
    Failed failed = (Failed) model(Reply.error(503, body)).answer(Requests.hello(), _ -> {});

    assertThat(failed.failure()).isEqualTo(Failure.OVERLOADED);
    assertThat(failed.message()).startsWith("scripted: status 503").doesNotContain("<html>");
  }

  @ParameterizedTest
  @ValueSource(strings = {"CLOSED", "RESET"})
  void anAnswerThatIsCutIsNone(Delivery.End end) throws Exception {
    for (long bytes : new long[] {0, 40, 400}) {
      HttpModel model = model(everything().delivered(Delivery.ending(bytes, end)));

      Failed failed = (Failed) model.answer(Requests.hello(), _ -> {});

      assertThat(failed.failure()).isEqualTo(Failure.CONNECTION);
    }
  }

  @Test
  void aStreamThatEndsEarlyByTheRulesIsNoAnswerEither() throws Exception {
    assertThat(((Failed) model(new Reply.Stream("")).answer(Requests.hello(), _ -> {})).failure())
        .isEqualTo(Failure.CONNECTION);
  }

  @Test
  void whatIsNotTheWireFormatIsMalformed() throws Exception {
    for (Reply reply :
        List.of(
            new Reply.Stream("data: {\"cut\n\n"),
            new Reply.Stream("event: message_start\ndata: no json\n\n"),
            new Reply.Http(200, Map.of(), "{\"cut"),
            new Reply.Http(200, Map.of("Content-Type", "text/html"), "<html>"))) {
      assertThat(((Failed) model(reply).answer(Requests.hello(), _ -> {})).failure())
          .isEqualTo(Failure.MALFORMED);
    }
  }

  @Test
  void nobodyListensOnThatPort() throws Exception {
    ScriptedProvider gone = provider();
    gone.close();

    Failed failed = (Failed) model(gone).answer(Requests.hello(), _ -> {});

    assertThat(failed.failure()).isEqualTo(Failure.CONNECTION);
    assertThat(failed.message())
        .matches("scripted: 127\\.0\\.0\\.1:\\d+: Connection (refused|reset.*)");
  }

  @Test
  void plainHttpBeyondLoopbackIsRefused() throws Exception {
    HttpModel model = Requests.model(protocol(), "http://192.0.2.1/v1", KEY);

    assertThat(((Failed) model.answer(Requests.hello(), _ -> {})).failure())
        .isEqualTo(Failure.REFUSED);
  }

  @Test
  void anInterruptEndsTheWaitAtOnce() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    ScriptedProvider silent =
        keep(
            ScriptedProvider.start(
                dialect(),
                (_, _) -> {
                  asked.countDown();
                  return everything().delivered(Delivery.ending(40, Delivery.End.SILENCE));
                }));
    FutureTask<ModelAnswer> waiting =
        new FutureTask<>(() -> model(silent).answer(Requests.hello(), _ -> {}));
    Thread thread = Thread.ofVirtual().start(waiting);

    asked.await();
    thread.interrupt();

    assertThatThrownBy(waiting::get).hasCauseInstanceOf(InterruptedException.class);
  }

  @Test
  void aSlowDripIsReadToItsEnd() throws Exception {
    HttpModel model = model(Reply.say("x").delivered(Delivery.drip(Duration.ofNanos(1000))));

    assertThat(((Replied) model.answer(Requests.hello(), _ -> {})).message().text()).isEqualTo("x");
  }

  @Test
  void oneHugeLineIsReadWhole() throws Exception {
    String huge = "x".repeat(3 << 20);
    HttpModel model = model(Reply.call("write", "{\"text\":\"" + huge + "\"}"));

    Replied replied = (Replied) model.answer(Requests.hello(), _ -> {});

    assertThat(replied.message().calls().getFirst().arguments()).contains(huge);
  }

  @Test
  void aLongerConversationBeginsWithTheSameBytes() throws Exception {
    ScriptedProvider provider = keep(ScriptedProvider.start(dialect(), (_, _) -> everything()));
    HttpModel model = model(provider);
    List<Message> messages = new ArrayList<>(Requests.hello().messages());
    Replied first = (Replied) model.answer(Requests.of(messages), _ -> {});
    messages.add(first.message());
    List<ToolResult> results = new ArrayList<>();
    for (ToolCall call : first.message().calls()) {
      results.add(new ToolResult(call.id(), List.of(new Words("done")), false));
    }
    messages.add(new FromTools(results));
    model.answer(Requests.of(messages), _ -> {});
    messages.add(FromUser.text("and now?"));
    model.answer(Requests.of(messages), _ -> {});
    model.answer(Requests.of(messages), _ -> {});

    List<String> bodies = provider.asked().stream().map(this::conversation).toList();
    for (int i = 1; i < 3; i++) {
      String before = bodies.get(i - 1).substring(0, bodies.get(i - 1).lastIndexOf(']'));
      assertThat(bodies.get(i)).startsWith(before);
    }
    assertThat(provider.asked().get(3).body()).isEqualTo(provider.asked().get(2).body());
  }

  /// Returns the body without marks that move with the end of the conversation.
  String conversation(Asked asked) {
    return asked.body();
  }

  final Reply.Says everything() {
    return new Reply.Says(
        List.of(
            new Part.Thought("Let me think.", "c2VhbA=="),
            new Part.Text("I look \u00e9\uD83D\uDE00."),
            new Part.Call("call_a", "view", "{\"path\":\"a\"}"),
            new Part.Call("call_b", "view", "{\"path\":\"\u00e9\"}")),
        Reply.End.CALLS,
        Reply.USUAL);
  }

  final Replied everythingReplied() {
    return new Replied(new FromModel(everythingSaid()), Stop.CALLS, USUAL, "scripted-1");
  }

  /// Returns what [#everything] is read as.
  List<Message.Said> everythingSaid() {
    return List.of(
        reasoning("Let me think.", "c2VhbA=="),
        new Words("I look \u00e9\uD83D\uDE00."),
        new ToolCall("call_a", "view", "{\"path\":\"a\"}"),
        new ToolCall("call_b", "view", "{\"path\":\"\u00e9\"}"));
  }

  final ScriptedProvider provider(Reply... replies) {
    return keep(ScriptedProvider.start(dialect(), replies));
  }

  final ScriptedProvider keep(ScriptedProvider provider) {
    providers.add(provider);
    return provider;
  }

  final HttpModel model(Reply... replies) {
    return model(provider(replies));
  }

  final HttpModel model(ScriptedProvider provider) {
    return Requests.model(protocol(), provider.url(), KEY);
  }

  static final ToolSpec VIEW =
      new ToolSpec(
          "view",
          "Shows a file.",
          Fields.of("type", "object")
              .put("properties", new Fields().put("path", Fields.of("type", "string")))
              .node());

  static final Message.Image PICTURE =
      new Message.Image("image/png", Content.of(new byte[] {1, 2, 3}));

  /// Returns the last body as a tree.
  static Node body(ScriptedProvider provider) throws Exception {
    return AnswerJson.read(provider.asked().getLast().body());
  }
}
