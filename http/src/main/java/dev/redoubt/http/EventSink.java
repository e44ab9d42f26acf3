// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Optional;

/// Where server-sent events go. Each method waits until the client has taken what was written, as
/// far as the buffers of the system tell: who writes faster than a client reads is slowed down. One
/// thread at a time.
public final class EventSink {

  private final OutputStream out;

  EventSink(OutputStream out) {
    this.out = requireNonNull(out, "out");
  }

  /// Writes one event.
  ///
  /// @param id what a client asks for again from where it was cut off
  /// @throws IOException if the client is gone
  public void send(Optional<String> id, String data) throws IOException {
    StringBuilder event = new StringBuilder(data.length() + 64);
    id.ifPresent(given -> line(event, "id", given));
    data.lines().forEach(each -> line(event, "data", each));
    if (data.isEmpty()) {
      line(event, "data", "");
    }
    write(event.append('\n'));
  }

  /// Tells the client how long to wait before it connects again.
  public void retry(Duration wait) throws IOException {
    StringBuilder event = new StringBuilder();
    line(event, "retry", Long.toString(wait.toMillis()));
    write(event.append('\n'));
  }

  /// Writes what every client passes over, to find out whether it is there.
  public void ping() throws IOException {
    write(new StringBuilder(":\n\n"));
  }

  private static void line(StringBuilder event, String field, String value) {
    if (value.indexOf('\n') >= 0 || value.indexOf('\r') >= 0) {
      throw new IllegalArgumentException("a field of an event has one line");
    }
    event.append(field).append(": ").append(value).append('\n');
  }

  private void write(StringBuilder event) throws IOException {
    try {
      out.write(event.toString().getBytes(UTF_8));
      out.flush();
    } catch (RuntimeException e) {
      throw new IOException("the client is gone", e);
    }
  }
}
