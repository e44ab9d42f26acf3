// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.inspect;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// One server as far as it is known.
///
/// @param name what it is called here
/// @param origin where what is known comes from
/// @param place its command or address, secrets masked; may be empty
/// @param self what it says of itself, when it was heard
/// @param items what it offers, as far as it was heard
/// @param notes what a person has to know besides, one line each
public record InspectedServer(
    String name,
    Origin origin,
    String place,
    Optional<Self> self,
    List<Item> items,
    List<String> notes) {
  public InspectedServer {
    requireNonNull(name, "name");
    requireNonNull(origin, "origin");
    requireNonNull(place, "place");
    requireNonNull(self, "self");
    items = List.copyOf(items);
    notes = List.copyOf(notes);
  }

  /// Where what is known of a server comes from.
  public enum Origin {
    /// The configuration of a client: it was not started.
    CONFIGURATION,
    /// Answers that somebody saved.
    LISTING,
    /// An entry of a registry.
    REGISTRY,
    /// It was started, and has ended again.
    STARTED,
    /// It was asked over HTTP.
    ASKED,
    /// It was to be started or asked, and was not.
    NOT_MET;

    /// Returns it as reports have it.
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /// What a server says of itself; each may be empty.
  ///
  /// @param protocol the version of MCP
  /// @param instructions what it wants models to know
  public record Self(String name, String version, String protocol, String instructions) {
    public Self {
      requireNonNull(name, "name");
      requireNonNull(version, "version");
      requireNonNull(protocol, "protocol");
      requireNonNull(instructions, "instructions");
    }
  }
}
