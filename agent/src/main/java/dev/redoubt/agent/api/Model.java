// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.api;

import java.util.function.Consumer;

/// A model behind one wire format of one provider. Safe to share.
public interface Model {

  /// Returns what the model answers to `request`. Blocks until the answer is complete: nothing in
  /// it may be acted on before.
  ///
  /// @param listener sees the answer as it grows, on the calling thread; what it saw of an answer
  ///   that failed is void
  /// @throws InterruptedException if the calling thread was interrupted; the request is then ended
  ModelAnswer answer(ModelRequest request, Consumer<Delta> listener) throws InterruptedException;
}
