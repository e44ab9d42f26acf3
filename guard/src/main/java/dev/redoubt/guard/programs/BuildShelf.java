// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import dev.redoubt.guard.Effect.Nature;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Build tools that run what a build file of the workspace says.
///
/// Sources: ninja(1), ctest(1), the references of Meson, Bazel, just, Task, rake, tox and nox; the
/// larger tools name theirs.
final class BuildShelf implements Shelf {

  private static final List<String> NAMES =
      List.of(
          "bazel",
          "bazelisk",
          "cargo",
          "cmake",
          "ctest",
          "dotnet",
          "go",
          "go-task",
          "gofmt",
          "gmake",
          "gradle",
          "gradlew",
          "just",
          "make",
          "meson",
          "mix",
          "mvn",
          "mvnd",
          "mvnw",
          "ninja",
          "nox",
          "rake",
          "samu",
          "swift",
          "task",
          "tox");

  @Override
  public List<String> names() {
    return NAMES;
  }

  @Override
  public @Nullable Manual manual(String name) {
    return switch (name) {
      case "cargo" -> new CargoManual();
      case "cmake" -> new CmakeManual();
      case "go" -> new GoManual();
      case "gofmt" -> TableManual.of("gofmt", gofmt());
      case "gradle", "gradlew" -> new GradleManual();
      case "make", "gmake" -> new MakeManual();
      case "mvn", "mvnd", "mvnw" -> new MavenManual();
      case "ninja", "samu" -> new TaskManual(Set.of("ninja", "samu"), ninja());
      case "just" -> new TaskManual(Set.of("just"), just());
      case "task", "go-task" -> new TaskManual(Set.of("task", "go-task"), task());
      case "rake" -> new TaskManual(Set.of("rake"), rake());
      case "ctest" -> new TaskManual(Set.of("ctest"), ctest());
      case "nox" -> new SessionManual("nox", nox(), Set.of());
      case "tox" ->
          new SessionManual("tox", tox(), Set.of("l", "list", "p", "r", "run", "run-parallel"));
      case "bazel", "bazelisk" ->
          new VerbManual(Set.of("bazel", "bazelisk"), noGlobals(), BuildShelf::bazel);
      case "dotnet" -> new DotnetManual(VerbManual.of("dotnet", noGlobals(), BuildShelf::dotnet));
      case "meson" -> VerbManual.of("meson", noGlobals(), BuildShelf::meson);
      case "mix" -> VerbManual.of("mix", noGlobals(), BuildShelf::mix);
      case "swift" -> VerbManual.of("swift", noGlobals(), BuildShelf::swift);
      default -> null;
    };
  }

  /// Starts the table of a verb that builds or checks.
  static Table.Builder builds() {
    return Table.of(Nature.BUILD, "builds with what the workspace says");
  }

  /// Returns the table of a tool without options in front of the verb.
  static Table noGlobals() {
    return Table.harmless("shows how to use it").endsAtOperand().flags("-h -V").build();
  }

  private static Table gofmt() {
    return Table.harmless("shows how Go files would be formatted")
        .words()
        .flags("-l -d -e -s")
        .values("-r")
        .flags(Meaning.CHANGES, "-w")
        .values(Meaning.WRITES, "-cpuprofile")
        .operands(Operands.SEARCH)
        .build();
  }

  private static Table ninja() {
    return builds()
        .flags("-nvh --version --verbose --quiet")
        .values("-jkldw")
        .values(Meaning.FOLDER, "-C")
        .values(Meaning.CHANGES, "-ft")
        .build();
  }

  private static Table just() {
    return builds()
        .flags("-lnquv --list --dry-run --quiet --unsorted --verbose --summary --variables --show")
        .flags("--evaluate --dump --groups --no-color")
        .values("--color")
        .values(Meaning.CHANGES, "-fdEc --justfile --working-directory --dotenv-path --command")
        .values(Meaning.CHANGES, "--set --shell --shell-arg --chooser --dotenv-filename")
        .flags(Meaning.CHANGES, "-e --edit --init --fmt --choose -g --global-justfile --yes")
        .build();
  }

  private static Table task() {
    return builds()
        .flags("-lafnspv --list --list-all --force --dry --silent --parallel --verbose --summary")
        .flags("--status --json")
        .values("-C -o --concurrency --output --sort")
        .values(Meaning.CHANGES, "-td --taskfile --dir")
        .flags(Meaning.CHANGES, "-giwy --global --init --watch --yes")
        .build();
  }

  private static Table rake() {
    return builds()
        .flags("-TnqstvDPVhA --tasks --dry-run --quiet --silent --trace --verbose --describe")
        .flags("--prereqs --version --help --all")
        .values("-j --jobs")
        .values(Meaning.CHANGES, "-fIReErp --rakefile --libdir --rakelibdir --execute --require")
        .values(Meaning.CHANGES, "--execute-print --execute-continue")
        .flags(Meaning.CHANGES, "-g --system")
        .build();
  }

  private static Table ctest() {
    return builds()
        .words()
        .flags("-V -VV -N -F -Q --verbose --extra-verbose --output-on-failure --rerun-failed")
        .flags("--progress --show-only --quiet --stop-on-failure --force-new-ctest-process -j")
        .flags("--no-label-summary --schedule-random --print-labels")
        .values("-R -E -L -LE -I -C --parallel --timeout --tests-regex --exclude-regex --repeat")
        .values("--build-config --label-regex --label-exclude --no-tests --test-timeout")
        .prefixes(Meaning.HARMLESS, "-j")
        .values(Meaning.FOLDER, "--test-dir")
        .values(Meaning.WRITES, "-O --output-log --output-junit")
        .values(Meaning.CHANGES, "-S -SP -D -M -T --script --script-new-process --dashboard")
        .values(Meaning.CHANGES, "--build-and-test --launch --preset --add-notes -A --overwrite")
        .build();
  }

  private static Table nox() {
    return builds()
        .flags("-lrRv --list --reuse-existing-virtualenvs --no-install --verbose")
        .values("-skp --session --sessions --keywords --python --pythons")
        .values(Meaning.CHANGES, "-f --noxfile --envdir -db --default-venv-backend")
        .build();
  }

  private static Table tox() {
    return builds()
        .flags("-qvrlapo --quiet --verbose --recreate --listenvs --listenvs-all --notest --version")
        .flags("--skip-missing-interpreters --no-provision --colored")
        .values("-em --skip-env -f")
        .values(Meaning.CHANGES, "-cx --conf --override --workdir --toxinidir --root --installpkg")
        .values(Meaning.CHANGES, "--force-dep --runner --discover --plugin")
        .build();
  }

  private static @Nullable Table bazel(String verb) {
    return switch (verb) {
      case "build", "test", "coverage" ->
          builds()
              .flags("-ks --keep_going --subcommands --verbose_failures --nocache_test_results")
              .flags("--noshow_progress --build_tests_only")
              .values("-jc --jobs --compilation_mode --test_output --test_filter --runs_per_test")
              .values("--test_tag_filters --build_tag_filters --test_size_filters")
              .values(Meaning.CHANGES, "--run_under --action_env --test_env --define --config")
              .build();
      case "info", "version" -> builds().build();
      case "query", "cquery", "aquery" ->
          builds().flags("-k --keep_going").values("--output").build();
      default -> null;
    };
  }

  private static @Nullable Table dotnet(String verb) {
    return switch (verb) {
      case "build", "test", "restore", "clean", "pack" ->
          builds()
              .flags("--no-restore --no-build --no-incremental --nologo --list-tests --blame")
              .flags("--no-dependencies --force --locked-mode")
              .values("-cvf --configuration --verbosity --framework --filter --collect")
              .values(Meaning.WRITES, "-o --output --results-directory")
              .values(Meaning.CHANGES, "-slpd --settings --source --logger --property --diag")
              .values(Meaning.CHANGES, "--test-adapter-path --runtime --configfile -r")
              .operands(Operands.SEARCH)
              .build();
      case "format" ->
          builds()
              .flags("--verify-no-changes --no-restore --include-generated")
              .values("-v --verbosity --severity --diagnostics --include --exclude")
              .values(Meaning.CHANGES, "--report --binarylog")
              .operands(Operands.SEARCH)
              .build();
      case "--info", "--list-sdks", "--list-runtimes" -> builds().build();
      default -> null;
    };
  }

  private static @Nullable Table meson(String verb) {
    return switch (verb) {
      case "compile", "test" ->
          builds()
              .flags("-v --verbose --print-errorlogs -q --quiet --list --no-rebuild")
              .values("-j --jobs --suite --no-suite -t --timeout-multiplier --num-processes")
              .values(Meaning.FOLDER, "-C")
              .values(Meaning.CHANGES, "--wrap --wrapper --setup --gdb-path --ninja-args")
              .values(Meaning.CHANGES, "--test-args --vs-args --xcode-args")
              .build();
      case "introspect" ->
          builds().flags("-aif --targets --tests --buildoptions --projectinfo --all").build();
      default -> null;
    };
  }

  private static @Nullable Table mix(String verb) {
    return switch (verb) {
      case "test", "compile", "credo", "dialyzer", "xref graph", "deps.tree" ->
          builds()
              .flags("--trace --stale --failed --cover --force --warnings-as-errors --strict")
              .flags("--all-warnings --no-deps-check --no-compile --color --no-color")
              .values("--seed --max-failures --only --exclude --include --timeout --slowest")
              .values(Meaning.CHANGES, "--formatter --require -r")
              .operands(Operands.READ)
              .build();
      default -> null;
    };
  }

  private static @Nullable Table swift(String verb) {
    return switch (verb) {
      case "build", "test" ->
          builds()
              .flags("-v --verbose --quiet -q --parallel --enable-code-coverage --skip-build")
              .values("-cj --configuration --filter --skip --jobs --target --product")
              .values(Meaning.FOLDER, "--package-path")
              .values(Meaning.WRITES, "--build-path --scratch-path")
              .values(Meaning.CHANGES, "-X --toolchain --sdk --swift-sdk --destination")
              .build();
      default -> null;
    };
  }
}
