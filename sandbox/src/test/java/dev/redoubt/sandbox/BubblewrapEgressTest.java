// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.sandbox.bubblewrap.BubblewrapBackend;
import dev.redoubt.sandbox.processes.Ended;
import dev.redoubt.sandbox.wall.Enclosure;
import dev.redoubt.sandbox.wall.ResourceLimits;
import dev.redoubt.testkit.NeedsEngine;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The way out of the wall of `bubblewrap`, with something that only echoes in the proxy's place.
@NeedsEngine("bwrap")
class BubblewrapEgressTest {

  @TempDir Path folder;
  private ServerSocketChannel proxy;
  private Enclosed walled;

  @BeforeEach
  void open() throws IOException, InterruptedException {
    Path socket = folder.toRealPath().resolve("proxy");
    proxy = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    proxy.bind(UnixDomainSocketAddress.of(socket));
    Thread.ofVirtual().start(this::serve);
    walled =
        Enclosed.open(
            new BubblewrapBackend(),
            folder,
            ResourceLimits.DEFAULT,
            new Enclosure.Exits.Proxy(
                socket, "127.0.0.1:18118", Map.of("http_proxy", "http://127.0.0.1:18118")),
            (workspace, _) -> Files.writeString(workspace.resolve(".env"), "secret"));
  }

  @AfterEach
  void close() throws IOException {
    walled.close();
    proxy.close();
  }

  private void serve() {
    while (proxy.isOpen()) {
      try (SocketChannel client = proxy.accept()) {
        ByteBuffer bytes = ByteBuffer.allocate(1024);
        while (client.read(bytes) >= 0) {
          bytes.flip();
          client.write(bytes);
          bytes.clear();
        }
      } catch (IOException e) {
        // The test is over.
      }
    }
  }

  @Test
  void theProxyIsReachedThroughTheLoopback() {
    Ended ended =
        walled.run(
            "exec 3<>/dev/tcp/127.0.0.1/18118 && echo over there >&3 && read -r a <&3"
                + " && echo \"$a\" $http_proxy; exit 7");

    assertThat(ended.output()).hasToString("over there http://127.0.0.1:18118\n");
    assertThat(ended.errors().toString()).isEmpty();
    assertThat(ended.ending().exitCode()).isEqualTo(7);
  }

  @Test
  void nothingElseIsReached() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Ended ended =
          walled.run(
              "(exec 3<>/dev/tcp/127.0.0.1/%d) || (exec 3<>/dev/tcp/1.1.1.1/443)"
                      .formatted(server.getLocalPort())
                  + " || (exec 3<>/dev/udp/127.0.0.1/53) || echo no");

      assertThat(ended.output()).hasToString("no\n");
    }
  }

  @Test
  void theFilterHoldsTheCommandAndWhatItStarts() {
    assertThat(walled.run("grep -h '^Seccomp:' /proc/self/status").output())
        .hasToString("Seccomp:\t2\n");
    assertThat(
            walled.said(
                "perl -MSocket -e 'socket(my $s, AF_UNIX, SOCK_STREAM, 0) or print \"held\"'"))
        .isEqualTo("held");
    assertThat(walled.said("unshare -U true 2>/dev/null || echo held")).isEqualTo("held\n");
    assertThat(walled.said("for p in /proc/[0-9]*; do (: > $p/mem) 2>/dev/null && echo $p; done"))
        .isEmpty();
    assertThat(walled.said("cat .env")).doesNotContain("secret");
  }

  @Test
  void variablesOfTheCommandAreNotThoseOfTheRelay() {
    // Landlock, where it is the second layer, does not even show them.
    assertThat(walled.run("tr '\\0' '\\n' < /proc/2/environ | grep -c http_proxy").output())
        .hasToString("0\n");
  }
}
