// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.sandbox;

import static java.util.Objects.requireNonNull;

import dev.redoubt.cli.Call;
import java.util.List;

/// What the operator says about the way out of a sandbox through the egress proxy.
///
/// @param tls what holds for TLS
/// @param credentials what the proxy puts into requests
public record ExitSettings(TlsSettings tls, List<CredentialSetting> credentials) {

  public ExitSettings {
    requireNonNull(tls, "tls");
    credentials = List.copyOf(credentials);
  }

  static ExitSettings of(Call call, Table sandbox, List<String> passed) {
    return new ExitSettings(
        TlsSettings.of(call, sandbox),
        CredentialTable.settings(call, sandbox.table("credentials"), passed));
  }

  /// Returns the same with TLS opened.
  public ExitSettings inspecting() {
    return new ExitSettings(
        new TlsSettings(TlsSettings.Inspection.ON, tls.authorities()), credentials);
  }
}
