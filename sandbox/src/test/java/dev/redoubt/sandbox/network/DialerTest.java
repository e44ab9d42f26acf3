// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.network;

import static dev.redoubt.sandbox.network.TestNet.good;
import static dev.redoubt.sandbox.network.TestNet.open;
import static dev.redoubt.sandbox.network.TestNet.operator;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.redoubt.guard.network.HostAndPort;
import dev.redoubt.guard.network.IpAddress;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DialerTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @Test
  void aConnectionCarriesBytesBothWays() throws Exception {
    try (ScriptedServer server =
        ScriptedServer.plain((_, out) -> out.write("hello".getBytes(UTF_8)))) {
      TestNet net =
          new TestNet().name("db.example", "1.2.3.4").server("1.2.3.4:5432", server.port());
      try (Connection connection = net.dialer().dial(at("db.example:5432"), open(), PATIENCE)) {
        connection.output().write("ping\r\n\r\n".getBytes(UTF_8));
        assertThat(connection.input().readNBytes(5)).asString(UTF_8).isEqualTo("hello");
      }
      assertThat(server.requests()).containsExactly("ping\r\n\r\n");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1:22", "localhost:22", "[::1]:22", "10.0.0.1:22", "box:22"})
  void anInnerTargetIsRefused(String target) {
    TestNet net = new TestNet();

    assertThatThrownBy(() -> net.dialer().dial(at(target), open(), PATIENCE))
        .isInstanceOf(RefusedConnectionException.class);
    assertThat(net.dialled()).isEmpty();
  }

  @Test
  void metadataIsShutForOperatorsToo() {
    assertThatThrownBy(() ->
            new TestNet()
                .dialer()
                .dial(at("169.254.169.254:80"), operator("169.254.169.254:80"), PATIENCE))
        .isInstanceOfSatisfying(
            RefusedConnectionException.class,
            e -> assertThat(e.rule()).isEqualTo("net.operator-target"));
  }

  @Test
  void theRealDialerReachesLoopbackForAnOperatorOnly() throws Exception {
    try (ScriptedServer server = ScriptedServer.plain((_, _) -> {})) {
      String target = "localhost:" + server.port();
      Dialer dialer = Dialer.create();

      dialer.dial(at(target), operator(target), PATIENCE).close();
      assertThatThrownBy(() -> dialer.dial(at(target), open(), PATIENCE))
          .isInstanceOf(RefusedConnectionException.class);
    }
  }

  @Test
  void theNameServiceOfTheMachineKnowsLocalhost() {
    assertThat(new HostNameResolver(PATIENCE).resolve("localhost").orElseThrow())
        .isNotEmpty()
        .isSubsetOf(ip("127.0.0.1"), ip("::1"));
  }

  @Test
  void aNameThatCannotExistIsAnError() {
    assertThatThrownBy(() -> new HostNameResolver(PATIENCE).resolve("x.invalid"))
        .isInstanceOf(UncheckedIOException.class);
  }

  @Test
  void theMachinesOwnAddressesIncludeLoopback() throws SocketException {
    assertThat(OwnAddresses.find()).contains(ip("127.0.0.1"));
  }

  private static HostAndPort at(String text) {
    return good(HostAndPort.read(text));
  }

  private static IpAddress ip(String text) {
    return IpAddress.parse(text).orElseThrow();
  }
}
