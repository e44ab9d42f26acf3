// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.trust;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Everything a checkout would switch on, as it was found.
///
/// @param items what was found, by path
/// @param problems what could not be looked at, for people: a checkout with any is not trusted
public record Survey(List<TrustItem> items, List<String> problems) {
  public Survey {
    List<TrustItem> sorted = new ArrayList<>(items);
    sorted.sort(Comparator.comparing(TrustItem::path).thenComparing(TrustItem::kind));
    items = List.copyOf(sorted);
    problems = List.copyOf(problems);
  }
}
