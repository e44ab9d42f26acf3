// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.api;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// One file an extractor asked for, and through it the files beside it. Read-only and bounded; the
/// engine owns it.
public interface SourceFile {

  /// Returns its path and size.
  FileEntry entry();

  /// Returns the whole content.
  ///
  /// @throws IOException if it cannot be read or is over the limit of the scan
  byte[] bytes() throws IOException;

  /// Returns the whole content decoded as UTF-8 (a byte order mark is dropped; UTF-16 with a byte
  /// order mark is decoded too).
  ///
  /// @throws IOException if it cannot be read, is over the limit of the scan or is no text
  String text() throws IOException;

  /// Returns the file at `relative`, resolved against the folder of this file.
  ///
  /// Empty when there is none, when it is no regular file, or when the path leads outside what is
  /// scanned, links included.
  ///
  /// @param relative a path with `/`, `..` allowed
  Optional<SourceFile> sibling(String relative);

  /// Returns the names of the entries in the folder of this file, sorted, folders with a trailing
  /// `/`; at most 10,000.
  List<String> siblings();

  /// Returns the names of the entries of the folder `relative`, resolved against the folder of this
  /// file, in the manner of [#siblings()].
  ///
  /// None when there is no such folder, or when the path leads outside what is scanned, links
  /// included.
  ///
  /// @param relative a path with `/`, `..` allowed
  List<String> siblings(String relative);
}
