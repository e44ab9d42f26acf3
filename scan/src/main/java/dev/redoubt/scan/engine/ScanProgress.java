// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.engine;

/// Hears how far a scan has come. Called often and from one thread; it returns quickly.
public interface ScanProgress {

  /// Hears nothing.
  ScanProgress NONE = (_, _, _) -> {};

  /// Hears that `done` of `total` files were read, the last being `path`.
  void read(int done, int total, String path);
}
