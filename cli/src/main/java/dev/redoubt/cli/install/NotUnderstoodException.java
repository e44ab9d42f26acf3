// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.install;

/// A configuration whose text cannot be followed, and so is not edited.
final class NotUnderstoodException extends Exception {

  private static final long serialVersionUID = 1L;

  NotUnderstoodException(String message) {
    super(message);
  }
}
