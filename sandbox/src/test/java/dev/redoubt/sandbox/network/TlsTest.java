// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.network;

import static dev.redoubt.sandbox.network.ScriptedServer.says;
import static dev.redoubt.sandbox.network.TestNet.get;
import static dev.redoubt.sandbox.network.TestNet.open;
import static dev.redoubt.sandbox.network.TestNet.told;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsTest {

  private static final String HELLO = "HTTP/1.1 200 OK\nContent-Length: 5\n\nhello";
  private static final char[] PASSWORD = "changeit".toCharArray();

  @TempDir static Path folder;
  private static SSLContext own;

  private ScriptedServer server = ScriptedServer.tls(own, says(HELLO));
  private final TestNet net =
      new TestNet()
          .name("good.example", "1.2.3.4", "1.2.3.4")
          .name("other.example", "1.2.3.4")
          .server("1.2.3.4:443", server.port());

  @BeforeAll
  static void makesACertificateForGoodExample() throws Exception {
    Path store = folder.resolve("keys.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "a",
                "-keyalg",
                "EC",
                "-dname",
                "CN=good.example",
                "-ext",
                "san=dns:good.example,dns:*.good.example",
                "-validity",
                "3650",
                "-storetype",
                "PKCS12",
                "-storepass",
                "changeit",
                "-keystore",
                store.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(keytool.waitFor()).isZero();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD);
    }
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, PASSWORD);
    trusted.setCertificateEntry("a", keys.getCertificate("a"));
    KeyManagerFactory key = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    key.init(keys, PASSWORD);
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    own = SSLContext.getInstance("TLS");
    own.init(key.getKeyManagers(), trust.getTrustManagers(), null);
  }

  @AfterEach
  void stopsTheServer() {
    server.close();
  }

  @Test
  void aServerThatProvesItsNameIsAsked() throws Exception {
    assertThat(told(net.trusting(own).client().send(get("https://good.example/", open()))))
        .isEqualTo("200 hello");
  }

  @Test
  void aServerThatProvesAnotherNameGetsNothing() {
    assertThatThrownBy(() -> net.trusting(own).client().send(get("https://other.example/", open())))
        .isInstanceOf(SSLHandshakeException.class)
        .hasMessageContaining("other.example");
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void anAddressIsNotProvenByAName() {
    assertThatThrownBy(() -> net.trusting(own).client().send(get("https://1.2.3.4/", open())))
        .isInstanceOf(SSLHandshakeException.class);
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void aServerNobodyVouchesForGetsNothing() {
    assertThatThrownBy(() -> net.client().send(get("https://good.example/", open())))
        .isInstanceOf(SSLHandshakeException.class);
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void aRedirectToPlainHttpIsNotFollowed() throws Exception {
    server.close();
    server =
        ScriptedServer.tls(own, says("HTTP/1.1 301 Moved\nLocation: http://good.example:443/\n\n"));
    net.server("1.2.3.4:443", server.port());

    assertThat(told(net.trusting(own).client().send(get("https://good.example/", open()))))
        .isEqualTo("net.redirect-plain");
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void twentyRequestsOverOneKeptConnectionShakeHandsOnce() throws Exception {
    server.close();
    try (ScriptedServer keeping =
        ScriptedServer.tls(own, says(HELLO), ScriptedServer.Lasting.MANY)) {
      TestNet many =
          new TestNet()
              .name("good.example", "1.2.3.4")
              .server("1.2.3.4:443", keeping.port())
              .trusting(own);
      WebClient client = many.client().keeping();
      for (int i = 0; i < 20; i++) {
        assertThat(
                told(
                    client.send(
                        get("https://good.example/", TestNet.operator("good.example:443")))))
            .isEqualTo("200 hello");
      }
      assertThat(keeping.connections()).isEqualTo(1);
      assertThat(many.lookups()).hasSize(1);
    }
  }
}
