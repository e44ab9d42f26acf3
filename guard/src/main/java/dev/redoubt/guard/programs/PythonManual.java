// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import dev.redoubt.guard.Effect.Access;
import dev.redoubt.guard.Effect.Nature;
import dev.redoubt.guard.programs.Reading.Want;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Python. `-m` looks in the working folder first, so even a module of the standard library is what
/// the workspace says it is: a build.
record PythonManual(String name) implements Manual {

  /// Options without a value that only change warnings, buffers and where modules come from.
  private static final String FLAGS = "bBdEIOqsSuvP";

  @Override
  public Set<String> names() {
    return Set.of(name);
  }

  @Override
  public Reading read(Call call) {
    List<Arg> arguments = call.arguments();
    int at = 0;
    while (at < arguments.size() && isFlags(text(arguments.get(at)))) {
      at++;
    }
    if (at + 1 < arguments.size() && text(arguments.get(at)).equals("-m")) {
      return module(arguments, at + 1);
    }
    return new InterpreterManual(name, "-V -VV --version -h --help", "", "-c").read(call);
  }

  private Reading module(List<Arg> arguments, int at) {
    String module = text(arguments.get(at));
    List<Arg> rest = arguments.subList(at + 1, arguments.size());
    return switch (module) {
      case "pytest", "unittest", "mypy", "ruff", "pip", "tox", "nox" -> command(module, rest);
      case "black", "isort", "flake8", "pylint", "yamllint", "coverage", "hatch", "pyright" ->
          command(module, rest);
      case "build" -> build(rest);
      case "json.tool", "tabnanny", "py_compile", "compileall", "tokenize", "ast" -> {
        List<Want> wants = new ArrayList<>();
        for (Arg file : rest) {
          if (!text(file).startsWith("-")) {
            wants.add(new Want.File(wants.isEmpty() ? Access.READ : Access.WRITE, file));
          }
        }
        yield new Reading(Nature.BUILD, "runs a module that reads files", wants);
      }
      default -> Reading.unknown("runs the module " + module, List.of());
    };
  }

  private static Reading command(String module, List<Arg> rest) {
    List<Arg> command = new ArrayList<>();
    command.add(new Arg.Known(module));
    command.addAll(rest);
    return new Reading(
        Nature.BUILD,
        "runs the module %s, the workspace's own if there is one".formatted(module),
        List.of(new Want.Command(command)));
  }

  /// `python -m build` makes the packages of the folder.
  private static Reading build(List<Arg> rest) {
    Table table =
        BuildShelf.builds()
            .flags("-hVvswnx --help --version --verbose --sdist --wheel --no-isolation")
            .flags("--skip-dependency-check")
            .values(Meaning.OUTPUT, "-o --outdir")
            .values(Meaning.CHANGES, "-C --config-setting --config-json --installer")
            .operands(Operands.SEARCH)
            .build();
    return Builds.here(TableReading.of("python -m build", table, table.read(rest)));
  }

  private static boolean isFlags(String text) {
    if (text.length() < 2 || text.charAt(0) != '-') {
      return false;
    }
    for (int at = 1; at < text.length(); at++) {
      if (FLAGS.indexOf(text.charAt(at)) < 0) {
        return false;
      }
    }
    return true;
  }

  private static String text(Arg arg) {
    return arg instanceof Arg.Known(String text) ? text : "";
  }
}
