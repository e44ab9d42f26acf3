// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.advisory.files;

/// Says that bytes are not what the format promises; turned into an error that names the file
/// before it leaves the package.
public final class CorruptFileException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public CorruptFileException(String message) {
    super(message);
  }
}
