// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard;

import static java.util.Objects.requireNonNull;

import java.util.List;

/// What a guard says to an effect or an action. Immutable.
public sealed interface Decision {

  /// Returns the stable id of the rule that decided, in the manner of `path.sensitive`.
  String rule();

  /// Returns why, in one sentence for a person or a model.
  String reason();

  /// It may be done.
  record Allow(String rule, String reason) implements Decision {
    public Allow {
      requireNonNull(rule, "rule");
      requireNonNull(reason, "reason");
    }
  }

  /// A person has to say yes.
  ///
  /// @param proposals the narrowest short rules that would answer it next time, in the manner of
  ///   `run:mvn -q verify`; empty when no rule can
  record Ask(String rule, String reason, List<String> proposals) implements Decision {
    public Ask {
      requireNonNull(rule, "rule");
      requireNonNull(reason, "reason");
      proposals = List.copyOf(proposals);
    }
  }

  /// It may not be done.
  ///
  /// @param remedies the short rules that would make it allowed; empty when none can
  record Deny(String rule, String reason, List<String> remedies) implements Decision {
    public Deny {
      requireNonNull(rule, "rule");
      requireNonNull(reason, "reason");
      remedies = List.copyOf(remedies);
    }
  }

  /// Returns the stricter of the two; this one when they are equally strict.
  default Decision or(Decision other) {
    return other.strictness() > strictness() ? other : this;
  }

  /// Returns 0 for allow, 1 for ask, 2 for deny.
  default int strictness() {
    return switch (this) {
      case Allow _ -> 0;
      case Ask _ -> 1;
      case Deny _ -> 2;
    };
  }
}
