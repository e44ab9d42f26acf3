// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.policy;

import dev.redoubt.guard.Effect;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The values of `action`: what a rule is about.
enum ActionKind {
  RUN(Family.COMMAND),
  READ(Family.FILE),
  WRITE(Family.FILE),
  DELETE(Family.FILE),
  LIST(Family.FILE),
  SEARCH(Family.FILE),
  NET(Family.NETWORK),
  TOOL(Family.TOOL),
  START_SERVER(Family.SERVER),
  MODEL(Family.MODEL),
  LOAD(Family.CONFIGURATION);

  /// What the actions of one rule have in common: the same matchers.
  enum Family {
    COMMAND,
    FILE,
    NETWORK,
    TOOL,
    SERVER,
    MODEL,
    CONFIGURATION
  }

  private final Family family;

  ActionKind(Family family) {
    this.family = family;
  }

  Family family() {
    return family;
  }

  /// Returns how it is written in a file.
  String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static List<String> keys() {
    List<String> keys = new ArrayList<>();
    for (ActionKind kind : values()) {
      keys.add(kind.key());
    }
    return keys;
  }

  static Optional<ActionKind> of(String key) {
    for (ActionKind kind : values()) {
      if (kind.key().equals(key)) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }

  static ActionKind of(Effect.Access access) {
    return switch (access) {
      case READ -> READ;
      case LIST -> LIST;
      case SEARCH -> SEARCH;
      case WRITE -> WRITE;
      case DELETE -> DELETE;
    };
  }
}
