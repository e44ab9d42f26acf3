// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.sessions;

import dev.redoubt.agent.sessions.SessionReader.Recorded;
import java.util.List;
import java.util.stream.Stream;

/// What was said and done in a session, line by line, for whoever looks for something.
public final class SessionText {

  private SessionText() {}

  /// Returns the lines in order.
  public static List<String> lines(List<Recorded> events) {
    return Timeline.of(events).stream()
        .flatMap(item -> Stream.concat(Stream.of(item.heading()), item.body().lines()))
        .filter(line -> !line.isBlank())
        .map(String::strip)
        .toList();
  }
}
