// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.git;

import dev.redoubt.guard.FileFacts.Setting;
import dev.redoubt.guard.trust.GitPrograms;
import dev.redoubt.sandbox.git.NamedPlace.Sort;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Reads which places the settings of a repository name: its folder of hooks, files it includes,
/// programs that lie in the working tree.
///
/// Every condition of an include counts as met. Names what need not exist. Reads the person's own
/// settings too, for these can name a place in each working tree.
///
/// Source: git-config(1).
public final class GitSettings {

  private static final int LARGEST = 1 << 20;
  private static final int MOST_FILES = 64;
  private static final Pattern WORDS = Pattern.compile("[\\s\"'`;|&()<>=]+");

  /* The last part of what names a program, or a line for a shell. */
  private static final Set<String> PROGRAMS =
      Set.of(
          "alternaterefscommand",
          "askpass",
          "clean",
          "cmd",
          "command",
          "defaultkeycommand",
          "difffilter",
          "driver",
          "editor",
          "external",
          "fsmonitor",
          "gitproxy",
          "helper",
          "pager",
          "packobjectshook",
          "process",
          "program",
          "receivepack",
          "smudge",
          "sshcommand",
          "textconv",
          "uploadpack",
          "vcs");

  private final Path tree;
  private final Path home;
  private final Set<Path> files = new LinkedHashSet<>();
  private final Set<NamedPlace> named = new LinkedHashSet<>();
  private final List<Setting> hooks = new ArrayList<>();
  private final List<Path> trees = new ArrayList<>();

  private GitSettings(Path tree, Path home) {
    this.tree = tree;
    this.home = home;
    trees.add(tree);
  }

  /// Returns these places, absolute and normal; links in them are not followed.
  ///
  /// @param tree the working tree, or the folder of git where there is none
  /// @param folder the folder of git that belongs to it
  /// @param home of the person
  /// @throws IOException if there are settings that cannot be read, for then nobody knows
  public static Set<NamedPlace> of(Path tree, Path folder, Path home) throws IOException {
    GitSettings settings = new GitSettings(tree, home);
    Path common = GitFolder.common(folder);
    settings.read(home.resolve(".gitconfig"), folder);
    settings.read(home.resolve(".config").resolve("git").resolve("config"), folder);
    settings.read(common.resolve("config"), folder);
    settings.read(folder.resolve("config.worktree"), folder);
    for (Setting hooks : settings.hooks) {
      for (Path each : settings.trees) {
        settings.add(each, hooks.value(), Sort.HOOKS);
      }
    }
    return settings.named;
  }

  private void read(Path file, Path folder) throws IOException {
    if (!Files.isRegularFile(file) || !files.add(file)) {
      return;
    }
    if (files.size() > MOST_FILES) {
      throw new IOException("the settings of git in \"%s\" include too many".formatted(folder));
    }
    for (Setting setting : GitPrograms.settings(text(file))) {
      String key = setting.key();
      String last = key.substring(key.lastIndexOf('.') + 1);
      if (key.equals("core.hookspath")) {
        hooks.add(setting);
      } else if (key.equals("core.worktree")) {
        resolved(folder, setting.value()).ifPresent(trees::add);
      } else if (key.equals("core.attributesfile")) {
        add(tree, setting.value(), Sort.SETTINGS);
      } else if (key.startsWith("include") && last.equals("path")) {
        Path from = file.toAbsolutePath().getParent();
        var included = resolved(from == null ? folder : from, setting.value());
        if (included.isPresent()) {
          named.add(new NamedPlace(included.get(), Sort.SETTINGS));
          read(included.get(), folder);
        }
      } else if (isProgram(key, last, setting.value())) {
        addPrograms(setting.value());
      }
    }
  }

  private static boolean isProgram(String key, String last, String value) {
    return PROGRAMS.contains(last)
        || key.startsWith("pager.")
        || (key.startsWith("alias.") && value.startsWith("!"));
  }

  /* Any word of a line for a shell can be a script that lies in the working tree. */
  private void addPrograms(String value) throws IOException {
    for (String word : WORDS.split(value.startsWith("!") ? value.substring(1) : value, -1)) {
      var path = resolved(tree, word);
      if (path.isPresent() && Files.isRegularFile(path.get())) {
        named.add(new NamedPlace(path.get(), Sort.PROGRAM));
      }
    }
  }

  private void add(Path from, String value, Sort sort) throws IOException {
    resolved(from, value).ifPresent(path -> named.add(new NamedPlace(path, sort)));
  }

  private Optional<Path> resolved(Path from, String value) throws IOException {
    if (value.isEmpty()) {
      return Optional.empty();
    }
    try {
      boolean homely = value.equals("~") || value.startsWith("~/");
      Path path = homely ? home.resolve("." + value.substring(1)) : from.resolve(value);
      return Optional.of(path.normalize());
    } catch (InvalidPathException e) {
      throw new IOException("the settings of git name a path that is none", e);
    }
  }

  private static String text(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(LARGEST + 1);
      if (bytes.length > LARGEST) {
        throw new IOException("the settings of git \"%s\" are too long to be read".formatted(file));
      }
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }
}
