// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.api;

import java.io.IOException;

/// Reads one kind of file into an inventory.
///
/// Stateless and safe to share between threads. Never runs, expands or resolves over the network
/// what it reads. An entry that cannot be understood becomes a gap at its line and the rest is
/// still read.
public non-sealed interface Extractor extends Plugin {

  /// Returns whether this extractor reads `file`. Called for every file, so it looks at path and
  /// size only.
  boolean wants(FileEntry file);

  /// Returns what `file` holds.
  ///
  /// @throws IOException if the file as a whole cannot be read or understood; the engine turns it
  ///   into a gap (with line and hint when it is a [dev.redoubt.document.DocumentException])
  Extraction extract(SourceFile file) throws IOException;
}
