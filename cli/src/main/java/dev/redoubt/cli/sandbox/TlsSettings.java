// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.sandbox;

import static java.util.Objects.requireNonNull;

import dev.redoubt.cli.Call;
import dev.redoubt.model.ErrorCode;
import dev.redoubt.model.RedoubtException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/// What the operator says about TLS that goes through the egress proxy.
///
/// @param inspection whether the proxy opens it
/// @param authorities a file of certificates that the proxy trusts besides those of Java; empty for
///   none
public record TlsSettings(Inspection inspection, Optional<Path> authorities) {

  private static final int MOST = 1 << 20;

  /// Whether the proxy opens TLS.
  public enum Inspection {
    OFF,
    ON
  }

  public TlsSettings {
    requireNonNull(inspection, "inspection");
    requireNonNull(authorities, "authorities");
  }

  static TlsSettings of(Call call, Table sandbox) {
    return new TlsSettings(
        sandbox.flag("inspect-tls") ? Inspection.ON : Inspection.OFF,
        sandbox.text("authorities").map(file -> call.world().folder().resolve(file)));
  }

  /// Returns what the proxy trusts besides.
  ///
  /// @throws RedoubtException UNREADABLE if the file cannot be read, USAGE if it has no certificate
  public List<X509Certificate> certificates() {
    return authorities.map(TlsSettings::read).orElse(List.of());
  }

  private static List<X509Certificate> read(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      List<X509Certificate> certificates =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(in.readNBytes(MOST)))
              .stream()
              .map(X509Certificate.class::cast)
              .toList();
      if (certificates.isEmpty()) {
        throw new CertificateException("it has none");
      }
      return certificates;
    } catch (IOException e) {
      throw new RedoubtException(
          ErrorCode.UNREADABLE,
          "cannot read the authorities \"%s\": %s".formatted(file, RedoubtException.reason(e)),
          e);
    } catch (CertificateException e) {
      throw new RedoubtException(
          ErrorCode.USAGE,
          "\"%s\" (options.sandbox.authorities) is no file of certificates: %s"
              .formatted(file, e.getMessage()),
          e);
    }
  }
}
