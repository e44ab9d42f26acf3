// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.mcp.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;

/* https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream */
/// Reads server-sent events, and remembers what is needed to go on with them after the stream
/// ended. Lines end in CR, LF or both; an event that the end of the stream cuts is left out. Not
/// safe to share.
final class SseStream {

  private static final int CHUNK = 16 * 1024;
  private static final int LONGEST_ID = 1_024;
  private static final int MOST_DIGITS = 9;
  private static final char MARK = 0xFEFF;

  private final InputStream in;
  private final int longest;
  private final byte[] chunk = new byte[CHUNK];
  private int next;
  private int filled;
  private boolean afterReturn;
  private boolean first = true;
  private String lastId = "";
  private Optional<Duration> retry = Optional.empty();

  /// @param longest the most bytes of a line, and of the data of an event
  SseStream(InputStream in, int longest) {
    this.in = in;
    this.longest = longest;
  }

  /// Returns the id of the last event that had one; empty when none had.
  String lastId() {
    return lastId;
  }

  /// Returns how long the server wants to be left alone after the stream ended.
  Optional<Duration> retry() {
    return retry;
  }

  /// Returns the next event, or empty at the end of the stream. Blocks until it is complete.
  ///
  /// @throws IOException if it is larger than allowed
  Optional<SseEvent> next() throws IOException {
    String type = "";
    boolean some = false;
    StringBuilder data = new StringBuilder();
    for (Optional<String> line = line(); line.isPresent(); line = line()) {
      String text = line.get();
      if (text.isEmpty()) {
        if (some) {
          data.setLength(data.length() - 1);
          return Optional.of(new SseEvent(type.isEmpty() ? "message" : type, data.toString()));
        }
        type = "";
        continue;
      }
      int colon = text.indexOf(':');
      String field = colon < 0 ? text : text.substring(0, colon);
      String value = colon < 0 ? "" : text.substring(colon + 1);
      value = value.startsWith(" ") ? value.substring(1) : value;
      switch (field) {
        case "event" -> type = value;
        case "data" -> {
          some = true;
          data.append(value).append('\n');
          if (data.length() > longest) {
            throw new IOException("an event is larger than %d characters".formatted(longest));
          }
        }
        case "id" -> remember(value);
        case "retry" -> wait(value);
        default -> {
          // A comment, or nothing that is known.
        }
      }
    }
    return Optional.empty();
  }

  /* An id is sent back in a header, so what cannot stand in one is none. */
  private void remember(String id) {
    boolean plain = id.chars().allMatch(c -> c >= ' ' && c <= '~');
    if (plain && id.length() <= LONGEST_ID) {
      lastId = id;
    }
  }

  private void wait(String millis) {
    if (!millis.isEmpty()
        && millis.length() <= MOST_DIGITS
        && millis.chars().allMatch(c -> c >= '0' && c <= '9')) {
      retry = Optional.of(Duration.ofMillis(Long.parseLong(millis)));
    }
  }

  /* The next line that is complete. */
  private Optional<String> line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    while (true) {
      if (next == filled) {
        filled = Math.max(0, in.read(chunk, 0, chunk.length));
        next = 0;
        if (filled == 0) {
          return Optional.empty();
        }
      }
      if (afterReturn && chunk[next] == '\n') {
        next++;
        afterReturn = false;
        continue;
      }
      afterReturn = false;
      int start = next;
      while (next < filled && chunk[next] != '\n' && chunk[next] != '\r') {
        next++;
      }
      line.write(chunk, start, next - start);
      if (line.size() > longest) {
        throw new IOException("a line is longer than %d bytes".formatted(longest));
      }
      if (next < filled) {
        afterReturn = chunk[next] == '\r';
        next++;
        return Optional.of(text(line));
      }
    }
  }

  private String text(ByteArrayOutputStream line) {
    String text = line.toString(UTF_8);
    boolean marked = first && !text.isEmpty() && text.charAt(0) == MARK;
    first = false;
    return marked ? text.substring(1) : text;
  }
}
