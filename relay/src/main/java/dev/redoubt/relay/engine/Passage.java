// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.relay.engine;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/// What becomes of something that arrived: each part in one line of JSON, without its end.
///
/// @param onward what goes on to the other side
/// @param back what is answered to whoever sent it
/// @param then what else comes of it
public record Passage(Optional<byte[]> onward, Optional<byte[]> back, Then then) {

  static final Passage NOTHING = new Passage(Optional.empty(), Optional.empty(), Then.GO_ON);

  /// What else comes of what arrived.
  public enum Then {
    /// Nothing.
    GO_ON,
    /// The greeting of a session ends with what goes on.
    GREETED,
    /// Nobody can know who waits for it: whoever sent it is not listened to any more.
    HANG_UP
  }

  public Passage {
    requireNonNull(onward, "onward");
    requireNonNull(back, "back");
    requireNonNull(then, "then");
  }
}
