// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import dev.redoubt.guard.Effect.Nature;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Package managers of languages and of systems: looking passes, installing is a question.
///
/// Sources: the references of pip, uv, Poetry, conda, RubyGems, Bundler and Composer; apt(8),
/// apt-cache(8), dpkg-query(1), rpm(8), pacman(8), apk(8), snap(8), the pages of Homebrew and DNF.
/// Options that set configuration (`apt -o`, `rpm --eval`) run programs and are in no table.
final class PackageShelf implements Shelf {

  private static final List<String> NAMES =
      List.of(
          "apk",
          "apt",
          "apt-cache",
          "apt-get",
          "brew",
          "bun",
          "bundle",
          "bundler",
          "bunx",
          "composer",
          "conda",
          "dnf",
          "dpkg",
          "dpkg-query",
          "gem",
          "mamba",
          "npm",
          "npx",
          "pacman",
          "pip",
          "pip3",
          "pipenv",
          "pipx",
          "pnpm",
          "pnpx",
          "poetry",
          "rpm",
          "snap",
          "uv",
          "uvx",
          "yarn",
          "yum");

  @Override
  public List<String> names() {
    return NAMES;
  }

  @Override
  public @Nullable Manual manual(String name) {
    Table none = BuildShelf.noGlobals();
    return switch (name) {
      case "npm", "pnpm", "yarn", "bun" -> new NodeManual();
      case "npx", "bunx", "pnpx", "pipx", "uvx" -> new NpxManual();
      case "pip", "pip3" -> new VerbManual(Set.of("pip", "pip3"), pipGlobals(), PackageShelf::pip);
      case "uv", "poetry", "pipenv", "bundle", "bundler" -> new RunnerManual();
      case "conda", "mamba" -> new VerbManual(Set.of("conda", "mamba"), none, PackageShelf::conda);
      case "gem" -> VerbManual.of("gem", none, PackageShelf::gem);
      case "composer" ->
          new ComposerManual(VerbManual.of("composer", none, PackageShelf::composer));
      case "apt", "apt-get", "apt-cache" ->
          new VerbManual(Set.of("apt", "apt-get", "apt-cache"), none, PackageShelf::apt);
      case "dpkg", "dpkg-query" -> new TableManual(Set.of("dpkg", "dpkg-query"), dpkg());
      case "rpm" ->
          new QueryManual(Set.of("rpm"), rpm(), List.of("-q", "--query", "-V", "--verify"));
      case "pacman" -> new QueryManual(Set.of("pacman"), pacman(), List.of("-Q", "--query"));
      case "dnf", "yum" -> new VerbManual(Set.of("dnf", "yum"), none, PackageShelf::system);
      case "apk", "snap" -> new VerbManual(Set.of("apk", "snap"), none, PackageShelf::system);
      case "brew" -> VerbManual.of("brew", none, PackageShelf::brew);
      default -> null;
    };
  }

  private static Table.Builder looks() {
    return Table.harmless("shows packages");
  }

  private static Table pipGlobals() {
    return looks()
        .endsAtOperand()
        .flags("-Vhqv --quiet --verbose --no-color --disable-pip-version-check")
        .values(Meaning.CHANGES, "--python --log --proxy --cert --trusted-host --cache-dir")
        .build();
  }

  private static @Nullable Table pip(String verb) {
    return switch (verb) {
      case "list", "freeze", "show", "check", "inspect", "help", "debug" ->
          looks()
              .flags("-fulqv --files --user --local --editable -e --verbose --quiet --all")
              .flags("--not-required --exclude-editable --no-color --disable-pip-version-check")
              .values("--format --exclude")
              .flags(Meaning.CHANGES, "-o --outdated --uptodate")
              .values(Meaning.CHANGES, "-i --index-url --extra-index-url --log --proxy --python")
              .values(Meaning.SEARCHES, "--path")
              .build();
      default -> null;
    };
  }

  private static @Nullable Table conda(String verb) {
    return switch (verb) {
      case "list", "info", "env list" ->
          looks()
              .flags("-aefs --all --export --json --envs --system --base --revisions --explicit")
              .values("-n --name")
              .values(Meaning.SEARCHES, "-p --prefix")
              .build();
      default -> null;
    };
  }

  private static @Nullable Table gem(String verb) {
    return switch (verb) {
      case "list", "environment", "env", "contents", "which" ->
          looks()
              .flags("-dal --details --no-details --all --local --no-versions -i --installed")
              .flags(Meaning.CHANGES, "-rb --remote --both")
              .values(Meaning.CHANGES, "--config-file -s --source -B")
              .build();
      default -> null;
    };
  }

  /// Composer loads plugins from `vendor` before it does anything.
  private static @Nullable Table composer(String verb) {
    return switch (verb) {
      case "show", "validate", "why", "depends", "licenses", "check-platform-reqs", "test" ->
          BuildShelf.builds()
              .flags("-itqv --installed --tree --strict --no-check-all --no-ansi --direct -D")
              .flags("--no-interaction -n --no-dev --no-plugins --no-scripts")
              .values(Meaning.CHANGES, "-d --working-dir")
              .build();
      default -> null;
    };
  }

  private static @Nullable Table apt(String verb) {
    return switch (verb) {
      case "list", "search", "show", "policy", "depends", "rdepends", "madison", "showpkg" ->
          looks()
              .flags("-aqnf --installed --upgradable --all-versions --names-only --full --quiet")
              .values(Meaning.CHANGES, "-oct --option --config-file --target-release")
              .build();
      default -> null;
    };
  }

  private static Table dpkg() {
    return looks()
        .flags("-lLsSpW --list --listfiles --status --search --print-avail --show --version")
        .flags("--print-architecture --help --get-selections --no-pager --compare-versions")
        .flags("--audit -C --print-foreign-architectures")
        .values("-f --showformat")
        .values(Meaning.READS, "-Icx --info --contents --field")
        .values(Meaning.CHANGES, "--admindir --root --instdir --pre-invoke --post-invoke --log")
        .flags(Meaning.CHANGES, "-iPr --install --purge --remove --unpack --configure -X --extract")
        .build();
  }

  private static Table rpm() {
    return looks()
        .flags(
            "-qailfRcdsVp --query --all --info --list --file --requires --whatrequires --provides")
        .flags("--whatprovides --changelog --last --verify --version")
        .values("--qf --queryformat")
        .values(Meaning.CHANGES, "-ED --eval --define --pipe --root --dbpath --rcfile --macros")
        .flags(Meaning.CHANGES, "-Ueh --upgrade --install --erase --import --initdb --rebuilddb")
        .operands(Operands.READ)
        .build();
  }

  private static Table pacman() {
    return looks()
        .flags("-Qqeimlodtkgn --query --quiet --explicit --info --foreign --list --owns --version")
        .flags("--deps --unrequired --check --groups --native")
        .flags(Meaning.CHANGES, "-SRUDFT --sync --remove --upgrade --database --files")
        .values(Meaning.CHANGES, "-brp --dbpath --root --config --hookdir --gpgdir --cachedir")
        .build();
  }

  /// A formula that is looked at is run, and one of another tap is fetched first.
  private static @Nullable Table brew(String verb) {
    return switch (verb) {
      case "list", "leaves" ->
          looks().flags("-1vl --versions --formula --cask --full-name --pinned").build();
      default -> null;
    };
  }

  private static @Nullable Table system(String verb) {
    return switch (verb) {
      case "list", "info", "search", "provides", "repolist" ->
          looks()
              .flags("-qvae --installed --available --all --versions --json --verbose --quiet")
              .flags("--cacheonly -C --tree --enabled --disabled")
              .values(Meaning.CHANGES, "-c --config --setopt --installroot --repofrompath -x")
              .values(Meaning.CHANGES, "--root --repository --enableplugin --repositories-file")
              .build();
      default -> null;
    };
  }

  /// Starts the table of the options in front of what `uv run` and its kind run.
  static Table.Builder runs() {
    return Table.of(Nature.BUILD, "runs with the tools of the workspace").endsAtOperand();
  }
}
