// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import dev.redoubt.guard.Effect.Access;
import dev.redoubt.guard.Effect.Nature;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// cp, mv, ln and install: sources first, the destination last or in `-t`.
///
/// A destination that is a folder gets the sources under their own names, so these places count as
/// written too. Sources: the manual pages of GNU coreutils 9.
record CopyManual(String name, Table table, Kind kind) implements Manual {

  /// What happens to the sources.
  enum Kind {
    COPIES,
    MOVES,
    LINKS
  }

  @Override
  public Set<String> names() {
    return Set.of(name);
  }

  @Override
  public Reading read(Call call) {
    Arguments arguments = table.read(call.arguments());
    Draft draft = new Draft(TableReading.of(name, table, arguments));
    List<Arg> operands = arguments.operands();
    if (name.equals("install") && arguments.has("-d", "--directory")) {
      operands.forEach(folder -> draft.file(Access.WRITE, folder, ""));
      return draft.done();
    }
    Optional<Arg> target = arguments.value("-t", "--target-directory");
    List<Arg> sources = operands;
    if (target.isEmpty()) {
      if (operands.isEmpty()) {
        return draft.done();
      }
      sources = operands.subList(0, operands.size() - 1);
      target = Optional.of(operands.getLast());
      // A glob can be several words, of which only the last is the destination.
      source(operands.getLast(), arguments, draft, operands.getLast() instanceof Arg.Known);
    }
    if (sources.isEmpty() && kind == Kind.LINKS) {
      // `ln -s ../x` makes the link here.
      sources = operands;
      target = Optional.of(new Arg.Known("."));
    }
    for (Arg source : sources) {
      source(source, arguments, draft, false);
    }
    destination(target.get(), sources, arguments, draft);
    return draft.done();
  }

  private void source(Arg source, Arguments arguments, Draft draft, boolean onlyDestination) {
    if (onlyDestination) {
      return;
    }
    boolean deep = arguments.has("-r", "-R", "-a", "--recursive", "--archive");
    draft.file(deep ? Access.SEARCH : Access.READ, source, "");
    if (kind == Kind.MOVES) {
      draft.file(Access.DELETE, source, "");
    }
  }

  private static void destination(Arg target, List<Arg> sources, Arguments arguments, Draft draft) {
    draft.file(Access.WRITE, target, "");
    if (target instanceof Arg.Unknown) {
      draft.raise(Nature.UNKNOWN, "the destination " + target.shown() + " is not known");
    }
    if (arguments.has("-T", "--no-target-directory")) {
      return;
    }
    boolean whole = arguments.has("--parents");
    for (Arg source : sources) {
      draft.file(Access.WRITE, below(target, whole ? source : lastName(source)), "");
    }
  }

  private static Arg lastName(Arg source) {
    return switch (source) {
      case Arg.Known(String text) -> new Arg.Known(lastName(text));
      case Arg.Glob(String pattern) -> new Arg.Glob(lastName(pattern));
      case Arg.Unknown unknown -> unknown;
    };
  }

  private static String lastName(String path) {
    int end = path.length();
    while (end > 1 && path.charAt(end - 1) == '/') {
      end--;
    }
    return path.substring(path.lastIndexOf('/', end - 1) + 1, end);
  }

  /// Returns the place called `name` in `folder`.
  static Arg below(Arg folder, Arg name) {
    if (folder instanceof Arg.Unknown || name instanceof Arg.Unknown) {
      return new Arg.Unknown(folder.shown() + "/" + name.shown(), "one part is not known");
    }
    if (folder instanceof Arg.Known(String path) && name instanceof Arg.Known(String text)) {
      return new Arg.Known(slash(path) + text);
    }
    return new Arg.Glob(slash(pattern(folder)) + pattern(name));
  }

  private static String pattern(Arg arg) {
    return arg instanceof Arg.Known(String text) ? FindNames.escape(text) : arg.shown();
  }

  private static String slash(String folder) {
    return folder.endsWith("/") ? folder : folder + "/";
  }
}
