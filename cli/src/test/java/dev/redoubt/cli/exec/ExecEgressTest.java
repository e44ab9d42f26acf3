// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.exec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.redoubt.cli.Terminal;
import dev.redoubt.cli.Terminal.Run;
import dev.redoubt.testkit.NeedsEngine;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The way out of `redoubt exec`, from a command in a real wall to a real server.
@NeedsEngine("bwrap")
class ExecEgressTest {

  @TempDir private Path folder;
  @TempDir private Path home;
  private final AtomicInteger asked = new AtomicInteger();
  private final List<String> got = new CopyOnWriteArrayList<>();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          asked.incrementAndGet();
          exchange.getRequestHeaders().forEach((name, values) -> got.add(name + ": " + values));
          byte[] answer = "from outside".getBytes(UTF_8);
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  @NeedsEngine("curl")
  void aConnectionThatARuleAllowsIsMade() throws IOException {
    Run run = exec("--allow", "net:" + at(), "--", "curl", "-sS", "-o", "got", "http://" + at());

    assertThat(run.err()).isEmpty();
    assertThat(Files.readString(folder.resolve("got"))).isEqualTo("from outside");
    assertThat(new Terminal(folder, home).redoubt("evidence", "show", "exec").out())
        .contains("\"action\":\"fetch\"", "\"decision\":\"allow\"");
  }

  @Test
  @NeedsEngine("perl")
  void anotherConnectionOfTheSameCommandIsRefused() {
    String hidden =
        "use IO::Socket::INET; my ($h, $p) = split /:/, $ARGV[0];"
            + " my $direct = IO::Socket::INET->new(PeerAddr => $h, PeerPort => $p);"
            + " exit($direct ? 9 : 4)";

    Run run =
        exec(
            "--approval",
            "workspace",
            "--allow",
            "net:127.0.0.1:1",
            "--",
            "perl",
            "-e",
            hidden,
            at());

    assertThat(run.exitCode()).isEqualTo(4);
    assertThat(asked).hasValue(0);
  }

  @Test
  @NeedsEngine("curl")
  void commandsKnowPlaceholdersAndTheServerGetsTheValues() throws IOException {
    Path file = Files.writeString(home.resolve("token"), "value-of-the-file\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    List<String> gotElsewhere = new CopyOnWriteArrayList<>();
    HttpServer other =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    other.createContext(
        "/",
        exchange -> {
          gotElsewhere.add(String.valueOf(exchange.getRequestHeaders().getFirst("X-All")));
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    other.start();
    try {
      String elsewhere = "127.0.0.1:" + other.getAddress().getPort();
      StringBuilder config = new StringBuilder();
      for (String source : List.of("env:TOKEN_A", "file:~/token", "exec:echo 'exec  says'")) {
        char name = (char) ('A' + config.toString().split("for =", -1).length - 1);
        config.append(
            "[options.sandbox.credentials.c%s]\nfor = \"http://%s\"\nfrom = \"%s\"\nvariable = \"TOKEN_%1$s\"\n"
                .formatted(name, at(), source));
      }
      Files.writeString(folder.resolve("config.toml"), config);
      Run run =
          new Terminal(folder, home)
              .withVariable("TOKEN_A", "value-of-the-variable")
              .withVariable("PATH", "/usr/bin:/bin")
              .redoubt(
                  "--config",
                  folder.resolve("config.toml").toString(),
                  "exec",
                  "--sandbox",
                  "bubblewrap",
                  "--approval",
                  "workspace",
                  "--allow",
                  "net:" + at(),
                  "--allow",
                  "net:" + elsewhere,
                  "--",
                  "bash",
                  "-c",
                  "for to in http://%s http://%s; do curl -sS -H \"X-All: $TOKEN_A $TOKEN_B $TOKEN_C\" $to; done; env > seen"
                      .formatted(at(), elsewhere));

      assertThat(run.err()).isEmpty();
      assertThat(run.exitCode()).isZero();
      assertThat(got).contains("X-all: [value-of-the-variable value-of-the-file exec  says]");
      assertThat(gotElsewhere)
          .singleElement()
          .asString()
          .matches("(redoubt-credential-[A-Za-z0-9_-]{32} ?){3}");
      assertThat(folder.resolve("seen"))
          .content()
          .containsPattern("TOKEN_C=redoubt-credential-")
          .doesNotContain("value-of", "exec  says");
      assertThat(new Terminal(folder, home).redoubt("evidence", "show", "exec", "--json").out())
          .doesNotContain("value-of", "exec  says");
    } finally {
      other.stop(0);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          from = "env:A"                              | variable is needed for a credential
          from = "A", variable = "B"                  | is not env:VARIABLE, file:PATH or exec:COMMAND
          from = "env:A", variable = "PATH"           | names PATH, which commands get as it is
          from = "env:GH_X", variable = "B"           | names GH_X, which commands get as it is
          from = "env:A", variable = "B", foo = "x"   | there is no key
          from = "exec:'x", variable = "B"            | cannot be run: a quote is not closed
          from = "file:inside", variable = "B"        | lies in the workspace
          from = "file:~/open", variable = "B"        | is open to others
          from = "file:~/gone", variable = "B"        | cannot be read
          from = "env:WITH_LINE", variable = "B"      | gives no 1 to 8000 visible ASCII characters
          """)
  void aCredentialThatCannotBeKeptIsAnError(String keys, String message) throws IOException {
    Files.writeString(folder.resolve("inside"), "value");
    Path open = Files.writeString(home.resolve("open"), "value");
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-r--r--"));
    Path config = home.resolve("config.toml");
    Files.writeString(
        config,
        "[options.sandbox]\nenv-pass = [\"GH_*\"]\n"
            + "credentials.c = { for = \"http://%s\", %s }\n".formatted(at(), keys));

    Run run =
        new Terminal(folder, home)
            .withVariable("WITH_LINE", "secret\nvalue")
            .redoubt(
                "--config",
                config.toString(),
                "exec",
                "--sandbox",
                "bubblewrap",
                "--allow",
                "net:" + at(),
                "--",
                "touch",
                "made");

    assertThat(run.err()).contains(message).doesNotContain("secret");
    assertThat(run.exitCode()).isIn(2, 4);
    assertThat(folder.resolve("made")).doesNotExist();
  }

  @Test
  void aCredentialIsNotSentInTheClearToAnotherMachine() throws IOException {
    for (String host :
        List.of(
            "api.forge.example",
            "10.0.0.1",
            "[2001:db8::1]",
            "localhost.forge.example",
            "127.forge.example",
            "api.forge.example:8080",
            "[::ffff:7f00:1]")) {
      Run run = posture("http://" + host);

      assertThat(run.exitCode()).as(host).isEqualTo(2);
      assertThat(run.err()).contains("options.sandbox.credentials.c.for");
    }
    assertThat(posture("http://api.forge.example").err())
        .contains("would send the credential in the clear", "https:// for api.forge.example");
    for (String host : List.of("localhost", "127.0.0.1:8080", "[::1]:80")) {
      assertThat(posture("http://" + host).exitCode()).as(host).isZero();
    }
  }

  private Run posture(String address) throws IOException {
    Files.writeString(
        home.resolve("config.toml"),
        "[options.sandbox.credentials.c]\nfor = \"%s\"\nfrom = \"env:A\"\nvariable = \"B\"\n"
            .formatted(address));
    return new Terminal(folder, home)
        .redoubt("--config", home.resolve("config.toml").toString(), "posture");
  }

  @Test
  void anAddressOfMoreThanAServerIsAnError() throws IOException {
    for (String address : List.of("https://a.example/path", "https://a.example:8443", "a", "*")) {
      Run run = posture(address);

      assertThat(run.exitCode()).as(address).isEqualTo(2);
      assertThat(run.err()).contains("options.sandbox.credentials.c.for");
    }
  }

  private String at() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  private Run exec(String... arguments) {
    String[] all = new String[arguments.length + 3];
    all[0] = "exec";
    all[1] = "--sandbox";
    all[2] = "bubblewrap";
    System.arraycopy(arguments, 0, all, 3, arguments.length);
    return new Terminal(folder, home).redoubt(all);
  }
}
