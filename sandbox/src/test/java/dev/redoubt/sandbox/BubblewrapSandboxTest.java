// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox;

import dev.redoubt.sandbox.bubblewrap.BubblewrapBackend;
import dev.redoubt.sandbox.wall.Backend;
import dev.redoubt.testkit.NeedsEngine;

/// The contract on the backend `bubblewrap`.
@NeedsEngine("bwrap")
class BubblewrapSandboxTest extends SupervisedContract {

  @Override
  Backend backend() {
    return new BubblewrapBackend();
  }
}
