// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.engine;

/// How much a scan looks at before it says so and goes on.
///
/// @param fileBytes the largest file that is read, in bytes
/// @param entries the largest number of files and folders that are visited
/// @param depth the deepest folder that is visited, the root being 0
public record ScanLimits(long fileBytes, int entries, int depth) {

  /// 64 MB a file, a million entries, 64 levels.
  public static final ScanLimits DEFAULT = new ScanLimits(64L << 20, 1_000_000, 64);

  public ScanLimits {
    if (fileBytes < 1 || entries < 1 || depth < 0) {
      throw new IllegalArgumentException("limits must be positive");
    }
  }
}
