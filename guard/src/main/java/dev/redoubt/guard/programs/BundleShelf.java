// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import dev.redoubt.guard.Effect.Nature;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Bundlers and compilers of JavaScript, and the tools that run tasks of many packages.
///
/// Their configuration is code of the workspace, so they are builds. What stays (`serve`, `dev`,
/// `--watch`), publishes, or takes a plugin or a configuration with an unusual name is a question.
///
/// Sources: the command-line references of Vite 7, Rollup 4, Rolldown, webpack-cli 6, esbuild 0.25,
/// tsup 8, the command-line packages of SWC and Babel 7, Next 15, Turborepo 2, Nx 21 and Lerna 8.
final class BundleShelf implements Shelf {

  static final List<String> NAMES =
      List.of(
          "babel",
          "esbuild",
          "lerna",
          "next",
          "nx",
          "rolldown",
          "rollup",
          "swc",
          "tsup",
          "turbo",
          "vite",
          "webpack",
          "webpack-cli");

  /// The plugins of Rollup that its own people publish; any other name is a module that is loaded.
  private static final Set<String> ROLLUP_PLUGINS =
      Set.of("commonjs", "json", "node-resolve", "terser", "typescript");

  @Override
  public List<String> names() {
    return NAMES;
  }

  @Override
  public @Nullable Manual manual(String name) {
    return switch (name) {
      case "vite" -> new Serving(VerbManual.of("vite", BuildShelf.noGlobals(), BundleShelf::vite));
      case "rollup" ->
          new BuildingManual(Set.of(name), rollup())
              .naming(Set.of("-p", "--plugin"), ROLLUP_PLUGINS);
      case "rolldown" -> new BuildingManual(Set.of(name), rolldown());
      case "webpack", "webpack-cli" -> new WebpackManual();
      case "esbuild" -> new BuildingManual(Set.of(name), esbuild());
      case "tsup" -> new BuildingManual(Set.of(name), tsup());
      case "swc" -> new BuildingManual(Set.of(name), swc());
      case "babel" -> new BuildingManual(Set.of(name), babel());
      case "next" -> new Serving(VerbManual.of("next", BuildShelf.noGlobals(), BundleShelf::next));
      case "turbo" -> new PackagesManual(name, turbo(), Set.of("run"));
      case "lerna" -> new PackagesManual(name, lerna(), Set.of("run"));
      case "nx" -> new NxManual();
      default -> null;
    };
  }

  static Table.Builder bundles() {
    return Table.of(Nature.BUILD, "builds with the workspace's configuration");
  }

  /// A tool that serves the workspace when it is given no verb.
  private record Serving(Manual verbs) implements Manual {
    @Override
    public Set<String> names() {
      return verbs.names();
    }

    @Override
    public Reading read(Call call) {
      Reading reading = verbs.read(call);
      boolean verb = !call.arguments().isEmpty() && !call.arguments().getFirst().couldBeOption();
      return verb || AskManual.isVersion(call.arguments())
          ? reading
          : new Draft(reading).raise(Nature.CHANGES, call.name() + " without a verb serves").done();
    }
  }

  private static @Nullable Table vite(String verb) {
    return switch (verb) {
      case "build" ->
          bundles()
              .configured("vite vitest")
              .flags("-h --help --app --no-clearScreen")
              .optional("--ssrManifest --manifest --clearScreen")
              .following("-d --debug --sourcemap --minify --ssr")
              .values("-lf --logLevel --filter --base --target --assetsDir --assetsInlineLimit")
              .values("--configLoader")
              .values(Meaning.READS, "-m --mode")
              .values(Meaning.CONFIG, "-c --config")
              .values(Meaning.OUTPUT, "--outDir")
              .flags(Meaning.CHANGES, "-w --watch --emptyOutDir --profile --force")
              .operands(Operands.SEARCH)
              .build();
      default -> null;
    };
  }

  private static Table rollup() {
    return bundles()
        .configured("rollup")
        .flags(
            "-vh --version --help --silent --failAfterWarnings --bundleConfigAsCjs --no-treeshake")
        .flags("--no-strict --no-indent --no-interop --no-esModule --compact --perf --validate")
        .flags("--preserveModules --forceExit")
        .following("-m --sourcemap --treeshake --logLevel --exports")
        .values("-efgn --external --format --globals --name --banner --footer --intro --outro")
        .values("--amd.id --entryFileNames --chunkFileNames --assetFileNames --generatedCode")
        .values(Meaning.READS, "-i --input")
        .following(Meaning.CONFIG, "-c --config")
        .values(Meaning.WRITES, "-o --file -d --dir")
        .values(Meaning.CHANGES, "-p --plugin --configPlugin --environment --cacheExpiry")
        .flags(Meaning.CHANGES, "-w --watch --stdin")
        .values(Meaning.CHANGES, "--watch.onStart --watch.onBundleStart --watch.onBundleEnd")
        .values(Meaning.CHANGES, "--watch.onEnd --watch.onError")
        .operands(Operands.READ)
        .build();
  }

  private static Table rolldown() {
    return bundles()
        .configured("rolldown")
        .flags("-vh --version --help --silent --logLevel --no-treeshake")
        .following("-m --sourcemap --minify")
        .values("-efgn --external --format --globals --name --platform --exports")
        .following(Meaning.CONFIG, "-c --config")
        .values(Meaning.WRITES, "-o --file -d --dir")
        .values(Meaning.CHANGES, "-p --plugin --environment --configLoader")
        .flags(Meaning.CHANGES, "-w --watch")
        .operands(Operands.READ)
        .build();
  }

  private static Table esbuild() {
    return bundles()
        .words()
        .flags("--bundle --minify --minify-syntax --minify-whitespace --minify-identifiers")
        .flags("--splitting --keep-names --preserve-symlinks --version --help")
        .optional("--sourcemap --analyze")
        .flags("--ignore-annotations")
        .values("--platform --target --format --log-level --log-limit --color --charset --jsx")
        .values("--jsx-factory --jsx-fragment --jsx-import-source --packages --entry-names")
        .values("--asset-names --chunk-names --global-name --legal-comments --tree-shaking")
        .values("--public-path --main-fields --conditions --resolve-extensions --line-limit")
        .values("--sources-content --source-root")
        .values(Meaning.READS, "--tsconfig")
        .values(Meaning.SEARCHES, "--outbase")
        .values(Meaning.WRITES, "--outfile --outdir --metafile")
        .prefixes(Meaning.HARMLESS, "--define: --external: --loader: --alias: --drop: --pure:")
        .prefixes(Meaning.HARMLESS, "--banner: --footer: --supported: --log-override: --out-ext")
        .prefixes(Meaning.READS, "--inject:")
        .flags(Meaning.CHANGES, "--allow-overwrite --serve --watch --servedir")
        .values(Meaning.CHANGES, "--certfile --keyfile --node-paths --abs-working-dir")
        .operands(Operands.READ)
        .build();
  }

  private static Table tsup() {
    return bundles()
        .configured("tsup")
        .flags(
            "-hv --help --version --dts-only --no-dts --clean --splitting --no-splitting --shims")
        .flags(
            "--treeshake --silent --keep-names --metafile --no-config --legacy-output --no-clean")
        .flags("--cjsInterop")
        .optional("--dts --dts-resolve --minify --sourcemap --experimental-dts")
        .values("--format --target --external --noExternal --platform --global-name --globalName")
        .values("--loader --jsxFactory --pure --minify-whitespace --legal-comments")
        .values(Meaning.READS, "--entry --tsconfig")
        .values(Meaning.CONFIG, "--config")
        .values(Meaning.OUTPUT, "-d --out-dir")
        .values(Meaning.CHANGES, "--onSuccess --inject --public-dir --env")
        .flags(Meaning.CHANGES, "--watch")
        .operands(Operands.READ)
        .build();
  }

  private static Table swc() {
    return bundles()
        .configured("swc")
        .flags("-qDhV --quiet --sync --copy-files --include-dotfiles --strip-leading-paths --help")
        .flags("--no-swcrc --version --log-watch-compilation")
        .optional("-s --source-maps")
        .values("--extensions --ignore --only --env-name --workers --out-file-extension")
        .values(Meaning.CONFIG, "--config-file --cli-config-file")
        .values(Meaning.WRITES, "-do --out-dir --out-file")
        .values(Meaning.CHANGES, "-Cf --config --filename --source-file-name")
        .flags(Meaning.CHANGES, "-w --watch --delete-dir-on-start")
        .operands(Operands.SEARCH)
        .build();
  }

  private static Table babel() {
    return bundles()
        .configured("babel")
        .flags(
            "-DhV --copy-files --no-copy-ignored --include-dotfiles --verbose --quiet --minified")
        .flags("--no-babelrc --no-comments --keep-file-extension --relative --help --version")
        .flags("--compact --retain-lines --no-highlight-code")
        .optional("-s --source-maps")
        .values("-x --extensions --ignore --only --env-name --root-mode --out-file-extension")
        .values(Meaning.CONFIG, "--config-file")
        .values(Meaning.WRITES, "-do --out-dir --out-file")
        .values(Meaning.CHANGES, "--presets --plugins -f --filename --root --source-root")
        .flags(Meaning.CHANGES, "-w --watch --delete-dir-on-start")
        .operands(Operands.SEARCH)
        .build();
  }

  private static @Nullable Table next(String verb) {
    return switch (verb) {
      case "build" ->
          bundles()
              .flags("-dh --debug --help --no-lint --no-mangling --turbo --turbopack --profile")
              .flags("--webpack --experimental-debug-memory-usage")
              .values("--experimental-build-mode")
              .operands(Operands.SEARCH)
              .build();
      case "lint" ->
          bundles()
              .flags("-h --help --quiet --strict --no-cache --no-inline-config")
              .values("--max-warnings --ext --format")
              .values(Meaning.SEARCHES, "-d --dir")
              .values(Meaning.CHANGES, "-c --config --resolve-plugins-relative-to --rulesdir")
              .flags(Meaning.CHANGES, "--fix")
              .operands(Operands.SEARCH)
              .build();
      default -> null;
    };
  }

  private static Table turbo() {
    return bundles()
        .flags("-vh --version --help --parallel --only --affected --no-cache --no-daemon --color")
        .flags("--no-color --skip-infer --framework-inference")
        .optional("--continue --force --dry --dry-run --summarize")
        .values("-F --filter --concurrency --output-logs --log-order --log-prefix --env-mode --ui")
        .values(Meaning.FOLDER, "--cwd")
        .values(Meaning.WRITES, "--cache-dir")
        .values(Meaning.CHANGES, "--token --team --api --login --remote-cache-timeout --trace")
        .values(Meaning.CHANGES, "--root-turbo-json --preflight --profile --anon-profile --cache")
        .flags(Meaning.CHANGES, "--remote-only --graph")
        .build();
  }

  private static Table lerna() {
    return bundles()
        .flags("-h --help --version --stream --parallel --no-bail --sort --no-sort --no-prefix")
        .flags(
            "--include-dependencies --include-dependents --no-private --loglevel --skip-nx-cache")
        .optional("--since --concurrency")
        .values("--scope --ignore")
        .values(Meaning.CHANGES, "--npm-client --profile-location --max-buffer")
        .flags(Meaning.CHANGES, "--profile")
        .build();
  }
}
