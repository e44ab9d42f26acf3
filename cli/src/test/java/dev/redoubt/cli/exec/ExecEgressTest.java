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
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The way out of `redoubt exec`, from a command in a real wall to a real server.
@NeedsEngine("bwrap")
class ExecEgressTest {

  @TempDir private Path folder;
  @TempDir private Path home;
  private final AtomicInteger asked = new AtomicInteger();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          asked.incrementAndGet();
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
