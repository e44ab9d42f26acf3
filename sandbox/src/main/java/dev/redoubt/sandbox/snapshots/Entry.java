// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.snapshots;

import org.jspecify.annotations.Nullable;

/// What lies at one path of a recorded state.
sealed interface Entry {

  /// A regular file.
  ///
  /// @param content its bytes in the store
  /// @param size of the content
  /// @param modified when it was last written, nanoseconds since 1970
  /// @param mode the nine permission bits
  record File(Hash content, long size, long modified, int mode) implements Entry {}

  /// A symbolic link.
  ///
  /// @param target the bytes of its text as [Names] writes them
  record Link(String target) implements Entry {}

  /// A folder.
  ///
  /// @param tree the listing of what lies in it
  /// @param mode the nine permission bits
  record Folder(Hash tree, int mode) implements Entry {}

  /// Something that was seen and not recorded, so nothing is known about what lies at or below its
  /// path. Undo never touches it.
  ///
  /// @param why the reason
  /// @param stamp size, times and inode of a file, to tell later that it changed; else empty
  record LeftOut(Why why, String stamp) implements Entry {}

  /// Why something was left out.
  enum Why {
    GIT("it belongs to git"),
    OWN("it holds the data of Redoubt"),
    LARGE("it is over the size limit of one file"),
    TOTAL("it is over the size limit of all files"),
    COUNT("there are more entries than the limit"),
    HEAVY("it is a generated folder over its limits"),
    SPECIAL("it is no file, folder or link"),
    UNREADABLE("it cannot be read");

    private final String words;

    Why(String words) {
      this.words = words;
    }

    String words() {
      return words;
    }
  }

  /// Returns whether both say the same to somebody who goes back: times and what lies in a folder
  /// do not count, a folder's content is compared entry by entry.
  static boolean same(@Nullable Entry one, @Nullable Entry other) {
    return switch (one) {
      case null -> other == null;
      case File(Hash content, _, _, int mode) ->
          other instanceof File file && file.content.equals(content) && file.mode == mode;
      case Folder(_, int mode) -> other instanceof Folder folder && folder.mode == mode;
      case Link link -> link.equals(other);
      case LeftOut left -> left.equals(other);
    };
  }
}
