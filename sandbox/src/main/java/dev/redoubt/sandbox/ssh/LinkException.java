// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.ssh;

import java.io.IOException;

/// The link to the far machine is gone, or never came.
final class LinkException extends IOException {

  private static final long serialVersionUID = 1L;

  LinkException(String reason) {
    super(reason);
  }
}
