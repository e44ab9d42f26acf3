// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.trust;

import java.util.ArrayList;
import java.util.List;

/// Everything a checkout would switch on, as it was found.
///
/// @param items what was found, by path
/// @param problems what could not be looked at, for people: a checkout with any is not trusted
public record Survey(List<TrustItem> items, List<String> problems) {
  public Survey {
    List<TrustItem> sorted = new ArrayList<>(items);
    sorted.sort(Survey::compare);
    items = List.copyOf(sorted);
    problems = List.copyOf(problems);
  }

  /* The comparators of the JDK are lambdas of a kind that no start-up cache keeps, and a hook waits
  4 ms for them. */
  private static int compare(TrustItem one, TrustItem other) {
    int path = one.path().compareTo(other.path());
    return path != 0 ? path : one.kind().compareTo(other.kind());
  }
}
