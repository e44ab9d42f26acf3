// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.relay;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.redoubt.cli.Main;
import dev.redoubt.cli.Surroundings;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// `redoubt gateway` in this process, at a free port, and an HTTP client for it.
final class RunningGateway implements AutoCloseable {

  private static final String INITIALIZE =
      """
      {"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-11-25",\
      "capabilities":{},"clientInfo":{"name":"desk","version":"1"}}}\
      """;

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private final Thread thread;
  private final String address;

  RunningGateway(Path folder, Path home, String... options) throws IOException {
    Pipe ready = Pipe.open();
    List<String> arguments = new ArrayList<>(List.of("gateway", "--listen", "127.0.0.1:0"));
    arguments.addAll(List.of(options));
    PrintStream out = new PrintStream(Channels.newOutputStream(ready.sink()), true, UTF_8);
    Surroundings world =
        new Surroundings(
            Map.of("HOME", home.toString(), "PATH", System.getenv("PATH")),
            folder,
            new Surroundings.Streams(
                InputStream.nullInputStream(),
                out,
                new PrintStream(said, true, UTF_8),
                Surroundings.Terminals.NONE),
            Clock.systemUTC());
    thread =
        Thread.ofPlatform()
            .daemon()
            .start(() -> {
              Main.run(arguments, world);
              out.close();
            });
    String line =
        new BufferedReader(new InputStreamReader(Channels.newInputStream(ready.source()), UTF_8))
            .readLine();
    if (line == null || !line.startsWith("ready ")) {
      throw new IOException("it is not ready: " + line + " " + said());
    }
    address = line.substring("ready ".length());
  }

  String address() {
    return address;
  }

  String said() {
    return said.toString(UTF_8);
  }

  /// Returns the answer to a request; `headers` are names and values in turn.
  HttpResponse<String> send(String method, String path, String body, String... headers)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(address + path))
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .header("Content-Type", "application/json")
            .header("Accept", "application/json, text/event-stream");
    if (headers.length > 0) {
      request.headers(headers);
    }
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  /// Returns the answer to a greeting.
  HttpResponse<String> greet(String path, String... headers) throws Exception {
    return send("POST", path, INITIALIZE, headers);
  }

  /// Begins a session and returns its id.
  String session(String path, String... headers) throws Exception {
    HttpResponse<String> greeting = greet(path, headers);
    String id =
        greeting
            .headers()
            .firstValue("Mcp-Session-Id")
            .orElseThrow(() -> new AssertionError(greeting.body() + said()));
    List<String> all = new ArrayList<>(List.of(headers));
    all.addAll(List.of("Mcp-Session-Id", id));
    send(
        "POST",
        path,
        "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}",
        all.toArray(String[]::new));
    return id;
  }

  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    http.close();
  }
}
