// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.relay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.cli.Terminal;
import dev.redoubt.document.Json;
import dev.redoubt.document.JsonText;
import dev.redoubt.document.Limits;
import dev.redoubt.document.Node;
import dev.redoubt.mcp.client.CallAnswer;
import dev.redoubt.mcp.client.ClientSettings;
import dev.redoubt.mcp.client.McpClient;
import dev.redoubt.mcp.rpc.PeerSettings;
import dev.redoubt.mcp.rpc.RpcAnswer;
import dev.redoubt.mcp.rpc.RpcCall;
import dev.redoubt.mcp.rpc.RpcHandler;
import dev.redoubt.mcp.rpc.RpcPeer;
import dev.redoubt.testkit.NeedsEngine;
import dev.redoubt.testkit.npm.NpmPrograms;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The reference servers of the protocol behind `redoubt proxy`, asked by the client of Redoubt.
@Timeout(300)
@NeedsEngine("npm")
class NpmServersTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir private Path folder;
  @TempDir private Path home;

  /// A server, how it is started, and what it is asked: `TOOL ARGUMENTS`, `read URI` or `prompt
  /// NAME ARGUMENTS`. `FOLDER` is the folder of the test.
  enum Reference {
    EVERYTHING(
        List.of(
            "echo {\"message\":\"grüß \\\"dich\\\" 🦊\"}",
            "echo {}",
            "get-sum {\"a\":0.1,\"b\":12345678901234567890}",
            "get-structured-content {\"location\":\"Chicago\"}",
            "get-annotated-message {\"messageType\":\"error\",\"includeImage\":true}",
            "get-tiny-image {}",
            "get-resource-links {\"count\":3}",
            "no-such-tool {}",
            "read demo://resource/static/document/features.md",
            "read demo://no/such/resource",
            "prompt args-prompt {\"city\":\"Wien\",\"state\":\"A\"}",
            "prompt no-such-prompt {}")),
    FILESYSTEM(
        List.of(
            "list_allowed_directories {}",
            "write_file {\"path\":\"FOLDER/new.txt\",\"content\":\"one\\ntwo\\n\"}",
            "read_text_file {\"path\":\"FOLDER/new.txt\",\"head\":1}",
            "edit_file {\"path\":\"FOLDER/new.txt\",\"dryRun\":true,"
                + "\"edits\":[{\"oldText\":\"two\",\"newText\":\"2\"}]}",
            "directory_tree {\"path\":\"FOLDER\"}",
            "read_multiple_files {\"paths\":[\"FOLDER/a.txt\",\"FOLDER/none.txt\"]}",
            "read_text_file {\"path\":\"FOLDER/none.txt\"}")),
    MEMORY(
        List.of(
            "create_entities {\"entities\":[{\"name\":\"fox\",\"entityType\":\"animal\","
                + "\"observations\":[\"red\",\"quick\"]},{\"name\":\"hen\","
                + "\"entityType\":\"animal\",\"observations\":[]}]}",
            "create_relations {\"relations\":[{\"from\":\"fox\",\"to\":\"hen\","
                + "\"relationType\":\"hunts\"}]}",
            "search_nodes {\"query\":\"quick\"}",
            "create_entities {\"entities\":\"none\"}",
            "read_graph {}"));

    private final String questions;

    Reference(List<String> questions) {
      this.questions = String.join("\n", questions);
    }

    private List<String> questions() {
      return questions.lines().toList();
    }
  }

  @BeforeEach
  void writeAFile() throws Exception {
    folder = folder.toRealPath();
    Files.writeString(folder.resolve("a.txt"), "what a holds\n");
  }

  private static NpmPrograms servers() {
    return NpmPrograms.of(
        "@modelcontextprotocol/server-everything@2026.8.31",
        "@modelcontextprotocol/server-filesystem@2026.8.31",
        "@modelcontextprotocol/server-memory@2026.8.31");
  }

  /* What memory keeps lies in a file of its own each time. */
  private List<String> command(Reference server, String run) {
    return switch (server) {
      case EVERYTHING -> servers().command("mcp-server-everything");
      case FILESYSTEM -> servers().command("mcp-server-filesystem", folder.toString());
      case MEMORY -> {
        List<String> command = new ArrayList<>();
        command.addAll(
            List.of("env", "MEMORY_FILE_PATH=" + folder.resolve("memory-%s.jsonl".formatted(run))));
        command.addAll(servers().command("mcp-server-memory"));
        yield command;
      }
    };
  }

  private McpClient meet(Wire wire) throws Exception {
    return meet(wire, List.of(folder));
  }

  private static McpClient meet(Wire wire, List<Path> roots) throws Exception {
    return McpClient.connect(
        wire.transport(), new ClientSettings("1.0", roots, PATIENCE, Duration.ofSeconds(3)));
  }

  /* Everything it tells of itself, and its answer to every question, a line each. */
  private List<String> interview(McpClient client, List<String> questions) throws Exception {
    List<String> lines = new ArrayList<>();
    lines.add(client.server().toString());
    client.tools().forEach(tool -> lines.add(JsonText.of(tool.whole())));
    client.resources().forEach(resource -> lines.add(JsonText.of(resource)));
    client.resourceTemplates().forEach(template -> lines.add(JsonText.of(template)));
    client.prompts().forEach(prompt -> lines.add(JsonText.of(prompt)));
    for (String question : questions) {
      lines.add(question + " -> " + answer(client, question));
    }
    return lines;
  }

  private String answer(McpClient client, String question) throws Exception {
    String[] words = question.replace("FOLDER", folder.toString()).split(" ", 2);
    CallAnswer answer =
        switch (words[0]) {
          case "read" -> client.read(words[1], PATIENCE, PATIENCE);
          case "prompt" -> {
            String[] prompt = words[1].split(" ", 2);
            yield client.prompt(prompt[0], json(prompt[1]), PATIENCE, PATIENCE);
          }
          default -> client.call(words[0], json(words[1]), PATIENCE, PATIENCE);
        };
    return switch (answer) {
      case CallAnswer.Came(Node.Obj result) -> JsonText.of(result);
      case CallAnswer.Refused refused -> refused.toString();
      case CallAnswer.Broken broken -> broken.toString();
    };
  }

  private static Node.Obj json(String text) throws Exception {
    return (Node.Obj) Json.read(text.getBytes(UTF_8), new Limits(1 << 20, 20, 1_000));
  }

  @ParameterizedTest
  @EnumSource
  void aServerTellsAndAnswersTheSameThroughTheProxy(Reference server) throws Exception {
    List<String> direct;
    try (Wire wire = Wire.direct(folder, command(server, "direct"));
        McpClient client = meet(wire)) {
      direct = interview(client, server.questions());
    }
    Files.deleteIfExists(folder.resolve("memory-direct.jsonl"));
    List<String> proxied;
    Wire wire = Wire.proxied(folder, home, List.of(), command(server, "proxied"));
    try (McpClient client = meet(wire)) {
      proxied = interview(client, server.questions());
    }

    assertThat(proxied).isEqualTo(direct).hasSizeGreaterThan(server.questions().size() + 5);
    assertThat(wire.exitCode()).as(wire.said()).isZero();
    assertThat(new Terminal(folder, home).redoubt("evidence", "verify").exitCode()).isZero();
  }

  @Test
  void aRuleAboutAnArgumentStopsOneCallOfATool() throws Exception {
    Path policy =
        Files.writeString(
            home.resolve("policy.toml"),
            """
            [[guard.rules]]
            effect = "deny"
            id = "no-drafts"
            action = "tool"
            server = "mcp-server-filesystem"
            tool = "write_file"
            args = { at = "/path", glob = "**/drafts/**" }
            reason = "drafts are written by people"
            """);
    Files.createDirectory(folder.resolve("drafts"));
    Wire wire =
        Wire.proxied(
            folder,
            home,
            List.of("--policy", policy.toString(), "--name", "mcp-server-filesystem"),
            command(Reference.FILESYSTEM, ""));
    try (McpClient client = meet(wire)) {
      assertThat(answer(client, "write_file {\"path\":\"FOLDER/b.txt\",\"content\":\"b\"}"))
          .contains("Successfully wrote");
      assertThat(answer(client, "write_file {\"path\":\"FOLDER/drafts/b.txt\",\"content\":\"b\"}"))
          .contains("-32001", "no-drafts", "drafts are written by people");
      assertThat(
              answer(client, "write_file {\"path\":\"FOLDER/x/../drafts/b.txt\",\"content\":\"\"}"))
          .contains("-32001", "no-drafts");
      assertThat(answer(client, "list_directory {\"path\":\"FOLDER/drafts\"}"))
          .contains("\"content\":[{");
    }

    assertThat(wire.exitCode()).as(wire.said()).isZero();
    assertThat(folder.resolve("b.txt")).hasContent("b");
    assertThat(folder.resolve("drafts")).isEmptyDirectory();
  }

  @Test
  @NeedsEngine("bwrap")
  void behindAWallAServerWritesTheWorkspaceAndNothingElse() throws Exception {
    Path elsewhere = Files.createDirectory(home.resolve("elsewhere"));
    Wire wire =
        Wire.proxied(
            folder,
            home,
            List.of("--sandbox", "bubblewrap"),
            servers()
                .commandSeenFrom(
                    folder, "mcp-server-filesystem", folder.toString(), elsewhere.toString()));
    try (McpClient client = meet(wire, List.of(folder, elsewhere))) {
      assertThat(answer(client, "write_file {\"path\":\"FOLDER/b.txt\",\"content\":\"b\"}"))
          .contains("Successfully wrote");
      assertThat(answer(client, "read_text_file {\"path\":\"FOLDER/a.txt\"}"))
          .contains("what a holds");
      assertThat(
              answer(
                  client,
                  "write_file {\"path\":\"%s/c.txt\",\"content\":\"c\"}".formatted(elsewhere)))
          .doesNotContain("Successfully wrote");
    }

    assertThat(wire.exitCode()).as(wire.said()).isZero();
    assertThat(folder.resolve("b.txt")).hasContent("b");
    assertThat(elsewhere).isEmptyDirectory();
    await(() -> programsThatName(folder).isEmpty());
  }

  @Test
  void theEndOfTheAgentsInputEndsTheProxyAndEverythingTheServerStarted() throws Exception {
    List<String> stubborn = new ArrayList<>();
    stubborn.addAll(
        List.of("sh", "-c", "trap '' TERM; \"$@\"; tail -f \"$0/a.txt\"", folder.toString()));
    stubborn.addAll(command(Reference.FILESYSTEM, ""));
    Wire wire = Wire.proxied(folder, home, List.of(), stubborn);
    try (McpClient client = meet(wire)) {
      assertThat(client.tools()).isNotEmpty();
      assertThat(programsThatName(folder)).isNotEmpty();
    }

    assertThat(wire.exitCode()).as(wire.said()).isZero();
    await(() -> programsThatName(folder).isEmpty());
  }

  /* Nobody else's program names the folder of this test. */
  private static List<String> programsThatName(Path place) {
    return ProcessHandle.allProcesses()
        .flatMap(program -> program.info().commandLine().stream())
        .filter(line -> line.contains(place.toString()))
        .toList();
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("it never came").isLessThan(end);
      Thread.sleep(20);
    }
  }

  /// An agent that can do everything a server may ask of it, and notes what it is told.
  private static final class Agent implements RpcHandler {

    private final List<String> told = Collections.synchronizedList(new ArrayList<>());

    @Override
    public Answer request(String method, Optional<Node> params) {
      try {
        return new Answer.Gives(
            json(
                switch (method) {
                  case "roots/list" -> "{\"roots\":[{\"uri\":\"file:///srv\",\"name\":\"srv\"}]}";
                  case "sampling/createMessage" ->
                      "{\"role\":\"assistant\",\"model\":\"none\",\"content\":{\"type\":\"text\","
                          + "\"text\":\"a model says\"}}";
                  case "elicitation/create" ->
                      "{\"action\":\"accept\",\"content\":{\"name\":\"Ada\"}}";
                  default -> "{}";
                }));
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void notice(String method, Optional<Node> params) {
      told.add(method + " " + params.map(JsonText::of).orElse(""));
    }

    private boolean heard(String... parts) {
      synchronized (told) {
        return told.stream()
            .anyMatch(line -> Arrays.stream(parts).allMatch(part -> line.contains(part)));
      }
    }
  }

  private static String ask(RpcPeer peer, String method, String params) throws Exception {
    return switch (peer.ask(method, Optional.of(json(params))).await(PATIENCE, PATIENCE)) {
      case RpcAnswer.Replied(Node result) -> JsonText.of(result);
      case RpcAnswer other -> other.toString();
    };
  }

  @Test
  void whatServerAndAgentAskAndTellEachOtherPasses() throws Exception {
    Path log = folder.resolve("to-server.jsonl");
    List<String> command = new ArrayList<>();
    command.addAll(List.of("sh", "-c", "tee \"$0\" | \"$@\"", log.toString()));
    command.addAll(command(Reference.EVERYTHING, ""));
    Wire wire =
        Wire.proxied(
            folder, home, List.of("--allow", "tool:*@request/sampling/createMessage"), command);
    Agent agent = new Agent();
    try (RpcPeer peer =
        RpcPeer.start(wire.transport(), agent, PeerSettings.usual(_ -> Optional.empty()))) {
      assertThat(
              ask(
                  peer,
                  "initialize",
                  "{\"protocolVersion\":\"2025-11-25\",\"clientInfo\":{\"name\":\"a\","
                      + "\"version\":\"1\"},\"capabilities\":{\"roots\":{\"listChanged\":true},"
                      + "\"sampling\":{},\"elicitation\":{\"form\":{}}}}"))
          .contains("\"protocolVersion\":\"2025-11-25\"");
      peer.tell("notifications/initialized", Optional.empty());

      assertThat(ask(peer, "tools/call", "{\"name\":\"get-roots-list\",\"arguments\":{}}"))
          .contains("URI: file:///srv");
      assertThat(
              ask(
                  peer,
                  "tools/call",
                  "{\"name\":\"trigger-sampling-request\",\"arguments\":{\"prompt\":\"hm\"}}"))
          .contains("a model says");
      assertThat(
              ask(
                  peer,
                  "tools/call",
                  "{\"name\":\"trigger-elicitation-request\",\"arguments\":{}}"))
          .contains("- Name: Ada");
      assertThat(ask(peer, "logging/setLevel", "{\"level\":\"debug\"}")).isEqualTo("{}");
      ask(peer, "tools/call", "{\"name\":\"toggle-simulated-logging\",\"arguments\":{}}");
      await(() -> agent.heard("notifications/message", "\"level\":"));
      ask(peer, "tools/call", longRunning(0.02, 2, "kept"));
      assertThat(agent.told)
          .contains(
              "notifications/progress {\"progress\":1,\"total\":2,\"progressToken\":\"kept\"}",
              "notifications/progress {\"progress\":2,\"total\":2,\"progressToken\":\"kept\"}");

      RpcCall dropped = peer.ask("tools/call", Optional.of(json(longRunning(1, 4, "dropped"))));
      await(() -> agent.heard("notifications/progress", "dropped"));
      peer.tell(
          "notifications/cancelled",
          Optional.of(json("{\"requestId\":%s}".formatted(dropped.id().json()))));
      assertThat(ask(peer, "ping", "{}")).isEqualTo("{}");
      await(() -> agent.heard("\"progress\":4,", "dropped"));
      assertThat(ask(peer, "ping", "{}")).isEqualTo("{}");
      assertThat(dropped.within(Duration.ZERO)).isEmpty();
      assertThat(Files.readString(log))
          .contains(
              "\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":%s}"
                  .formatted(dropped.id().json()));
    }

    assertThat(wire.exitCode()).as(wire.said()).isZero();
    await(() -> programsThatName(folder).isEmpty());
  }

  private static String longRunning(double seconds, int steps, String token) {
    return """
    {"name":"trigger-long-running-operation","arguments":{"duration":%s,"steps":%d},
    "_meta":{"progressToken":"%s"}}\
    """
        .formatted(seconds, steps, token);
  }
}
