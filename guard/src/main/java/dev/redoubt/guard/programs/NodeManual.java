// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import dev.redoubt.guard.Effect.Nature;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// `npm`, `pnpm`, `yarn` and `bun`: scripts of the workspace with a plain name, and looking.
///
/// Of the four only `npm` starts without running what the workspace says: `.yarnrc.yml` names the
/// program that is Yarn, `.pnpmfile.cjs` and the preload of `bunfig.toml` are code. Installing,
/// `dlx` and `publish` are questions, see [NodeExec] for `exec`, and so are options that name
/// another shell, folder of configuration or registry.
///
/// Sources: the command pages of npm 10, pnpm 9 and 10, Yarn 1 and 4, Bun 1.
final class NodeManual implements Manual {

  private static final Set<String> NAMES = Set.of("bun", "npm", "pnpm", "yarn");

  @Override
  public Set<String> names() {
    return NAMES;
  }

  @Override
  public Reading read(Call call) {
    String name = call.name();
    Reading started = NodeExec.read(call);
    if (started != null) {
      return started;
    }
    boolean npm = name.equals("npm");
    Nature looks = npm ? Nature.HARMLESS : Nature.BUILD;
    List<List<Arg>> parts = Builds.split(call.arguments());
    Table table = table(name);
    Arguments arguments = table.read(parts.getFirst());
    Draft draft = new Draft(looks, "shows something about the packages");
    draft.also(TableReading.ofOptions(name, table, arguments));
    List<Arg> operands = arguments.operands();
    boolean run = !operands.isEmpty() && Builds.texts(operands).getFirst().startsWith("r");
    if (operands.size() < (run ? 2 : 1) && call.arguments().contains(new Arg.Known("--"))) {
      return draft.raise(Nature.UNKNOWN, "a verb or script behind \"--\"").done();
    }
    if (operands.isEmpty()) {
      if (!npm && !arguments.has("-v", "--version", "-h", "--help")) {
        draft.raise(Nature.CHANGES, name + " alone installs");
      }
    } else {
      verb(draft, name, operands);
    }
    Tasks.handedOn(draft, parts.getLast());
    return Builds.done(draft, arguments);
  }

  private static void verb(Draft draft, String name, List<Arg> operands) {
    List<String> texts = Builds.texts(operands);
    String verb = texts.getFirst();
    List<Arg> rest = operands.subList(1, operands.size());
    switch (verb) {
      case "run", "run-script" -> script(draft, name, rest);
      case "rum", "urn" -> {
        if (name.equals("npm")) {
          script(draft, name, rest);
        } else {
          unknown(draft, name, verb);
        }
      }
      case "test", "t", "tst" -> {
        build(draft, name + " test runs the workspace's tests");
        Tasks.handedOn(draft, rest);
      }
      case "ls", "list", "la", "ll", "why", "explain", "root", "prefix", "bin" -> {
        if (name.equals("bun")) {
          unknown(draft, name, verb);
        }
      }
      case "pm" -> {
        if (!name.equals("bun") || !texts.equals(List.of("pm", "ls"))) {
          unknown(draft, name, verb);
        }
      }
      case "version", "-v" -> {
        if (!rest.isEmpty()) {
          draft.raise(Nature.CHANGES, name + " version with a number changes it");
        }
      }
      case "config", "c", "get" -> config(draft, name, texts);
      case "workspace" -> {
        if (name.equals("yarn") && rest.size() > 1) {
          verb(draft, name, rest.subList(1, rest.size()));
        } else {
          unknown(draft, name, verb);
        }
      }
      default -> shortcut(draft, name, verb, rest);
    }
  }

  /// `yarn lint` is `yarn run lint`, unless the tool has a verb of that name.
  private static void shortcut(Draft draft, String name, String verb, List<Arg> rest) {
    boolean shortens = name.equals("yarn") || name.equals("pnpm");
    if (shortens && Tasks.isPlain(verb) && !isVerb(verb)) {
      build(draft, name + " " + verb + " runs the workspace's script");
      Tasks.handedOn(draft, rest);
    } else {
      unknown(draft, name, verb);
    }
  }

  private static boolean isVerb(String verb) {
    return switch (verb) {
      case "help", "pack", "package", "audit" -> true;
      default -> false;
    };
  }

  private static void script(Draft draft, String name, List<Arg> rest) {
    if (rest.isEmpty()) {
      return;
    }
    build(draft, name + " run runs the workspace's script");
    Tasks.judge(draft, name + " run", rest.subList(0, 1));
    Tasks.handedOn(draft, rest.subList(1, rest.size()));
  }

  private static void config(Draft draft, String name, List<String> texts) {
    boolean get = texts.getFirst().equals("get");
    boolean reads = get || (texts.size() > 1 && texts.get(1).equals("get"));
    boolean lists = texts.size() == 2 && texts.get(1).equals("list");
    String key = texts.getLast();
    boolean secret = key.startsWith("_") || key.contains(":") || key.contains("oken");
    if (!reads && !lists) {
      draft.raise(Nature.CHANGES, name + " config changes the configuration");
    } else if (secret) {
      draft.raise(Nature.UNKNOWN, name + " config get could show a secret");
    }
  }

  private static void build(Draft draft, String why) {
    draft.raise(Nature.BUILD, why);
  }

  private static void unknown(Draft draft, String name, @Nullable String verb) {
    draft.raise(Nature.CHANGES, name + " " + verb + " installs, runs or changes something");
  }

  private static Table table(String name) {
    Table.Builder table =
        Table.harmless("shows something about the packages")
            .flags("-svqadlhgp --silent --quiet --verbose --version --help --json --long --all")
            .flags("--parseable --if-present --no-color --workspaces --include-workspace-root")
            .flags("--production --prod --dev --link --global --package-lock-only --no-audit")
            .flags("--no-fund --no-progress --foreground-scripts --offline --ignore-scripts")
            .flags("--no-update-notifier --unicode --no-unicode --only-projects")
            .values("--loglevel --depth --omit --include")
            .values(Meaning.CHANGES, "--script-shell --node-options --userconfig --globalconfig")
            .values(Meaning.CHANGES, "--registry --cache --call --shell --editor --viewer --git")
            .values(
                Meaning.CHANGES, "--init-module --config --preload --cafile --proxy --https-proxy")
            .values(Meaning.CHANGES, "--use-yarnrc --pnpmfile --global-pnpmfile --scripts-prepend");
    return switch (name) {
      case "npm" ->
          table
              .values("-w --workspace")
              .values(Meaning.FOLDER, "-C --prefix")
              .values(Meaning.CHANGES, "-c")
              .build();
      case "pnpm" ->
          table
              .flags("-rw --recursive --workspace-root --parallel --stream --no-bail")
              .flags("--aggregate-output --sort --no-sort")
              .values("-F --filter --workspace-concurrency --reporter")
              .values(Meaning.FOLDER, "-C --dir")
              .build();
      case "bun" ->
          table
              .flags("--coverage --bail --only --todo")
              .values("-t --test-name-pattern --timeout --rerun-each --filter")
              .values(Meaning.FOLDER, "--cwd")
              .values(Meaning.CHANGES, "-rec --eval --print --require --define --env-file")
              .flags(Meaning.CHANGES, "-iub --install --update-snapshots --watch --hot --bun")
              .build();
      default -> table.values(Meaning.FOLDER, "--cwd").values("--pattern --level").build();
    };
  }
}
