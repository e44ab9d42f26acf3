// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.models;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/* https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream, without
 * what concerns reconnecting. */
/// Reads server-sent events.
///
/// Lines end in CR, LF or both; a byte order mark at the start is skipped; bytes that are no UTF-8
/// become U+FFFD. An event that the end of the stream cuts is left out. Not safe to share.
final class SseReader {

  private static final int CHUNK = 16 * 1024;

  private final InputStream in;
  private final int longest;
  private final byte[] chunk = new byte[CHUNK];
  private int next;
  private int filled;
  private boolean afterReturn;
  private boolean first = true;

  /// @param longest the most bytes of a line, and of the data of an event
  SseReader(InputStream in, int longest) {
    this.in = in;
    this.longest = longest;
  }

  /// Returns the next event, or empty at the end of the stream. Blocks until it is complete.
  ///
  /// @throws MalformedAnswerException if it is larger than allowed
  Optional<SseEvent> next() throws IOException {
    String type = "";
    StringBuilder data = new StringBuilder();
    for (Optional<String> line = line(); line.isPresent(); line = line()) {
      String text = line.get();
      if (text.isEmpty()) {
        if (!data.isEmpty()) {
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
          data.append(value).append('\n');
          if (data.length() > longest) {
            throw new MalformedAnswerException(
                "an event is larger than %d characters".formatted(longest));
          }
        }
        default -> {
          // A comment, or a field that is for reconnecting.
        }
      }
    }
    return Optional.empty();
  }

  /// Returns the next line that is complete.
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
        throw new MalformedAnswerException("a line is longer than %d bytes".formatted(longest));
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
    boolean marked = first && text.startsWith("\uFEFF");
    first = false;
    return marked ? text.substring(1) : text;
  }
}
