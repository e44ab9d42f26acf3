// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.checks;

/// A check could not be made, so nothing is known.
final class CheckFailedException extends Exception {

  private static final long serialVersionUID = 1L;

  CheckFailedException(String reason) {
    super(reason);
  }
}
