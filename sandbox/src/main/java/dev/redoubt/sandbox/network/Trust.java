// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.network;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/// What Java trusts, and some more.
final class Trust {

  private Trust() {}

  /// Returns TLS that trusts what Java trusts and `besides`.
  static SSLContext of(List<X509Certificate> besides) {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      int number = 0;
      for (TrustManager manager : managers(null)) {
        if (manager instanceof X509TrustManager trusting) {
          for (X509Certificate certificate : trusting.getAcceptedIssuers()) {
            store.setCertificateEntry("usual-" + number++, certificate);
          }
        }
      }
      for (X509Certificate certificate : besides) {
        store.setCertificateEntry("besides-" + number++, certificate);
      }
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, managers(store), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("certificates that were read can be kept", e);
    }
  }

  private static TrustManager[] managers(@org.jspecify.annotations.Nullable KeyStore store)
      throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory.getTrustManagers();
  }
}
