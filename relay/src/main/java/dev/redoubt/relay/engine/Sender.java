// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.relay.engine;

import java.io.IOException;

/// Takes whole messages to one side. Safe to share: messages do not mix.
@FunctionalInterface
public interface Sender {

  /// Sends one message, given as one line of JSON, and waits until it is taken.
  void send(byte[] message) throws IOException;
}
