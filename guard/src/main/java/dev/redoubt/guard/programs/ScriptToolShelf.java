// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import dev.redoubt.guard.Effect.Nature;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Tools that the scripts of projects call: runners of scripts and tests, and checkers.
///
/// Those that read a configuration which is code, or run what the workspace's files name, are a
/// build. Sources: the command-line references of npm-run-all, nyc, c8, AVA, standard, CSpell and
/// gulp; golint and misspell of Go.
final class ScriptToolShelf implements Shelf {

  static final List<String> NAMES =
      List.of(
          "ava",
          "c8",
          "cross-env",
          "cspell",
          "golint",
          "gulp",
          "misspell",
          "npm-run-all",
          "nyc",
          "run-p",
          "run-s",
          "standard");

  @Override
  public List<String> names() {
    return NAMES;
  }

  @Override
  public @Nullable Manual manual(String name) {
    return switch (name) {
      case "cross-env" -> new CrossEnvManual();
      case "nyc", "c8" -> new CoverageManual(name);
      case "npm-run-all", "run-p", "run-s" -> new TaskManual(Set.of(name), scripts());
      case "gulp" -> new TaskManual(Set.of("gulp"), gulp());
      case "ava" -> new BuildingManual(Set.of("ava"), ava());
      case "standard" -> new BuildingManual(Set.of("standard"), standard());
      case "cspell" -> new BuildingManual(Set.of("cspell"), cspell());
      case "golint" -> TableManual.of("golint", golint());
      case "misspell" -> TableManual.of("misspell", misspell());
      default -> null;
    };
  }

  private static Table scripts() {
    return BuildShelf.builds()
        .flags("-slpcn --silent --print-label --parallel --sequential --serial --print-name")
        .flags("--continue-on-error --aggregate-output --version --help")
        .values("--max-parallel")
        .values(Meaning.CHANGES, "--npm-path")
        .flags(Meaning.CHANGES, "--race")
        .build();
  }

  private static Table gulp() {
    return BuildShelf.builds()
        .flags("-vhLS --version --help --silent --continue --series --color --no-color -T --tasks")
        .flags("--tasks-simple")
        .values("--depth --log-level --compact-tasks --sort-tasks")
        .values(Meaning.CHANGES, "-fr --gulpfile --cwd --require --preload")
        .build();
  }

  private static Table ava() {
    return Table.of(Nature.BUILD, "runs the workspace's tests")
        .configured("ava")
        .values(Meaning.CONFIG, "--config")
        .flags("-vsth --verbose --serial --tap --fail-fast --version --help --no-color --color")
        .values("-mcT --match --concurrency --timeout")
        .values(Meaning.CHANGES, "--node-arguments")
        .flags(Meaning.CHANGES, "-wu --watch --update-snapshots")
        .operands(Operands.READ)
        .build();
  }

  private static Table standard() {
    return Table.of(Nature.BUILD, "checks with the workspace's configuration")
        .flags("-vh --verbose --version --help")
        .values("--env --globals --global --ext")
        .values(Meaning.CHANGES, "--parser --plugin --plugins")
        .flags(Meaning.CHANGES, "--fix --stdin")
        .operands(Operands.SEARCH)
        .build();
  }

  private static Table cspell() {
    return Table.of(Nature.BUILD, "checks with the workspace's configuration")
        .configured("cspell")
        .values(Meaning.CONFIG, "-c --config")
        .flags("-vh --version --help --verbose --no-progress --no-summary --quiet --words-only")
        .flags("--unique --show-suggestions --no-must-find-files --gitignore --dot --color")
        .flags("--no-color --no-issues --show-context --relative --fail-fast --no-cache")
        .values("-e --exclude --locale --language-id")
        .values(Meaning.CHANGES, "-r --root --reporter --file-list --cache-location")
        .operands(Operands.SEARCH)
        .build();
  }

  private static Table golint() {
    return Table.harmless("checks files of Go")
        .words()
        .flags("-set_exit_status")
        .values("-min_confidence")
        .operands(Operands.SEARCH)
        .build();
  }

  private static Table misspell() {
    return Table.harmless("finds misspelt words")
        .words()
        .flags("-error -q -v -debug -legal")
        .values("-i -j -locale -source")
        .values(Meaning.WRITES, "-o")
        .values(Meaning.UNKNOWN, "-f")
        .flags(Meaning.CHANGES, "-w")
        .operands(Operands.SEARCH)
        .build();
  }
}
