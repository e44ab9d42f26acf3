// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.egress;

import static dev.redoubt.sandbox.egress.TestEgress.connected;
import static dev.redoubt.sandbox.egress.TestEgress.head;
import static dev.redoubt.sandbox.egress.TestEgress.pass;
import static dev.redoubt.sandbox.egress.TestEgress.rest;
import static dev.redoubt.sandbox.network.ScriptedServer.says;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.redoubt.guard.network.Host;
import dev.redoubt.guard.network.NetworkMatcher;
import dev.redoubt.sandbox.network.ScriptedServer;
import dev.redoubt.sandbox.network.TestNet;
import dev.redoubt.testkit.Engines;
import dev.redoubt.testkit.NeedsEngine;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InspectionTest {

  private static final String HELLO = "HTTP/1.1 200 OK\nContent-Length: 5\n\nhello";

  @TempDir private Path folder;
  private final SessionAuthority outside = SessionAuthority.create(InstantSource.system());
  private final SessionAuthority session = SessionAuthority.create(InstantSource.system());
  private final ScriptedServer server =
      ScriptedServer.tls(outside.context(host("docs.example")), says(HELLO));
  private final TestNet net =
      new TestNet()
          .name("docs.example", "93.184.216.34", "93.184.216.34", "93.184.216.34")
          .name("other.example", "93.184.216.34")
          .server("93.184.216.34:443", server.port())
          .trusting(trusting(outside));
  private final TestEgress egress = new TestEgress(net).allow("docs.example");

  InspectionTest() throws IOException {
    egress.authority = Optional.of(session);
  }

  @AfterEach
  void closesEverything() {
    egress.close();
    server.close();
  }

  @Test
  void everyRequestInsideTlsIsJudgedAndServed() throws Exception {
    egress.deny("other.example");
    egress.credentials =
        List.of(
            new CredentialBinding(
                "REDOUBT-PLACEHOLDER-1",
                TestNet.good(NetworkMatcher.parse("docs.example:443")),
                () -> "s3cret"));
    try (SSLSocket inside = inside(egress.onPort(), "docs.example", trusting(session))) {
      for (String path : new String[] {"/a?b", "/c"}) {
        send(inside, "GET " + path + " HTTP/1.1|Host: docs.example|X-Key: REDOUBT-PLACEHOLDER-1||");
        assertThat(head(inside)).startsWith("HTTP/1.1 200 OK\n");
        assertThat(inside.getInputStream().readNBytes(5)).asString(ISO_8859_1).isEqualTo("hello");
      }
      send(inside, "GET / HTTP/1.1|Host: other.example||");
      assertThat(head(inside)).startsWith("HTTP/1.1 403 Forbidden by net.host-mismatch\n");
    }
    assertThat(server.requests())
        .hasSize(2)
        .first()
        .asString()
        .startsWith("GET /a?b HTTP/1.1\r\nHost: docs.example\r\n")
        .contains("X-Key: s3cret\r\n");
    assertThat(egress.decisions)
        .containsExactly(
            "allow GET https://docs.example/a?b (policy policy.command-line:1)",
            "allow GET https://docs.example/c (policy policy.command-line:1)",
            "deny GET / (egress net.host-mismatch)");
  }

  @Test
  void whatIsNotAllowedIsRefusedInsideTls() throws Exception {
    try (SSLSocket inside = inside(egress.onPort(), "other.example", trusting(session))) {
      send(inside, "GET / HTTP/1.1|Host: other.example||");
      assertThat(rest(inside.getInputStream()))
          .startsWith("HTTP/1.1 403 Forbidden by net.unresolved\r\n")
          .endsWith("to allow it: --allow net:other.example:443\n");
    }
    assertThat(net.lookups()).isEmpty();
    assertThat(net.dialled()).isEmpty();
  }

  @Test
  void aServerThatDoesNotProveItsNameGetsNothing() throws Exception {
    egress.allow("other.example");
    try (SSLSocket inside = inside(egress.onPort(), "other.example", trusting(session))) {
      send(inside, "GET / HTTP/1.1|Host: other.example||");
      assertThat(head(inside)).startsWith("HTTP/1.1 502 Bad Gateway by net.tls\n");
    }
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void nobodyElseTrustsTheSession() {
    assertThatThrownBy(() -> inside(egress.onPort(), "docs.example", SSLContext.getDefault()))
        .isInstanceOf(SSLHandshakeException.class);
    assertThatThrownBy(() -> inside(egress.onPort(), "docs.example", trusting(outside)))
        .isInstanceOf(SSLHandshakeException.class);
  }

  @Test
  void theGreetingStillNamesTheHostThatWasAskedFor() throws Exception {
    EgressProxy proxy = egress.onPort();
    try (Socket socket = tunnel(proxy, "docs.example:443")) {
      socket.getOutputStream().write(Hellos.real("other.example"));
      assertThat(socket.getInputStream().readNBytes(2)).containsExactly(21, 3);
    }
    assertThat(egress.decisions)
        .containsExactly("deny connect docs.example:443 (egress net.sni-mismatch)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"SSH-2.0-x\r\n", "GET / HTTP/1.1\r\n\r\n"})
  void whatIsNotTlsIsRefusedOnItsPort(String text) throws Exception {
    EgressProxy proxy = egress.onPort();
    try (Socket socket = tunnel(proxy, "docs.example:443")) {
      socket.getOutputStream().write(text.getBytes(ISO_8859_1));
      assertThat(rest(socket.getInputStream())).isEmpty();
    }
    assertThat(net.dialled()).isEmpty();
  }

  @Test
  void anAddressHasACertificateToo() throws Exception {
    try (SSLSocket inside = inside(egress.onPort(), "93.184.216.34", trusting(session))) {
      X509Certificate shown = (X509Certificate) inside.getSession().getPeerCertificates()[0];
      assertThat(shown.getSubjectAlternativeNames().toString()).isEqualTo("[[7, 93.184.216.34]]");
    }
  }

  @Test
  @NeedsEngine("openssl")
  void anotherReaderAcceptsTheCertificates() throws Exception {
    Path authority = Files.writeString(folder.resolve("ca.pem"), session.pem());
    EgressProxy proxy = egress.onPort();
    for (String host : new String[] {"docs.example", "93.184.216.34"}) {
      Path shown;
      try (SSLSocket inside = inside(proxy, host, trusting(session))) {
        X509Certificate certificate =
            (X509Certificate) inside.getSession().getPeerCertificates()[0];
        shown = Files.writeString(folder.resolve(host), SessionAuthority.pem(certificate));
      }
      Process openssl =
          new ProcessBuilder(
                  Engines.path("openssl").toString(),
                  "verify",
                  "-x509_strict",
                  "-purpose",
                  "sslserver",
                  host.startsWith("9") ? "-verify_ip" : "-verify_hostname",
                  host,
                  "-CAfile",
                  authority.toString(),
                  shown.toString())
              .redirectErrorStream(true)
              .start();
      assertThat(new String(openssl.getInputStream().readAllBytes(), ISO_8859_1))
          .isEqualTo(shown + ": OK\n");
    }
  }

  static Host host(String text) {
    return TestNet.good(Host.read(text));
  }

  static SSLContext trusting(SessionAuthority authority) {
    try {
      KeyStore trusted = KeyStore.getInstance("PKCS12");
      trusted.load(null, new char[0]);
      trusted.setCertificateEntry("a", authority.certificate());
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (IOException | GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static SSLSocket inside(EgressProxy proxy, String host, SSLContext context)
      throws IOException {
    Socket socket = tunnel(proxy, host + ":443");
    SSLSocket inside = (SSLSocket) context.getSocketFactory().createSocket(socket, host, 443, true);
    SSLParameters parameters = inside.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    inside.setSSLParameters(parameters);
    try {
      inside.startHandshake();
      return inside;
    } catch (SSLException e) {
      inside.close();
      throw e;
    }
  }

  private static Socket tunnel(EgressProxy proxy, String at) throws IOException {
    Socket socket = connected(proxy);
    send(socket, "CONNECT " + at + " HTTP/1.1|Host: " + at + "|" + pass(proxy) + "|");
    assertThat(head(socket)).startsWith("HTTP/1.1 200 ");
    return socket;
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.replace("|", "\r\n").getBytes(ISO_8859_1));
  }
}
