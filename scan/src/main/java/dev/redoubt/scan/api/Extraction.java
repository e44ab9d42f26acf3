// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.api;

import static java.util.Objects.requireNonNull;

import dev.redoubt.model.Component;
import dev.redoubt.model.Gap;
import dev.redoubt.model.Inventory;
import java.util.List;

/// What an extractor found in one file, and what it could not read there.
public record Extraction(Inventory inventory, List<Gap> gaps) {

  /// Nothing found, nothing missed.
  public static final Extraction EMPTY = new Extraction(Inventory.EMPTY, List.of());

  public Extraction {
    requireNonNull(inventory, "inventory");
    gaps = List.copyOf(gaps);
  }

  /// Returns an extraction of packages only.
  public static Extraction of(List<Component> components, List<Gap> gaps) {
    return new Extraction(Inventory.ofComponents(components), gaps);
  }
}
