// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.snapshots;

import dev.redoubt.model.RedoubtException;
import java.io.IOException;

/// The store could not be written, as opposed to a file that could not be read.
final class StoreFailure extends IOException {

  private static final long serialVersionUID = 1L;

  StoreFailure(IOException cause) {
    super(RedoubtException.reason(cause), cause);
  }
}
