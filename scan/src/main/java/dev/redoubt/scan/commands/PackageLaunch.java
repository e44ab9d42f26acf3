// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.commands;

import dev.redoubt.model.Purl;
import dev.redoubt.model.PurlException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// The packages that a launcher such as `npx`, `uvx` or `docker run` fetches and runs.
///
/// @param launcher the program, without folders
/// @param packages what it fetches, the one it runs first; empty when it is told by a variable or
///   runs something local
/// @param operand the word that says what to run, empty when there is none
public record PackageLaunch(String launcher, List<Named> packages, String operand) {

  /// How far a command says which release is run.
  public enum Pin {
    /// One release that its name fixes.
    EXACT,
    /// Whatever is the newest, or whatever the owner of a tag says today.
    FLOATING,
    /// What is installed in the tree; a lock file elsewhere decides.
    INSTALLED
  }

  /// One package of a command line.
  ///
  /// @param written the word that names it, as written
  public record Named(Purl purl, String written, Pin pin, int line) {}

  private static final Set<String> NPM_VALUED =
      Set.of(
          "-p",
          "--package",
          "-c",
          "--call",
          "--registry",
          "--cache",
          "--prefix",
          "--userconfig",
          "-w",
          "--workspace",
          "--node-options",
          "--loglevel",
          "--script-shell",
          "-C",
          "--dir",
          "--cwd",
          "--filter",
          "--allow-build",
          "--node-arg",
          "-n");
  private static final Set<String> UV_VALUED =
      Set.of(
          "--from",
          "--with",
          "-w",
          "--python",
          "-p",
          "--index-url",
          "-i",
          "--extra-index-url",
          "--index",
          "--default-index",
          "--find-links",
          "-f",
          "--constraint",
          "--constraints",
          "-c",
          "--override",
          "--overrides",
          "--with-editable",
          "--with-requirements",
          "--env-file",
          "--directory",
          "--project",
          "--config-file",
          "--cache-dir",
          "--refresh-package",
          "--upgrade-package",
          "-P",
          "--reinstall-package",
          "--resolution",
          "--prerelease",
          "--link-mode",
          "--keyring-provider",
          "--color",
          "--exclude-newer",
          "--allow-insecure-host",
          "--python-platform",
          "--build-constraints",
          "-b",
          "--no-build-package",
          "--no-binary-package",
          "--config-setting",
          "-C",
          "--fork-strategy",
          "--index-strategy",
          "--python-preference",
          "--torch-backend",
          "--package",
          "--group",
          "--extra",
          "--no-group",
          "--only-group");
  private static final Set<String> PIPX_VALUED =
      Set.of("--spec", "--python", "--index-url", "-i", "--pip-args", "--with", "--suffix");
  private static final Set<String> DENO_VALUED =
      Set.of("-c", "--config", "--import-map", "--cert", "--location", "--seed", "-L");
  private static final Set<String> NODE_VALUED =
      Set.of(
          "-r",
          "--require",
          "--import",
          "--loader",
          "--experimental-loader",
          "-C",
          "--conditions",
          "--env-file",
          "--title");

  public PackageLaunch {
    packages = List.copyOf(packages);
  }

  /// Returns what the simple command `words` fetches and runs; empty when its program is no
  /// launcher.
  public static Optional<PackageLaunch> of(List<Word> words) {
    if (words.isEmpty()) {
      return Optional.empty();
    }
    String program = words.getFirst().program();
    List<Word> rest = words.subList(1, words.size());
    return switch (program) {
      case "npx", "pnpx", "bunx" -> Optional.of(npm(program, rest));
      case "npm" -> subcommand(program, rest, Set.of("exec", "x"));
      case "pnpm", "yarn" -> subcommand(program, rest, Set.of("dlx"));
      case "bun" -> subcommand(program, rest, Set.of("x"));
      case "uvx" -> Optional.of(uvx(program, rest));
      case "uv" -> uv(rest);
      case "pipx" -> pipx(rest);
      case "deno" -> deno(rest);
      case "docker", "podman", "nerdctl", "finch" ->
          ContainerRun.of(words)
              .map(run -> launch(program, List.of(run.image()), PackageSpec::image));
      case "node", "nodejs", "bun-node", "tsx", "ts-node" -> node(program, rest);
      case "go" -> first(rest, "run").map(word -> launch("go", List.of(word), PackageSpec::go));
      case "dnx" -> Optional.of(dnx(rest));
      default -> Optional.empty();
    };
  }

  private static Optional<PackageLaunch> subcommand(
      String program, List<Word> rest, Set<String> subcommands) {
    Flags before = Flags.read(rest, NPM_VALUED);
    if (before.rest().isEmpty() || !subcommands.contains(before.rest().getFirst().text())) {
      return Optional.empty();
    }
    List<Word> after = new ArrayList<>();
    before
        .values("-p", "--package")
        .forEach(word -> {
          after.add(new Word("--package", word.line()));
          after.add(word);
        });
    after.addAll(before.rest().subList(1, before.rest().size()));
    return Optional.of(npm(program, after));
  }

  private static PackageLaunch npm(String program, List<Word> rest) {
    Flags flags = Flags.read(rest, NPM_VALUED);
    List<Word> packages = flags.values("-p", "--package");
    return launch(program, packages.isEmpty() ? firstOf(flags.rest()) : packages, PackageSpec::npm);
  }

  private static PackageLaunch uvx(String program, List<Word> rest) {
    Flags flags = Flags.read(rest, UV_VALUED);
    List<Word> from = flags.values("--from");
    List<Word> named = new ArrayList<>(from.isEmpty() ? firstOf(flags.rest()) : from);
    named.addAll(flags.values("--with", "-w"));
    return launch(program, separated(named), PackageSpec::pypi);
  }

  private static Optional<PackageLaunch> uv(List<Word> rest) {
    List<Word> command = Flags.read(rest, UV_VALUED).rest();
    if (command.size() > 1
        && command.get(0).text().equals("tool")
        && command.get(1).text().equals("run")) {
      return Optional.of(uvx("uv", command.subList(2, command.size())));
    }
    if (command.isEmpty() || !command.getFirst().text().equals("run")) {
      return Optional.empty();
    }
    Flags flags = Flags.read(command.subList(1, command.size()), UV_VALUED);
    List<Word> with = separated(flags.values("--with", "-w"));
    return with.isEmpty() ? Optional.empty() : Optional.of(launch("uv", with, PackageSpec::pypi));
  }

  private static Optional<PackageLaunch> pipx(List<Word> rest) {
    List<Word> command = Flags.read(rest, PIPX_VALUED).rest();
    if (command.isEmpty() || !command.getFirst().text().equals("run")) {
      return Optional.empty();
    }
    Flags flags = Flags.read(command.subList(1, command.size()), PIPX_VALUED);
    List<Word> spec = flags.values("--spec");
    List<Word> named = new ArrayList<>(spec.isEmpty() ? firstOf(flags.rest()) : spec);
    named.addAll(flags.values("--with"));
    return Optional.of(launch("pipx", named, PackageSpec::pypi));
  }

  private static Optional<PackageLaunch> deno(List<Word> rest) {
    List<Word> command = Flags.read(rest, DENO_VALUED).rest();
    if (command.isEmpty()) {
      return Optional.empty();
    }
    Set<String> runs = Set.of("run", "serve", "x", "create");
    boolean named = runs.contains(command.getFirst().text());
    List<Word> after = named ? command.subList(1, command.size()) : command;
    List<Word> target = firstOf(Flags.read(after, DENO_VALUED).rest());
    return target.isEmpty()
        ? Optional.empty()
        : Optional.of(launch("deno", target, PackageLaunch::denoSpec))
            .filter(launch -> !launch.packages.isEmpty());
  }

  private static Optional<PackageSpec.Spec> denoSpec(String text) {
    if (text.startsWith("npm:")) {
      return PackageSpec.npm(text.substring(4).replaceFirst("^/", ""));
    }
    if (text.startsWith("jsr:")) {
      return PackageSpec.jsr(text.substring(4).replaceFirst("^/", ""));
    }
    return text.matches("(?i)https?://.*") ? PackageSpec.fromAddress(text) : Optional.empty();
  }

  private static Optional<PackageLaunch> node(String program, List<Word> rest) {
    List<Word> script = firstOf(Flags.read(rest, NODE_VALUED).rest());
    if (script.isEmpty()) {
      return Optional.empty();
    }
    String path = script.getFirst().text().replace('\\', '/');
    int at = path.lastIndexOf("node_modules/");
    if (at < 0) {
      return Optional.empty();
    }
    String[] segments = path.substring(at + "node_modules/".length()).split("/", 3);
    boolean scoped = segments[0].startsWith("@") && segments.length > 1;
    if (segments[0].startsWith(".") || segments[0].isEmpty()) {
      return Optional.empty();
    }
    String name = scoped ? segments[0] + "/" + segments[1] : segments[0];
    Word word = script.getFirst();
    return spec(PackageSpec::npm, name)
        .map(spec -> new Named(spec.purl(), word.text(), Pin.INSTALLED, word.line()))
        .map(named -> new PackageLaunch(program, List.of(named), word.text()));
  }

  private static PackageLaunch dnx(List<Word> rest) {
    List<Word> operand = firstOf(Flags.read(rest, Set.of("--version", "--source")).rest());
    String version = null;
    for (int i = 0; i + 1 < rest.size(); i++) {
      if (rest.get(i).text().equals("--version")) {
        version = rest.get(i + 1).text();
      }
    }
    String stated = version;
    return launch("dnx", operand, text -> PackageSpec.nuget(text, stated));
  }

  private static Optional<Word> first(List<Word> rest, String subcommand) {
    if (rest.isEmpty() || !rest.getFirst().text().equals(subcommand)) {
      return Optional.empty();
    }
    return firstOf(
            Flags.read(rest.subList(1, rest.size()), Set.of("-exec", "-mod", "-modfile")).rest())
        .stream()
        .findFirst();
  }

  private static List<Word> firstOf(List<Word> words) {
    return words.isEmpty() ? List.of() : List.of(words.getFirst());
  }

  /* "--with a,b" names two. */
  private static List<Word> separated(List<Word> words) {
    List<Word> single = new ArrayList<>();
    for (Word word : words) {
      for (String part : word.text().split(",(?![^\\[]*])", -1)) {
        single.add(new Word(part.strip(), word.line()));
      }
    }
    return single;
  }

  private static PackageLaunch launch(
      String launcher, List<Word> words, Function<String, Optional<PackageSpec.Spec>> reader) {
    List<Named> named = new ArrayList<>();
    for (Word word : words) {
      spec(reader, word.text())
          .map(spec ->
              new Named(
                  spec.purl(), word.text(), spec.pinned() ? Pin.EXACT : Pin.FLOATING, word.line()))
          .ifPresent(named::add);
    }
    return new PackageLaunch(launcher, named, words.isEmpty() ? "" : words.getFirst().text());
  }

  /* What makes no purl names no package. */
  private static Optional<PackageSpec.Spec> spec(
      Function<String, Optional<PackageSpec.Spec>> reader, String text) {
    try {
      return reader.apply(text);
    } catch (PurlException e) {
      return Optional.empty();
    }
  }
}
