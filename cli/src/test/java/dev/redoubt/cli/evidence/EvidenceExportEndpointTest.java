// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.evidence;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.redoubt.cli.Terminal;
import dev.redoubt.cli.Terminal.Run;
import dev.redoubt.document.Json;
import dev.redoubt.document.Limits;
import dev.redoubt.document.Node;
import dev.redoubt.evidence.Event;
import dev.redoubt.evidence.EvidenceLog;
import dev.redoubt.evidence.Payload;
import dev.redoubt.guard.network.Reading;
import dev.redoubt.guard.network.StrictUrl;
import dev.redoubt.model.ErrorCode;
import dev.redoubt.model.RedoubtException;
import dev.redoubt.sandbox.network.WebClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EvidenceExportEndpointTest {

  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-06-15T12:00:00Z"), ZoneOffset.UTC);

  private record Answer(int status, Map<String, String> headers, String body) {}

  private record Asked(String line, String type, String authorization, Node body) {}

  @TempDir private Path folder;
  private Terminal terminal;
  private HttpServer server;
  private final Deque<Answer> answers = new ArrayDeque<>();
  private final List<Asked> asked = new ArrayList<>();
  private final List<Duration> pauses = new ArrayList<>();

  @BeforeEach
  void aCollector() throws IOException {
    terminal = new Terminal(folder, folder);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void everyEntryIsSentInOneFormToTheLogsOfTheCollector() {
    append("guard", 3);
    append("run", 1);

    Run run = export("");

    assertThat(run).isEqualTo(new Run(0, "6 records of 2 streams sent\n", ""));
    assertThat(asked)
        .extracting(Asked::line, Asked::type)
        .containsOnly(tuple("POST /v1/logs", "application/json"));
    assertThat(records()).hasSize(6);
  }

  @Test
  void aStreamCanBeNamedAndAPathIsTakenAsItIs() {
    append("guard", 1);
    append("run", 1);

    assertThat(export("/otlp/in", "run").exitCode()).isZero();

    assertThat(asked).extracting(Asked::line).containsExactly("POST /otlp/in");
  }

  @Test
  void manyEntriesGoInSeveralRequests() {
    append("guard", 1201);

    assertThat(export("").out()).isEqualTo("1202 records of 1 streams sent\n");
    assertThat(asked).hasSize(3);
    assertThat(records()).hasSize(1202);
  }

  @Test
  void headersComeFromTheVariableOfOpenTelemetryAndAreNeverShown() {
    append("guard", 1);
    terminal.withVariable("OTEL_EXPORTER_OTLP_HEADERS", "X-A=b,authorization=Bearer%20s3cr3t%2B=");

    assertThat(export("").exitCode()).isZero();
    assertThat(asked.getFirst().authorization()).isEqualTo("Bearer s3cr3t+=");

    terminal.withVariable("OTEL_EXPORTER_OTLP_HEADERS", "x-a=b,hunter2");
    Run run = export("");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("header 2").doesNotContain("hunter2");
  }

  @Test
  void aCollectorWithoutTimeIsAskedAgain() {
    append("guard", 1);
    answers.add(new Answer(503, Map.of("Retry-After", "0"), ""));
    answers.add(new Answer(429, Map.of("Retry-After", "0"), ""));

    assertThat(export("").exitCode()).isZero();
    assertThat(asked).hasSize(3);
    assertThat(asked.getFirst().body()).isEqualTo(asked.getLast().body());
  }

  @Test
  void thePausesAreThoseOfTheCollectorOrTwiceAsLongEachTime() throws IOException {
    answers.add(new Answer(503, Map.of("Retry-After", "7"), ""));
    answers.add(new Answer(502, Map.of(), ""));
    answers.add(new Answer(504, Map.of("Retry-After", "Mon, 15 Jun 2026 12:00:30 GMT"), ""));
    answers.add(new Answer(429, Map.of("Retry-After", "soon"), ""));

    endpoint().take("{}".getBytes(UTF_8), 4);

    assertThat(pauses)
        .containsExactly(
            Duration.ofSeconds(7),
            Duration.ofSeconds(2),
            Duration.ofSeconds(30),
            Duration.ofSeconds(8));
  }

  @Test
  void thereIsAnEndToAskingAgain() {
    for (int i = 0; i < 9; i++) {
      answers.add(new Answer(503, Map.of(), "{\"message\": \"busy\"}"));
    }

    assertThatThrownBy(() -> endpoint().take("{}".getBytes(UTF_8), 1))
        .isInstanceOfSatisfying(
            RedoubtException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.EXPORT))
        .hasMessageContaining("status 503, \"busy\"");
    assertThat(asked).hasSize(5);
    assertThat(pauses).hasSize(4);
  }

  @Test
  void nobodyWaitsForAnHour() {
    answers.add(new Answer(503, Map.of("Retry-After", "3600"), ""));

    assertThatThrownBy(() -> endpoint().take("{}".getBytes(UTF_8), 1))
        .hasMessageContaining("3600 s");
    assertThat(pauses).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 400, 401, 404, 413, 500})
  void whatIsRefusedForGoodIsNotSentAgainAndEndsWithFive(int status) {
    append("guard", 1);
    answers.add(
        new Answer(status, Map.of("Location", "/other"), "{\"message\": \"no\\u001b[31m\"}"));

    Run run = export("");

    assertThat(run.exitCode()).isEqualTo(5);
    assertThat(run.err())
        .contains("status " + status)
        .contains("0 were taken before")
        .doesNotContain("\u001b");
    assertThat(asked).hasSize(1);
  }

  @Test
  void whatWasPartlyTakenIsSaid() {
    append("guard", 1);
    answers.add(
        new Answer(
            200,
            Map.of(),
            "{\"partialSuccess\": {\"rejectedLogRecords\": \"2\", \"errorMessage\": \"too"
                + " old\"}}"));

    Run run = export("");

    assertThat(run.exitCode()).isEqualTo(5);
    assertThat(run.err()).isEqualTo("redoubt: 2 records were not taken: too old\n");
  }

  @Test
  void aWarningOfTheCollectorIsNoFailure() {
    append("guard", 1);
    answers.add(
        new Answer(200, Map.of(), "{\"partialSuccess\": {\"errorMessage\": \"old form\"}}"));

    Run run = export("");

    assertThat(run.exitCode()).isZero();
    assertThat(run.err()).contains("old form");
  }

  @Test
  void nobodyThereEndsWithFive() {
    append("guard", 1);
    int port = server.getAddress().getPort();
    server.stop(0);

    assertThatThrownBy(
            () -> endpoint("http://127.0.0.1:" + port + "/v1/logs").take("{}".getBytes(UTF_8), 1))
        .isInstanceOf(RedoubtException.class);
    assertThat(pauses).hasSize(4);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--otlp-endpoint http://127.0.0.1:1 -o x           | goes without",
        "--otlp-endpoint http://127.0.0.1:1 -f otlp        | goes without",
        "--otlp-endpoint http://127.0.0.1:1 --offline      | contradict",
        "--otlp-endpoint http://127.0.0.1:1/?a=b           | query",
        "--otlp-endpoint nothing                           | --otlp-endpoint",
        "--otlp-endpoint https://user:x@collector.example  | --otlp-endpoint",
      })
  void wrongArgumentsAreUsageErrors(String options, String says) {
    Run run = terminal.redoubt(("evidence export " + options).split(" ", -1));

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains(says);
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://collector.example:4318", "http://169.254.169.254/"})
  void evidenceIsNotSentInTheClearNorToMetadataServices(String url) {
    append("guard", 1);

    assertThat(terminal.redoubt("evidence", "export", "--otlp-endpoint", url).exitCode())
        .isEqualTo(5);
  }

  private OtlpEndpoint endpoint() throws IOException {
    return endpoint("http://127.0.0.1:%d/v1/logs".formatted(server.getAddress().getPort()));
  }

  private OtlpEndpoint endpoint(String url) throws IOException {
    StrictUrl read = ((Reading.Good<StrictUrl>) StrictUrl.read(url)).value();
    return new OtlpEndpoint(
        read, List.of(), new OtlpEndpoint.Time(CLOCK, pauses::add), WebClient.create());
  }

  private Run export(String path, String... stream) {
    List<String> arguments = new ArrayList<>(List.of("evidence", "export"));
    arguments.addAll(List.of(stream));
    arguments.add("--otlp-endpoint");
    arguments.add("http://127.0.0.1:%d%s".formatted(server.getAddress().getPort(), path));
    return terminal.redoubt(arguments.toArray(String[]::new));
  }

  private List<Node> records() {
    return asked.stream()
        .flatMap(request -> request.body().items("resourceLogs").stream())
        .flatMap(resource -> resource.items("scopeLogs").stream())
        .flatMap(scope -> scope.items("logRecords").stream())
        .toList();
  }

  private void append(String stream, int count) {
    Path data = folder.resolve(".local/share/redoubt");
    try (EvidenceLog log = EvidenceLog.open(data, stream, CLOCK)) {
      for (int i = 0; i < count; i++) {
        log.append(new Event("decision", "guard", new Payload().number("n", i).object()));
      }
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    asked.add(
        new Asked(
            exchange.getRequestMethod() + " " + exchange.getRequestURI(),
            exchange.getRequestHeaders().getFirst("Content-Type"),
            exchange.getRequestHeaders().getFirst("Authorization"),
            Json.read(exchange.getRequestBody().readAllBytes(), Limits.SCAN)));
    Answer answer = answers.isEmpty() ? new Answer(200, Map.of(), "{}") : answers.remove();
    answer.headers().forEach(exchange.getResponseHeaders()::set);
    byte[] body = answer.body().getBytes(UTF_8);
    exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }
}
