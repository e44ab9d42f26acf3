// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.git;

import dev.redoubt.guard.FileFacts.Setting;
import dev.redoubt.guard.trust.GitPrograms;
import dev.redoubt.sandbox.git.NamedPlace.Sort;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Reads which places the settings of a repository name: its folder of hooks, files it includes,
/// programs that lie in the working tree or would.
///
/// Every condition of an include counts as met. Names what need not exist. Reads the settings of
/// the machine and of the person too, for these can name a place in each working tree. What is not
/// readable of these is passed over, as git does.
///
/// Source: git-config(1).
public final class GitSettings {

  private static final int LARGEST = 1 << 20;
  private static final int MOST_FILES = 64;

  /* Git takes such a file as absent instead of complaining when it is not there. */
  private static final String OPTIONAL = ":(optional)";

  /* The last part of what names a program, or a line for a shell. */
  private static final Set<String> PROGRAMS =
      Set.of(
          "alternaterefscommand",
          "askpass",
          "cccmd",
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
          "headercmd",
          "helper",
          "httpd",
          "pager",
          "packobjectshook",
          "process",
          "program",
          "receivepack",
          "recentobjectshook",
          "sendmailcmd",
          "smtpserver",
          "smudge",
          "sshcommand",
          "textconv",
          "tocmd",
          "tunnel",
          "uploadpack",
          "vcs");

  /* Where `path` is a program. */
  private static final Set<String> TOOLS = Set.of("mergetool", "difftool", "browser", "man");

  private final Path tree;
  private final Path home;
  private final Set<Path> files = new LinkedHashSet<>();
  private final Set<NamedPlace> named = new LinkedHashSet<>();
  private final List<Setting> hooks = new ArrayList<>();
  private final List<String> programs = new ArrayList<>();
  private final List<Path> trees = new ArrayList<>();

  private GitSettings(Path tree, Path home) {
    this.tree = tree;
    this.home = home;
    trees.add(tree);
  }

  /// Returns these places, absolute and normal; links in them are not followed.
  ///
  /// @param tree the working tree, or the folder of git where there is none
  /// @param folder the folder of git that belongs to it; need not exist
  /// @throws IOException if there are settings that cannot be understood, for then nobody knows
  public static Set<NamedPlace> of(Path tree, Path folder, GitPerson person) throws IOException {
    GitSettings settings = new GitSettings(tree, person.home());
    Path common = GitFolder.common(folder);
    for (Path file : person.settings()) {
      settings.read(file, folder, Closed.SKIPPED);
    }
    settings.read(common.resolve("config"), folder, Closed.REFUSED);
    settings.read(folder.resolve("config.worktree"), folder, Closed.REFUSED);
    for (String program : settings.programs) {
      settings.addPrograms(program);
    }
    for (Setting hooks : settings.hooks) {
      for (Path each : settings.trees) {
        settings.add(each, hooks.value(), Sort.HOOKS);
      }
    }
    return settings.named;
  }

  /// What becomes of a file that this user may not read.
  private enum Closed {
    /// This user's git does without it.
    SKIPPED,
    /// This user's git stops there.
    REFUSED
  }

  private void read(Path file, Path folder, Closed closed) throws IOException {
    if (!Files.isRegularFile(file) || !files.add(file)) {
      return;
    }
    if (files.size() > MOST_FILES) {
      throw new IOException("the settings of git in \"%s\" include too many".formatted(folder));
    }
    String text;
    try {
      text = text(file);
    } catch (AccessDeniedException e) {
      if (closed == Closed.SKIPPED) {
        return;
      }
      throw e;
    }
    for (Setting setting : GitPrograms.settings(text)) {
      take(setting, file, folder, closed);
    }
  }

  private void take(Setting setting, Path file, Path folder, Closed closed) throws IOException {
    String key = setting.key();
    String last = key.substring(key.lastIndexOf('.') + 1);
    if (key.equals("core.hookspath") || key.equals("init.templatedir")) {
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
        read(included.get(), folder, closed);
      }
    } else if (isProgram(key, last, setting.value())) {
      programs.add(setting.value());
    }
  }

  private static boolean isProgram(String key, String last, String value) {
    int dot = key.indexOf('.');
    return PROGRAMS.contains(last)
        || key.startsWith("pager.")
        || (last.equals("path") && dot > 0 && TOOLS.contains(key.substring(0, dot)))
        || (value.startsWith("!") && (key.startsWith("alias.") || key.startsWith("submodule.")));
  }

  /* Any word of a line for a shell can be a script that lies in the working tree. One that does not
   * lie there yet counts where a program is named. */
  private void addPrograms(String value) throws IOException {
    ProgramLine line = new ProgramLine(value);
    for (Path each : trees) {
      for (String word : line.words()) {
        var path = resolved(each, word);
        if (path.isPresent() && Files.isRegularFile(path.get())) {
          named.add(new NamedPlace(path.get(), Sort.PROGRAM));
        }
      }
      for (String word : line.commands()) {
        resolved(each, word).ifPresent(path -> named.add(new NamedPlace(path, Sort.PROGRAM)));
      }
    }
  }

  private void add(Path from, String value, Sort sort) throws IOException {
    resolved(from, value).ifPresent(path -> named.add(new NamedPlace(path, sort)));
  }

  private Optional<Path> resolved(Path from, String value) throws IOException {
    // What git hands to the system ends there.
    int end = value.indexOf('\0');
    String text = end < 0 ? value : value.substring(0, end);
    text = text.startsWith(OPTIONAL) ? text.substring(OPTIONAL.length()) : text;
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of((text.startsWith("~") ? homely(text) : from.resolve(text)).normalize());
    } catch (InvalidPathException e) {
      throw new IOException("the settings of git name a path that is none", e);
    }
  }

  /* Homes lie side by side, but for that of the administrator. */
  private Path homely(String value) {
    int slash = value.indexOf('/');
    String user = value.substring(1, slash < 0 ? value.length() : slash);
    Path beside = home.resolveSibling(user);
    Path of = user.isEmpty() ? home : user.equals("root") ? Path.of("/root") : beside;
    return slash < 0 ? of : of.resolve("." + value.substring(slash));
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
