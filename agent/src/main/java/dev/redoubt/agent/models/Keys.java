// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.models;

import static java.util.Objects.requireNonNull;

/// Finds keys. Asked for each request, so that a key that changed is seen.
public interface Keys {

  /// Returns the key that `source` leads to.
  Found find(KeySource source) throws InterruptedException;

  /// What came of looking for a key.
  sealed interface Found {

    /// This key.
    record Key(ApiKey key) implements Found {
      public Key {
        requireNonNull(key, "key");
      }
    }

    /// None is needed.
    record Unneeded() implements Found {}

    /// There is none.
    ///
    /// @param why in one sentence for a person, with what to do
    record Missing(String why) implements Found {
      public Missing {
        requireNonNull(why, "why");
      }
    }
  }
}
