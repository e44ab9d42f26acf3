// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.agents;

import dev.redoubt.model.Component;
import dev.redoubt.model.Gap;
import dev.redoubt.model.Location;
import dev.redoubt.model.Purl;
import dev.redoubt.model.Relation;
import dev.redoubt.model.Scope;
import dev.redoubt.scan.commands.CommandLine;
import dev.redoubt.scan.commands.ContainerRun;
import dev.redoubt.scan.commands.PackageLaunch;
import dev.redoubt.scan.commands.ShellScript;
import dev.redoubt.scan.commands.Word;
import dev.redoubt.secrets.SecretText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a server's command line fetches, and which host paths it hands over.
///
/// @param launches the launchers on the line with their packages
/// @param mounts host paths: bind mounts and volumes of a container, the folders a file system
///   server is allowed
record LaunchedPackage(List<PackageLaunch> launches, List<String> mounts, int line) {

  private static final Pattern FILE_SYSTEM_SERVER =
      Pattern.compile(
          "(?:.*[-_./])?(?:server-)?filesystem(?:-mcp|-server|-mcp-server)?|mcp-server-filesystem");
  private static final Pattern VARIABLE = Pattern.compile(".*(?:\\$|%[A-Za-z_]+%|\\{|<).*");

  LaunchedPackage {
    launches = List.copyOf(launches);
    mounts = List.copyOf(mounts);
  }

  static LaunchedPackage of(List<Word> words) {
    List<PackageLaunch> launches = new ArrayList<>();
    List<String> mounts = new ArrayList<>();
    for (ShellScript.Step step : CommandLine.of(words).commands()) {
      PackageLaunch.of(step.words())
          .ifPresent(launch -> {
            launches.add(launch);
            mounts.addAll(allowedFolders(launch, step.words()));
          });
      ContainerRun.of(step.words()).ifPresent(run -> mounts.addAll(run.mounts()));
    }
    return new LaunchedPackage(launches, mounts, words.getFirst().line());
  }

  /// Returns the package that the line runs, or null when no launcher says.
  @Nullable Purl purl() {
    return launches.stream()
        .flatMap(launch -> launch.packages().stream())
        .map(PackageLaunch.Named::purl)
        .findFirst()
        .orElse(null);
  }

  List<Component> components(String path) {
    return launches.stream()
        .flatMap(launch -> launch.packages().stream())
        .map(named ->
            Component.of(
                named.purl(), Scope.UNKNOWN, Relation.DIRECT, new Location(path, named.line())))
        .toList();
  }

  List<Gap> gaps(String server, String path) {
    List<Gap> gaps = new ArrayList<>();
    for (PackageLaunch launch : launches) {
      for (PackageLaunch.Named named : launch.packages()) {
        if (named.purl().version() == null) {
          gaps.add(unpinned(launch, named, path));
        }
      }
      if (launch.packages().isEmpty() && !runsSomethingLocal(launch)) {
        gaps.add(
            new Gap(
                path,
                line,
                "what %s runs for server \"%s\" is not named by its configuration"
                    .formatted(launch.launcher(), server),
                "write the package itself, with its version"));
      }
    }
    return gaps;
  }

  /* A launcher without a package it can be held to: the operand is a variable, or there is none. */
  private static boolean runsSomethingLocal(PackageLaunch launch) {
    return Optional.of(launch.operand())
        .filter(operand -> !operand.isEmpty() && !VARIABLE.matcher(operand).matches())
        .isPresent();
  }

  private static Gap unpinned(PackageLaunch launch, PackageLaunch.Named named, String path) {
    String written = SecretText.redact(named.written());
    return named.pin() == PackageLaunch.Pin.INSTALLED
        ? new Gap(
            path,
            named.line(),
            "the version of \"%s\" is whatever is installed".formatted(written),
            "scan the lock file that installs it")
        : new Gap(
            path,
            named.line(),
            "%s is told \"%s\" without one exact version".formatted(launch.launcher(), written),
            "name one release, in the manner of " + example(named.purl()));
  }

  private static String example(Purl purl) {
    return switch (purl.type()) {
      case "pypi" -> "name==1.2.3";
      case "docker" -> "name@sha256:… or name:1.2.3";
      default -> "name@1.2.3";
    };
  }

  private static List<String> allowedFolders(PackageLaunch launch, List<Word> words) {
    if (launch.packages().isEmpty()) {
      return List.of();
    }
    PackageLaunch.Named named = launch.packages().getFirst();
    boolean container = named.purl().type().equals("docker");
    if (container || !FILE_SYSTEM_SERVER.matcher(named.purl().name()).matches()) {
      return List.of();
    }
    List<String> folders = new ArrayList<>();
    boolean after = false;
    for (Word word : words) {
      if (after && !word.text().startsWith("-")) {
        folders.add(word.text());
      }
      after |= word.text().endsWith(named.written());
    }
    return folders;
  }
}
