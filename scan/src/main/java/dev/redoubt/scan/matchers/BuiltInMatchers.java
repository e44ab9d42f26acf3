// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.matchers;

import dev.redoubt.scan.api.Matcher;
import java.util.List;

/// The rules that come with Redoubt, sorted by id. A written list: what is not here does not run.
///
/// Matching against advisories needs the compiled database, so the composition root adds that one.
public final class BuiltInMatchers {

  private BuiltInMatchers() {}

  /// Returns all of them, in the order in which they are asked.
  public static List<Matcher> all() {
    return List.of();
  }
}
