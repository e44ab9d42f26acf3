// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.snapshots;

import java.io.IOException;

/// The store could not be written, as opposed to a file that could not be read.
final class StoreFailure extends IOException {

  private static final long serialVersionUID = 1L;

  StoreFailure(IOException cause) {
    super(cause.getMessage(), cause);
  }
}
