// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.evidence;

import static java.util.Objects.requireNonNull;

import dev.redoubt.document.DocumentException;
import dev.redoubt.document.Json;
import dev.redoubt.document.Limits;
import dev.redoubt.document.Node;
import dev.redoubt.evidence.OtlpLogs;
import dev.redoubt.guard.Content;
import dev.redoubt.guard.network.StrictUrl;
import dev.redoubt.model.ErrorCode;
import dev.redoubt.model.RedoubtException;
import dev.redoubt.sandbox.network.Surface;
import dev.redoubt.sandbox.network.WebClient;
import dev.redoubt.sandbox.network.WebHeader;
import dev.redoubt.sandbox.network.WebLimits;
import dev.redoubt.sandbox.network.WebOutcome;
import dev.redoubt.sandbox.network.WebRequest;
import dev.redoubt.sandbox.network.WebResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/* What may be sent again and how an answer says what it did not take:
 * https://opentelemetry.io/docs/specs/otlp/#otlphttp-response */
/// A collector of OpenTelemetry that takes log records over HTTP, named by the operator.
///
/// A request that the collector had no time for is sent again, at most four times, after the pause
/// the collector asks for. Not safe to share between threads.
final class OtlpEndpoint implements OtlpLogs.Requests {

  private static final WebLimits LIMITS =
      new WebLimits(64 * 1024, 1 << 20, Duration.ofSeconds(60), Duration.ofSeconds(30));
  private static final Limits ANSWER = new Limits(1 << 20, 20, 10_000);
  private static final int MOST_ATTEMPTS = 5;
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);
  private static final int MOST_SHOWN = 300;

  /// Waits.
  interface Pauses {
    void pause(Duration duration) throws InterruptedException;
  }

  /// How time passes.
  record Time(Clock clock, Pauses pauses) {
    Time {
      requireNonNull(clock, "clock");
      requireNonNull(pauses, "pauses");
    }
  }

  private final StrictUrl url;
  private final List<WebHeader> headers = new ArrayList<>();
  private final Time time;
  private final WebClient client;
  private final List<String> warnings = new ArrayList<>();
  private long sent;
  private long rejected;

  /// @param more headers besides the one that names the format
  OtlpEndpoint(StrictUrl url, List<WebHeader> more, Time time, WebClient client) {
    this.url = requireNonNull(url, "url");
    this.headers.add(WebHeader.plain("Content-Type", "application/json"));
    this.headers.addAll(more);
    this.time = requireNonNull(time, "time");
    this.client = requireNonNull(client, "client");
  }

  /// Returns how many records were sent, those not taken included.
  long sent() {
    return sent;
  }

  /// Returns how many records the collector did not take.
  long rejected() {
    return rejected;
  }

  /// Returns what the collector said about what it took.
  List<String> warnings() {
    return List.copyOf(warnings);
  }

  /// @throws RedoubtException EXPORT if the collector does not take it
  @Override
  public void take(byte[] json, int records) throws IOException {
    WebRequest request =
        new WebRequest("POST", url, headers, Content.of(json), Surface.operator(url), LIMITS);
    String why = "";
    for (int attempt = 1; attempt <= MOST_ATTEMPTS; attempt++) {
      Duration wait;
      try (WebResponse response = answer(request)) {
        if (response.status() / 100 == 2) {
          accepted(response);
          sent += records;
          return;
        }
        why = said(response);
        if (!isTemporary(response.status())) {
          break;
        }
        wait = pause(response, attempt);
      } catch (IOException e) {
        why = String.valueOf(e.getMessage());
        wait = usual(attempt);
      }
      if (wait.compareTo(LONGEST_PAUSE) > 0) {
        why += ", and wants to be left alone for %d s".formatted(wait.toSeconds());
        break;
      }
      if (attempt < MOST_ATTEMPTS) {
        pause(wait);
      }
    }
    throw failed(why);
  }

  private WebResponse answer(WebRequest request) throws IOException {
    return switch (client.send(request)) {
      case WebOutcome.Answered(WebResponse response) -> response;
      case WebOutcome.Refused(String _, String reason) -> throw failed(reason);
    };
  }

  private RedoubtException failed(String why) {
    return new RedoubtException(
        ErrorCode.EXPORT,
        "%s did not take the records: %s; %d were taken before".formatted(url, why, sent));
  }

  private void pause(Duration wait) {
    try {
      time.pauses().pause(wait);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed("interrupted");
    }
  }

  private static boolean isTemporary(int status) {
    return status == 429 || status == 502 || status == 503 || status == 504;
  }

  private Duration pause(WebResponse response, int attempt) {
    Optional<String> asked = response.header("retry-after").map(String::strip);
    if (asked.isEmpty()) {
      return usual(attempt);
    }
    try {
      return Duration.ofSeconds(Math.clamp(Long.parseLong(asked.get()), 0, 1L << 30));
    } catch (NumberFormatException e) {
      return until(asked.get()).orElse(usual(attempt));
    }
  }

  private Optional<Duration> until(String date) {
    try {
      Instant then = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      Duration wait = Duration.between(time.clock().instant(), then);
      return Optional.of(wait.isNegative() ? Duration.ZERO : wait);
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private static Duration usual(int attempt) {
    return Duration.ofSeconds(1L << (attempt - 1));
  }

  /* What was taken is not sent again because the answer broke off. */
  private void accepted(WebResponse response) {
    Optional<Node> found;
    try {
      found = json(response).flatMap(root -> root.get("partialSuccess"));
    } catch (IOException e) {
      warnings.add("the answer could not be read: " + e.getMessage());
      return;
    }
    if (found.isEmpty()) {
      return;
    }
    Node partial = found.get();
    long notTaken = partial.get("rejectedLogRecords").flatMap(OtlpEndpoint::number).orElse(0L);
    String message = partial.text("errorMessage").orElse("");
    rejected += notTaken;
    if (notTaken > 0 || !message.isEmpty()) {
      warnings.add("%d records were not taken: %s".formatted(notTaken, cut(message)));
    }
  }

  private static Optional<Long> number(Node node) {
    try {
      return node.scalar().map(Long::parseLong);
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static String said(WebResponse response) throws IOException {
    Optional<String> message = json(response).flatMap(root -> root.text("message"));
    String status = "status " + response.status();
    return message.map(text -> status + ", \"%s\"".formatted(cut(text))).orElse(status);
  }

  private static String cut(String text) {
    return text.length() > MOST_SHOWN ? text.substring(0, MOST_SHOWN) : text;
  }

  /* An answer in another form, or none, says no more than its status. */
  private static Optional<Node> json(WebResponse response) throws IOException {
    byte[] bytes = response.body().readNBytes(1 << 20);
    try {
      return bytes.length == 0 ? Optional.empty() : Optional.of(Json.read(bytes, ANSWER));
    } catch (DocumentException e) {
      return Optional.empty();
    }
  }
}
