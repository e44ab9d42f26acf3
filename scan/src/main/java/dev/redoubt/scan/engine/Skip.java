// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.engine;

import static java.util.Objects.requireNonNull;

/// Folders and files that were left out on purpose, once for each reason.
///
/// @param name the folder name, in the manner of `node_modules`, or `excluded`
/// @param folders how many of them were left out
/// @param example the first of them, relative to what was scanned
/// @param reason why such folders are left out
public record Skip(String name, int folders, String example, String reason) {
  public Skip {
    requireNonNull(name, "name");
    requireNonNull(example, "example");
    requireNonNull(reason, "reason");
  }
}
