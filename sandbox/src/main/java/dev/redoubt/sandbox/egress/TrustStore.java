// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.egress;

import dev.redoubt.guard.Content;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/// The certificates that programs of an inspected session trust: the authority of the session, and
/// what Java trusts, for what is not inspected.
final class TrustStore {

  private TrustStore() {}

  static String pem(SessionAuthority authority) {
    StringBuilder text = new StringBuilder();
    for (X509Certificate certificate : certificates(authority)) {
      text.append(SessionAuthority.pem(certificate));
    }
    return text.toString();
  }

  static Content pkcs12(SessionAuthority authority, String password) {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      int number = 0;
      for (X509Certificate certificate : certificates(authority)) {
        store.setCertificateEntry("trusted-" + number++, certificate);
      }
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      store.store(bytes, password.toCharArray());
      return Content.of(bytes.toByteArray());
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("certificates that were read can be kept", e);
    }
  }

  private static List<X509Certificate> certificates(SessionAuthority authority) {
    List<X509Certificate> certificates = new ArrayList<>();
    certificates.add(authority.certificate());
    try {
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init((KeyStore) null);
      for (TrustManager manager : factory.getTrustManagers()) {
        if (manager instanceof X509TrustManager trusting) {
          certificates.addAll(List.of(trusting.getAcceptedIssuers()));
        }
      }
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has certificates it trusts", e);
    }
    return certificates;
  }
}
