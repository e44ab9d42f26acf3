// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.masks;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// Knows the protected files of git that make it run nothing: those that `git init`, `git clone`
/// and `git worktree add` write. What is not known to be harmless is not.
final class HarmlessGit {

  private static final int MOST = 64 << 10;
  private static final Pattern SECTION = Pattern.compile("\\[([a-z]+)(?: \"[^\"\\\\]*\")?]");
  private static final Pattern SETTING = Pattern.compile("([A-Za-z]+)\\s*=\\s*([^\"\\\\#;]*)");

  /* What a remote may be: no name of a helper program, such as `ext::` has it. */
  private static final Pattern ADDRESS =
      Pattern.compile("(?:(?:https?|ssh|git|file)://|[\\w.][\\w.-]*@[\\w.][\\w.-]*:|/)\\S*");

  private static final Map<String, Set<String>> SETTINGS =
      Map.of(
          "core",
          Set.of(
              "repositoryformatversion",
              "filemode",
              "bare",
              "logallrefupdates",
              "ignorecase",
              "symlinks",
              "precomposeunicode"),
          "remote",
          Set.of("url", "fetch", "tagopt"),
          "branch",
          Set.of("remote", "merge", "rebase"),
          "init",
          Set.of("defaultbranch"),
          "extensions",
          Set.of("objectformat", "refstorage"));

  private HarmlessGit() {}

  /// Returns whether what lies at `path` makes git run nothing. What cannot be read could.
  ///
  /// @param before the folders of git that were there before and are protected
  /// @param after those that are there now
  static boolean is(Path path, GitPlaces before, GitPlaces after) {
    try {
      return isHarmless(path, before, after);
    } catch (IOException | InvalidPathException e) {
      return false;
    }
  }

  private static boolean isHarmless(Path path, GitPlaces before, GitPlaces after)
      throws IOException {
    Path folder = path.getParent();
    if (folder == null || Files.isSymbolicLink(path)) {
      return false;
    }
    if (path.endsWith("hooks")) {
      return areSamples(path);
    }
    if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    if (path.endsWith("config") && (folder.toString().endsWith(".git") || after.holds(folder))) {
      return areSettings(text(path));
    }
    if (path.endsWith(".git")) {
      return isWorktree(text(path), before);
    }
    // What the folder of a linked working tree leads to has to be a repository itself: git would
    // obey the settings of one that nobody recognises as such.
    Path worktrees = folder.getParent();
    boolean ofWorktree =
        worktrees != null
            && worktrees.endsWith("worktrees")
            && worktrees.getParent() != null
            && after.holds(worktrees.getParent());
    if (ofWorktree && path.endsWith("commondir")) {
      return text(path).equals("../..\n");
    }
    return ofWorktree && path.endsWith("gitdir") && text(path).endsWith("/.git\n");
  }

  private static String text(Path path) throws IOException {
    try (InputStream in = Files.newInputStream(path, LinkOption.NOFOLLOW_LINKS)) {
      byte[] bytes = in.readNBytes(MOST + 1);
      return bytes.length > MOST ? "" : new String(bytes, StandardCharsets.UTF_8);
    }
  }

  /* Git runs a hook by its exact name, and these have another one. */
  private static boolean areSamples(Path hooks) throws IOException {
    if (!Files.isDirectory(hooks, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(hooks)) {
      for (Path entry : entries) {
        if (!entry.getFileName().toString().endsWith(".sample")
            || !Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS)) {
          return false;
        }
      }
      return true;
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }

  private static boolean areSettings(String text) {
    Set<String> allowed = Set.of();
    for (String written : text.split("\n", -1)) {
      String line = written.strip();
      if (line.isEmpty()) {
        continue;
      }
      var section = SECTION.matcher(line);
      var setting = SETTING.matcher(line);
      if (section.matches()) {
        allowed = SETTINGS.getOrDefault(section.group(1), Set.of());
      } else if (!setting.matches()
          || !allowed.contains(setting.group(1).toLowerCase(Locale.ROOT))
          || (setting.group(1).equalsIgnoreCase("url")
              && !ADDRESS.matcher(setting.group(2)).matches())) {
        return false;
      }
    }
    return !text.isEmpty();
  }

  private static boolean isWorktree(String text, GitPlaces before) {
    if (!text.startsWith("gitdir: /") || !text.endsWith("\n") || text.indexOf('\0') >= 0) {
      return false;
    }
    Path folder = Path.of(text.substring("gitdir: ".length(), text.length() - 1));
    List<Path> repositories = new ArrayList<>(before.dotted());
    repositories.addAll(before.others());
    for (Path repository : repositories) {
      Path worktrees = repository.resolve("worktrees");
      if (folder.startsWith(worktrees)
          && folder.equals(folder.normalize())
          && folder.getNameCount() == worktrees.getNameCount() + 1
          && Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
        return true;
      }
    }
    return false;
  }
}
