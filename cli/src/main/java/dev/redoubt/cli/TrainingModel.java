// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.redoubt.guard.network.IpAddress;
import dev.redoubt.sandbox.network.Connection;
import dev.redoubt.sandbox.network.Listener;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;

/// A model on loopback that answers what [StartupTraining] needs and understands nothing.
final class TrainingModel implements AutoCloseable {

  private static final int LONGEST_LINE = 8192;

  private final Listener listener;
  private final Deque<String> answers;

  private TrainingModel(Listener listener, List<String> answers) {
    this.listener = listener;
    this.answers = new ArrayDeque<>(answers);
  }

  /// Returns one that gives `answers` in turn, each the `delta` of an event of OpenAI Chat.
  static TrainingModel answering(List<String> answers) throws IOException {
    IpAddress loopback = IpAddress.of(new byte[] {127, 0, 0, 1});
    TrainingModel model = new TrainingModel(Listener.onAddress(loopback, 0), answers);
    Thread.ofVirtual().start(model::serve);
    return model;
  }

  /// Returns the base of its API.
  String url() {
    return "http://127.0.0.1:" + listener.port() + "/v1";
  }

  private void serve() {
    while (!answers.isEmpty()) {
      try (Connection connection = listener.accept()) {
        skipRequest(new BufferedInputStream(connection.input()));
        String events = events(answers.pop());
        connection
            .output()
            .write(
                ("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n"
                        + events)
                    .getBytes(UTF_8));
        connection.finish();
      } catch (IOException e) {
        return;
      }
    }
  }

  private static String events(String delta) {
    String reason = delta.contains("tool_calls") ? "tool_calls" : "stop";
    return "data: {\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":%s,\"finish_reason\":null}]}\n\n"
            .formatted(delta)
        + "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"%s\"}]}\n\n"
            .formatted(reason)
        + "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":9}}\n\n"
        + "data: [DONE]\n\n";
  }

  private static void skipRequest(InputStream in) throws IOException {
    int length = 0;
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
        length = Integer.parseInt(line.substring(15).strip());
      }
    }
    in.skipNBytes(length);
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
      if (line.length() < LONGEST_LINE && next != '\r') {
        line.append((char) next);
      }
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
