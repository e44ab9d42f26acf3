// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox;

import dev.redoubt.sandbox.kernel.NeedsLandlock;
import dev.redoubt.sandbox.landlock.LandlockBackend;
import dev.redoubt.sandbox.wall.Backend;

/// The contract on the backend `landlock`.
@NeedsLandlock
class LandlockSandboxTest extends SupervisedContract {

  @Override
  Backend backend() {
    return new LandlockBackend();
  }
}
