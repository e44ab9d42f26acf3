// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.egress;

import static dev.redoubt.sandbox.egress.TestEgress.connected;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.sandbox.network.TestNet;
import java.io.IOException;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Socks5Test {

  private static final byte[] HELLO = Hellos.real("docs.example");

  @TempDir private Path folder;
  private final RawServer server = RawServer.echoing();
  private final TestNet net =
      new TestNet()
          .name("docs.example", "93.184.216.34")
          .server("93.184.216.34:443", server.port())
          .server("[2606:2800:220:1::1]:443", server.port());
  private final TestEgress egress =
      new TestEgress(net).allow("docs.example", "93.184.216.34", "[2606:2800:220:1::1]");

  Socks5Test() throws IOException {}

  @AfterEach
  void closesEverything() {
    egress.close();
    server.close();
  }

  @Test
  void aNamePasses() throws Exception {
    try (Socket socket = greeted()) {
      send(socket, request(1, name("docs.example"), 443));
      assertThat(reply(socket)).isEqualTo("05000001000000000000");
      socket.getOutputStream().write(HELLO);
      assertThat(socket.getInputStream().readNBytes(HELLO.length)).isEqualTo(HELLO);
    }
    assertThat(egress.decisions)
        .containsExactly("allow connect docs.example:443 (policy policy.command-line:1)");
  }

  @ParameterizedTest
  @CsvSource({
    "015DB8D822, 93.184.216.34",
    "0426062800022000010000000000000001, 2606:2800:220:1::1",
  })
  void anAddressPassesWhenItIsAllowed(String address, String shown) throws Exception {
    byte[] hello = Hellos.real("");
    try (Socket socket = greeted()) {
      send(socket, "050100" + address + "01BB");
      assertThat(reply(socket)).isEqualTo("05000001000000000000");
      socket.getOutputStream().write(hello);
      assertThat(socket.getInputStream().readNBytes(hello.length)).isEqualTo(hello);
    }
    assertThat(egress.decisions)
        .hasSize(1)
        .first()
        .asString()
        .contains("connect " + shown + ":443");
  }

  @ParameterizedTest
  @CsvSource({
    // BIND, UDP ASSOCIATE and what nobody defined
    "02, 03 0C 646F63732E6578616D706C65, 07",
    "03, 03 0C 646F63732E6578616D706C65, 07",
    "09, 03 0C 646F63732E6578616D706C65, 07",
    // other.example
    "01, 03 0D 6F746865722E6578616D706C65, 02",
    // 127.0.0.1, ::1, ::ffff:127.0.0.1 as addresses
    "01, 01 7F000001, 02",
    "01, 04 00000000000000000000000000000001, 02",
    "01, 04 00000000000000000000FFFF7F000001, 02",
    // 127.0.0.1, 127.1, 2130706433 and ::1 as names, and an empty one
    "01, 03 09 3132372E302E302E31, 02",
    "01, 03 05 3132372E31, 02",
    "01, 03 0A 32313330373036343333, 02",
    "01, 03 03 3A3A31, 02",
    "01, 03 00, 02",
    // docs.example with a NUL
    "01, 03 0D 646F63732E6578616D706C6500, 02",
    // no such kind of address
    "01, 05 7F000001, 08",
  })
  void whatIsNotAConnectionToAnAllowedServerIsRefused(String command, String address, String code)
      throws Exception {
    try (Socket socket = greeted()) {
      send(socket, "05" + command + "00" + address.replace(" ", "") + "01BB");
      assertThat(reply(socket)).isEqualTo("05" + code + "0001000000000000");
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }
    assertThat(egress.decisions).noneMatch(line -> line.startsWith("allow"));
    assertThat(net.dialled()).isEmpty();
  }

  @Test
  void portZeroIsNoPort() throws Exception {
    try (Socket socket = greeted()) {
      send(socket, request(1, name("docs.example"), 0));
      assertThat(reply(socket)).startsWith("0502");
    }
  }

  @Test
  void aServerThatIsGoneIsUnreachable() throws Exception {
    egress.allow("gone.example");
    try (Socket socket = greeted()) {
      send(socket, request(1, name("gone.example"), 443));
      assertThat(reply(socket)).startsWith("0504");
    }
  }

  @Test
  void tlsForAnotherHostIsRefused() throws Exception {
    try (Socket socket = greeted()) {
      send(socket, request(1, name("docs.example"), 443));
      assertThat(reply(socket)).startsWith("0500");
      socket.getOutputStream().write(Hellos.real("other.example"));
      assertThat(socket.getInputStream().readNBytes(7)).startsWith(21, 3, 3);
    }
    assertThat(egress.decisions)
        .endsWith("deny connect docs.example:443 (egress net.sni-mismatch)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"050100", "050101", "0500"})
  void aTokenIsNeeded(String greeting) throws Exception {
    try (Socket socket = connected(egress.onPort())) {
      send(socket, greeting);
      assertThat(socket.getInputStream().readNBytes(2)).containsExactly(5, 0xFF);
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void aWrongTokenIsRefused() throws Exception {
    try (Socket socket = connected(egress.onPort())) {
      send(socket, "050102");
      assertThat(socket.getInputStream().readNBytes(2)).containsExactly(5, 2);
      send(socket, "01077265646F756274" + "0178");
      assertThat(socket.getInputStream().readNBytes(2)).containsExactly(1, 1);
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void reachingTheSocketFileIsEnough() throws Exception {
    Path file = folder.resolve("s").resolve("egress.sock");
    EgressProxy proxy = egress.onSocket(file);
    assertThat(proxy.endpoint()).isEqualTo(new EgressEndpoint.Socket(file));
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.connect(UnixDomainSocketAddress.of(file));
      channel.write(ByteBuffer.wrap(HexFormat.of().parseHex("050100")));
      channel.write(
          ByteBuffer.wrap(HexFormat.of().parseHex(request(1, name("docs.example"), 443))));
      channel.write(ByteBuffer.wrap(HELLO));
      ByteBuffer answer = ByteBuffer.allocate(2 + 10 + HELLO.length);
      while (answer.hasRemaining() && channel.read(answer) >= 0) {
        assertThat(answer.position()).isPositive();
      }
      assertThat(HexFormat.of().withUpperCase().formatHex(answer.array(), 0, 12))
          .isEqualTo("050005000001000000000000");
      assertThat(answer.array()).endsWith(HELLO);
    }
  }

  private Socket greeted() throws IOException {
    EgressProxy proxy = egress.onPort();
    String token = TestEgress.port(proxy).token();
    Socket socket = connected(proxy);
    send(socket, "05020002");
    assertThat(socket.getInputStream().readNBytes(2)).containsExactly(5, 2);
    send(
        socket,
        "01077265646F756274"
            + HexFormat.of().toHexDigits((byte) token.length())
            + HexFormat.of().formatHex(token.getBytes(ISO_8859_1)));
    assertThat(socket.getInputStream().readNBytes(2)).containsExactly(1, 0);
    return socket;
  }

  private static String name(String name) {
    return "03"
        + HexFormat.of().toHexDigits((byte) name.length())
        + HexFormat.of().formatHex(name.getBytes(ISO_8859_1));
  }

  private static String request(int command, String address, int port) {
    return "05"
        + HexFormat.of().toHexDigits((byte) command)
        + "00"
        + address
        + HexFormat.of().toHexDigits((short) port);
  }

  private static void send(Socket socket, String hex) throws IOException {
    socket.getOutputStream().write(HexFormat.of().parseHex(hex));
  }

  private static String reply(Socket socket) throws IOException {
    return HexFormat.of().withUpperCase().formatHex(socket.getInputStream().readNBytes(10));
  }
}
