// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.serve;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.cli.Main;
import dev.redoubt.cli.Surroundings;
import dev.redoubt.cli.Surroundings.Streams;
import dev.redoubt.cli.Surroundings.Terminals;
import dev.redoubt.cli.Terminal;
import dev.redoubt.cli.Terminal.Run;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class McpServeTest {

  private static final String HELLO =
      "{'jsonrpc':'2.0','id':0,'method':'initialize','params':{'protocolVersion':'2025-11-25',"
          + "'capabilities':{}}}";

  @TempDir private Path folder;
  @TempDir private Path home;
  @TempDir private Path elsewhere;

  @BeforeEach
  void aProject() throws IOException {
    Files.createDirectory(folder.resolve("app"));
    Files.writeString(
        folder.resolve("app/package-lock.json"),
        """
        {"name":"app","version":"1.0.0","lockfileVersion":3,"packages":{"":{"name":"app",
         "dependencies":{"left-pad":"1.3.0"}},"node_modules/left-pad":{"version":"1.3.0",
         "resolved":"https://packages.example/left-pad.tgz"}}}
        """);
    Files.writeString(
        folder.resolve(".mcp.json"),
        "{\"mcpServers\":{\"docs\":{\"url\":\"http://docs.example/mcp\"}}}");
  }

  private static String call(String tool, String arguments) {
    return "{'jsonrpc':'2.0','id':1,'method':'tools/call','params':{'name':'%s','arguments':%s}}"
        .formatted(tool, arguments);
  }

  private Run serve(String request, String... options) {
    String[] all = new String[options.length + 2];
    all[0] = "mcp";
    all[1] = "serve";
    System.arraycopy(options, 0, all, 2, options.length);
    return new Terminal(folder, home)
        .withInput((HELLO + "\n" + request + "\n").replace('\'', '"'))
        .redoubt(all);
  }

  private String answer(String request, String... options) {
    Run run = serve(request, options);
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out().lines()).hasSize(2);
    return run.lastLine();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "scan|{}|\"components\":1",
        "scan|{'path':'app'}|\"verdict\"",
        "inventory|{'name':'LEFT'}|pkg:npm/left-pad@1.3.0",
        "inventory|{'what':'servers'}|http://docs.example/mcp",
        "findings|{'severity':'high'}|mcp-plain-http",
        "findings|{'component':'nothing-like-it'}|\"total\":0",
        "reach|{'node':'docs'}|\"paths\"",
        "explain|{'command':'rm -rf /'}|\"decision\":\"deny\"",
        "explain|{'path':'a.txt','access':'write'}|\"decision\":\"allow\"",
        "explain|{'url':'http://169.254.169.254/'}|\"decision\":\"deny\"",
        "check_package|{'purl':'pkg:npm/left-pad@1.3.0'}|\"verdict\":\"unknown\"",
        "posture|{}|\"served\":{\"transport\":\"stdio\",\"token\":false,\"run\":false}",
      })
  void eachToolAnswersWithWhatItSaw(String tool, String arguments, String part) {
    assertThat(answer(call(tool, arguments)))
        .contains(part)
        .contains("\"structuredContent\"")
        .doesNotContain("isError");
  }

  @ParameterizedTest
  @ValueSource(strings = {"..", "/etc", "link", "app/../..", "nowhere", "~", "-x"})
  void whatLiesOutsideOfTheFolderIsNotThere(String path) throws IOException {
    Files.createSymbolicLink(folder.resolve("link"), elsewhere);

    assertThat(answer(call("scan", "{'path':'" + path + "'}")))
        .contains("\"isError\":true")
        .containsAnyOf("in the served folder", "refused by path.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "scan|{'folder':'app'}|there is no argument",
        "scan|{'path':7}|is no text",
        "reach|{}|is missing",
        "findings|{'limit':0}|is no whole number from 1 to 200",
        "findings|{'severity':'bad'}|is not one of",
        "explain|{}|name one of",
        "explain|{'command':'ls','path':'a'}|name one of",
        "check_package|{'purl':'left-pad'}|no package URL",
      })
  void whatDoesNotFitTheSchemaIsSaid(String tool, String arguments, String words) {
    assertThat(answer(call(tool, arguments))).contains("\"isError\":true", words);
  }

  @Test
  void aRuleCanCloseATool() {
    assertThat(answer(call("scan", "{}"), "--deny", "tool:redoubt/scan"))
        .contains("\"isError\":true", "refused by");
    assertThat(answer(call("posture", "{}"), "--deny", "tool:redoubt/scan"))
        .doesNotContain("isError");
  }

  @Test
  void commandsAreRunOnlyWhenTheyAreExposedAndAllowed() throws IOException {
    Path policy = elsewhere.resolve("policy.toml");
    Files.writeString(
        policy,
        """
        [[guard.rules]]
        effect = "allow"
        action = "run"
        command = "echo *"
        """);

    assertThat(answer(call("run", "{'command':'echo hi'}"))).contains("\"code\":-32602");
    assertThat(
            answer(
                call("run", "{'command':'echo hi'}"),
                "--expose",
                "run",
                "--policy",
                policy.toString()))
        .contains("\"exitCode\":0", "\"stdout\":\"hi\\n\"");
    assertThat(
            answer(
                call("run", "{'command':'make all'}"),
                "--expose",
                "run",
                "--policy",
                policy.toString()))
        .contains("\"isError\":true", "refused by");
  }

  @Test
  void theEndOfTheServerIsTheEndOfItsCommands() throws Exception {
    Path policy = elsewhere.resolve("policy.toml");
    Files.writeString(
        policy,
        """
        [[guard.rules]]
        effect = "allow"
        action = "run"
        command = "*"
        """);
    Path pid = folder.resolve("pid");
    String run = call("run", "{'command':'echo $$ > pid.part; mv pid.part pid; sleep 1000'}");
    Thread serving =
        start(
            new ByteArrayInputStream(
                (HELLO + "\n" + run + "\n").replace('\'', '"').getBytes(UTF_8)),
            new Lines(),
            "--expose",
            "run",
            "--policy",
            policy.toString());
    try {
      for (int i = 0; i < 600 && serving.isAlive() && !Files.exists(pid); i++) {
        serving.join(Duration.ofMillis(100));
      }
      ProcessHandle shell =
          ProcessHandle.of(Long.parseLong(Files.readString(pid).strip())).orElseThrow();
      serving.interrupt();
      serving.join();

      assertThat(shell.isAlive()).isFalse();
    } finally {
      serving.interrupt();
      serving.join();
    }
    assertThat(new Terminal(folder, home).redoubt("evidence", "verify").exitCode()).isZero();
  }

  @Test
  void eachCallLiesInTheEvidenceWithoutItsArguments() {
    serve(call("explain", "{'command':'echo secret-looking-thing'}"));

    Run shown = new Terminal(folder, home).redoubt("evidence", "show", "mcp-serve");
    Run verified = new Terminal(folder, home).redoubt("evidence", "verify");

    assertThat(shown.out()).contains("explain").doesNotContain("secret-looking-thing");
    assertThat(verified.exitCode()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--expose run|needs a --policy",
        "--expose write|is not run",
        "--expose run --policy broken.toml|needs \"effect\"",
        "--listen 0.0.0.0:0|name a --token-file",
        "--listen redoubt.example:80|is no address",
        "--listen 127.0.0.1:0 --expose run --policy p.toml|needs a --token-file",
        "--listen 127.0.0.1:0 --token-file open|chmod 600",
        "--token-file closed|is for --listen",
      })
  void whatWouldLetTooManyInIsRefused(String options, String words) throws IOException {
    Files.writeString(folder.resolve("open"), "0123456789abcdef");
    Files.setPosixFilePermissions(
        folder.resolve("open"), PosixFilePermissions.fromString("rw-r--r--"));
    Files.writeString(folder.resolve("closed"), "0123456789abcdef");
    Files.setPosixFilePermissions(
        folder.resolve("closed"), PosixFilePermissions.fromString("rw-------"));

    Files.writeString(folder.resolve("broken.toml"), "[[guard.rules]]\n");

    Run run = serve(call("scan", "{}"), options.split(" ", -1));

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains(words);
    assertThat(run.out()).isEmpty();
  }

  @Test
  void overHttpItSaysWhereAndAsksForTheToken() throws Exception {
    Path token = elsewhere.resolve("token");
    Files.writeString(token, "0123456789abcdef\n");
    Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-------"));
    Lines out = new Lines();
    Thread serving = start(out, "--listen", "127.0.0.1:0", "--token-file", token.toString());
    try (HttpClient client = HttpClient.newHttpClient()) {
      String ready = String.valueOf(out.lines.poll(60, TimeUnit.SECONDS));
      assertThat(ready).startsWith("ready http://127.0.0.1:");
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create(ready.substring("ready ".length()) + "/mcp"))
              .timeout(Duration.ofSeconds(60))
              .header("Content-Type", "application/json")
              .POST(BodyPublishers.ofString(HELLO.replace('\'', '"')));

      assertThat(client.send(request.build(), BodyHandlers.ofString()).statusCode()).isEqualTo(401);
      HttpResponse<String> answer =
          client.send(
              request.header("Authorization", "Bearer 0123456789abcdef").build(),
              BodyHandlers.ofString());

      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).contains("\"name\":\"redoubt\"");
      assertThat(answer.headers().firstValue("Mcp-Session-Id")).isPresent();
    } finally {
      serving.interrupt();
      serving.join();
    }
    assertThat(out.lines).isEmpty();
  }

  private Thread start(OutputStream out, String... options) {
    return start(new ByteArrayInputStream(new byte[0]), out, options);
  }

  private Thread start(InputStream in, OutputStream out, String... options) {
    List<String> all = new java.util.ArrayList<>(List.of("mcp", "serve"));
    all.addAll(List.of(options));
    Surroundings world =
        new Surroundings(
            Map.of("HOME", home.toString()),
            folder,
            new Streams(
                in,
                new PrintStream(out, true, UTF_8),
                new PrintStream(new ByteArrayOutputStream(), true, UTF_8),
                Terminals.NONE),
            Clock.systemUTC());
    return Thread.ofPlatform().start(() -> Main.run(all, world));
  }

  /// Lines that were written, for whoever waits for them.
  private static final class Lines extends OutputStream {
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    @Override
    public synchronized void write(int b) {
      if (b == '\n') {
        lines.add(line.toString(UTF_8));
        line.reset();
      } else {
        line.write(b);
      }
    }
  }
}
