// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import dev.redoubt.guard.Effect.Nature;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// `cargo`: building, testing and looking at the workspace.
///
/// Every call can run what `.cargo/config.toml`, `rust-toolchain.toml` and build scripts say, the
/// version too. Configuration from the command line, another manifest or toolchain, and flags of
/// the compiler behind `--` other than lints are questions.
///
/// Sources: the Cargo book, chapter "Cargo Commands"; the rustc book on command-line arguments.
final class CargoManual implements Manual {

  private static final Set<String> NAMES = Set.of("cargo");

  private static final Table GLOBALS =
      Table.of(Nature.BUILD, "shows something about cargo")
          .endsAtOperand()
          .flags("-vqVh --verbose --quiet --locked --offline --frozen --version --list --help")
          .values("--color --explain")
          .values(Meaning.FOLDER, "-C")
          .values(Meaning.CHANGES, "-Z --config")
          .build();

  @Override
  public Set<String> names() {
    return NAMES;
  }

  @Override
  public Reading read(Call call) {
    List<List<Arg>> parts = Builds.split(call.arguments());
    Arguments front = GLOBALS.read(parts.getFirst());
    Draft draft = new Draft(TableReading.ofOptions("cargo", GLOBALS, front));
    List<Arg> operands = front.operands();
    if (!operands.isEmpty()) {
      String verb = Builds.texts(operands).getFirst();
      if (verb.equals("nextest") && operands.size() > 1) {
        verb = verb + " " + Builds.texts(operands).get(1);
        operands = operands.subList(1, operands.size());
      }
      List<String> handedOn = Builds.texts(parts.getLast());
      verb(draft, verb, operands.subList(1, operands.size()), handedOn.contains("--check"));
      handedOn(draft, verb, handedOn);
    }
    return Builds.done(draft, front);
  }

  private static void verb(Draft draft, String verb, List<Arg> rest, boolean checks) {
    Table table = table(verb);
    if (table == null) {
      draft.raise(Nature.UNKNOWN, "cargo " + verb + " is not judged");
      return;
    }
    Arguments arguments = table.read(rest);
    draft.also(TableReading.of("cargo " + verb, table, arguments));
    if (verb.equals("fmt") && !arguments.has("--check") && !checks) {
      draft.raise(Nature.CHANGES, "cargo fmt rewrites files");
    }
    Arg target = arguments.value("--target").orElse(new Arg.Known(""));
    if (target.shown().contains("/") || target.shown().contains(".json")) {
      draft.raise(Nature.CHANGES, "cargo --target with a file names a linker");
    }
  }

  /// Behind `--` stand options of the test runner, or lints for the compiler.
  private static void handedOn(Draft draft, String verb, List<String> words) {
    boolean lints = verb.equals("clippy");
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      boolean lint = lints && word.length() >= 2 && "-W-A-D-F".contains(word.substring(0, 2));
      boolean runner =
          switch (word) {
            case "--nocapture",
                "--exact",
                "--ignored",
                "--include-ignored",
                "--show-output",
                "-q" ->
                !lints;
            case "--check", "--list", "--quiet", "--no-capture" -> !lints;
            case "--test-threads", "--skip" -> !lints;
            default -> !lints && word.startsWith("--test-threads=");
          };
      boolean name = !word.isEmpty() && word.charAt(0) != '-';
      if (!lint && !runner && !name) {
        draft.raise(Nature.UNKNOWN, "what cargo " + verb + " -- " + word + " does is not known");
      }
    }
  }

  private static @Nullable Table table(String verb) {
    return switch (verb) {
      case "build", "b", "check", "c", "test", "t", "clippy", "bench", "doc", "d" ->
          compiles().build();
      case "nextest run", "nextest list" ->
          compiles()
              .flags("--no-capture --hide-progress-bar --ignore-default-filter")
              .values("-EP --filterset --filter-expr --cargo-profile --partition --retries")
              .values("--test-threads --status-level --final-status-level --failure-output")
              .values("--success-output --run-ignored --max-fail --no-tests --show-progress")
              .values(Meaning.CHANGES, "--config-file --tool-config-file --archive-file")
              .values(Meaning.CHANGES, "--workspace-remap --extract-to --binaries-metadata")
              .values(Meaning.CHANGES, "--cargo-metadata")
              .build();
      case "tree", "metadata", "verify-project", "locate-project", "pkgid", "read-manifest" ->
          looks().build();
      case "clean" -> compiles().build();
      case "fmt" ->
          BuildShelf.builds()
              .flags("--check --all -qv --quiet --verbose")
              .values("-p --package --message-format")
              .values(Meaning.CHANGES, "--manifest-path")
              .build();
      case "version" -> BuildShelf.builds().flags("-v --verbose").build();
      default -> null;
    };
  }

  private static Table.Builder packages() {
    return BuildShelf.builds()
        .flags("-vqh --verbose --quiet --locked --offline --frozen --workspace --all --help")
        .flags("--all-features --no-default-features --no-deps")
        .values("-pF --package --exclude --features --color --target")
        .values(Meaning.CHANGES, "--manifest-path --config -Z --lockfile-path");
  }

  private static Table.Builder compiles() {
    return packages()
        .flags("--lib --bins --examples --tests --benches --all-targets -r --release --keep-going")
        .flags("--no-run --no-fail-fast --ignore-rust-version --document-private-items")
        .optional("--bin --example --test --bench --doc --timings")
        .values("-j --jobs --profile --message-format")
        .values(Meaning.WRITES, "--target-dir")
        .flags(Meaning.CHANGES, "--fix --allow-dirty --allow-staged --open --allow-no-vcs")
        .values(Meaning.CHANGES, "--artifact-dir --out-dir");
  }

  private static Table.Builder looks() {
    return packages()
        .flags("-d --duplicates --no-dedupe")
        .values("-eif --edges --invert --prune --depth --prefix --charset --format")
        .values("--format-version --filter-platform --message-format");
  }
}
