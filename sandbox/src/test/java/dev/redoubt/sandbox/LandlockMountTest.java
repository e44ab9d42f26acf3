// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox;

import dev.redoubt.sandbox.kernel.NeedsLandlock;
import dev.redoubt.sandbox.landlock.LandlockBackend;
import dev.redoubt.sandbox.wall.Backend;

/// Mounts behind the backend `landlock`.
@NeedsLandlock
class LandlockMountTest extends MountContract {

  @Override
  Backend backend() {
    return new LandlockBackend();
  }
}
