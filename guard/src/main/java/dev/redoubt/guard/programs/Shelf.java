// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Manuals of one theme, built when they are asked for: a judgement needs one or two of hundreds.
interface Shelf {

  /// Returns every name [#manual] knows, for the list and for tests.
  List<String> names();

  /// Returns the manual of the program called `name`; null when it is not on this shelf.
  ///
  /// Written as a `switch` over the name, so that nothing else is built or loaded.
  @Nullable Manual manual(String name);
}
