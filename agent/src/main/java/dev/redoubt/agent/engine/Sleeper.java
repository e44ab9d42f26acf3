// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.engine;

import java.time.Duration;

/// Lets time pass.
@FunctionalInterface
public interface Sleeper {

  /// Returns after `time`.
  ///
  /// @throws InterruptedException if the calling thread was interrupted
  void sleep(Duration time) throws InterruptedException;
}
