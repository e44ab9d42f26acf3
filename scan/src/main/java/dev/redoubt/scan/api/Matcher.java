// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.api;

import dev.redoubt.model.Inventory;

/// Decides which items of an inventory something is wrong with. One rule is one matcher.
///
/// Stateless and safe to share between threads.
public non-sealed interface Matcher extends Plugin {

  /// Returns the findings in the order of the inventory.
  Matches match(Inventory inventory);
}
