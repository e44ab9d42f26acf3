// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.api;

import java.util.Set;

/// A part of the scanner that can be added, configured and documented on its own.
public sealed interface Plugin permits Extractor, Enricher, Matcher {

  /// Returns its one name.
  PluginId id();

  /// Returns what it needs beyond the files it is given; nothing unless it says so.
  default Set<Need> needs() {
    return Set.of();
  }
}
