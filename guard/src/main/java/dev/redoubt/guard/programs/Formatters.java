// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import dev.redoubt.guard.Effect.Nature;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Formatters, which rewrite files unless they are told to check.
///
/// Sources: the command-line references of Black, isort, Prettier and rustfmt.
final class Formatters {

  private Formatters() {}

  /// Returns the manual of `name`; null when it is none of them.
  static @Nullable Manual manual(String name) {
    return switch (name) {
      case "black" -> new QueryManual(Set.of(name), black(), List.of("--check", "--diff"));
      case "isort" ->
          new QueryManual(
              Set.of(name), isort(), List.of("-c", "--check", "--check-only", "--diff"));
      case "prettier" ->
          new QueryManual(
              Set.of(name), prettier(), List.of("-c", "--check", "-l", "--list-different"));
      case "rustfmt" -> new QueryManual(Set.of(name), rustfmt(), List.of("--check"));
      default -> null;
    };
  }

  private static Table black() {
    return Table.harmless("checks the format")
        .flags("-qvhSC --check --diff --quiet --verbose --color --no-color --preview --fast --safe")
        .flags("--skip-string-normalization --help --version --pyi --no-cache")
        .values(
            "-ltW --line-length --target-version --include --exclude --extend-exclude --workers")
        .values("--force-exclude --required-version")
        .values(Meaning.READS, "--config")
        .values(Meaning.CHANGES, "-c --code --stdin-filename --python-cell-magics")
        .operands(Operands.SEARCH)
        .build();
  }

  private static Table isort() {
    return Table.of(Nature.BUILD, "checks with the workspace's configuration")
        .flags("-cvq --check --check-only --diff --verbose --quiet --show-files --color --version")
        .flags("--gitignore --show-config")
        .values("-ls --profile --line-length --skip --skip-glob --extend-skip")
        .values(Meaning.CHANGES, "--settings-path --settings-file --sp --formatter --virtual-env")
        .operands(Operands.SEARCH)
        .build();
  }

  private static Table prettier() {
    return Table.of(Nature.BUILD, "checks with the workspace's configuration")
        .flags(
            "-clhv --check --list-different --version --help --no-color"
                + " --no-error-on-unmatched-pattern")
        .flags("--ignore-unknown -u --no-config --no-editorconfig --cache --no-plugin-search")
        .configured("prettier")
        .flags("--no-bracket-spacing --no-semi --single-quote --with-node-modules")
        .values("--config-precedence --end-of-line --loglevel --trailing-comma --prose-wrap")
        .values(Meaning.CONFIG, "--config")
        .values("--log-level --ignore-path --print-width --tab-width --cache-strategy")
        .values(Meaning.CHANGES, "--plugin --plugin-search-dir --stdin-filepath --parser")
        .values(Meaning.CHANGES, "--find-config-path --file-info --cache-location")
        .flags(Meaning.CHANGES, "-w --write --insert-pragma")
        .operands(Operands.SEARCH)
        .build();
  }

  private static Table rustfmt() {
    return Table.of(Nature.BUILD, "checks the format")
        .flags(
            "-lqvhV --check --files-with-diff --quiet --verbose --help --version"
                + " --unstable-features")
        .values("--edition --color --style-edition")
        .values(Meaning.CHANGES, "--config --config-path --emit --print-config --backup")
        .operands(Operands.READ)
        .build();
  }
}
