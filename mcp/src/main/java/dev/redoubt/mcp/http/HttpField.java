// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.mcp.http;

import static java.util.Objects.requireNonNull;

/// One line of the header of a request.
///
/// @param value whoever sends it refuses what cannot stand in a header
public record HttpField(String name, String value) {
  public HttpField {
    requireNonNull(name, "name");
    requireNonNull(value, "value");
  }

  /* A value may be a credential. */
  @Override
  public String toString() {
    return name + ": ***";
  }
}
