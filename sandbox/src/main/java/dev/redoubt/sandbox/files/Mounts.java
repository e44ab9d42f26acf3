// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The mounts of this machine, for the one question under which other paths an object can be
/// reached: a folder that is bound somewhere else is the same folder. Immutable.
final class Mounts {

  /* A machine with thousands of containers stays below. */
  private static final int LONGEST_TABLE = 4 << 20;
  private static final int MOST_ALIASES = 16;

  /// One line of the table.
  ///
  /// @param device of the file system
  /// @param root the folder of the file system that is shown
  /// @param point where it is shown
  record Mount(String device, String root, String point) {}

  private final List<Mount> mounts;

  private Mounts(List<Mount> mounts) {
    this.mounts = List.copyOf(mounts);
  }

  /// Returns the mounts in `table`, none when there is no such file.
  ///
  /// @throws IOException if it cannot be read or is longer than 4 MiB
  static Mounts read(Path table) throws IOException {
    try (InputStream in = Files.newInputStream(table)) {
      byte[] bytes = in.readNBytes(LONGEST_TABLE + 1);
      if (bytes.length > LONGEST_TABLE) {
        throw new IOException("the table of mounts is over 4 MiB");
      }
      return parse(new String(bytes, StandardCharsets.UTF_8));
    } catch (NoSuchFileException e) {
      return new Mounts(List.of());
    }
  }

  /* Linux, Documentation/filesystems/proc.rst, 3.5: "36 35 98:0 /mnt1 /mnt2 rw … - ext3 …". */
  private static Mounts parse(String table) {
    List<Mount> mounts = new ArrayList<>();
    for (String line : table.split("\n", -1)) {
      String[] fields = line.split(" ", 6);
      if (fields.length == 6) {
        mounts.add(new Mount(fields[2], unescaped(fields[3]), unescaped(fields[4])));
      }
    }
    return new Mounts(mounts);
  }

  /* Blank, tab, newline and backslash are written as three octal digits. */
  private static String unescaped(String field) {
    if (field.indexOf('\\') < 0) {
      return field;
    }
    StringBuilder text = new StringBuilder(field.length());
    for (int i = 0; i < field.length(); i++) {
      char c = field.charAt(i);
      if (c == '\\' && i + 3 < field.length() && isOctal(field, i + 1)) {
        text.append((char) Integer.parseInt(field.substring(i + 1, i + 4), 8));
        i += 3;
      } else {
        text.append(c);
      }
    }
    return text.toString();
  }

  private static boolean isOctal(String field, int from) {
    for (int i = from; i < from + 3; i++) {
      if (field.charAt(i) < '0' || field.charAt(i) > '7') {
        return false;
      }
    }
    return true;
  }

  /// Returns the other paths of what lies at `real`, at most 16.
  List<String> aliases(String real) {
    Mount own = covering(real);
    if (own == null) {
      return List.of();
    }
    String inside = moved(real, own.point(), own.root());
    List<String> aliases = new ArrayList<>();
    for (Mount other : mounts) {
      if (other.device().equals(own.device()) && within(other.root(), inside)) {
        String alias = moved(inside, other.root(), other.point());
        if (!alias.equals(real) && !aliases.contains(alias) && aliases.size() < MOST_ALIASES) {
          aliases.add(alias);
        }
      }
    }
    return aliases;
  }

  /// Returns whether one of them is at `real` or below it.
  boolean anyBelow(String real) {
    return mounts.stream().anyMatch(mount -> within(real, mount.point()));
  }

  /// Returns whether one of them is below `real`.
  boolean anyInside(String real) {
    return mounts.stream()
        .anyMatch(mount -> !mount.point().equals(real) && within(real, mount.point()));
  }

  /* The deepest one; of those at one place the last, which hides the others. */
  private @Nullable Mount covering(String real) {
    Mount found = null;
    for (Mount mount : mounts) {
      if (within(mount.point(), real)
          && (found == null || mount.point().length() >= found.point().length())) {
        found = mount;
      }
    }
    return found;
  }

  private static boolean within(String folder, String path) {
    return folder.equals("/")
        || (path.startsWith(folder)
            && (path.length() == folder.length() || path.charAt(folder.length()) == '/'));
  }

  /* Returns `path`, which lies within `from`, at the same place within `to`. */
  private static String moved(String path, String from, String to) {
    String rest = from.equals("/") ? path : path.substring(from.length());
    if (rest.isEmpty() || rest.equals("/")) {
      return to;
    }
    return to.equals("/") ? rest : to + rest;
  }
}
