// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The written list of manuals.
public final class BuiltInManuals {

  private static final List<Manual> ALL = List.of();
  private static final Map<String, Manual> BY_NAME = byName();

  private BuiltInManuals() {}

  /// Returns all of them.
  public static List<Manual> all() {
    return ALL;
  }

  /// Returns the manual of the program called `name`, without folders.
  public static Optional<Manual> of(String name) {
    return Optional.ofNullable(BY_NAME.get(name));
  }

  private static Map<String, Manual> byName() {
    Map<String, Manual> byName = new HashMap<>();
    for (Manual manual : ALL) {
      for (String name : manual.names()) {
        if (byName.put(name, manual) != null) {
          throw new IllegalStateException("two manuals are called \"%s\"".formatted(name));
        }
      }
    }
    return byName;
  }
}
