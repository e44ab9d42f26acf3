// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// An answer to a request. Immutable.
public final class HttpReply {

  private static final int LOWEST = 200;
  private static final int HIGHEST = 599;

  private final int status;
  private final Map<String, String> headers;
  private final byte[] body;
  private final Optional<EventStream> events;

  private HttpReply(
      int status, Map<String, String> headers, byte[] body, Optional<EventStream> events) {
    if (status < LOWEST || status > HIGHEST) {
      throw new IllegalArgumentException("a status is 200 to 599, not %d".formatted(status));
    }
    this.status = status;
    this.headers = headers;
    this.body = body;
    this.events = events;
  }

  /// An answer that carries `body`, which must not be changed any more.
  public static HttpReply of(int status, String type, byte[] body) {
    return new HttpReply(
        status, Map.of("Content-Type", type), requireNonNull(body, "body"), Optional.empty());
  }

  /// An answer that carries JSON.
  public static HttpReply json(int status, String json) {
    return of(status, "application/json", json.getBytes(UTF_8));
  }

  /// An answer that carries nothing.
  public static HttpReply empty(int status) {
    return new HttpReply(status, Map.of(), new byte[0], Optional.empty());
  }

  /// An answer of status 200 that carries server-sent events as `stream` writes them.
  public static HttpReply events(EventStream stream) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", "text/event-stream");
    headers.put("Cache-Control", "no-store");
    headers.put("X-Accel-Buffering", "no");
    return new HttpReply(200, headers, new byte[0], Optional.of(stream));
  }

  /// An answer that says what is wrong, as RFC 9457 has it.
  ///
  /// @param title what kind of problem
  /// @param detail what is wrong with this request, in words for people
  public static HttpReply problem(int status, String title, String detail) {
    return of(
        status, "application/problem+json", Problems.text(status, title, detail).getBytes(UTF_8));
  }

  /// Returns this answer with one header more, in place of one of that name.
  public HttpReply with(String name, String value) {
    if ((name + value).chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
      throw new IllegalArgumentException("a header has one line");
    }
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new HttpReply(status, more, body, events);
  }

  /// Returns the status.
  public int status() {
    return status;
  }

  /// Returns the headers that were set.
  public Map<String, String> headers() {
    return Map.copyOf(headers);
  }

  /// Returns what it carries at once; nothing when it carries events.
  public byte[] body() {
    return body.clone();
  }

  byte[] bytes() {
    return body;
  }

  /// Returns what writes its events, if it carries them.
  public Optional<EventStream> events() {
    return events;
  }
}
