// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.relay.engine;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/// What becomes of something that arrived: each part in one line of JSON, without its end.
///
/// @param onward what goes on to the other side
/// @param back what is answered to whoever sent it
/// @param greets whether the greeting of a session ends with what goes on
public record Passage(Optional<byte[]> onward, Optional<byte[]> back, boolean greets) {

  static final Passage NOTHING = new Passage(Optional.empty(), Optional.empty(), false);

  public Passage {
    requireNonNull(onward, "onward");
    requireNonNull(back, "back");
  }
}
