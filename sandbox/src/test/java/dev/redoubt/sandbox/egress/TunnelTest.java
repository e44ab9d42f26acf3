// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.egress;

import static dev.redoubt.sandbox.egress.TestEgress.connected;
import static dev.redoubt.sandbox.egress.TestEgress.head;
import static dev.redoubt.sandbox.egress.TestEgress.pass;
import static dev.redoubt.sandbox.egress.TestEgress.rest;
import static dev.redoubt.sandbox.egress.TestEgress.talk;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.guard.network.NetworkMatcher;
import dev.redoubt.sandbox.network.TestNet;
import java.io.IOException;
import java.net.Socket;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TunnelTest {

  private static final String ACCEPTED = "HTTP/1.1 200 Connection established\n\n";
  private static final byte[] ALERT = {21, 3, 3, 0, 2, 2, 112};

  private final RawServer server = RawServer.echoing();
  private final TestNet net =
      new TestNet()
          .name("docs.example", "93.184.216.34", "93.184.216.34")
          .server("93.184.216.34:443", server.port())
          .server("93.184.216.34:8443", server.port())
          .server("93.184.216.34:80", server.port())
          .server("93.184.216.34:22", server.port());
  private final TestEgress egress = new TestEgress(net).allow("docs.example");

  TunnelTest() throws IOException {}

  @AfterEach
  void closesEverything() {
    egress.close();
    server.close();
  }

  @Test
  void tlsForTheHostThatWasAskedForPasses() throws Exception {
    byte[] hello = Hellos.real("docs.example");
    try (Socket socket = tunnel("docs.example:443")) {
      assertThat(head(socket)).isEqualTo(ACCEPTED);
      socket.getOutputStream().write(hello);
      assertThat(socket.getInputStream().readNBytes(hello.length)).isEqualTo(hello);
      socket.getOutputStream().write("more".getBytes(ISO_8859_1));
      assertThat(socket.getInputStream().readNBytes(4)).asString(ISO_8859_1).isEqualTo("more");
      socket.shutdownOutput();
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }
    assertThat(egress.decisions)
        .containsExactly("allow connect docs.example:443 (policy policy.command-line:1)");
    assertThat(net.lookups()).containsExactly("docs.example");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 50, 200})
  void aGreetingInPiecesPassesToo(int size) throws Exception {
    byte[] message =
        Hellos.message(Hellos.extension(10, new byte[300]), Hellos.name("docs.example"));
    byte[] hello = Hellos.records(message, size);
    try (Socket socket = tunnel("docs.example:443")) {
      assertThat(head(socket)).isEqualTo(ACCEPTED);
      for (int at = 0; at < hello.length; at += 7) {
        socket.getOutputStream().write(hello, at, Math.min(7, hello.length - at));
      }
      assertThat(socket.getInputStream().readNBytes(hello.length)).isEqualTo(hello);
    }
  }

  @Test
  void tlsForAnotherHostIsRefused() throws Exception {
    assertThat(afterAccepted("docs.example:443", Hellos.real("other.example"))).isEqualTo(ALERT);
    assertRefused("net.sni-mismatch");
  }

  @Test
  void tlsForNoHostIsRefused() throws Exception {
    assertThat(afterAccepted("docs.example:443", Hellos.real(""))).isEqualTo(ALERT);
    assertRefused("net.sni-mismatch");
  }

  @ParameterizedTest
  @ValueSource(strings = {"docs.example.", "DOCS.EXAMPLE.other", "docs.exampl", "*.example"})
  void aNameIsTheSameOrAnother(String name) throws Exception {
    assertThat(afterAccepted("docs.example:443", Hellos.with(Hellos.name(name)))).isEqualTo(ALERT);
    assertRefused("net.sni-mismatch");
  }

  @Test
  void caseDoesNotCount() throws Exception {
    byte[] hello = Hellos.with(Hellos.name("Docs.Example"));
    try (Socket socket = tunnel("DOCS.example:443")) {
      assertThat(head(socket)).isEqualTo(ACCEPTED);
      socket.getOutputStream().write(hello);
      assertThat(socket.getInputStream().readNBytes(hello.length)).isEqualTo(hello);
    }
  }

  @Test
  void aGreetingThatHidesANameIsRefused() throws Exception {
    byte[] hello =
        Hellos.with(Hellos.name("docs.example"), Hellos.extension(0xFE0D, new byte[100]));

    assertThat(afterAccepted("docs.example:443", hello)).isEqualTo(ALERT);
    assertRefused("net.tls-hidden-name");
  }

  @Test
  void aBrokenGreetingIsRefused() throws Exception {
    byte[] hello = Hellos.with(Hellos.name("docs.example"));
    hello[hello.length - 1] = 0;

    assertThat(afterAccepted("docs.example:443", hello)).isEqualTo(ALERT);
    assertRefused("net.tls-malformed");
  }

  @Test
  void anAddressIsAskedForWithoutANameOnly() throws Exception {
    egress.allow("93.184.216.34");
    byte[] hello = Hellos.real("");
    try (Socket socket = tunnel("93.184.216.34:443")) {
      assertThat(head(socket)).isEqualTo(ACCEPTED);
      socket.getOutputStream().write(hello);
      assertThat(socket.getInputStream().readNBytes(hello.length)).isEqualTo(hello);
    }
    assertThat(afterAccepted("93.184.216.34:443", Hellos.real("docs.example"))).isEqualTo(ALERT);
    assertRefused("net.sni-mismatch");
  }

  @ParameterizedTest
  @CsvSource({"443, GET / HTTP/1.1", "443, SSH-2.0-x", "8443, 'ssh'"})
  void whatIsNeitherTlsNorHttpIsRefused(int port, String text) throws Exception {
    assertThat(afterAccepted("docs.example:" + port, text.getBytes(ISO_8859_1))).isEmpty();
    assertRefused("net.not-tls");
  }

  @Test
  void aHostNamedWithItsPortMaySpeakAnything() throws Exception {
    egress.allow("docs.example:22", "docs.example:443");
    try (Socket socket = tunnel("docs.example:22")) {
      assertThat(head(socket)).isEqualTo(ACCEPTED);
      socket.getOutputStream().write("ssh-2.0\r\n".getBytes(ISO_8859_1));
      assertThat(socket.getInputStream().readNBytes(9))
          .asString(ISO_8859_1)
          .isEqualTo("ssh-2.0\r\n");
    }
    assertThat(afterAccepted("docs.example:443", "ssh-2.0".getBytes(ISO_8859_1))).isEmpty();
    assertRefused("net.not-tls");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      value = {
        "GET / HTTP/1.1|Host: other.example|| ! net.host-mismatch",
        "GET http://other.example/ HTTP/1.1|Host: other.example|| ! net.http-malformed",
        "GET http://docs.example:8443/ HTTP/1.1|Host: docs.example:8443|| ! net.http-malformed",
        "||GET / HTTP/1.1|Host: other.example|| ! net.http-malformed",
        "anything http://other.example/ http/1.1|| ! net.http-malformed",
        "GET /a b c\u0001 \u00e9 HTTP/1.1|Host: other.example|| ! net.http-malformed",
        "GET /|| ! net.http-malformed",
        "PRI * HTTP/2.0||SM|| ! net.http-malformed",
        "CONNECT other.example:1 HTTP/1.1|Host: docs.example:8443|| ! net.nested-tunnel",
        "GET / HTTP/1.1|Host: docs.example:8443|Upgrade: websocket|| ! net.upgrade",
      })
  void httpToAHostNamedWithItsPortIsJudgedToo(String request, String rule) throws Exception {
    egress.allow("docs.example:8443");
    try (RawServer web = RawServer.collecting("HTTP/1.1 200 OK\r\n\r\n", "\r\n")) {
      net.server("93.184.216.34:8443", web.port());

      byte[] sent = request.replace("|", "\r\n").getBytes(ISO_8859_1);

      assertThat(new String(afterAccepted("docs.example:8443", sent), ISO_8859_1))
          .startsWith("HTTP/1.1 40")
          .contains("X-Redoubt-Rule: " + rule + "\r\n");
      assertThat(web.received()).allMatch(String::isEmpty);
    }
  }

  @Test
  void aFirstLineWithoutAnEndIsRefused() throws Exception {
    egress.allow("docs.example:8443");

    assertThat(afterAccepted("docs.example:8443", "\r\n".repeat(9000).getBytes(ISO_8859_1)))
        .isEmpty();
    assertRefused("net.not-tls");
  }

  @Test
  void aCredentialIsPutInWhereHttpIsSpokenInATunnel() throws Exception {
    egress.allow("docs.example:8443");
    egress.credentials =
        List.of(
            new CredentialBinding(
                "REDOUBT-PLACEHOLDER-1",
                TestNet.good(NetworkMatcher.parse("docs.example:8443")),
                () -> "s3cret"));
    try (RawServer web =
        RawServer.collecting("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", "\r\n\r\n")) {
      net.server("93.184.216.34:8443", web.port());
      try (Socket socket = tunnel("docs.example:8443")) {
        assertThat(head(socket)).isEqualTo(ACCEPTED);
        socket
            .getOutputStream()
            .write(
                "GET / HTTP/1.1\r\nHost: docs.example:8443\r\nX-Key: REDOUBT-PLACEHOLDER-1\r\n\r\n"
                    .getBytes(ISO_8859_1));
        assertThat(head(socket)).startsWith("HTTP/1.1 200 OK\n");
      }
      assertThat(web.received().getLast()).contains("X-Key: s3cret\r\n");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SSH-2.0-OpenSSH_9.2p1 Debian-2|",
        "\u0000\u0000\u0000\u0008\u0004\u00d2\u0016/",
        "*1|$4|PING|",
        "PING|",
        "get key|",
        "0032git-upload-pack /project\u0000host=docs.example\u0000",
      })
  void otherProtocolsPassToAHostNamedWithItsPort(String words) throws Exception {
    egress.allow("docs.example:8443");
    byte[] sent = words.replace("|", "\r\n").getBytes(ISO_8859_1);
    try (Socket socket = tunnel("docs.example:8443")) {
      assertThat(head(socket)).isEqualTo(ACCEPTED);
      socket.getOutputStream().write(sent);
      assertThat(socket.getInputStream().readNBytes(sent.length)).isEqualTo(sent);
    }
  }

  @Test
  void tlsToAHostNamedWithItsPortStillNamesThatHost() throws Exception {
    egress.allow("docs.example:22");

    assertThat(afterAccepted("docs.example:22", Hellos.real("other.example"))).isEqualTo(ALERT);
    assertRefused("net.sni-mismatch");
  }

  @Test
  void inspectionOfOthersDoesNotLetAHiddenNamePass() throws Exception {
    egress.allow("docs.example:22");
    egress.authority = Optional.of(SessionAuthority.create(InstantSource.system()));
    byte[] hello =
        Hellos.with(Hellos.name("docs.example"), Hellos.extension(0xFE0D, new byte[100]));

    assertThat(afterAccepted("docs.example:22", hello)).isEqualTo(ALERT);
    assertRefused("net.tls-hidden-name");
  }

  @Test
  void aServerThatSpeaksFirstIsHeard() throws Exception {
    try (RawServer greeting =
        new RawServer(socket -> socket.getOutputStream().write("220 ready".getBytes(ISO_8859_1)))) {
      net.server("93.184.216.34:22", greeting.port());
      egress.allow("docs.example:22");
      try (Socket socket = tunnel("docs.example:22")) {
        assertThat(head(socket)).isEqualTo(ACCEPTED);
        assertThat(rest(socket.getInputStream())).isEqualTo("220 ready");
      }
    }
  }

  @Test
  void httpInATunnelIsJudgedRequestByRequest() throws Exception {
    egress.deny("docs.example:81");
    try (RawServer web =
        RawServer.collecting("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", "\r\n\r\n")) {
      net.server("93.184.216.34:80", web.port());
      net.name("docs.example", "93.184.216.34", "93.184.216.34", "93.184.216.34");
      try (Socket socket = tunnel("docs.example:80")) {
        assertThat(head(socket)).isEqualTo(ACCEPTED);
        for (String path : new String[] {"/a", "/b"}) {
          socket
              .getOutputStream()
              .write(
                  ("GET " + path + " HTTP/1.1\r\nHost: docs.example\r\n\r\n").getBytes(ISO_8859_1));
          assertThat(head(socket)).startsWith("HTTP/1.1 200 OK\n");
          assertThat(socket.getInputStream().readNBytes(2)).asString(ISO_8859_1).isEqualTo("ok");
        }
        socket
            .getOutputStream()
            .write("GET /c HTTP/1.1\r\nHost: other.example\r\n\r\n".getBytes(ISO_8859_1));
        assertThat(head(socket)).startsWith("HTTP/1.1 403 Forbidden by net.host-mismatch\n");
      }
    }
    assertThat(egress.decisions)
        .containsExactly(
            "allow connect docs.example:80 (policy policy.command-line:1)",
            "allow GET http://docs.example/a (policy policy.command-line:1)",
            "allow GET http://docs.example/b (policy policy.command-line:1)",
            "deny GET /c (egress net.host-mismatch)");
  }

  @ParameterizedTest
  @CsvSource({
    "user@docs.example:443, net.userinfo",
    "docs.example@other.example:443, net.userinfo",
    "127.0.0.1:443, net.inner-address",
    "[::ffff:127.0.0.1]:443, net.inner-address",
    "[::ffff:7f00:1]:443, net.inner-address",
    "[64:ff9b::7f00:1]:443, net.inner-address",
    "2130706433:443, net.ip-form",
    "0x7f000001:443, net.ip-form",
    "0177.0.0.1:443, net.ip-form",
    "127.1:443, net.ip-form",
    "127.0.0.1.:443, net.ip-form",
    "docs.example.:443, net.malformed",
    "docs%2eexample:443, net.malformed",
    "docs.example:0443, net.malformed",
    "docs.example:443:443, net.malformed",
    "docs.example:0, net.malformed",
    "docs.example:65536, net.malformed",
    "docs.example:+443, net.malformed",
    "docs.example, net.malformed",
    "https://docs.example/, net.malformed",
    "::1:443, net.malformed",
    "[::1:443, net.malformed",
    "localhost:443, net.inner-name",
    "metadata.google.internal:80, net.inner-name",
    "127.0.0.1.nip.io:443, net.embedding-name",
    "other.example:443, net.unresolved",
  })
  void anOddOrInnerTargetIsRefused(String target, String rule) throws Exception {
    assertThat(talk(egress.onPort(), "CONNECT " + target + " HTTP/1.1|{pass}|"))
        .startsWith("HTTP/1.1 403 ")
        .contains("X-Redoubt-Rule: " + rule + "\r\n");
    assertThat(egress.decisions).hasSize(1).noneMatch(line -> line.startsWith("allow"));
    assertThat(net.dialled()).isEmpty();
    assertThat(net.lookups()).isEmpty();
  }

  @Test
  void theHostLineOfConnectNamesNoOtherServer() throws Exception {
    assertThat(
            talk(
                egress.onPort(),
                "CONNECT docs.example:443 HTTP/1.1|Host: other.example:443|{pass}|"))
        .contains("net.host-mismatch");
  }

  @Test
  void aNameThatLeadsInwardIsRefused() throws Exception {
    net.name("turning.example", "93.184.216.34 10.0.0.1");
    egress.allow("turning.example");

    assertThat(talk(egress.onPort(), "CONNECT turning.example:443 HTTP/1.1|{pass}|"))
        .startsWith("HTTP/1.1 403 ")
        .contains("to allow it: --allow net:turning.example:443");
    assertThat(net.dialled()).isEmpty();
  }

  @Test
  void aServerThatIsGoneIsABadGateway() throws Exception {
    net.server("93.184.216.34:9", 1);
    egress.allow("docs.example:9");

    assertThat(talk(egress.onPort(), "CONNECT docs.example:9 HTTP/1.1|{pass}|"))
        .startsWith("HTTP/1.1 502 ");
  }

  private Socket tunnel(String at) throws IOException {
    EgressProxy proxy = egress.onPort();
    Socket socket = connected(proxy);
    socket
        .getOutputStream()
        .write(
            ("CONNECT "
                    + at
                    + " HTTP/1.1\r\nHost: "
                    + at
                    + "\r\n"
                    + pass(proxy).trim()
                    + "\r\n\r\n")
                .getBytes(ISO_8859_1));
    return socket;
  }

  private byte[] afterAccepted(String at, byte[] first) throws IOException {
    try (Socket socket = tunnel(at)) {
      assertThat(head(socket)).isEqualTo(ACCEPTED);
      socket.getOutputStream().write(first);
      return rest(socket.getInputStream()).getBytes(ISO_8859_1);
    }
  }

  private void assertRefused(String rule) {
    assertThat(egress.decisions.getLast())
        .startsWith("deny connect ")
        .endsWith("(egress " + rule + ")");
    assertThat(server.connections()).isLessThanOrEqualTo(2);
  }
}
