// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.models;

import static java.util.Objects.requireNonNull;

import dev.redoubt.agent.api.Delta;
import dev.redoubt.agent.api.Model;
import dev.redoubt.agent.api.ModelAnswer;
import dev.redoubt.agent.api.ModelAnswer.Failed;
import dev.redoubt.agent.api.ModelAnswer.Failure;
import dev.redoubt.agent.api.ModelRequest;
import dev.redoubt.agent.api.Usage;
import dev.redoubt.document.JsonText;
import dev.redoubt.document.Node;
import dev.redoubt.guard.Content;
import dev.redoubt.guard.network.Reading;
import dev.redoubt.guard.network.StrictUrl;
import dev.redoubt.sandbox.network.Surface;
import dev.redoubt.sandbox.network.WebClient;
import dev.redoubt.sandbox.network.WebHeader;
import dev.redoubt.sandbox.network.WebLimits;
import dev.redoubt.sandbox.network.WebOutcome;
import dev.redoubt.sandbox.network.WebRequest;
import dev.redoubt.sandbox.network.WebResponse;
import dev.redoubt.secrets.Redaction;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The models of one provider, asked over HTTP.
///
/// A request is sent once; whether a failure is worth another try is for the caller to decide. Only
/// when a host refuses a field that it may lack, the request is sent again without it, and the
/// model is remembered to be like that. A connection carries several requests with the same key;
/// when it ended meanwhile, before a byte of an answer, the request goes out on another. Ten
/// minutes may pass before the answer begins, five between two pieces of it. An interrupt ends the
/// request at once. The key stands in no message. Safe to share.
public final class HttpModel implements Model {

  private static final WebLimits LIMITS =
      new WebLimits(
          64 * 1024,
          256L << 20,
          Duration.ofHours(24),
          Duration.ofMinutes(10),
          Duration.ofMinutes(5));
  private static final int LARGEST_ERROR = 256 * 1024;
  private static final int MOST_SAID = 600;

  private final Provider provider;
  private final Keys keys;
  private final WebClient client;
  private final RetryAfter retryAfter;
  private final Map<String, Set<Quirk>> learnt = new ConcurrentHashMap<>();

  public HttpModel(Provider provider, Keys keys, WebClient client, Clock clock) {
    this.provider = requireNonNull(provider, "provider");
    this.keys = requireNonNull(keys, "keys");
    this.client = client.keeping();
    this.retryAfter = new RetryAfter(clock);
  }

  @Override
  public ModelAnswer answer(ModelRequest request, Consumer<Delta> listener)
      throws InterruptedException {
    return switch (keys.find(provider.key())) {
      case Keys.Found.Missing(String why) -> failed(Failure.CREDENTIALS, why, Usage.NONE);
      case Keys.Found.Unneeded _ -> answer(request, listener, null);
      case Keys.Found.Key(ApiKey key) -> answer(request, listener, key);
    };
  }

  private ModelAnswer answer(ModelRequest request, Consumer<Delta> listener, @Nullable ApiKey key)
      throws InterruptedException {
    Wire wire = provider.protocol().wire();
    while (true) {
      Set<Quirk> quirks = EnumSet.noneOf(Quirk.class);
      quirks.addAll(provider.quirks());
      quirks.addAll(learnt.getOrDefault(request.model(), Set.of()));
      Node.Obj body = wire.body(request, quirks);
      try (WebResponse response = send(wire, request, body, key)) {
        if (response.status() / 100 == 2) {
          return read(response, wire.reader(request, listener), key);
        }
        ProviderError error = error(response);
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        Optional<Quirk> quirk = Quirk.behind(error, body, quirks);
        if (quirk.isEmpty()) {
          return failed(error, retryAfter.in(response), Usage.NONE, key);
        }
        quirks.add(quirk.get());
        learnt.put(request.model(), Set.copyOf(quirks));
      } catch (RefusedException e) {
        return failed(Failure.REFUSED, String.valueOf(e.getMessage()), Usage.NONE);
      } catch (IOException e) {
        return connection(e, Usage.NONE, key);
      }
    }
  }

  private WebResponse send(Wire wire, ModelRequest request, Node.Obj body, @Nullable ApiKey key)
      throws IOException {
    List<WebHeader> headers = new ArrayList<>();
    headers.add(WebHeader.plain("Content-Type", "application/json"));
    headers.add(WebHeader.plain("Accept", "text/event-stream, application/json"));
    // A packed stream would be held back until a block of it is full.
    headers.add(WebHeader.plain("Accept-Encoding", "identity"));
    headers.addAll(wire.headers());
    headers.addAll(provider.endpoint().headers());
    if (key != null) {
      headers.add(provider.endpoint().auth().header(key));
    }
    WebRequest asked =
        new WebRequest(
            "POST",
            resolved(provider.endpoint().base(), provider.endpoint().reference(wire, request)),
            headers,
            Content.of(JsonText.of(body)),
            Surface.operator(provider.endpoint().base()),
            LIMITS);
    return switch (client.send(asked)) {
      case WebOutcome.Answered(WebResponse response) -> response;
      case WebOutcome.Refused(String _, String reason) -> throw new RefusedException(reason);
    };
  }

  private static StrictUrl resolved(StrictUrl base, String reference) throws RefusedException {
    return switch (base.resolve(reference)) {
      case Reading.Good<StrictUrl>(StrictUrl url) -> url;
      case Reading.Bad<StrictUrl>(String _, String reason) -> throw new RefusedException(reason);
    };
  }

  private ModelAnswer read(WebResponse response, AnswerReader reader, @Nullable ApiKey key)
      throws InterruptedException {
    try {
      InputStream body = new BufferedInputStream(response.body());
      if (isPage(response)) {
        throw new MalformedAnswerException(
            "%s answered with a page: is the base URL right?".formatted(response.url()));
      }
      if (startsJson(body)) {
        byte[] document = body.readNBytes(AnswerJson.LARGEST);
        reader.document(AnswerJson.read(document));
      } else {
        SseReader events = new SseReader(body, AnswerJson.LARGEST);
        boolean over = false;
        while (!over) {
          Optional<SseEvent> event = events.next();
          over = event.isEmpty() || reader.event(event.get());
        }
        response.finish();
      }
      return reader.end();
    } catch (ProviderErrorException e) {
      ProviderError error = ProviderError.of(response.status(), e.document());
      return failed(error, Optional.empty(), reader.counts().usage(), key);
    } catch (MalformedAnswerException e) {
      String said = shown(String.valueOf(e.getMessage()), key);
      return failed(Failure.MALFORMED, said, reader.counts().usage());
    } catch (IOException e) {
      return connection(e, reader.counts().usage(), key);
    }
  }

  private static boolean isPage(WebResponse response) {
    return response.header("content-type").orElse("").toLowerCase(Locale.ROOT).contains("html");
  }

  /// Says whether a document comes instead of a stream, whatever its type says.
  private static boolean startsJson(InputStream body) throws IOException {
    body.mark(64);
    int first = body.read();
    for (int i = 0; i < 60 && (first == ' ' || first == '\n' || first == '\r'); i++) {
      first = body.read();
    }
    body.reset();
    return first == '{' || first == '[';
  }

  private static ProviderError error(WebResponse response) {
    String said = "";
    try {
      byte[] body = response.body().readNBytes(LARGEST_ERROR);
      said = new String(body, java.nio.charset.StandardCharsets.UTF_8).strip();
      return ProviderError.of(response.status(), AnswerJson.read(said));
    } catch (IOException e) {
      boolean isText = !said.isEmpty() && !said.startsWith("<");
      return new ProviderError(response.status(), "", isText ? said : "", Optional.empty());
    }
  }

  private Failed failed(
      ProviderError error, Optional<Duration> header, Usage usage, @Nullable ApiKey key) {
    String status = error.status() / 100 == 2 ? "it failed" : "status " + error.status();
    String said = error.message().isEmpty() ? "" : ", \"" + shown(error.message(), key) + "\"";
    return new Failed(
        error.failure(), provider.id() + ": " + status + said, header.or(error::retryAfter), usage);
  }

  private Failed failed(Failure failure, String message, Usage usage) {
    return new Failed(failure, provider.id() + ": " + message, Optional.empty(), usage);
  }

  private ModelAnswer connection(IOException e, Usage usage, @Nullable ApiKey key)
      throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    String said = "%s: %s".formatted(provider.endpoint().base().authority(), reason(e));
    return failed(Failure.CONNECTION, shown(said, key), usage);
  }

  /* An exception that only carries another says no more than its name. */
  private static String reason(Throwable e) {
    Throwable cause = e.getCause();
    String said = e.getMessage();
    if (cause != null && (said == null || said.equals(cause.toString()))) {
      return reason(cause);
    }
    return said == null ? "the connection failed" : said;
  }

  /// What somebody else said, in one line, cut, and without secrets.
  private static String shown(String text, @Nullable ApiKey key) {
    String known = key == null ? text : key.masked(text);
    String clean = Redaction.text(known).replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    return clean.length() > MOST_SAID ? clean.substring(0, MOST_SAID) + "…" : clean;
  }

  /// Says that the network rules do not let a request out.
  private static final class RefusedException extends IOException {

    private static final long serialVersionUID = 1L;

    RefusedException(String message) {
      super(message);
    }
  }
}
