// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import dev.redoubt.guard.Effect.Nature;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Test runners, linters and compilers.
///
/// Runners and linters whose configuration is code (`eslint.config.js`, `conftest.py`, plugins of
/// `mypy.ini`) are a build, even when they only look. Options that fix, format in place, load a
/// plugin or name another configuration are questions.
///
/// Sources: the command-line references of the tools named.
final class CheckShelf implements Shelf {

  private static final List<String> NAMES =
      List.of(
          "black",
          "clang",
          "clang++",
          "cc",
          "c++",
          "eslint",
          "flake8",
          "g++",
          "gcc",
          "hadolint",
          "isort",
          "jar",
          "javac",
          "javap",
          "jest",
          "mocha",
          "mypy",
          "phpunit",
          "prettier",
          "py.test",
          "pylint",
          "pyright",
          "pytest",
          "rspec",
          "rubocop",
          "ruff",
          "rustc",
          "rustfmt",
          "shellcheck",
          "tsc",
          "unittest",
          "vitest",
          "vue-tsc",
          "yamllint");

  /// The reporters that come with the tool: any other name is a module that is loaded.
  private static final Set<String> MOCHA_REPORTERS =
      Set.of(
          "doc",
          "dot",
          "json",
          "json-stream",
          "landing",
          "list",
          "markdown",
          "min",
          "nyan",
          "progress",
          "spec",
          "tap",
          "xunit");

  /// Modules that teach Node another language or prepare it for tests, by their published names.
  static final Set<String> REGISTERS =
      Set.of(
          "@babel/register",
          "@swc-node/register",
          "@swc/register",
          "esbuild-register",
          "esm",
          "jsdom-global/register",
          "reflect-metadata",
          "should",
          "source-map-support/register",
          "sucrase/register",
          "ts-node/esm",
          "ts-node/register",
          "ts-node/register/transpile-only",
          "tsx",
          "tsx/cjs",
          "tsx/esm");

  private static final Set<String> ESLINT_FORMATS =
      Set.of("compact", "html", "json", "json-with-metadata", "stylish", "tap", "unix");

  @Override
  public List<String> names() {
    return NAMES;
  }

  @Override
  public @Nullable Manual manual(String name) {
    return switch (name) {
      case "pytest", "py.test" -> new PytestManual();
      case "unittest" -> new BuildingManual(Set.of("unittest"), unittest());
      case "jest" ->
          new BuildingManual(Set.of("jest"), jest())
              .naming(Set.of("--coverageReporters"), CoverageManual.REPORTERS)
              .naming(Set.of("--env", "--testEnvironment"), Set.of("jsdom", "node"));
      case "vitest" -> new VitestManual();
      case "mocha" ->
          new BuildingManual(Set.of("mocha"), mocha())
              .naming(Set.of("-R", "--reporter"), MOCHA_REPORTERS)
              .naming(Set.of("-r", "--require", "--import"), REGISTERS)
              .naming(Set.of("-u", "--ui"), Set.of("bdd", "exports", "qunit", "tdd"));
      case "eslint" ->
          new BuildingManual(Set.of("eslint"), eslint())
              .naming(Set.of("-f", "--format"), ESLINT_FORMATS);
      case "tsc", "vue-tsc" -> new BuildingManual(Set.of("tsc", "vue-tsc"), tsc());
      case "mypy" -> new BuildingManual(Set.of("mypy"), mypy());
      case "pyright" -> new BuildingManual(Set.of("pyright"), pyright());
      case "flake8" -> new BuildingManual(Set.of("flake8"), flake8());
      case "pylint" -> new BuildingManual(Set.of("pylint"), pylint());
      case "rspec" -> new BuildingManual(Set.of("rspec"), rspec());
      case "phpunit" -> new BuildingManual(Set.of("phpunit"), phpunit());
      case "rubocop" -> new BuildingManual(Set.of("rubocop"), rubocop());
      case "ruff" -> VerbManual.of("ruff", BuildShelf.noGlobals(), CheckShelf::ruff);
      case "black", "isort", "prettier", "rustfmt" -> Formatters.manual(name);
      case "shellcheck" -> TableManual.of("shellcheck", shellcheck());
      case "hadolint" -> TableManual.of("hadolint", hadolint());
      case "yamllint" -> TableManual.of("yamllint", yamllint());
      default -> Compilers.manual(name);
    };
  }

  private static Table.Builder checks(String reason) {
    return Table.of(Nature.BUILD, reason);
  }

  /// The arguments of `python -m unittest`.
  private static Table unittest() {
    return checks("runs the workspace's tests")
        .flags("-vqfbch --verbose --quiet --failfast --buffer --catch --locals --help")
        .values("-kp --pattern --durations")
        .values(Meaning.SEARCHES, "-st --start-directory --top-level-directory")
        .operands(Operands.READ)
        .build();
  }

  private static Table jest() {
    return checks("runs the workspace's tests")
        .configured("jest")
        .flags("-bifohvle --bail --runInBand --ci --coverage --silent --verbose --passWithNoTests")
        .flags("--onlyFailures --onlyChanged --listTests --no-coverage --json --errorOnDeprecated")
        .flags("--expand --useStderr --logHeapUsage --collectCoverage --randomize --detectLeaks")
        .flags("--forceExit --detectOpenHandles --no-cache --colors --no-color --version --help")
        .optional("--watchAll")
        .values("-tw --testNamePattern --testPathPattern --testPathPatterns --maxWorkers")
        .values("--testTimeout --shard --testPathIgnorePatterns --selectProjects --runTestsByPath")
        .values(
            "--testMatch --collectCoverageFrom --coverageThreshold --changedSince --maxConcurrency")
        .values("--coverageProvider")
        .values(Meaning.CONFIG, "-c --config")
        .values(Meaning.WRITES, "--outputFile --coverageDirectory")
        .values(
            Meaning.CHANGES,
            "--coverageReporters --env --rootDir --globalSetup --globalTeardown --runner")
        .values(Meaning.CHANGES, "--reporters --transform --setupFiles --testRunner --resolver")
        .values(Meaning.CHANGES, "--setupFilesAfterEnv --testEnvironment --projects --roots")
        .values(Meaning.CHANGES, "--preset --filter --testSequencer --watchPlugins --modulePaths")
        .flags(Meaning.CHANGES, "-u --updateSnapshot --watch --init --clearCache")
        .operands(Operands.READ)
        .build();
  }

  private static Table mocha() {
    return checks("runs the workspace's tests")
        .configured("mocha")
        .flags(
            "-bcCiAS --bail --color --no-color --exit --forbid-only --forbid-pending --recursive")
        .flags(
            "--check-leaks --no-exit --full-trace --parallel --invert --dry-run --version --help")
        .flags("--async-only --allow-uncaught --delay --diff --no-diff --inline-diffs --sort")
        .flags("--fail-zero --pass-on-failing-test-suite --no-timeout")
        .flags("--enable-source-maps")
        .values(Meaning.READS, "--spec")
        .values(Meaning.CONFIG, "--config")
        .values("-tgfs --timeout --grep --fgrep --slow --retries --ignore --jobs -j --extension")
        .values(Meaning.CHANGES, "-rRuO --require --reporter --ui --opts --file --import")
        .values(Meaning.CHANGES, "--package --reporter-option --node-option -n")
        .flags(Meaning.CHANGES, "-w --watch --inspect")
        .operands(Operands.READ)
        .build();
  }

  private static Table eslint() {
    return checks("checks with the workspace's configuration")
        .configured("eslint")
        .flags("--no-cache --stats --no-fix --report-unused-inline-configs")
        .values("--report-unused-disable-directives-severity --concurrency")
        .values(Meaning.READS, "--ignore-path")
        .values(Meaning.CONFIG, "-c --config")
        .flags("-vh --version --help --quiet --color --no-color --no-inline-config --debug")
        .flags("--report-unused-disable-directives --no-error-on-unmatched-pattern --cache")
        .flags("--no-eslintrc --no-ignore --no-config-lookup")
        .flags("--exit-on-fatal-error --env-info --no-warn-ignored --pass-on-no-patterns")
        .values("--ext --max-warnings --ignore-pattern --rule --env --global --cache-strategy")
        .values(Meaning.WRITES, "-o --output-file --cache-location --cache-file")
        .values(Meaning.CHANGES, "-f --rulesdir --plugin --parser --format --fix-type")
        .values(Meaning.CHANGES, "--resolve-plugins-relative-to --parser-options --flag")
        .flags(Meaning.CHANGES, "--fix --fix-dry-run --init --stdin --inspect-config")
        .operands(Operands.SEARCH)
        .build();
  }

  private static Table tsc() {
    return checks("compiles the workspace")
        .words()
        .flags("--noEmit --version -v --help -h --strict --skipLibCheck --pretty --listFiles")
        .flags("--build -b --incremental --diagnostics --extendedDiagnostics --showConfig --force")
        .flags(
            "--verbose --dry --traceResolution --esModuleInterop --allowJs --checkJs"
                + " --noErrorTruncation")
        .flags(
            "--declaration -d --emitDeclarationOnly --declarationMap --sourceMap --removeComments")
        .flags("--stripInternal --isolatedModules --noEmitOnError --preserveWatchOutput")
        .flags("--resolveJsonModule --noImplicitAny --noUnusedLocals --noUnusedParameters")
        .flags("--inlineSourceMap --preserveSymlinks --listEmittedFiles --downlevelIteration")
        .values(Meaning.SEARCHES, "--rootDir --baseUrl --typeRoots")
        .values("--types --assumeChangesOnlyAffectDirectDependencies --importHelpers")
        .values("--target -t --module -m --jsx --lib --moduleResolution")
        .values(Meaning.SEARCHES, "-p --project")
        .values(Meaning.WRITES, "--outDir --outFile --declarationDir --tsBuildInfoFile")
        .flags(Meaning.CHANGES, "--watch -w --init --clean --plugins")
        .operands(Operands.READ)
        .build();
  }

  private static Table mypy() {
    return checks("checks with the workspace's configuration")
        .flags("-vhV --verbose --version --help --strict --ignore-missing-imports --pretty")
        .flags("--show-error-codes --show-column-numbers --no-incremental --no-error-summary")
        .flags(
            "--show-error-context --namespace-packages --explicit-package-bases --no-color-output")
        .flags(
            "--check-untyped-defs --warn-unused-ignores --disallow-untyped-defs --hide-error-codes")
        .values("-pm --package --module --python-version --platform --exclude --follow-imports")
        .values(Meaning.WRITES, "--junit-xml --cache-dir --html-report --txt-report --xml-report")
        .values(
            Meaning.CHANGES, "-c --command --config-file --python-executable --custom-typeshed-dir")
        .values(Meaning.CHANGES, "--shadow-file")
        .flags(Meaning.CHANGES, "--install-types --non-interactive")
        .operands(Operands.SEARCH)
        .build();
  }

  private static Table pyright() {
    return checks("checks with the workspace's configuration")
        .flags("--outputjson --stats --verbose --warnings --version --help --skipunannotated")
        .values("--level --pythonversion --pythonplatform")
        .values(Meaning.SEARCHES, "-p --project")
        .values(
            Meaning.CHANGES, "-vt --venvpath --venv-path --typeshedpath --pythonpath --createstub")
        .flags(Meaning.CHANGES, "-w --watch")
        .operands(Operands.SEARCH)
        .build();
  }

  private static Table flake8() {
    return checks("checks with the workspace's configuration")
        .flags(
            "-vqh --verbose --quiet --version --help --count --statistics --show-source"
                + " --benchmark")
        .flags("--disable-noqa --exit-zero --no-show-source --doctests")
        .values("-j --jobs --select --ignore --extend-ignore --extend-select --exclude --filename")
        .values("--max-line-length --max-complexity --extend-exclude --per-file-ignores --format")
        .values("--color --indent-size --max-doc-length")
        .values(Meaning.WRITES, "--output-file")
        .values(Meaning.CHANGES, "--config --append-config --enable-extensions --require-plugins")
        .flags(Meaning.CHANGES, "--isolated --bug-report")
        .operands(Operands.SEARCH)
        .build();
  }

  private static Table pylint() {
    return checks("checks with the workspace's configuration")
        .flags("-Ehvr --errors-only --version --help --verbose --list-msgs")
        .values("-jde --jobs --disable --enable --output-format --reports --score --recursive")
        .values(
            "--max-line-length --ignore --ignore-patterns --ignore-paths --fail-under --fail-on")
        .values(Meaning.WRITES, "--output")
        .values(Meaning.CHANGES, "--rcfile --load-plugins --init-hook --init-import --evaluation")
        .values(Meaning.CHANGES, "--extension-pkg-allow-list --import-graph --source-roots")
        .operands(Operands.SEARCH)
        .build();
  }

  private static Table rspec() {
    return checks("runs the workspace's tests")
        .flags("-bcvhw --backtrace --color --no-color --fail-fast --only-failures --next-failure")
        .flags("--profile --dry-run --version --help --warnings --force-color --failure-exit")
        .values("-etP --example --tag --pattern --seed --order --exclude-pattern")
        .values(Meaning.WRITES, "-o --out")
        .values(Meaning.CHANGES, "-IrfO --require --format --options --default-path --drb-port")
        .flags(Meaning.CHANGES, "--init --drb -X")
        .operands(Operands.READ)
        .build();
  }

  private static Table phpunit() {
    return checks("runs the workspace's tests")
        .flags("-v -h --version --help --verbose --debug --testdox --stop-on-failure --no-coverage")
        .flags("--stop-on-error --list-tests --list-suites --no-progress --no-output")
        .values("--filter --testsuite --group --exclude-group --colors --order-by")
        .values(Meaning.WRITES, "--log-junit --coverage-html --coverage-text --coverage-clover")
        .values(Meaning.CHANGES, "-cd --configuration --bootstrap --include-path --extension")
        .values(Meaning.CHANGES, "--printer --loader --prepend --cache-directory")
        .operands(Operands.READ)
        .build();
  }

  private static Table rubocop() {
    return checks("checks with the workspace's configuration")
        .flags("-vVPLlDSE --version --parallel --list-target-files --lint --display-cop-names")
        .flags(
            "--no-color --color --fail-fast --force-exclusion --display-only-fail-level-offenses")
        .values("--only --except --fail-level --cache --format -f")
        .values(Meaning.WRITES, "-o --out")
        .values(Meaning.CHANGES, "-cr --config --require --plugin --cache-root")
        .flags(Meaning.CHANGES, "-axAF --auto-correct --autocorrect --autocorrect-all --init")
        .flags(Meaning.CHANGES, "--auto-gen-config --server --start-server")
        .operands(Operands.SEARCH)
        .build();
  }

  private static @Nullable Table ruff(String verb) {
    return switch (verb) {
      case "check" ->
          ruffOwn()
              .flags("--statistics --show-files --show-settings --no-fix --show-fixes --diff")
              .flags("--ignore-noqa --preview --no-preview --exit-zero --exit-non-zero-on-fix")
              .values("--select --ignore --extend-select --extend-ignore --output-format")
              .values("--per-file-ignores --target-version")
              .values(Meaning.WRITES, "-o --output-file")
              .flags(Meaning.CHANGES, "--fix --fix-only --unsafe-fixes --add-noqa -w --watch")
              .operands(Operands.SEARCH, ".")
              .build();
      case "format --check", "format --diff" ->
          ruffOwn().flags("--check --diff").operands(Operands.SEARCH, ".").build();
      case "version", "rule", "linter" -> Table.harmless("shows something about ruff").build();
      default -> null;
    };
  }

  private static Table.Builder ruffOwn() {
    return Table.harmless("checks Python")
        .flags("-qvsn --quiet --verbose --silent --no-cache --isolated --force-exclude")
        .flags("--respect-gitignore --no-respect-gitignore")
        .values("--exclude --extend-exclude --line-length --color")
        .values(Meaning.WRITES, "--cache-dir")
        .values(Meaning.CHANGES, "--config --stdin-filename");
  }

  private static Table shellcheck() {
    return Table.harmless("checks scripts")
        .flags("-axVh --check-sourced --external-sources --version --help --norc --list-optional")
        .optional("-C --color")
        .values(
            "-isfeSWo --include --severity --shell --format --exclude --wiki-link-count --enable")
        .values(Meaning.READS, "--rcfile")
        .values(Meaning.SEARCHES, "-P --source-path")
        .operands(Operands.READ)
        .build();
  }

  private static Table hadolint() {
    return Table.harmless("checks a Dockerfile")
        .flags("-vhV --version --help --no-fail --no-color --verbose")
        .values("-ft --format --ignore --failure-threshold --error --warning --info --style")
        .values(Meaning.READS, "-c --config")
        .operands(Operands.READ)
        .build();
  }

  private static Table yamllint() {
    return Table.harmless("checks YAML")
        .flags("-svh --strict --version --help --no-warnings --list-files")
        .values("-fd --format --config-data")
        .values(Meaning.READS, "-c --config-file")
        .operands(Operands.SEARCH)
        .build();
  }
}
