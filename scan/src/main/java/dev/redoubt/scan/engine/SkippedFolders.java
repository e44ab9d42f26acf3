// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.engine;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The folders a scan leaves out: what package managers install and what builds produce.
///
/// A name such as `build` is a build folder only beside the file that makes it one, so a folder of
/// documentation that happens to be called `build` is still looked at.
final class SkippedFolders {

  private static final String INSTALLED = "installed packages; their lock file is read instead";
  private static final String BUILT = "build output";
  private static final String HISTORY = "version control";

  private static final Map<String, String> ALWAYS =
      Map.ofEntries(
          Map.entry("node_modules", INSTALLED),
          Map.entry("bower_components", INSTALLED),
          Map.entry("jspm_packages", INSTALLED),
          Map.entry(".git", HISTORY),
          Map.entry(".hg", HISTORY),
          Map.entry(".svn", HISTORY),
          Map.entry(".jj", HISTORY),
          Map.entry("__pycache__", BUILT),
          Map.entry(".tox", INSTALLED),
          Map.entry(".nox", INSTALLED),
          Map.entry(".gradle", BUILT),
          Map.entry(".mypy_cache", BUILT),
          Map.entry(".pytest_cache", BUILT),
          Map.entry(".ruff_cache", BUILT),
          Map.entry(".terraform", INSTALLED),
          Map.entry(".next", BUILT),
          Map.entry(".nuxt", BUILT),
          Map.entry(".yarn", INSTALLED),
          Map.entry(".pnpm-store", INSTALLED));

  private record Rule(String folder, Set<String> beside, String reason) {}

  private static final List<Rule> BESIDE =
      List.of(
          new Rule("target", Set.of("pom.xml", "Cargo.toml", "build.sbt"), BUILT),
          new Rule(
              "build",
              Set.of("build.gradle", "build.gradle.kts", "settings.gradle", "settings.gradle.kts"),
              BUILT),
          new Rule("vendor", Set.of("go.mod", "composer.json", "Gemfile"), INSTALLED),
          new Rule("Pods", Set.of("Podfile"), INSTALLED),
          new Rule("Carthage", Set.of("Cartfile"), INSTALLED),
          new Rule(".build", Set.of("Package.swift"), BUILT),
          new Rule("_build", Set.of("mix.exs"), BUILT),
          new Rule("deps", Set.of("mix.exs"), INSTALLED),
          new Rule(".dart_tool", Set.of("pubspec.yaml"), BUILT),
          new Rule(".stack-work", Set.of("stack.yaml"), BUILT),
          new Rule("renv", Set.of("renv.lock"), INSTALLED));

  private SkippedFolders() {}

  /// Returns why `folder` is left out, or empty when it is looked at.
  ///
  /// @param folder its name
  /// @param beside the names of the entries beside it
  /// @param inside the names of the entries in it
  static Optional<String> reason(String folder, Set<String> beside, Set<String> inside) {
    String always = ALWAYS.get(folder);
    if (always != null) {
      return Optional.of(always);
    }
    if (inside.contains("pyvenv.cfg")) {
      return Optional.of(INSTALLED);
    }
    boolean dotnet = folder.equals("obj") || folder.equals("bin");
    if (dotnet && beside.stream().anyMatch(SkippedFolders::isDotnetProject)) {
      return Optional.of(BUILT);
    }
    return BESIDE.stream()
        .filter(rule -> rule.folder.equals(folder))
        .filter(rule -> rule.beside.stream().anyMatch(beside::contains))
        .map(Rule::reason)
        .findFirst();
  }

  private static boolean isDotnetProject(String name) {
    return name.endsWith(".csproj") || name.endsWith(".fsproj") || name.endsWith(".vbproj");
  }
}
