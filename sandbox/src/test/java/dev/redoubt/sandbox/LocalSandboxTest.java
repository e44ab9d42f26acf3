// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox;

import dev.redoubt.sandbox.local.LocalBackend;
import dev.redoubt.sandbox.wall.Backend;

/// The contract on the backend `local`.
class LocalSandboxTest extends SupervisedContract {

  @Override
  boolean isWall() {
    return false;
  }

  @Override
  Backend backend() {
    return new LocalBackend();
  }
}
