// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.extensions;

import dev.redoubt.guard.Content;
import dev.redoubt.model.ErrorCode;
import dev.redoubt.model.RedoubtException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// The files of a plugin, by their names relative to it with `/`, sorted. Immutable.
///
/// Only regular files: a link, or anything else that is no file, is an error and not left out. At
/// most 500 files of 1 MB, 16 MB in all, 8 folders deep; `.git` is left out.
///
/// @param all every file with its content
record PluginFiles(SortedMap<String, Content> all) {

  private static final int MOST = 500;
  private static final int LARGEST = 1 << 20;
  private static final int MOST_BYTES = 16 << 20;
  private static final int DEEPEST = 8;

  PluginFiles {
    all = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(all));
  }

  /// Returns what lies in `folder`.
  ///
  /// @throws RedoubtException UNREADABLE if not all of it can be taken as it is
  static PluginFiles read(Path folder) {
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      throw unreadable("\"%s\" is no folder".formatted(folder));
    }
    Reader reader = new Reader(folder);
    try {
      reader.look(folder, 0);
    } catch (IOException e) {
      throw unreadable(
          "the plugin \"%s\" cannot be read: %s".formatted(folder, RedoubtException.reason(e)));
    }
    return new PluginFiles(reader.all);
  }

  /// Returns the file `name`.
  Optional<Content> file(String name) {
    return Optional.ofNullable(all.get(name));
  }

  /// Returns the SHA-256 over every name, size and content, 64 lower-case hex digits.
  String digest() {
    StringBuilder lines = new StringBuilder();
    all.forEach((name, content) ->
        lines
            .append(name.length())
            .append(' ')
            .append(name)
            .append('\n')
            .append(content.size())
            .append(' ')
            .append(content.sha256())
            .append('\n'));
    return Content.of(lines.toString()).sha256();
  }

  private static RedoubtException unreadable(String message) {
    return new RedoubtException(ErrorCode.UNREADABLE, message, null);
  }

  private static final class Reader {

    private final Path root;
    private final TreeMap<String, Content> all = new TreeMap<>();
    private long bytes;

    Reader(Path root) {
      this.root = root;
    }

    void look(Path folder, int depth) throws IOException {
      try (DirectoryStream<Path> children = Files.newDirectoryStream(folder)) {
        for (Path child : children) {
          if (depth == 0 && String.valueOf(child.getFileName()).equals(".git")) {
            continue;
          }
          if (Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS)) {
            if (depth == DEEPEST) {
              throw unreadable("\"%s\" is nested too deep".formatted(child));
            }
            look(child, depth + 1);
          } else {
            take(child);
          }
        }
      }
    }

    private void take(Path file) throws IOException {
      String name = root.relativize(file).toString().replace('\\', '/');
      if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
        throw unreadable("\"%s\" is a link or no file; a plugin has only files".formatted(name));
      }
      if (name.chars().anyMatch(c -> c < 0x20 || c == 0x7f)) {
        throw unreadable("a file of the plugin has a control character in its name");
      }
      try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
        byte[] content = in.readNBytes(LARGEST + 1);
        bytes += content.length;
        if (content.length > LARGEST || bytes > MOST_BYTES || all.size() == MOST) {
          throw unreadable(
              "the plugin is over a limit at \"%s\": %d files of %d KB, %d MB in all"
                  .formatted(name, MOST, LARGEST >> 10, MOST_BYTES >> 20));
        }
        all.put(name, Content.of(content));
      }
    }
  }
}
