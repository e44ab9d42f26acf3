// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Checkers and formatters of Go, and what else builds and checks in other languages: Hatch,
/// coverage.py, PHPStan.
///
/// Sources: the command-line references of golangci-lint 1 and 2, goimports, gofumpt, Staticcheck,
/// coverage.py 7, Hatch 1 and PHPStan 2.
final class LanguageShelf implements Shelf {

  private static final List<String> NAMES =
      List.of(
          "coverage", "gofumpt", "goimports", "golangci-lint", "hatch", "phpstan", "staticcheck");

  @Override
  public List<String> names() {
    return NAMES;
  }

  @Override
  public @Nullable Manual manual(String name) {
    return switch (name) {
      case "golangci-lint" -> VerbManual.of(name, BuildShelf.noGlobals(), LanguageShelf::golangci);
      case "goimports", "gofumpt" -> new TableManual(Set.of("goimports", "gofumpt"), goFormat());
      case "staticcheck" -> new BuildingManual(Set.of(name), staticcheck());
      case "phpstan" -> VerbManual.of(name, BuildShelf.noGlobals(), LanguageShelf::phpstan);
      case "coverage" -> new CoveragePyManual();
      case "hatch" -> new HatchManual();
      default -> null;
    };
  }

  private static @Nullable Table golangci(String verb) {
    return switch (verb) {
      case "run" ->
          BuildShelf.builds()
              .configured("golangci")
              .flags("-vhn --verbose --help --no-config --disable-all --enable-all --fast --new")
              .flags("--fast-only --tests --allow-parallel-runners --allow-serial-runners")
              .flags("--show-stats --print-issued-lines --print-linter-name --uniq-by-line")
              .flags("--print-resources-usage --exclude-use-default")
              .values(
                  "-EDjep --enable --disable --enable-only --concurrency --timeout --build-tags")
              .values("--new-from-rev --new-from-merge-base --skip-dirs --skip-files --exclude")
              .values("--max-issues-per-linter --max-same-issues --issues-exit-code --color --go")
              .values("--path-prefix --path-mode --modules-download-mode --presets --default")
              .values("--relative-path-mode")
              .values(Meaning.READS, "--new-from-patch")
              .values(Meaning.CONFIG, "-c --config")
              .values(Meaning.WRITES, "--cpu-profile-path --mem-profile-path --trace-path")
              .values(Meaning.CHANGES, "--out-format")
              .flags(Meaning.CHANGES, "--fix")
              .operands(Operands.SEARCH)
              .build();
      case "version", "linters", "config verify", "config path" ->
          BuildShelf.builds()
              .configured("golangci")
              .flags("-vh --verbose --help --json")
              .values(Meaning.CONFIG, "-c --config")
              .build();
      default -> null;
    };
  }

  private static Table goFormat() {
    return Table.harmless("shows how Go files would be formatted")
        .words()
        .flags("-l -d -e -v -extra -format-only")
        .values("-local -lang -modpath")
        .flags(Meaning.CHANGES, "-w")
        .values(Meaning.CHANGES, "-srcdir -cpuprofile -memprofile -trace")
        .operands(Operands.SEARCH)
        .build();
  }

  private static Table staticcheck() {
    return BuildShelf.builds()
        .words()
        .flags("-matrix -merge -show-ignored -version -list-checks -tests")
        .values("-checks -f -fail -go -tags -explain")
        .values(Meaning.CHANGES, "-debug.cpuprofile -debug.memprofile -debug.trace")
        .operands(Operands.SEARCH)
        .build();
  }

  private static @Nullable Table phpstan(String verb) {
    return switch (verb) {
      case "analyse", "analyze" ->
          BuildShelf.builds()
              .configured("phpstan")
              .flags(
                  "-qvhn --quiet --verbose --help --no-progress --no-ansi --ansi --debug --xdebug")
              .flags("--no-interaction --fail-without-result-cache")
              .values("-l --level --memory-limit --error-format")
              .values(Meaning.CONFIG, "-c --configuration")
              .values(Meaning.CHANGES, "-ab --autoload-file --generate-baseline --tmp-file")
              .values(Meaning.CHANGES, "--instead-of")
              .flags(Meaning.CHANGES, "--fix --watch --pro")
              .operands(Operands.SEARCH)
              .build();
      default -> null;
    };
  }
}
