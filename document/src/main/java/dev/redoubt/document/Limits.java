// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.document;

/// How much of a foreign document is read before it is refused.
///
/// @param bytes the largest size in bytes
/// @param depth the deepest nesting of objects and lists
/// @param nodes the largest number of nodes in the tree, YAML aliases counted at each use
public record Limits(long bytes, int depth, int nodes) {

  /// What a scan allows a single file: 64 MB, 200 levels, 5 million nodes.
  public static final Limits SCAN = new Limits(64L << 20, 200, 5_000_000);

  public Limits {
    if (bytes < 1 || depth < 1 || nodes < 1) {
      throw new IllegalArgumentException("limits must be positive");
    }
  }
}
