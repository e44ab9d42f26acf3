// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.masks;

import dev.redoubt.sandbox.wall.EnvironmentRules;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What a command sees of the machine besides its workspace: everything but the folders where
/// people, mounted disks and running services keep theirs, and of the home only what builds need.
///
/// @param emptied folders that are seen empty
/// @param tools folders and files in emptied ones that are seen after all, read-only
/// @param kept folders that are seen empty, also in those of tools
public record Visible(List<Path> emptied, List<Path> tools, List<Path> kept) {

  private static final List<String> EMPTIED =
      List.of("/home", "/root", "/mnt", "/media", "/run", "/tmp", "/var/tmp");

  private static final List<String> OF_THE_MACHINE =
      List.of("/home/linuxbrew/.linuxbrew", "/run/current-system", "/run/opengl-driver");

  private static final List<String> OF_THE_HOME =
      List.of(
          ".asdf",
          ".bun",
          ".cargo",
          ".deno",
          ".dotnet",
          ".gitconfig",
          ".config/git/config",
          ".config/git/ignore",
          ".config/git/attributes",
          ".gradle",
          ".ivy2",
          ".jabba",
          ".jdks",
          ".konan",
          ".local/bin",
          ".local/lib",
          ".local/share/mise",
          ".local/share/pnpm",
          ".local/share/rtx",
          ".local/share/uv",
          ".m2",
          ".mise",
          ".npm",
          ".nuget/packages",
          ".nvm",
          ".opam",
          ".pub-cache",
          ".pyenv",
          ".rbenv",
          ".rustup",
          ".rvm",
          ".sbt",
          ".sdkman",
          ".stack",
          ".volta",
          "bin",
          "go",
          "miniconda3",
          "miniforge3",
          "perl5");

  public Visible {
    emptied = List.copyOf(emptied);
    tools = List.copyOf(tools);
    kept = List.copyOf(kept);
  }

  /// Returns what exists of it now.
  ///
  /// @param environment the variables of a command; folders of tools that they name are seen too
  /// @param kept folders that are seen empty, if they are there
  static Visible of(Path home, Map<String, String> environment, List<Path> kept) {
    List<Path> emptied = new ArrayList<>();
    for (String folder : EMPTIED) {
      if (Files.isDirectory(Path.of(folder), LinkOption.NOFOLLOW_LINKS)) {
        emptied.add(Path.of(folder));
      }
    }
    if (!emptied.contains(home)) {
      emptied.add(home);
    }
    List<Path> wanted = new ArrayList<>();
    OF_THE_MACHINE.forEach(tool -> wanted.add(Path.of(tool)));
    OF_THE_HOME.forEach(tool -> wanted.add(home.resolve(tool)));
    for (String name : EnvironmentRules.TOOL_FOLDERS) {
      addFolder(environment.getOrDefault(name, ""), wanted);
    }
    for (String folder : environment.getOrDefault("PATH", "").split(":", -1)) {
      addFolder(folder, wanted);
    }
    List<Path> tools = new ArrayList<>();
    for (Path tool : wanted) {
      boolean closed = emptied.stream().anyMatch(tool::startsWith);
      boolean wide = emptied.stream().anyMatch(folder -> folder.startsWith(tool));
      boolean own = kept.stream().anyMatch(tool::startsWith);
      if (closed && !wide && !own && !tools.contains(tool) && Files.exists(tool)) {
        tools.add(tool);
      }
    }
    List<Path> folders =
        kept.stream()
            .filter(folder -> Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS))
            .toList();
    return new Visible(emptied, tools, folders);
  }

  private static void addFolder(String folder, List<Path> wanted) {
    if (folder.startsWith("/")) {
      wanted.add(Path.of(folder).normalize());
    }
  }

  /// Returns whether `path` is seen, leaving aside what is masked by itself.
  public boolean sees(Path path) {
    return kept.stream().noneMatch(path::startsWith) && isShown(path);
  }

  /// Returns the folders of [#kept] that would be seen if they were not.
  public List<Path> covered() {
    return kept.stream().filter(this::isShown).toList();
  }

  private boolean isShown(Path path) {
    return emptied.stream().noneMatch(path::startsWith)
        || tools.stream().anyMatch(path::startsWith);
  }
}
