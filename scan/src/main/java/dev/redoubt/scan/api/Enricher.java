// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.api;

import dev.redoubt.model.Inventory;
import java.io.IOException;

/// Adds to a whole inventory what no single file could tell.
public non-sealed interface Enricher extends Plugin {

  /// Returns `inventory` with what is known beyond it.
  ///
  /// @throws IOException if nothing could be added; the engine turns it into a gap and goes on
  Inventory enrich(Inventory inventory) throws IOException;
}
