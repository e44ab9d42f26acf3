// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import dev.redoubt.guard.Effect.Nature;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// `uv`, `poetry`, `pipenv` and `bundle`: they run a program with the packages the workspace locks.
///
/// What `run` and `exec` start is judged as if it stood alone, and the whole is a build, because
/// the project file is obeyed on the way. Adding packages for one run is a question.
///
/// Sources: the references of uv 0.8, Poetry 2, Pipenv and Bundler 2.
final class RunnerManual implements Manual {

  private static final Set<String> NAMES = Set.of("bundle", "bundler", "pipenv", "poetry", "uv");

  private static final Table RUN =
      PackageShelf.runs()
          .flags("-qv --quiet --verbose --frozen --locked --no-sync --offline --dev --no-dev")
          .flags("--all-extras --all-groups --no-progress --isolated --exact -m --module")
          .values("--extra --group --no-group --only-group --package")
          .values(Meaning.CHANGES, "-wpC --with --with-editable --with-requirements --python")
          .values(Meaning.CHANGES, "--env-file --index --default-index --index-url --directory")
          .values(
              Meaning.CHANGES, "--project --config-file --script --gemfile --keep-file-descriptors")
          .build();

  private static final Table LOOK =
      Table.of(Nature.BUILD, "shows what the workspace locks")
          .flags("-qtvVai --quiet --tree --verbose --frozen --locked --offline --all --no-dev")
          .flags("--top-level --no-ansi --no-progress --paths --bare --reverse")
          .values("--depth --format --prune --package --exclude --invert --group --only")
          .values(Meaning.CHANGES, "-CPp --directory --project --python --index-url --config-file")
          .build();

  @Override
  public Set<String> names() {
    return NAMES;
  }

  @Override
  public Reading read(Call call) {
    String name = call.name();
    List<Arg> arguments = call.arguments();
    List<String> texts = Builds.texts(arguments);
    String verb = texts.isEmpty() ? "" : texts.getFirst();
    String two = texts.size() > 1 ? verb + " " + texts.get(1) : "";
    boolean bundler = name.startsWith("bundle");
    if (verb.equals(bundler ? "exec" : "run")) {
      return runs(name + " " + verb, arguments.subList(1, arguments.size()));
    }
    int words = looks(name, two) ? 2 : looks(name, verb) ? 1 : 0;
    if (words == 0) {
      String why = name + " " + verb + " installs, runs or changes something";
      return new Reading(Nature.CHANGES, why, List.of());
    }
    Arguments rest = LOOK.read(arguments.subList(words, arguments.size()));
    return Builds.done(new Draft(TableReading.ofOptions(name, LOOK, rest)), rest);
  }

  private static Reading runs(String both, List<Arg> arguments) {
    Arguments front = RUN.read(arguments);
    Draft draft = new Draft(TableReading.ofOptions(both, RUN, front));
    List<Arg> argv = front.operands();
    if (front.has("-m", "--module")) {
      List<Arg> python = new ArrayList<>(List.of(known("python"), known("-m")));
      python.addAll(argv);
      argv = python;
    }
    return draft.also(Builds.runs(both + " runs with the workspace's packages", argv)).done();
  }

  private static Arg known(String text) {
    return new Arg.Known(text);
  }

  private static boolean looks(String name, @Nullable String verb) {
    String both = name + " " + verb;
    return switch (both) {
      case "uv --version", "uv tree", "uv pip list", "uv pip show" -> true;
      case "uv pip freeze",
          "uv pip check",
          "uv pip tree",
          "uv python list",
          "uv help",
          "uv --help" ->
          true;
      case "poetry --version", "poetry show", "poetry check", "poetry env list" -> true;
      case "poetry env info", "poetry about", "poetry --help" -> true;
      case "pipenv --version", "pipenv graph", "pipenv --venv", "pipenv --help" -> true;
      case "bundle --version", "bundle list", "bundle show", "bundle check", "bundle info" -> true;
      case "bundler --version", "bundler list", "bundler show", "bundler check" -> true;
      default -> false;
    };
  }
}
