// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.model;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/// A value that a configuration hands to an MCP server. The value itself is never kept.
///
/// @param name the variable, header, flag or URL parameter, exactly as written
/// @param channel how it is handed over
/// @param form what the configuration holds for it
/// @param fingerprint a short keyed digest of a literal secret, equal for equal secrets on one
///   machine, or null when there is no literal secret or no key
/// @param line the line, counted from 1, or null
public record Credential(
    String name, Channel channel, Form form, @Nullable String fingerprint, @Nullable Integer line) {

  /// How a value reaches the server.
  public enum Channel {
    ENVIRONMENT,
    HEADER,
    ARGUMENT,
    URL
  }

  /// What the configuration holds.
  public enum Form {
    /// A secret in plain text.
    LITERAL_SECRET,
    /// A reference such as `${TOKEN}` or `${input:token}`, or an empty value filled in at run time.
    REFERENCE,
    /// A plain value that is no secret: a path, a number, a name.
    PLAIN,
    /// A plain switch that is on: `1`, `true`, `yes`, `on`.
    ON,
    /// A plain switch that is off: `0`, `false`, `no`, `off`.
    OFF;

    /// Returns whether this is a secret or stands for one.
    public boolean isCredential() {
      return this == LITERAL_SECRET || this == REFERENCE;
    }
  }

  public Credential {
    requireNonNull(name, "name");
    requireNonNull(channel, "channel");
    requireNonNull(form, "form");
  }
}
