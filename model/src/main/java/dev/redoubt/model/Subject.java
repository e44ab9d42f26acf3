// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.model;

import static java.util.Objects.requireNonNull;

/// The inventory item a finding is about.
public sealed interface Subject {

  /// A package at a version.
  record OfComponent(Purl purl) implements Subject {
    public OfComponent {
      requireNonNull(purl, "purl");
    }
  }

  /// An MCP server of one agent.
  ///
  /// @param server the name in the configuration
  /// @param configuration the configuration file that declares it
  record OfServer(String server, String configuration) implements Subject {
    public OfServer {
      requireNonNull(server, "server");
      requireNonNull(configuration, "configuration");
    }
  }

  /// An instruction file.
  record OfFile(String path) implements Subject {
    public OfFile {
      requireNonNull(path, "path");
    }
  }
}
