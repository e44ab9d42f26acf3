// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.archtest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/// An agent that speaks to `redoubt proxy`, packaged and in a process of its own, over real
/// streams.
final class ProxySession implements AutoCloseable {

  static final String GREETING =
      "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{\"protocolVersion\":"
          + "\"2025-11-25\",\"clientInfo\":{\"name\":\"agent\",\"version\":\"1\"}}}";
  static final String GREETED = "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}";
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(120);

  private final Process process;
  private final Path errors;
  private final List<String> lines = new ArrayList<>();
  private final Thread reader;

  private ProxySession(Process process, Path errors) {
    this.process = process;
    this.errors = errors;
    this.reader = Thread.ofVirtual().start(this::read);
  }

  /// Starts `redoubt proxy` with `arguments`, and greets the server behind it.
  static ProxySession start(Packaged redoubt, String... arguments) throws Exception {
    List<String> words = new ArrayList<>(List.of("proxy"));
    words.addAll(List.of(arguments));
    Path errors = Files.createTempFile(redoubt.home(), "errors", "");
    ProxySession session =
        new ProxySession(redoubt.piped(words).redirectError(errors.toFile()).start(), errors);
    session.send(GREETING);
    assertThat(session.answer("1")).contains("\"protocolVersion\"");
    session.send(GREETED);
    return session;
  }

  static String call(int id, String tool, String arguments) {
    return "{\"jsonrpc\":\"2.0\",\"id\":%d,\"method\":\"tools/call\",\"params\":{\"name\":\"%s\",\"arguments\":%s}}"
        .formatted(id, tool, arguments);
  }

  private void read() {
    try (BufferedReader in =
        new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        synchronized (lines) {
          lines.add(line);
        }
      }
    } catch (IOException e) {
      // It has ended.
    }
  }

  void send(String line) throws IOException {
    send((line + "\n").getBytes(UTF_8));
  }

  void send(byte[] bytes) throws IOException {
    process.getOutputStream().write(bytes);
    process.getOutputStream().flush();
  }

  /// Calls a tool and returns the answer.
  String ask(int id, String tool, String arguments) throws Exception {
    send(call(id, tool, arguments));
    return answer(String.valueOf(id));
  }

  /// Returns the line with the answer to the request with the id `id`, as JSON, once it is there.
  String answer(String id) throws Exception {
    String mark = "\"id\":" + id;
    await("an answer to " + id, () -> lines().stream().anyMatch(line -> line.contains(mark)));
    return lines().stream().filter(line -> line.contains(mark)).findFirst().orElseThrow();
  }

  /// Returns what the agent was sent until now.
  List<String> lines() {
    synchronized (lines) {
      return List.copyOf(lines);
    }
  }

  String errors() throws IOException {
    return Files.readString(errors, UTF_8);
  }

  ProcessHandle process() {
    return process.toHandle();
  }

  /// Waits for `condition`.
  void await(String what, BooleanSupplier condition) throws Exception {
    long end = System.nanoTime() + PATIENCE;
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime())
          .as("waiting for %s; it wrote %s and said %s", what, lines(), errors())
          .isLessThan(end);
      Thread.sleep(10);
    }
  }

  /// Waits until it ends by itself, and returns how.
  int ended() throws Exception {
    assertThat(process.waitFor(PATIENCE, TimeUnit.NANOSECONDS)).as(errors()).isTrue();
    reader.join();
    return process.exitValue();
  }

  /// Closes its input as an agent does that ends, and returns its exit code.
  int end() throws Exception {
    process.getOutputStream().close();
    return ended();
  }

  @Override
  public void close() throws IOException {
    process.getOutputStream().close();
    process.destroyForcibly();
  }
}
