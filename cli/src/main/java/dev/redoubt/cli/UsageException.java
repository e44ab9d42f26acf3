// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli;

/// A command line that makes no sense. Ends in exit code 2 and a pointer to the command's help.
public final class UsageException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /// @param message names the option and quotes the value
  public UsageException(String message) {
    super(message);
  }
}
