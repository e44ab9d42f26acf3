// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.servers;

import static dev.redoubt.testkit.provider.Reply.call;
import static dev.redoubt.testkit.provider.Reply.say;
import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.agent.servers.ServerPlan;
import dev.redoubt.cli.Terminal;
import dev.redoubt.cli.Terminal.Run;
import dev.redoubt.cli.servers.HttpMcpServer.Door;
import dev.redoubt.guard.Action;
import dev.redoubt.guard.Content;
import dev.redoubt.guard.Program;
import dev.redoubt.testkit.provider.Dialect;
import dev.redoubt.testkit.provider.Reply;
import dev.redoubt.testkit.provider.ScriptedProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(120)
class RemoteServersTest {

  @TempDir private Path folder;
  @TempDir private Path home;
  private final List<String> sent = new ArrayList<>();

  @Test
  void aServerOverHttpIsListedAndItsToolsAreCalled() throws IOException {
    try (HttpMcpServer server = HttpMcpServer.start(Door.OPEN)) {
      configure(server, "headers = { X-Team = \"env:TEAM\" }");
      Run run =
          run(
              List.of(call("mcp__far__echo", "{\"x\":\"1\"}"), say("Done.")),
              "--approval",
              "allow",
              "--json");

      assertThat(run.exitCode()).as(run.err()).isZero();
      assertThat(sent.getFirst()).contains("\"mcp__far__echo\"", "Says it again.");
      assertThat(sent.getLast()).contains("from afar");
      assertThat(run.out()).contains("\"action\":\"call-tool\"", "far/echo");
      assertThat(server.heard())
          .containsExactly("server/discover blue", "tools/list blue", "tools/call blue");
      assertThat(terminal().redoubt("mcp", "list").out())
          .contains("far ", "operator", "1 tools pinned", server.url());
    }
  }

  @Test
  void aServerOverHttpIsInspectedWithoutACall() throws IOException {
    try (HttpMcpServer server = HttpMcpServer.start(Door.OPEN)) {
      Run run = terminal().redoubt("mcp", "inspect", "--url", server.url());
      Run denied = terminal().redoubt("mcp", "inspect", server.url(), "--deny", "net:127.0.0.1");

      assertThat(run.exitCode()).as(run.err()).isZero();
      assertThat(run.out()).contains("asked over HTTP", "tool echo", "| Says it again.");
      assertThat(denied.exitCode()).as(denied.out()).isEqualTo(20);
      assertThat(server.heard()).noneMatch(heard -> heard.startsWith("tools/call")).hasSize(2);
    }
  }

  @Test
  void aCallOverHttpNeedsARuleOrAnAnswer() throws IOException {
    try (HttpMcpServer server = HttpMcpServer.start(Door.OPEN)) {
      configure(server, "");
      run(List.of(call("mcp__far__echo", "{}"), say("No.")), "--approval", "deny");

      assertThat(server.heard()).noneMatch(heard -> heard.startsWith("tools/call"));
    }
  }

  @Test
  void whoHasToLogInIsToldHow() throws IOException {
    try (HttpMcpServer server = HttpMcpServer.start(Door.LOCKED)) {
      configure(server, auth(server));
      Run run = terminal().redoubt("mcp", "list", "--connect", "--sandbox", "local");

      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.err()).contains("the server far", "redoubt mcp login");
      assertThat(server.forms()).isEmpty();
    }
  }

  @Test
  void aLoginIsKeptUsedRenewedAndForgotten() throws IOException {
    try (HttpMcpServer server = HttpMcpServer.start(Door.LOCKED)) {
      configure(server, auth(server));
      Run login = terminal().withReader(RemoteServersTest::browse).redoubt("mcp", "login", "far");

      assertThat(login.exitCode()).as(login.err()).isZero();
      assertThat(login.out()).contains("logged in to far");
      assertThat(server.forms().getFirst())
          .containsEntry("grant_type", "authorization_code")
          .containsEntry("resource", server.url())
          .containsKey("code_verifier");
      assertThat(kept())
          .extracting(file -> file.getFileName().toString())
          .contains(Content.of("token\noperator\nfar\n" + server.url()).sha256() + ".json");
      assertThat(kept())
          .isNotEmpty()
          .allSatisfy(file ->
              assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                  .isEqualTo("rw-------"));
      assertThat(list()).contains("runs, 1 tools, MCP 2026-07-28");

      server.forget();
      assertThat(list()).contains("runs, 1 tools");
      assertThat(server.forms().getLast()).containsEntry("grant_type", "refresh_token");

      assertThat(terminal().redoubt("mcp", "logout", "far").out()).contains("forgotten");
      assertThat(list()).doesNotContain("runs");
    }
  }

  @Test
  void whatOnlyAServerNamesIsNotReachedInside() throws IOException {
    try (HttpMcpServer server = HttpMcpServer.start(Door.LOCKED)) {
      configure(server, "");
      Run login = terminal().withReader(RemoteServersTest::browse).redoubt("mcp", "login", "far");

      assertThat(login.exitCode()).isEqualTo(5);
      assertThat(login.err()).contains("far").doesNotContain("Open this page");
      assertThat(server.forms()).isEmpty();
    }
  }

  @Test
  void whatAServerNamesIsJudgedByTheRulesOfTheOperatorAndWrittenDown() throws IOException {
    try (HttpMcpServer server = HttpMcpServer.start(Door.LOCKED)) {
      server.name("https://login.example");
      configure(
          server,
          """
          [[guard.rules]]
          id = "not-there"
          effect = "deny"
          action = "net"
          host = "login.example"
          reason = "nobody logs in there"
          """);
      Run login = terminal().redoubt("mcp", "login", "far");

      assertThat(login.exitCode()).as(login.err()).isEqualTo(5);
      assertThat(login.err())
          .contains("https://login.example", "nobody logs in there", "not-there")
          .doesNotContain("Open this page");
      assertThat(terminal().redoubt("evidence", "show", "exec", "--json").out())
          .contains("https://login.example/.well-known/oauth-authorization-server", "not-there");
    }
  }

  @Test
  void whoeverElseCallsThePortOfALoginChangesNothing() throws IOException {
    List<String> answers = Collections.synchronizedList(new ArrayList<>());
    try (HttpMcpServer server = HttpMcpServer.start(Door.LOCKED)) {
      configure(server, auth(server));
      Run login =
          terminal()
              .withReader(line -> {
                if (line.startsWith("http")) {
                  Thread.ofVirtual()
                      .start(() -> {
                        answers.addAll(strangers(Integer.parseInt(callback(line))));
                        browse(line);
                      });
                }
              })
              .redoubt("mcp", "login", "far");

      assertThat(login.exitCode()).as(login.err()).isZero();
      assertThat(login.out()).contains("logged in to far");
      assertThat(server.forms()).hasSize(1);
      assertThat(answers).containsExactly("403", "403", "403", "404", "405", "421");
    }
  }

  private static String callback(String page) {
    Matcher matcher = Pattern.compile("127\\.0\\.0\\.1%3A(\\d+)%2Fcallback").matcher(page);
    assertThat(matcher.find()).as(page).isTrue();
    return matcher.group(1);
  }

  /* More of them than are read at once say nothing and stay; then come those who say something. */
  private static List<String> strangers(int port) {
    String host = "Host: 127.0.0.1:%d\r\n\r\n".formatted(port);
    List<String> answers = new ArrayList<>();
    List<Socket> silent = new ArrayList<>();
    try {
      for (int i = 0; i < 150; i++) {
        silent.add(new Socket(InetAddress.getLoopbackAddress(), port));
      }
      for (String request :
          List.of(
              "GET /callback?code=c HTTP/1.1\r\n" + host,
              "GET /callback?code=c&state=guessed HTTP/1.1\r\n" + host,
              "GET /callback?error=access_denied&state= HTTP/1.1\r\n" + host,
              "GET /favicon.ico HTTP/1.1\r\n" + host,
              "POST /callback?code=c HTTP/1.1\r\n" + host,
              "GET /callback?code=c HTTP/1.1\r\nHost: evil.example\r\n\r\n")) {
        try (Socket stranger = new Socket(InetAddress.getLoopbackAddress(), port)) {
          stranger.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
          answers.add(
              new String(stranger.getInputStream().readNBytes(12), StandardCharsets.US_ASCII)
                  .substring(9));
        }
      }
      for (Socket one : silent) {
        one.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return answers;
  }

  @ParameterizedTest
  @CsvSource({"https, connected", "http, left out"})
  void whatACheckoutNamesIsNotReachedInside(String scheme, String said) throws IOException {
    try (HttpMcpServer server = HttpMcpServer.start(Door.OPEN)) {
      Files.writeString(
          folder.resolve(".mcp.json"),
          "{\"mcpServers\":{\"near\":{\"type\":\"http\",\"url\":\"%s\"}}}"
              .formatted(server.url().replace("http:", scheme + ":")));
      terminal().redoubt("trust", "add", folder.toString(), "--yes");
      Run run =
          terminal()
              .redoubt("mcp", "list", "--connect", "--sandbox", "local", "--approval", "allow");

      assertThat(run.err()).contains("near", said);
      assertThat(server.heard()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "headers = { Authorization = \"a\" }\\nauth = { client-id = \"b\" }|auth",
        "headers = { Mcp-Session-Id = \"a\" }|Mcp-Session-Id",
        "protocol = \"2020-01-01\"|protocol",
        "auth = { grant = \"password\" }|grant",
        "auth = { grant = \"client\" }|client-id",
        "auth = { client-id = \"a\", client-secret = \"s3cret\" }|client-secret",
        "auth = { client-id = \"a\", client-secret = \"env:TEAM\" }|issuer",
        "auth = { client-id = \"a\", client-key = \"env:TEAM\" }|issuer",
        "auth = { client-id = \"a\", issuer = \"login\" }|issuer",
        "auth = { client-secret = \"env:TEAM\", issuer = \"https://a.example\" }|client-id",
        "command = \"sh\"|command",
      })
  void aMistakeInTheConfigurationIsNamed(String more, String key) throws IOException {
    try (HttpMcpServer server = HttpMcpServer.start(Door.OPEN)) {
      configure(server, more.replace("\\n", "\n"));
      Run run = terminal().redoubt("mcp", "list");

      assertThat(run.exitCode()).isEqualTo(2);
      assertThat(run.err()).contains(key).doesNotContain("s3cret");
    }
  }

  @ParameterizedTest
  @CsvSource({"OPERATOR, operator", "CHECKOUT, checkout /home/me/project"})
  void whatIsKeptOfAServerIsKeptForWhoeverNamedIt(ServerPlan.Origin origin, String scope) {
    ServerPlan plan =
        new ServerPlan(
            "far",
            origin,
            new ServerPlan.Way.Starts(
                new Action.Run(
                    new Program.Argv(List.of("serve")),
                    Path.of("/home/me/project"),
                    Map.of(),
                    Action.Input.OPEN)),
            Duration.ofSeconds(1),
            Duration.ofSeconds(1));

    assertThat(plan.scope(Path.of("/home/me/project"))).isEqualTo(scope);
  }

  private static String auth(HttpMcpServer server) {
    return "auth = { authorization-servers = [\"%s\"] }".formatted(server.issuer());
  }

  /* A person who opens every page and says yes. */
  private static void browse(String line) {
    if (line.startsWith("http")) {
      Thread.ofVirtual()
          .start(() -> {
            try (HttpClient browser =
                HttpClient.newBuilder().followRedirects(HttpClient.Redirect.ALWAYS).build()) {
              browser.send(
                  HttpRequest.newBuilder(URI.create(line)).build(),
                  HttpResponse.BodyHandlers.discarding());
            } catch (IOException | InterruptedException e) {
              throw new IllegalStateException(e);
            }
          });
    }
  }

  private String list() {
    return terminal().redoubt("mcp", "list", "--connect", "--sandbox", "local").out();
  }

  private List<Path> kept() throws IOException {
    try (Stream<Path> files = Files.walk(home)) {
      return files.filter(file -> file.toString().contains("/mcp/tokens/")).toList();
    }
  }

  private void configure(HttpMcpServer server, String more) throws IOException {
    Path config = home.resolve(".config/redoubt/redoubt.toml");
    Files.createDirectories(config.getParent());
    Files.writeString(
        config, "[mcp.servers.far]\nurl = \"%s\"\n%s\n".formatted(server.url(), more));
  }

  private Run run(List<Reply> replies, String... options) {
    try (ScriptedProvider provider =
        ScriptedProvider.start(Dialect.OPENAI_CHAT, replies.toArray(Reply[]::new))) {
      List<String> all =
          new ArrayList<>(
              List.of("run", "go", "--provider-url", provider.url(), "--model", "scripted"));
      all.addAll(List.of(options));
      Run run = terminal().redoubt(all.toArray(String[]::new));
      provider.asked().forEach(asked -> sent.add(asked.body()));
      return run;
    }
  }

  private Terminal terminal() {
    return new Terminal(folder, home)
        .withVariable("OPENAI_API_KEY", "x")
        .withVariable("TEAM", "blue")
        .withRealTime();
  }
}
