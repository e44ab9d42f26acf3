// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.serve;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.cli.Main;
import dev.redoubt.cli.Surroundings;
import dev.redoubt.cli.Surroundings.Streams;
import dev.redoubt.cli.Surroundings.Terminals;
import dev.redoubt.document.Node;
import dev.redoubt.mcp.client.CallAnswer;
import dev.redoubt.mcp.client.ClientSettings;
import dev.redoubt.mcp.client.ClientSettings.Approach;
import dev.redoubt.mcp.client.McpClient;
import dev.redoubt.mcp.client.ToolDescriptor;
import dev.redoubt.mcp.http.HttpField;
import dev.redoubt.mcp.http.HttpTransport;
import dev.redoubt.mcp.http.WebExchange;
import dev.redoubt.mcp.rpc.Framing;
import dev.redoubt.mcp.rpc.StreamTransport;
import dev.redoubt.mcp.rpc.Transport;
import dev.redoubt.testkit.NeedsEngine;
import dev.redoubt.testkit.npm.NpmPrograms;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// `redoubt mcp serve` and clients that were not written for its tests.
class ServePeersTest {

  private static final Duration LONG = Duration.ofSeconds(60);
  private static final Map<String, Map<String, String>> CALLS =
      new TreeMap<>(
          Map.of(
              "scan", Map.of(),
              "inventory", Map.of("name", "left"),
              "findings", Map.of("severity", "high"),
              "reach", Map.of("node", "docs"),
              "explain", Map.of("command", "rm -rf /"),
              "check_package", Map.of("purl", "pkg:npm/left-pad@1.3.0"),
              "posture", Map.of()));

  @TempDir private Path folder;
  @TempDir private Path home;

  @BeforeEach
  void aProject() throws IOException {
    Files.writeString(
        folder.resolve(".mcp.json"),
        "{\"mcpServers\":{\"docs\":{\"url\":\"http://docs.example/mcp\"}}}");
  }

  /// A server that runs in this process.
  private final class Served implements AutoCloseable {
    private final Pipe to = Pipe.open();
    private final Pipe from = Pipe.open();
    private final OutputStream in = Channels.newOutputStream(to.sink());
    private final InputStream out = Channels.newInputStream(from.source());
    private final Thread thread;

    Served(String... options) throws IOException {
      List<String> arguments = new ArrayList<>(List.of("mcp", "serve"));
      arguments.addAll(List.of(options));
      Surroundings world =
          new Surroundings(
              Map.of("HOME", home.toString()),
              folder,
              new Streams(
                  Channels.newInputStream(to.source()),
                  new PrintStream(Channels.newOutputStream(from.sink()), true, UTF_8),
                  new PrintStream(new ByteArrayOutputStream(), true, UTF_8),
                  Terminals.NONE),
              Clock.systemUTC());
      thread = Thread.ofPlatform().daemon().start(() -> Main.run(arguments, world));
    }

    String url() throws IOException {
      String ready = new BufferedReader(new InputStreamReader(out, UTF_8)).readLine();
      assertThat(ready).startsWith("ready ");
      return ready.substring("ready ".length()) + "/mcp";
    }

    Transport pipe() {
      return new StreamTransport(out, in, Framing.LINES, 16 << 20, this::hangUp);
    }

    private void hangUp() {
      try {
        in.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /* Over its standard input it ends with the client: nobody interrupts it. */
    void ends() throws InterruptedException {
      assertThat(thread.join(LONG)).isTrue();
    }

    @Override
    public void close() throws IOException {
      thread.interrupt();
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      in.close();
      from.sink().close();
      to.source().close();
      out.close();
    }
  }

  @ParameterizedTest
  @EnumSource
  void ourClientUsesEachToolOverThePipe(Approach approach) throws Exception {
    try (Served served = new Served()) {
      everyToolAnswers(served.pipe(), approach);
      served.ends();
    }
  }

  @ParameterizedTest
  @EnumSource
  void ourClientUsesEachToolOverHttp(Approach approach) throws Exception {
    try (HttpClient web = HttpClient.newHttpClient();
        Served served = new Served("--listen", "127.0.0.1:0")) {
      everyToolAnswers(
          new HttpTransport(ask -> asked(web, ask), served.url(), List.of(), 16 << 20), approach);
    }
  }

  private static WebExchange.Reply asked(HttpClient web, WebExchange.Ask ask) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(ask.url()))
            .method(ask.method(), HttpRequest.BodyPublishers.ofString(ask.body()));
    for (HttpField field : ask.fields()) {
      request.header(field.name(), field.value());
    }
    try {
      HttpResponse<InputStream> response =
          web.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
      return new WebExchange.Reply(
          response.statusCode(), response.headers().map(), response.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  private static void everyToolAnswers(Transport transport, Approach approach) throws Exception {
    ClientSettings settings =
        new ClientSettings("1", List.of(Path.of("/nowhere/work")), LONG, LONG)
            .approaching(approach);
    try (McpClient client = McpClient.connect(transport, settings)) {
      assertThat(client.tools())
          .extracting(ToolDescriptor::name)
          .containsExactlyInAnyOrderElementsOf(CALLS.keySet());
      CALLS.forEach((tool, arguments) -> {
        Map<String, Node> given = new TreeMap<>();
        arguments.forEach((name, value) -> given.put(name, new Node.Text(value, 1)));
        assertThat(call(client, tool, new Node.Obj(given, 1)))
            .as(tool)
            .isInstanceOfSatisfying(
                CallAnswer.Came.class,
                came -> {
                  assertThat(came.result().isTrue("isError")).as(came.toString()).isFalse();
                  assertThat(came.result().get("structuredContent")).isPresent();
                });
      });
      assertThat(client.lost()).isEmpty();
    }
  }

  private static CallAnswer call(McpClient client, String tool, Node.Obj arguments) {
    try {
      return client.call(tool, arguments, LONG, LONG);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  @Timeout(300)
  @NeedsEngine("npm")
  void theInspectorUsesIt() throws Exception {
    try (Served served = new Served("--listen", "127.0.0.1:0")) {
      String url = served.url();

      assertThat(inspected(url, "--method", "tools/list"))
          .contains("\"check_package\"", "\"inputSchema\"")
          .doesNotContain("\"run\"");
      assertThat(
              inspected(
                  url,
                  "--method",
                  "tools/call",
                  "--tool-name",
                  "explain",
                  "--tool-arg",
                  "command=rm -rf /"))
          .contains("\"deny\"")
          .doesNotContain("\"isError\": true");
    }
  }

  private String inspected(String url, String... arguments) throws Exception {
    List<String> command =
        new ArrayList<>(
            NpmPrograms.of("@modelcontextprotocol/inspector@2.12.0")
                .command("mcp-inspector", "--cli", url, "--transport", "http"));
    command.addAll(List.of(arguments));
    Path said = Files.createTempFile(home, "inspector", ".txt");
    Process inspector =
        new ProcessBuilder(command)
            .directory(home.toFile())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();
    try {
      int exit = inspector.waitFor();
      assertThat(exit).as(Files.readString(said)).isZero();
    } finally {
      inspector.destroyForcibly();
    }
    return Files.readString(said);
  }
}
