// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.javascript;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Which entry of a yarn.lock answers a pattern, in the manner of `crane@^2.0.0`.
final class YarnPatterns {

  private static final String SEVERAL = "";

  private final Map<String, String> byPattern = new HashMap<>();
  private final Map<String, String> byName = new HashMap<>();

  /// Adds a pattern of the entry `id`.
  void add(String pattern, String id) {
    byPattern.putIfAbsent(pattern, id);
    Descriptor.of(pattern)
        .ifPresent(it -> byName.merge(it.name(), id, (a, b) -> a.equals(b) ? a : SEVERAL));
  }

  /// Returns the entry for `name` at `range`. A range that no pattern has, as under `resolutions`,
  /// is answered by the only entry of that name; empty when there is none or more than one.
  Optional<String> find(String name, String range) {
    String exact = byPattern.get(name + "@" + range);
    if (exact == null) {
      exact = byPattern.get(name + "@npm:" + range);
    }
    return Optional.ofNullable(exact == null ? byName.get(name) : exact)
        .filter(id -> !id.equals(SEVERAL));
  }
}
