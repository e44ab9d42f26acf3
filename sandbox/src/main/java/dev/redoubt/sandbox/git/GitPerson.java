// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.git;

import static java.util.Objects.requireNonNull;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Whose git it is: the home of a person and the files of settings that count in each of their
/// repositories.
///
/// @param home of the person, absolute
/// @param settings absolute files of the machine and of the person; need not exist
public record GitPerson(Path home, List<Path> settings) {

  /* What Debian, a build from source and Homebrew have compiled in. */
  private static final List<String> OF_THE_MACHINE =
      List.of("/etc/gitconfig", "/usr/local/etc/gitconfig", "/opt/homebrew/etc/gitconfig");

  public GitPerson {
    requireNonNull(home, "home");
    settings = List.copyOf(settings);
  }

  /// Returns the one with that home and what `environment` names besides the usual places. Rather
  /// one too many: that git reads one of two places counts as both.
  ///
  /// @param environment the variables with which that person's git starts
  public static GitPerson of(Path home, Map<String, String> environment) {
    Set<Path> files = new LinkedHashSet<>();
    OF_THE_MACHINE.forEach(file -> files.add(Path.of(file)));
    files.add(home.resolve(".gitconfig"));
    files.add(home.resolve(".config").resolve("git").resolve("config"));
    String folder = environment.getOrDefault("XDG_CONFIG_HOME", "");
    files.addAll(named(folder + "/git/config"));
    files.addAll(named(environment.getOrDefault("GIT_CONFIG_SYSTEM", "")));
    files.addAll(named(environment.getOrDefault("GIT_CONFIG_GLOBAL", "")));
    return new GitPerson(home, List.copyOf(files));
  }

  /* One that is not absolute is another file wherever git runs. */
  private static List<Path> named(String value) {
    try {
      return value.startsWith("/") ? List.of(Path.of(value).normalize()) : List.of();
    } catch (InvalidPathException e) {
      return List.of();
    }
  }
}
