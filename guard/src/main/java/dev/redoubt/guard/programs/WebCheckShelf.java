// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import dev.redoubt.guard.Effect.Nature;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Checkers and test runners of JavaScript projects that [CheckShelf] does not have.
///
/// Sources: the command-line references of Stylelint 16, Biome 2, Oxlint 1, TSLint 6, markdownlint,
/// commitlint 19, Playwright 1.50 and node-tap 21.
final class WebCheckShelf implements Shelf {

  static final List<String> NAMES =
      List.of(
          "biome",
          "commitlint",
          "markdownlint",
          "markdownlint-cli2",
          "oxlint",
          "playwright",
          "stylelint",
          "tap",
          "tslint");

  private static final Set<String> STYLELINT_SYNTAXES =
      Set.of("postcss-html", "postcss-less", "postcss-markdown", "postcss-sass", "postcss-scss");

  private static final Set<String> STYLELINT_FORMATS =
      Set.of("compact", "github", "json", "string", "tap", "unix", "verbose");

  /// `html` is left out: it serves what it found.
  private static final Set<String> PLAYWRIGHT_REPORTERS =
      Set.of("dot", "github", "json", "junit", "line", "list", "null");

  private static final Set<String> TAP_REPORTERS =
      Set.of("base", "dot", "json", "junit", "min", "silent", "tap", "terse");

  private static final Set<String> TSLINT_FORMATS =
      Set.of("codeFrame", "json", "msbuild", "prose", "stylish", "tap", "verbose");

  @Override
  public List<String> names() {
    return NAMES;
  }

  @Override
  public @Nullable Manual manual(String name) {
    return switch (name) {
      case "stylelint" ->
          new BuildingManual(Set.of(name), stylelint())
              .naming(Set.of("--custom-syntax"), STYLELINT_SYNTAXES)
              .naming(Set.of("-f", "--formatter"), STYLELINT_FORMATS);
      case "biome" -> VerbManual.of("biome", BuildShelf.noGlobals(), WebCheckShelf::biome);
      case "oxlint" -> new BuildingManual(Set.of(name), oxlint());
      case "tslint" ->
          new BuildingManual(Set.of(name), tslint())
              .naming(Set.of("-t", "--format"), TSLINT_FORMATS);
      case "markdownlint", "markdownlint-cli2" ->
          new BuildingManual(Set.of("markdownlint", "markdownlint-cli2"), markdownlint());
      case "commitlint" -> new BuildingManual(Set.of(name), commitlint());
      case "playwright" -> new PlaywrightManual(PLAYWRIGHT_REPORTERS);
      case "tap" ->
          new BuildingManual(Set.of(name), tap()).naming(Set.of("-R", "--reporter"), TAP_REPORTERS);
      default -> null;
    };
  }

  private static Table.Builder checks() {
    return Table.of(Nature.BUILD, "checks with the workspace's configuration");
  }

  private static Table stylelint() {
    return checks()
        .configured("stylelint")
        .flags("-qvh --quiet --version --help --cache --no-cache --allow-empty-input --color")
        .flags("--no-color --rd --rdd --risd --report-needless-disables --disable-default-ignores")
        .flags("--report-invalid-scope-disables --report-descriptionless-disables --validate")
        .flags("--no-validate --ignore-disables --quiet-deprecation-warnings")
        .values("--ip --ignore-pattern --max-warnings --mw --cache-strategy")
        .values(Meaning.READS, "-i --ignore-path --print-config")
        .values(Meaning.CONFIG, "-c --config")
        .values(Meaning.WRITES, "-o --output-file --cache-location")
        .values(Meaning.CHANGES, "-f --config-basedir --custom-syntax --custom-formatter")
        .values(Meaning.CHANGES, "--formatter --globby-options --go --stdin-filename")
        .flags(Meaning.CHANGES, "--fix --stdin")
        .operands(Operands.SEARCH)
        .build();
  }

  private static @Nullable Table biome(String verb) {
    return switch (verb) {
      case "check", "lint", "ci", "format" ->
          checks()
              .flags("--changed --staged --error-on-warnings --no-errors-on-unmatched --verbose")
              .flags("--help --use-editorconfig --skip-parse-errors --profile-rules")
              .values("--since --max-diagnostics --diagnostic-level --reporter --colors --only")
              .values("--skip --files-ignore-unknown --formatter-enabled --linter-enabled")
              .values("--assist-enabled --enforce-assist --organize-imports-enabled --log-level")
              .values("--log-kind --files-max-size --threads")
              .values(Meaning.READS, "--config-path")
              .values(Meaning.CHANGES, "--stdin-file-path --vcs-root --log-path --log-file")
              .flags(Meaning.CHANGES, "--write --fix --apply --apply-unsafe --unsafe")
              .flags(Meaning.CHANGES, "--use-server --suppress")
              .operands(Operands.SEARCH)
              .build();
      case "version", "explain" -> checks().build();
      default -> null;
    };
  }

  private static Table oxlint() {
    return checks()
        .flags("-hV --help --version --quiet --deny-warnings --silent --no-ignore --rules")
        .flags("--import-plugin --react-plugin --jest-plugin --vitest-plugin --jsx-a11y-plugin")
        .flags(
            "--nextjs-plugin --promise-plugin --node-plugin --type-aware --report-unused-disable")
        .values("-ADWf --allow --deny --warn --format --max-warnings --ignore-pattern --threads")
        .values(Meaning.READS, "-c --config --tsconfig --ignore-path")
        .values(Meaning.CHANGES, "--js-plugins --tsgolint")
        .flags(Meaning.CHANGES, "--fix --fix-suggestions --fix-dangerously --init --lsp")
        .operands(Operands.SEARCH)
        .build();
  }

  private static Table tslint() {
    return checks()
        .configured("tslint")
        .flags("-qhv --quiet --help --version --force --type-check")
        .values("-e --exclude")
        .values(Meaning.CONFIG, "-c --config")
        .values(Meaning.SEARCHES, "-p --project")
        .values(Meaning.WRITES, "-o --out")
        .values(Meaning.CHANGES, "-rst --rules-dir --formatters-dir --format --print-config --test")
        .flags(Meaning.CHANGES, "-i --fix --init --outputAbsolutePaths")
        .operands(Operands.SEARCH)
        .build();
  }

  private static Table markdownlint() {
    return checks()
        .configured("markdownlint")
        .flags("-Vhqjd --version --help --quiet --json --dot --no-globs")
        .values("-i --ignore --enable --disable")
        .values(Meaning.CONFIG, "-c --config")
        .values(Meaning.READS, "-p --ignore-path")
        .values(Meaning.WRITES, "-o --output")
        .values(Meaning.CHANGES, "-r --rules --configPointer")
        .flags(Meaning.CHANGES, "-fs --fix --stdin --format")
        .operands(Operands.SEARCH)
        .build();
  }

  private static Table commitlint() {
    return checks()
        .configured("commitlint")
        .flags("-cqVhvls --color --no-color --quiet --verbose --help --version --strict --last")
        .values("-ftHE --from --to --help-url --env --from-last-tag")
        .following(Meaning.READS, "-e --edit")
        .values(Meaning.CONFIG, "-g --config")
        .values(Meaning.CHANGES, "-dxpo --cwd --extends --parser-preset --format --git-log-args")
        .flags(Meaning.CHANGES, "--print-config --options")
        .build();
  }

  private static Table tap() {
    return Table.of(Nature.BUILD, "runs the workspace's tests")
        .flags(
            "-bBCvhO --bail --no-bail --color --no-color --version --help --only"
                + " --disable-coverage")
        .flags("--no-coverage --no-check-coverage --allow-incomplete-coverage --no-timeout --cov")
        .flags("--allow-empty-coverage --100 --show-full-coverage")
        .values("-jtg --jobs --timeout --grep --exclude --include --lines --branches --functions")
        .values("--statements")
        .values(Meaning.WRITES, "-o --output-file --output-dir")
        .values(Meaning.CHANGES, "-RA --reporter --node-arg --test-arg --before --after --plugin")
        .values(Meaning.CHANGES, "--saved --reporter-file --reporter-arg --coverage-report")
        .flags(Meaning.CHANGES, "-wsS --watch --save --snapshot --browser")
        .operands(Operands.READ)
        .build();
  }
}
