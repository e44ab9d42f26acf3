// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.advisory.intake;

/// Hears how far an import is. Called often; an answer must be quick.
public interface ImportProgress {

  /// Ignores everything.
  ImportProgress NONE = (_, _, _) -> {};

  /// Hears that `done` of `total` records are done.
  ///
  /// @param what the archive or folder being read, or the ecosystem being written
  /// @param done how many of its records are done
  /// @param total how many it has
  void at(String what, long done, long total);
}
