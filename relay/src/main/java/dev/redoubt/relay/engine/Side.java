// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.relay.engine;

import java.io.IOException;
import java.util.Optional;

/// One side of a relay, whatever carries its messages. One thread hears; sending is safe to share.
public interface Side extends Sender, AutoCloseable {

  /// Returns what comes next, and waits for it; empty when the side has ended.
  ///
  /// @throws IOException if it cannot be heard any more
  Optional<Heard> hear() throws IOException;

  /// Tells the side that nothing more comes, so that it ends.
  @Override
  void close();
}
