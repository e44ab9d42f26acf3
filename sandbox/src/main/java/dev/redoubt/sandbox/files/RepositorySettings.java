// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.files;

import dev.redoubt.guard.FileFacts.Setting;
import dev.redoubt.guard.trust.GitPrograms;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Finds the git repository around a folder, as git does, and the programs its settings name.
///
/// A `.git` that is a file leads to the folder of a worktree or submodule, whose `commondir` leads
/// to that of the settings. A folder that looks like a bare repository is one. Settings that cannot
/// be read count as a program.
final class RepositorySettings {

  private static final int LARGEST = 1 << 20;
  private static final int DEEPEST = 100;

  private RepositorySettings() {}

  static List<Setting> programs(Path folder) {
    Path at = folder;
    for (int i = 0; at != null && i < DEEPEST; i++) {
      Path dotGit = at.resolve(".git");
      if (Files.isDirectory(dotGit)) {
        return of(dotGit);
      }
      if (Files.isRegularFile(dotGit)) {
        Path linked = linked(dotGit, "gitdir:");
        return linked == null ? unreadable(dotGit) : of(linked);
      }
      if (isBare(at)) {
        return of(at);
      }
      at = at.getParent();
    }
    return List.of();
  }

  private static boolean isBare(Path folder) {
    return Files.exists(folder.resolve("HEAD"), LinkOption.NOFOLLOW_LINKS)
        && Files.isDirectory(folder.resolve("objects"))
        && Files.isDirectory(folder.resolve("refs"));
  }

  private static List<Setting> of(Path repository) {
    Path common = linked(repository.resolve("commondir"), "");
    List<Setting> named = new ArrayList<>();
    for (Path folder : common == null ? List.of(repository) : List.of(common, repository)) {
      for (String name : List.of("config", "config.worktree")) {
        Path file = folder.resolve(name);
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
          String text = text(file);
          named.addAll(text == null ? unreadable(file) : GitPrograms.named(text));
        }
      }
    }
    return named;
  }

  /// Returns the path that `file` holds behind `start`; null when there is none.
  private static @Nullable Path linked(Path file, String start) {
    String text = Files.isRegularFile(file) ? text(file) : null;
    String line = text == null ? "" : text.strip();
    Path folder = file.getParent();
    if (line.isEmpty() || line.indexOf('\0') >= 0 || !line.startsWith(start) || folder == null) {
      return null;
    }
    return folder.resolve(line.substring(start.length()).strip()).normalize();
  }

  private static @Nullable String text(Path file) {
    if (!Files.isRegularFile(file)) {
      return null;
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(LARGEST + 1);
      return bytes.length > LARGEST ? null : new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException e) {
      return null;
    }
  }

  private static List<Setting> unreadable(Path file) {
    return List.of(new Setting(file.toString(), "cannot be read"));
  }
}
