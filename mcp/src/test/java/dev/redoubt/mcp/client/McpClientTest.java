// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.mcp.client;

import static dev.redoubt.mcp.client.ScriptedServer.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.redoubt.document.JsonText;
import dev.redoubt.document.Node;
import dev.redoubt.mcp.rpc.RpcError;
import dev.redoubt.mcp.rpc.Wire;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class McpClientTest {

  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Duration SHORT = Duration.ofMillis(50);
  private static final Node.Obj NOTHING = new Node.Obj(Map.of(), 1);
  private static final ClientSettings SETTINGS =
      new ClientSettings("1.2", List.of(Path.of("/nowhere/work")), LONG, LONG);

  @Test
  void aServerOfTheEraBeforeIsGreetedWithASession() throws Exception {
    ScriptedServer server =
        ScriptedServer.session("{\"tools\":{}}")
            .on("tools/list", result("{\"tools\":[{\"name\":\"a\",\"x\":1}]}"))
            .on("tools/call", result("{\"content\":[]}"));
    try (McpClient client = McpClient.connect(server.start(), SETTINGS)) {
      assertThat(client.server())
          .isEqualTo(new ServerSelf("s", "1", "2025-11-25", Era.SESSION, "be kind"));
      assertThat(client.tools().getFirst().whole().fields()).containsKeys("name", "x");
      assertThat(client.call("a", NOTHING, LONG, LONG)).isInstanceOf(CallAnswer.Came.class);
    }
    assertThat(server.heard().get(1))
        .contains(
            "\"method\":\"initialize\"",
            "\"protocolVersion\":\"2025-11-25\",\"capabilities\":{\"roots\":{}},"
                + "\"clientInfo\":{\"name\":\"redoubt\",\"version\":\"1.2\"}");
    assertThat(server.heard().get(2))
        .isEqualTo("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}");
    assertThat(server.heard().get(3)).doesNotContain("_meta");
    assertThat(server.heard().get(4)).contains("\"_meta\":{\"progressToken\":4}");
  }

  @Test
  void aStatelessServerIsToldEverythingEachTime() throws Exception {
    ScriptedServer server =
        ScriptedServer.stateless()
            .on("tools/list", result("{\"resultType\":\"complete\",\"tools\":[]}"))
            .on("tools/call", result("{\"resultType\":\"complete\",\"content\":[]}"));
    try (McpClient client = McpClient.connect(server.start(), SETTINGS)) {
      assertThat(client.server())
          .isEqualTo(new ServerSelf("n", "2", "2026-07-28", Era.STATELESS, ""));
      client.tools();
      client.call("a", NOTHING, LONG, LONG);
    }
    assertThat(server.heard())
        .hasSize(3)
        .allMatch(sent ->
            sent.contains(
                "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
                    + "\"io.modelcontextprotocol/clientCapabilities\":{\"roots\":{}}"));
  }

  @Test
  void aStatelessServerIsListenedToAndWhatChangesIsKnown() throws Exception {
    String discovered =
        "{\"resultType\":\"complete\",\"supportedVersions\":[\"2026-07-28\"],\"capabilities\":{\"tools\":{\"listChanged\":true}}}";
    ScriptedServer server =
        new ScriptedServer()
            .on("server/discover", result(discovered))
            .on(
                "subscriptions/listen",
                "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/subscriptions/acknowledged\"}")
            .on("tools/list", result("{\"resultType\":\"complete\",\"tools\":[]}"))
            .on(
                "tools/call",
                "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/tools/list_changed\"}\n"
                    + result("{\"resultType\":\"complete\",\"content\":[]}"));
    try (McpClient client = McpClient.connect(server.start(), SETTINGS)) {
      client.tools();
      assertThat(client.takeChange()).as("before it listened").isTrue();
      assertThat(client.takeChange()).isFalse();
      client.call("a", NOTHING, LONG, LONG);
      assertThat(client.takeChange()).isTrue();
    }
    assertThat(server.heard().get(1))
        .contains(
            "\"method\":\"subscriptions/listen\"",
            "\"notifications\":{\"toolsListChanged\":true}",
            "io.modelcontextprotocol/protocolVersion");
  }

  @Test
  void aServerThatIsSilentAboutTheNewEraIsGreetedAfterAWhile() throws Exception {
    ScriptedServer server = ScriptedServer.session("{}").on("server/discover", "");
    ClientSettings hasty = new ClientSettings("1", List.of(), LONG, SHORT);
    try (McpClient client = McpClient.connect(server.start(), hasty)) {
      assertThat(client.server().era()).isEqualTo(Era.SESSION);
      assertThat(client.tools()).as("it has none, and is not asked").isEmpty();
    }
  }

  @Test
  void aStatelessServerThatStartsSlowlyIsStillOne() throws Exception {
    AtomicInteger first = new AtomicInteger();
    ScriptedServer server = ScriptedServer.stateless();
    ScriptedServer slow =
        new ScriptedServer()
            .on("server/discover", "")
            .on(
                "initialize",
                _ -> {
                  first.incrementAndGet();
                  return "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"supportedVersions\":[\"2026-07-28\"],\"capabilities\":{}}}\n"
                      + ScriptedServer.NO_METHOD;
                });
    ClientSettings hasty = new ClientSettings("1", List.of(), LONG, SHORT);
    try (McpClient client = McpClient.connect(slow.start(), hasty)) {
      assertThat(client.server().era()).isEqualTo(Era.STATELESS);
    }
    assertThat(first).hasValue(1);
    assertThat(server.heard()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "initialize|{\"protocolVersion\":\"1999-01-01\",\"capabilities\":{}}|wants to speak"
            + " \"1999-01-01\"",
        "initialize|{}|wants to speak \"\"",
        "initialize|7|wants to speak \"\"",
      })
  void aServerThatSpeaksOtherwiseIsRefused(String method, String answer, String reason) {
    ScriptedServer server = new ScriptedServer().on(method, result(answer));
    Wire wire = server.start();

    assertThatThrownBy(() -> McpClient.connect(wire, SETTINGS))
        .isInstanceOf(McpException.class)
        .hasMessageContaining(reason);
    assertThat(wire.isClosed()).isTrue();
  }

  @Test
  void aServerOfALaterEraIsNotGreetedAsAnOldOne() {
    ScriptedServer server =
        ScriptedServer.session("{}")
            .on(
                "server/discover",
                "{\"jsonrpc\":\"2.0\",\"id\":$id,\"error\":{\"code\":-32022,\"message\":\"no\",\"data\":{\"supported\":[\"2030-01-01\"]}}}");

    assertThatThrownBy(() -> McpClient.connect(server.start(), SETTINGS))
        .hasMessage("speaks only 2030-01-01, and neither 2026-07-28 nor 2025-11-25");
  }

  @Test
  void aServerThatNeverAnswersIsGivenUp() {
    ScriptedServer silent = new ScriptedServer().on("server/discover", "").on("initialize", "");
    ClientSettings hasty = new ClientSettings("1", List.of(), Duration.ofMillis(100), SHORT);

    assertThatThrownBy(() -> McpClient.connect(silent.start(), hasty))
        .hasMessageContaining("did not answer initialize within");
  }

  @Test
  void toolsThatAreDescribedWithoutEndAreRefused() throws Exception {
    AtomicInteger count = new AtomicInteger();
    String lengthy = "x".repeat(200_000);
    ScriptedServer server =
        ScriptedServer.session("{\"tools\":{}}")
            .on(
                "tools/list",
                _ ->
                    result(
                        "{\"tools\":[{\"name\":\"t%d\",\"description\":\"%s\"}],\"nextCursor\":\"n\"}"
                            .formatted(count.incrementAndGet(), lengthy)));
    try (McpClient client = McpClient.connect(server.start(), SETTINGS)) {
      assertThatThrownBy(client::tools)
          .isInstanceOf(McpException.class)
          .hasMessageContaining("describes its tools with more than 16 MB");
    }
  }

  @Test
  void theTimeForToolsIsOfAllPagesTogether() throws Exception {
    AtomicInteger count = new AtomicInteger();
    ScriptedServer server =
        ScriptedServer.session("{\"tools\":{}}")
            .on(
                "tools/list",
                _ -> {
                  LockSupport.parkNanos(20_000_000);
                  return result(
                      "{\"tools\":[{\"name\":\"t%d\"}],\"nextCursor\":\"n\"}"
                          .formatted(count.incrementAndGet()));
                });
    ClientSettings hasty = new ClientSettings("1", List.of(), Duration.ofMillis(500), LONG);
    try (McpClient client = McpClient.connect(server.start(), hasty)) {
      assertThatThrownBy(client::tools)
          .isInstanceOf(McpException.class)
          .hasMessageContaining("tools/list");
    }
    assertThat(count).hasValueLessThan(200);
  }

  @Test
  void toolsAreToldPageByPage() throws Exception {
    ScriptedServer server =
        ScriptedServer.session("{\"tools\":{}}")
            .on(
                "tools/list",
                asked ->
                    asked.contains("\"cursor\":\"two\"")
                        ? result("{\"tools\":[{\"name\":\"b\"}]}")
                        : result("{\"tools\":[{\"name\":\"a\"}],\"nextCursor\":\"two\"}"));
    try (McpClient client = McpClient.connect(server.start(), SETTINGS)) {
      assertThat(client.tools()).extracting(ToolDescriptor::name).containsExactly("a", "b");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"tools\":[{\"name\":\"a\"},{\"name\":\"a\"}]}|has two tools called \"a\"",
        "{\"tools\":[{\"title\":\"a\"}]}|has a tool without a name",
        "{\"tools\":[7]}|has a tool without a name",
        "{\"tools\":[],\"nextCursor\":\"again\"}|does not come to an end with its tools",
      })
  void listsThatMakeNoSenseAreRefused(String answer, String reason) throws Exception {
    ScriptedServer server =
        ScriptedServer.session("{\"tools\":{}}").on("tools/list", result(answer));
    try (McpClient client = McpClient.connect(server.start(), SETTINGS)) {
      assertThatThrownBy(client::tools).hasMessageContaining(reason);
    }
  }

  @Test
  void aCallThatTellsOfItsProgressIsWaitedForLonger() throws Exception {
    Wire wire = ScriptedServer.session("{\"tools\":{}}").on("tools/call", "").start();
    try (McpClient client = McpClient.connect(wire, SETTINGS)) {
      Thread progress =
          Thread.ofVirtual()
              .start(() -> {
                for (int i = 0; i < 120 && !Thread.currentThread().isInterrupted(); i++) {
                  wire.says(
                      "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\",\"params\":{\"progressToken\":3,\"progress\":%d}}"
                          .formatted(i));
                  LockSupport.parkNanos(16_000_000);
                }
                wire.says("{\"jsonrpc\":\"2.0\",\"id\":3,\"result\":{\"content\":[]}}");
              });

      assertThat(client.call("a", NOTHING, Duration.ofMillis(1_500), LONG))
          .isInstanceOf(CallAnswer.Came.class);
      progress.join();
    }
  }

  @Test
  void aCallThatIsNotAnsweredIsTakenBack() throws Exception {
    ScriptedServer server = ScriptedServer.session("{\"tools\":{}}").on("tools/call", "");
    try (McpClient client = McpClient.connect(server.start(), SETTINGS)) {
      assertThat(client.call("a", NOTHING, SHORT, LONG))
          .isEqualTo(new CallAnswer.Broken("did not answer within 0 s"));
      while (server.heard().size() < 5) {
        Thread.onSpinWait();
      }
    }
    assertThat(server.heard().getLast()).contains("\"notifications/cancelled\"", "\"requestId\":3");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ping|\"result\":{}",
        "roots/list|\"result\":{\"roots\":[{\"uri\":\"file:///nowhere/work\",\"name\":\"work\"}]}",
        "sampling/createMessage|\"message\":\"sampling is refused",
        "elicitation/create|\"message\":\"elicitation is refused: nobody is there",
        "tasks/list|\"code\":-32601",
      })
  void whatAServerAsksIsAnswered(String method, String answer) throws Exception {
    ScriptedServer server = ScriptedServer.session("{}");
    Wire wire = server.start();
    try (McpClient _ = McpClient.connect(wire, SETTINGS)) {
      wire.says(
          "{\"jsonrpc\":\"2.0\",\"id\":\"q\",\"method\":\"%s\",\"params\":{}}".formatted(method));
      while (server.heard().size() < 4) {
        Thread.onSpinWait();
      }
    }
    assertThat(server.heard().getLast()).contains("\"id\":\"q\"", answer);
  }

  @Test
  void aServerThatWantsAPersonIsToldThatThereIsNone() throws Exception {
    ScriptedServer server =
        ScriptedServer.stateless()
            .on(
                "tools/call",
                result(
                    "{\"resultType\":\"input_required\",\"inputRequests\":{\"k\":{\"method\":\"elicitation/create\"}}}"));
    try (McpClient client = McpClient.connect(server.start(), SETTINGS)) {
      assertThat(client.call("a", NOTHING, LONG, LONG))
          .isEqualTo(
              new CallAnswer.Broken(
                  "wants an answer of a person or a model first (elicitation/create), and nobody is"
                      + " there to give one"));
    }
  }

  @Test
  void refusalsAndStrangeResultsAreTold() throws Exception {
    ScriptedServer server =
        ScriptedServer.session("{\"tools\":{}}")
            .on(
                "tools/call",
                asked ->
                    asked.contains("\"odd\"")
                        ? result("[]")
                        : "{\"jsonrpc\":\"2.0\",\"id\":$id,\"error\":{\"code\":-32602,\"message\":\"bad\"}}");
    try (McpClient client = McpClient.connect(server.start(), SETTINGS)) {
      assertThat(client.call("a", NOTHING, LONG, LONG))
          .isEqualTo(new CallAnswer.Refused(new RpcError(-32_602, "bad")));
      assertThat(client.call("odd", NOTHING, LONG, LONG))
          .isEqualTo(new CallAnswer.Broken("answered with something that is no result"));
    }
  }

  @Test
  void aChangeOfToolsIsToldOnce() throws Exception {
    Wire wire = ScriptedServer.session("{\"tools\":{\"listChanged\":true}}").start();
    try (McpClient client = McpClient.connect(wire, SETTINGS)) {
      assertThat(client.takeChange()).isFalse();
      wire.says("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/tools/list_changed\"}");
      while (!client.takeChange()) {
        Thread.onSpinWait();
      }
      assertThat(client.takeChange()).isFalse();
    }
  }

  @Test
  void aServerThatExitsDuringACallIsLost() throws Exception {
    ScriptedServer server = ScriptedServer.session("{\"tools\":{}}");
    Wire wire = server.start();
    server.on(
        "tools/call",
        _ -> {
          wire.ends();
          return "";
        });
    try (McpClient client = McpClient.connect(wire, SETTINGS)) {
      assertThat(client.call("a", NOTHING, LONG, LONG))
          .isEqualTo(new CallAnswer.Broken("has ended"));
      assertThat(client.lost()).contains("has ended");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"name\":\"a\"}", "{\"name\":\"a\",\"inputSchema\":7}"})
  void aSchemaIsAlwaysOneOfAnObject(String descriptor) throws Exception {
    ScriptedServer server =
        ScriptedServer.session("{\"tools\":{}}")
            .on("tools/list", result("{\"tools\":[" + descriptor + "]}"));
    try (McpClient client = McpClient.connect(server.start(), SETTINGS)) {
      assertThat(JsonText.of(client.tools().getFirst().inputSchema()))
          .isEqualTo("{\"type\":\"object\"}");
    }
  }
}
