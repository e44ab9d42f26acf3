// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox;

import dev.redoubt.sandbox.bubblewrap.BubblewrapBackend;
import dev.redoubt.sandbox.wall.Backend;
import dev.redoubt.testkit.NeedsEngine;

/// Mounts behind the backend `bubblewrap`.
@NeedsEngine("bwrap")
class BubblewrapMountTest extends MountContract {

  @Override
  Backend backend() {
    return new BubblewrapBackend();
  }
}
