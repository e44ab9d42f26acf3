// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.snapshots;

import java.io.IOException;

/// Is told before each change of the store or the workspace that cannot be taken back, so that a
/// test can stop the work there.
@FunctionalInterface
interface Steps {

  /// Lets every step happen.
  Steps ALL = _ -> {};

  /// Lets one step happen, or not.
  ///
  /// @throws IOException instead of the step
  void before(String step) throws IOException;
}
