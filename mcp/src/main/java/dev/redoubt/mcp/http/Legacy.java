// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.mcp.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/// A connection in the manner of 2024-11-05: one stream of events brings every message, and others
/// are posted to a place that its first event names. Safe to share.
final class Legacy {

  private final WebExchange web;
  private final WebExchange.Ask post;
  private final WebExchange.Reply reply;
  private final SseStream events;

  private Legacy(WebExchange web, WebExchange.Ask post, WebExchange.Reply reply, SseStream events) {
    this.web = requireNonNull(web, "web");
    this.post = requireNonNull(post, "post");
    this.reply = requireNonNull(reply, "reply");
    this.events = requireNonNull(events, "events");
  }

  /// Returns a connection; empty when the server does not speak in that manner.
  ///
  /// @throws IOException if it wants messages to be sent somewhere else than to itself
  static Optional<Legacy> find(WebExchange web, HttpSession session, int largest)
      throws IOException {
    WebExchange.Ask get = session.get("");
    WebExchange.Reply reply = web.send(get);
    boolean found = false;
    try {
      if (reply.status() != 200 || !HttpTransport.type(reply).equals("text/event-stream")) {
        return Optional.empty();
      }
      SseStream events = new SseStream(reply.body(), largest);
      Optional<SseEvent> first = events.next();
      if (first.filter(event -> event.type().equals("endpoint")).isEmpty()) {
        return Optional.empty();
      }
      List<HttpField> fields =
          new java.util.ArrayList<>(
              get.fields().stream().filter(field -> !field.name().equals("Accept")).toList());
      fields.add(new HttpField("Content-Type", "application/json"));
      WebExchange.Ask post =
          new WebExchange.Ask(
              "POST",
              endpoint(session.url(), first.get().data()),
              fields,
              "",
              WebExchange.Ask.Kind.DOCUMENT);
      found = true;
      return Optional.of(new Legacy(web, post, reply, events));
    } finally {
      if (!found) {
        reply.close();
      }
    }
  }

  /* Everything that is said goes there, credentials included: never to another server. */
  private static String endpoint(String url, String named) throws IOException {
    try {
      URI base = URI.create(url);
      URI place = base.resolve(named.strip());
      boolean same =
          Objects.equals(base.getScheme(), place.getScheme())
              && Objects.equals(base.getRawAuthority(), place.getRawAuthority());
      if (!same) {
        throw new IOException("it wants messages to be sent to another server");
      }
      return place.toString();
    } catch (IllegalArgumentException e) {
      throw new IOException("it names no place to send messages to", e);
    }
  }

  void post(String text) throws IOException {
    try (WebExchange.Reply answer =
        web.send(
            new WebExchange.Ask(post.method(), post.url(), post.fields(), text, post.kind()))) {
      if (answer.status() / 100 != 2) {
        throw new IOException("it answered with status %d".formatted(answer.status()));
      }
    }
  }

  /// Passes on every message until the stream ends.
  void read(Consumer<byte[]> taker) {
    try {
      for (Optional<SseEvent> event = events.next(); event.isPresent(); event = events.next()) {
        if (event.get().type().equals("message") && !event.get().data().isBlank()) {
          taker.accept(event.get().data().getBytes(UTF_8));
        }
      }
    } catch (IOException e) {
      // It has ended.
    } finally {
      reply.close();
    }
  }

  void close() {
    reply.close();
  }
}
