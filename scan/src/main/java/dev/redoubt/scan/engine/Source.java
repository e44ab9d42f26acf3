// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.engine;

import dev.redoubt.scan.api.FileEntry;
import dev.redoubt.scan.api.SourceFile;

/// Where the files of a scan come from. Read-only.
public interface Source {

  /// Returns the files, in an order that does not depend on the file system.
  Listing list();

  /// Returns the file behind `entry`, which this source listed. Nothing is opened before its
  /// content is asked for.
  SourceFile open(FileEntry entry);
}
