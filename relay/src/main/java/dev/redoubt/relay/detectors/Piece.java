// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.relay.detectors;

import static java.util.Objects.requireNonNull;

/// One text of a message.
///
/// @param path where it stands, in the manner of `inputSchema.properties.query.description`
/// @param name the last name on the way to it; of an item of a list that of the list
/// @param text as it came
public record Piece(String path, String name, String text) {
  public Piece {
    requireNonNull(path, "path");
    requireNonNull(name, "name");
    requireNonNull(text, "text");
  }
}
