// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.egress;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.redoubt.guard.network.Host;
import dev.redoubt.sandbox.network.Connection;
import dev.redoubt.sandbox.network.ServerTls;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/// Vouches for every server, to programs of one session that were told to trust it.
///
/// Its key is made when it is, exists in memory only and ends with it. Nothing outside the sandbox
/// should ever trust its certificate. Safe to share.
public final class SessionAuthority {

  private static final Duration LIFE = Duration.ofDays(7);
  private static final int MOST_HOSTS = 256;
  private static final char[] NO_PASSWORD = new char[0];

  private final KeyPair serverKeys;
  private final CertificateWriter writer;
  private final X509Certificate certificate;
  private final Map<Host, SSLContext> contexts = new LinkedHashMap<>(16, 0.75f, true);

  private SessionAuthority(KeyPair own, KeyPair serverKeys, InstantSource clock)
      throws GeneralSecurityException {
    this.serverKeys = serverKeys;
    this.writer = new CertificateWriter(own, "Redoubt, one session only", clock.instant(), LIFE);
    this.certificate = writer.authority();
  }

  /// Returns a new authority, good for seven days from now.
  public static SessionAuthority create(InstantSource clock) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return new SessionAuthority(generator.generateKeyPair(), generator.generateKeyPair(), clock);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has this curve", e);
    }
  }

  /// Returns its certificate, without any key.
  public X509Certificate certificate() {
    return certificate;
  }

  /// Returns its certificate in the form most programs read.
  public String pem() {
    return pem(certificate);
  }

  static String pem(X509Certificate certificate) {
    try {
      return "-----BEGIN CERTIFICATE-----\n"
          + Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII))
              .encodeToString(certificate.getEncoded())
          + "\n-----END CERTIFICATE-----\n";
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a certificate that was read can be written", e);
    }
  }

  /// Returns what is inside the TLS that `hello` begins, as the server `host`.
  Connection open(Wire client, ClientHello hello, Host host) throws IOException {
    InputStream incoming =
        new SequenceInputStream(new ByteArrayInputStream(hello.bytes()), client.stream());
    return ServerTls.over(client.connection(), incoming, context(host));
  }

  /// Returns what a server with the name of `host` needs.
  SSLContext context(Host host) throws IOException {
    synchronized (contexts) {
      SSLContext known = contexts.get(host);
      if (known == null) {
        known = made(host);
        contexts.put(host, known);
        if (contexts.size() > MOST_HOSTS) {
          contexts.remove(contexts.keySet().iterator().next());
        }
      }
      return known;
    }
  }

  private SSLContext made(Host host) throws IOException {
    try {
      KeyStore keys = KeyStore.getInstance("PKCS12");
      keys.load(null, NO_PASSWORD);
      X509Certificate[] chain = {writer.server(host, serverKeys.getPublic()), certificate};
      keys.setKeyEntry("server", serverKeys.getPrivate(), NO_PASSWORD, chain);
      KeyManagerFactory factory =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      factory.init(keys, NO_PASSWORD);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(factory.getKeyManagers(), null, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException("no certificate could be made for " + host.text(), e);
    }
  }
}
