// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.cli.Terminal;
import dev.redoubt.cli.Terminal.Run;
import dev.redoubt.cli.servers.ShellServer;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(180)
class GatewayCommandTest {

  private static final String FILES = "/files/mcp";
  private static final String NOTES = "/notes/mcp";
  private static final String META =
      "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
          + "\"io.modelcontextprotocol/clientCapabilities\":{},"
          + "\"io.modelcontextprotocol/clientInfo\":{\"name\":\"desk\",\"version\":\"1\"}}";

  @TempDir private Path folder;
  @TempDir private Path home;

  @BeforeEach
  void writeConfiguration() throws Exception {
    folder = folder.toRealPath();
    StringBuilder config = new StringBuilder();
    for (String name : List.of("files", "notes")) {
      Path server = ShellServer.in(folder.resolve(name), ShellServer.tools("echo", "die", "write"));
      config.append(
          """
          [gateway.upstreams.%s]
          command = "sh"
          args = ["%s"]
          env = { GREETING = "%s:" }
          """
              .formatted(name, server, name));
    }
    Files.writeString(home.resolve("config.toml"), config);
  }

  private RunningGateway gateway(String... options) throws Exception {
    List<String> all = new ArrayList<>(List.of("--config", home.resolve("config.toml").toString()));
    all.addAll(List.of(options));
    return new RunningGateway(folder, home, all.toArray(String[]::new));
  }

  private Run redoubt(String... arguments) {
    return new Terminal(folder, home).redoubt(arguments);
  }

  private String token(String name, String... options) {
    List<String> arguments = new ArrayList<>(List.of("gateway", "token", "create", name));
    arguments.addAll(List.of(options));
    Run run = redoubt(arguments.toArray(String[]::new));
    assertThat(run.exitCode()).as(run.err()).isZero();
    return "Bearer " + run.out().strip();
  }

  private static String call(String id, String tool, String arguments) {
    return "{\"jsonrpc\":\"2.0\",\"id\":%s,\"method\":\"tools/call\",\"params\":{\"name\":\"%s\",\"arguments\":%s}}"
        .formatted(id, tool, arguments);
  }

  @Test
  void everyServerAnswersAtAPathOfItsOwnInASessionOfItsOwn() throws Exception {
    try (RunningGateway gateway = gateway()) {
      String files = gateway.session(FILES);
      String notes = gateway.session(NOTES);

      for (String id : List.of("1", "\"one\"", "-0.5e1")) {
        assertThat(
                gateway.send("POST", FILES, call(id, "echo", "{}"), "Mcp-Session-Id", files).body())
            .contains("\"id\":" + id, "files:")
            .doesNotContain("notes:");
      }
      assertThat(
              gateway.send("POST", NOTES, call("1", "echo", "{}"), "Mcp-Session-Id", notes).body())
          .contains("notes:");
      assertThat(
              gateway
                  .send("POST", NOTES, call("1", "echo", "{}"), "Mcp-Session-Id", files)
                  .statusCode())
          .as("a session of another server")
          .isEqualTo(404);
      assertThat(gateway.send("DELETE", FILES, "", "Mcp-Session-Id", files).statusCode())
          .isEqualTo(204);
      assertThat(
              gateway
                  .send("POST", FILES, call("1", "echo", "{}"), "Mcp-Session-Id", files)
                  .statusCode())
          .isEqualTo(404);
      assertThat(gateway.send("POST", "/none/mcp", "{}").statusCode()).isEqualTo(404);
      assertThat(gateway.said()).contains("gateway token create");
    }
    assertThat(redoubt("evidence", "verify").exitCode()).isZero();
  }

  @Test
  void whatChangesInTheConfigurationCountsForEveryServerAndIsSaidOnce() throws Exception {
    Path file = home.resolve("config.toml");
    String servers = Files.readString(file);
    String rule = "[[guard.rules]]\neffect = \"deny\"\naction = \"tool\"\ntool = \"echo\"\n";
    try (RunningGateway gateway = gateway()) {
      String files = gateway.session(FILES);
      String notes = gateway.session(NOTES);
      assertThat(echo(gateway, FILES, files)).contains("files:");

      Files.writeString(file, servers + rule + "reason = \"no\"\n");
      assertThat(echo(gateway, FILES, files)).contains("-32001");
      assertThat(echo(gateway, NOTES, notes)).contains("-32001");
      Files.writeString(file, servers + rule.replace("deny", "block"));
      assertThat(echo(gateway, FILES, files)).contains("-32001");
      assertThat(echo(gateway, NOTES, notes)).contains("-32001");
      Files.writeString(file, servers + "[relay]\nmode = \"observe\"\n" + rule + "reason = \"no\"");
      assertThat(echo(gateway, NOTES, notes)).contains("notes:");

      assertThat(gateway.said().lines().filter(line -> line.contains("policy.kept"))).hasSize(1);
      assertThat(gateway.said().lines().filter(line -> line.contains("counts from now on")))
          .hasSize(2);
    }
  }

  private static String echo(RunningGateway gateway, String path, String session) throws Exception {
    return gateway.send("POST", path, call("7", "echo", "{}"), "Mcp-Session-Id", session).body();
  }

  @Test
  void requestsThatStandForThemselvesMayHaveTheSameId() throws Exception {
    try (RunningGateway gateway = gateway()) {
      List<CompletableFuture<String>> answers = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        String body =
            "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"tools/call\",\"params\":{\"name\":\"echo\",%s,\"arguments\":{\"n\":\"n%d\"}}}"
                .formatted(META, i);
        answers.add(
            CompletableFuture.supplyAsync(() -> {
              try {
                return gateway
                    .send(
                        "POST",
                        FILES,
                        body,
                        "MCP-Protocol-Version",
                        "2026-07-28",
                        "Mcp-Method",
                        "tools/call",
                        "Mcp-Name",
                        "echo")
                    .body();
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            }));
      }
      for (int i = 0; i < 8; i++) {
        assertThat(answers.get(i).join()).contains("\"id\":7,", "n" + i + "\\\"", "files:");
      }
      assertThat(
              gateway
                  .send(
                      "POST",
                      FILES,
                      "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"tools/call\",\"params\":{\"name\":\"echo\",%s}}"
                          .formatted(META),
                      "MCP-Protocol-Version",
                      "2026-07-28",
                      "Mcp-Method",
                      "tools/list")
                  .statusCode())
          .as("a header that says something else than the body")
          .isEqualTo(400);
    }
  }

  @Test
  void whoHasATokenIsThatClientAndNobodyElse() throws Exception {
    String desk = token("desk");
    String phone = token("phone", "--server", "notes");
    assertThat(
            Files.getPosixFilePermissions(home.resolve(".local/share/redoubt/gateway/tokens.json")))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    assertThat(Files.readString(home.resolve(".local/share/redoubt/gateway/tokens.json")))
        .doesNotContain(desk.substring(7))
        .doesNotContain(phone.substring(7));
    assertThat(redoubt("gateway", "token", "create", "desk").exitCode()).isEqualTo(2);

    try (RunningGateway gateway = gateway()) {
      String session = gateway.session(FILES, "Authorization", desk);
      String echo = call("1", "echo", "{}");

      assertThat(gateway.send("POST", FILES, echo, "Mcp-Session-Id", session).statusCode())
          .isEqualTo(401);
      for (String wrong : List.of("Bearer rdg_wrong", desk + "x", "Basic " + desk, "Bearer ")) {
        assertThat(
                gateway
                    .send("POST", FILES, echo, "Mcp-Session-Id", session, "Authorization", wrong)
                    .statusCode())
            .as(wrong)
            .isEqualTo(401);
      }
      assertThat(gateway.send("POST", FILES, echo, "Authorization", phone).statusCode())
          .as("a server that token is not for")
          .isEqualTo(404);
      String notes = gateway.session(NOTES, "Authorization", desk);
      assertThat(
              gateway
                  .send("POST", NOTES, echo, "Authorization", phone, "Mcp-Session-Id", notes)
                  .statusCode())
          .as("the session of another client")
          .isEqualTo(404);
      assertThat(
              gateway
                  .send("GET", NOTES, "", "Authorization", phone, "Mcp-Session-Id", notes)
                  .statusCode())
          .isEqualTo(404);

      assertThat(redoubt("relay", "stop", "--agent", "desk").exitCode()).isZero();
      assertThat(
              gateway
                  .send("POST", FILES, echo, "Authorization", desk, "Mcp-Session-Id", session)
                  .body())
          .contains("relay.stopped");
      assertThat(redoubt("relay", "lift", "--agent", "desk").exitCode()).isZero();
      assertThat(
              gateway
                  .send("POST", FILES, echo, "Authorization", desk, "Mcp-Session-Id", session)
                  .body())
          .contains("files:");

      assertThat(redoubt("gateway", "token", "list").out()).contains("desk", "phone", "notes");
      assertThat(redoubt("gateway", "token", "revoke", "desk").exitCode()).isZero();
      assertThat(
              gateway
                  .send("POST", FILES, echo, "Authorization", desk, "Mcp-Session-Id", session)
                  .statusCode())
          .isEqualTo(401);
      redoubt("gateway", "token", "revoke", "phone");
      assertThat(gateway.send("POST", FILES, echo).statusCode())
          .as("without any token left nobody gets in")
          .isEqualTo(401);
    }
  }

  @Test
  void tokensThatAreAllTakenBackLeaveTheGatewayShut() throws Exception {
    redoubt("gateway", "token", "revoke", "nobody");
    try (RunningGateway gateway = gateway()) {
      assertThat(gateway.send("POST", FILES, "{}").statusCode()).as("none yet").isEqualTo(400);
      redoubt("gateway", "token", "create", "desk");
      redoubt("gateway", "token", "revoke", "desk");
      assertThat(gateway.send("POST", FILES, "{}").statusCode()).isEqualTo(401);
    }
    try (RunningGateway again = gateway()) {
      assertThat(again.send("POST", FILES, "{}").statusCode()).isEqualTo(401);
    }
  }

  @Test
  void withoutTokensATokenIsNoWayInEither() throws Exception {
    try (RunningGateway gateway = gateway()) {
      assertThat(
              gateway
                  .send("POST", FILES, "{}", "Authorization", "Bearer somethingentirelyelse")
                  .statusCode())
          .isEqualTo(401);
    }
  }

  @Test
  void aRuleAndTheShapeOfMessagesStopWhatTheyStopElsewhere() throws Exception {
    try (RunningGateway gateway = gateway("--deny", "tool:files/write")) {
      String session = gateway.session(FILES);
      String[] own = {"Mcp-Session-Id", session};

      assertThat(gateway.send("POST", FILES, call("1", "write", "{}"), own).body())
          .contains("-32001", "\"rule\":");
      HttpResponse<String> twice =
          gateway.send(
              "POST",
              FILES,
              "{\"jsonrpc\":\"2.0\",\"id\":4,\"method\":\"ping\",\"method\":\"tools/call\"}",
              own);
      assertThat(twice.statusCode()).isEqualTo(400);
      assertThat(twice.body()).contains("relay.malformed");
      assertThat(
              gateway
                  .send(
                      "POST",
                      FILES,
                      "[%s,%s]".formatted(call("5", "write", "{}"), call("6", "echo", "{}")),
                      own)
                  .statusCode())
          .as("no version that was agreed on has lists")
          .isEqualTo(400);
      assertThat(gateway.send("POST", FILES, call("7", "echo", "{}"), own).body())
          .contains("files:");
    }
    assertThat(folder.resolve("made-by-server.txt")).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource({"enforce", "observe"})
  void aMaliciousPackageIsNeverStarted(String mode) throws Exception {
    Path records = Files.createDirectories(folder.resolve("osv"));
    Files.writeString(
        records.resolve("MAL-2026-7.json"),
        """
        {"id": "MAL-2026-7", "modified": "2026-01-02T00:00:00Z", "summary": "bad",
         "affected": [{"package": {"ecosystem": "npm", "name": "weather-mcp"},
          "versions": ["1.2.3"]}]}
        """);
    assertThat(redoubt("db", "import", records.toString()).exitCode()).isZero();
    Path started = folder.resolve("started.txt");
    Path npx = Files.createDirectory(folder.resolve("bin")).resolve("npx");
    Files.writeString(npx, "#!/bin/sh\ntouch %s\n".formatted(started));
    Files.setPosixFilePermissions(npx, PosixFilePermissions.fromString("rwx------"));
    Files.writeString(
        home.resolve("config.toml"),
        "[gateway.upstreams.files]\ncommand = \"%s\"\nargs = [\"-y\", \"weather-mcp@1.2.3\"]\n"
            .formatted(npx));

    try (RunningGateway gateway = gateway("--mode", mode)) {
      assertThat(gateway.greet(FILES).body())
          .contains("relay.findings", "pkg:npm/weather-mcp@1.2.3 is malicious (MAL-2026-7)");
      assertThat(gateway.said()).contains("the server files is not started", "(relay.findings)");
    }
    assertThat(started).doesNotExist();
    assertThat(redoubt("evidence", "show", "gateway").out())
        .contains(" findings gateway ", "is malicious (MAL-2026-7)");
  }

  @Test
  void filesThatAreNotThePinnedOnesStopTheServerUntilAPersonAcceptsThem() throws Exception {
    Path server =
        ShellServer.in(folder.resolve("files"), ShellServer.tools("echo", "die", "write"));
    try (RunningGateway gateway = gateway()) {
      assertThat(echo(gateway, FILES, gateway.session(FILES))).contains("files:");

      Files.writeString(server, Files.readString(server) + "\n# another one\n");
      assertThat(gateway.greet(FILES).body())
          .contains("pins.package", "is not what was pinned")
          .doesNotContain(folder.toString());
      assertThat(gateway.said()).contains("to accept what is different: redoubt gateway");
      assertThat(echo(gateway, NOTES, gateway.session(NOTES))).contains("notes:");

      Run approved =
          redoubt(
              "gateway", "--config", home.resolve("config.toml").toString(), "--approve", "files");
      assertThat(approved.out()).as(approved.err()).contains("approved");
      assertThat(echo(gateway, FILES, gateway.session(FILES))).contains("files:");
    }
  }

  @Test
  void aServerThatDiesIsToldAndStartedAgainWithTheNextSession() throws Exception {
    try (RunningGateway gateway = gateway()) {
      String session = gateway.session(FILES);

      assertThat(
              gateway.send("POST", FILES, call("1", "die", "{}"), "Mcp-Session-Id", session).body())
          .contains("relay.server-lost");
      String next = gateway.session(FILES);
      assertThat(
              gateway.send("POST", FILES, call("1", "echo", "{}"), "Mcp-Session-Id", next).body())
          .contains("files:");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "Host: evil.example, 403",
    "Host: 127.0.0.1|Origin: http://evil.example, 403",
    "Host: 127.0.0.1|Content-Length: 999999999, 413",
    "Host: 127.0.0.1|Host: localhost, 400"
  })
  void whatAPageInABrowserCanSendIsNotAnswered(String headers, int status) throws Exception {
    try (RunningGateway gateway = gateway();
        Socket socket =
            new Socket(InetAddress.getLoopbackAddress(), URI.create(gateway.address()).getPort())) {
      OutputStream out = socket.getOutputStream();
      out.write(
          "POST %s HTTP/1.1\r\nContent-Type: application/json\r\n%s\r\n\r\n"
              .formatted(FILES, headers.replace("|", "\r\n"))
              .getBytes(StandardCharsets.US_ASCII));
      out.flush();
      byte[] answer = socket.getInputStream().readNBytes("HTTP/1.1 403".length());
      assertThat(new String(answer, StandardCharsets.US_ASCII)).endsWith(" " + status);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--listen 192.0.2.1:0 | token create",
        "--listen 192.0.2.1:0 --behind-proxy mcp.example | token create",
        "--listen nowhere | HOST:PORT",
        "--behind-proxy a/b | no name of a host"
      })
  void itDoesNotListenForOthersWithoutTokens(String options, String said) {
    List<String> arguments =
        new ArrayList<>(List.of("gateway", "--config", home.resolve("config.toml").toString()));
    arguments.addAll(List.of(options.strip().split(" ", -1)));
    Run run = redoubt(arguments.toArray(String[]::new));

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains(said.strip());
  }

  @Test
  void withTokensItListensForOthersOnlyBehindAProxy() {
    token("desk");

    Run run =
        redoubt(
            "gateway",
            "--config",
            home.resolve("config.toml").toString(),
            "--listen",
            "192.0.2.1:0");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("in the clear", "--behind-proxy");
  }

  @Test
  void aProxyInFrontOfAnAddressJudgesWhatGoesThere() throws Exception {
    try (RunningGateway gateway = gateway()) {
      String url = gateway.address() + FILES;
      String input =
          """
          {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"a","version":"1"}}}
          {"jsonrpc":"2.0","method":"notifications/initialized"}
          %s
          %s
          """
              .formatted(call("2", "echo", "{}"), call("3", "write", "{}"));

      Run run =
          new Terminal(folder, home)
              .withInput(input)
              .redoubt("proxy", "--url", url, "--name", "far", "--deny", "tool:far/write");
      assertThat(run.out()).as(run.err()).contains("\"id\":2,", "files:", "\"id\":3,", "-32001");
      assertThat(run.exitCode()).isZero();

      String place = url.substring("http://".length(), url.indexOf('/', 8));
      Run denied = redoubt("proxy", "--url", url, "--deny", "net:" + place);
      assertThat(denied.exitCode()).as(denied.err()).isEqualTo(20);
    }
    assertThat(folder.resolve("made-by-server.txt")).doesNotExist();
  }
}
