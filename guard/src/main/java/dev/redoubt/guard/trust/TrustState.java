// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.trust;

import static java.util.Objects.requireNonNull;

import dev.redoubt.guard.Action.ConfigKind;
import dev.redoubt.guard.Situation.Trust;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Whether a checkout is trusted as it is now. Immutable.
public sealed interface TrustState {

  /// A person trusted it, and it would switch on nothing that was not shown then.
  record Trusted(Instant since) implements TrustState {
    public Trusted {
      requireNonNull(since, "since");
    }
  }

  /// A person trusted it, and it is not the same any more.
  ///
  /// @param changes what is different, for people, at least one
  record Changed(Instant since, List<String> changes) implements TrustState {
    public Changed {
      requireNonNull(since, "since");
      changes = List.copyOf(changes);
    }
  }

  /// Nobody trusted it, or what was kept about it cannot be used.
  ///
  /// @param problems why what was kept cannot be used; empty when nothing was kept
  record Untrusted(List<String> problems) implements TrustState {
    public Untrusted {
      problems = List.copyOf(problems);
    }
  }

  /// Returns the state of a checkout that was found as `survey` says.
  ///
  /// Something that is gone changes nothing; something new or different, or something that cannot
  /// be looked at, does.
  static TrustState of(Optional<TrustRecord> record, Survey survey) {
    if (record.isEmpty()) {
      return new Untrusted(List.of());
    }
    Map<Key, String> known = new HashMap<>();
    for (TrustItem item : record.get().items()) {
      known.put(Key.of(item), item.sha256());
    }
    List<String> changes = new ArrayList<>(survey.problems());
    for (TrustItem item : survey.items()) {
      String then = known.get(Key.of(item));
      if (then == null) {
        changes.add("%s is new: %s".formatted(item.path(), item.what()));
      } else if (!then.equals(item.sha256())) {
        changes.add("%s is different: %s".formatted(item.path(), item.what()));
      }
    }
    Instant since = record.get().since();
    return changes.isEmpty() ? new Trusted(since) : new Changed(since, changes);
  }

  /// Returns how the guard judges a workspace in this state.
  default Trust trust() {
    return switch (this) {
      case Trusted _ -> Trust.TRUSTED;
      case Changed _, Untrusted _ -> Trust.UNTRUSTED;
    };
  }

  /// Returns `trusted`, `changed` or `untrusted`.
  default String word() {
    return switch (this) {
      case Trusted _ -> "trusted";
      case Changed _ -> "changed";
      case Untrusted _ -> "untrusted";
    };
  }

  /// What makes two items the same one.
  record Key(ConfigKind kind, String path) {
    static Key of(TrustItem item) {
      return new Key(item.kind(), item.path());
    }
  }
}
