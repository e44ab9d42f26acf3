// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/// What the file system says about a path: the port through which guards see files.
///
/// An implementation only looks, it creates and changes nothing and opens no file but the settings
/// of a git repository. Its answer holds for the moment: whoever acts on a decision opens the
/// `real` path that was judged, name by name below a folder it holds open and without following a
/// link, and fails when it meets one. Then a name that is swapped for a link between the check and
/// the use cannot win.
public interface FileFacts {

  /// Says nothing about any path: the judgement is lexical.
  FileFacts NONE = path -> new Facts(path, Kind.UNKNOWN, 1, List.of());

  /// Returns what is known of `path`, absolute with `/`.
  ///
  /// @throws java.io.UncheckedIOException if the file system cannot be asked, a loop of links
  ///   included; the guard then denies
  Facts of(String path);

  /// Returns the settings with which the git repository around `folder` makes a git that only looks
  /// start a program: an external diff, a text conversion, a filter, a monitor, hooks, another file
  /// of settings. Empty when there are none, when there is no repository, and when nobody looks.
  ///
  /// @param folder absolute with `/`
  default List<Setting> repositoryPrograms(String folder) {
    return List.of();
  }

  /// Returns the paths in a `.git` that mean to git what `path` means to it: for `/w/meta/hooks/x`,
  /// where `/w/meta` is a folder of git by what it holds, `/w/meta/.git/hooks/x`; the same for what
  /// the settings of a repository name, its folder of hooks or a file it includes. What `path`
  /// would be once it is written counts. Empty when it means nothing to git, and when nobody looks.
  ///
  /// @param path absolute with `/`, without links
  /// @param home of the person, whose own settings count too
  /// @throws java.io.UncheckedIOException if the settings of the repository cannot be read; the
  ///   guard then denies
  default List<String> gitNames(String path, String home) {
    return List.of();
  }

  /// Returns the names of what lies in `folder`; empty when nobody looks, when it cannot be looked
  /// at, and when there are more than `most`.
  ///
  /// @param folder absolute with `/`, without links
  default Optional<List<String>> names(String folder, int most) {
    return Optional.empty();
  }

  /// A setting of git.
  ///
  /// @param key in the manner of `diff.jpg.textconv`
  /// @param value as written, without quotes
  record Setting(String key, String value) {
    public Setting {
      requireNonNull(key, "key");
      requireNonNull(value, "value");
    }
  }

  /// What was found.
  ///
  /// @param real the path with every link resolved, as far as it exists; the rest as written
  /// @param kind what lies there
  /// @param links how many names the file has; 1 when unknown
  /// @param aliases other paths under which the same object can be reached, bind mounts for example
  record Facts(String real, Kind kind, int links, List<String> aliases) {
    public Facts {
      requireNonNull(real, "real");
      requireNonNull(kind, "kind");
      aliases = List.copyOf(aliases);
    }
  }

  /// What lies at a path.
  enum Kind {
    /// Nobody looked.
    UNKNOWN,
    NOTHING,
    FILE,
    FOLDER,
    /// A link that leads to nothing; `real` says where to.
    DANGLING_LINK,
    /// A device, FIFO or socket.
    SPECIAL
  }
}
