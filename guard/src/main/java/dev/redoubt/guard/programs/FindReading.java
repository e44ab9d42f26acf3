// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import dev.redoubt.guard.Effect.Access;
import dev.redoubt.guard.Effect.Nature;
import dev.redoubt.guard.programs.Reading.Want;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads the arguments of one `find`. Not reusable.
final class FindReading {

  private static final Arg HERE = new Arg.Known(".");

  private final List<Arg> arguments;
  private final Draft draft = new Draft(Nature.HARMLESS, "finds files");
  private final List<Arg> starts = new ArrayList<>();
  private final FindNames names = new FindNames();
  private int next;

  FindReading(List<Arg> arguments) {
    this.arguments = arguments;
  }

  Reading read() {
    frontOptions();
    startingPoints();
    for (Arg start : starts) {
      draft.want(new Want.File(Access.SEARCH, start));
    }
    while (next < arguments.size()) {
      Arg arg = arguments.get(next++);
      if (arg instanceof Arg.Known(String word)) {
        primary(word);
      } else {
        unknown(arg.shown());
      }
    }
    return draft.done();
  }

  /// Returns what can be found when the call does nothing but print the names.
  Optional<List<Arg>> listing() {
    for (Arg argument : arguments) {
      String word = argument instanceof Arg.Known(String text) ? text : "-printf";
      boolean more =
          word.startsWith("-exec")
              || word.startsWith("-ok")
              || word.startsWith("-fprint")
              || word.startsWith("-f")
              || word.startsWith("-help")
              || word.startsWith("--")
              || word.startsWith("-version")
              || word.equals("-D")
              || word.equals("-printf")
              || word.equals("-ls")
              || word.equals("-delete");
      if (more) {
        return Optional.empty();
      }
    }
    read();
    return names.isOpen() ? Optional.empty() : Optional.of(names.everythingBelow(starts));
  }

  private void frontOptions() {
    while (next < arguments.size() && arguments.get(next) instanceof Arg.Known(String text)) {
      switch (text) {
        case "-H", "-L", "-P", "-E", "-s", "-O0", "-O1", "-O2", "-O3", "--" -> next++;
        case "-D" -> next += 2;
        default -> {
          return;
        }
      }
    }
  }

  private void startingPoints() {
    while (next < arguments.size() && !startsExpression(arguments.get(next))) {
      Arg start = arguments.get(next++);
      starts.add(start);
      if (start.couldBeOption()) {
        unknown(start.shown());
      }
    }
    if (starts.isEmpty()) {
      starts.add(HERE);
    }
  }

  private static boolean startsExpression(Arg arg) {
    return switch (arg) {
      case Arg.Known(String text) ->
          text.startsWith("-")
              || text.equals("(")
              || text.equals(")")
              || text.equals("!")
              || text.equals(",");
      case Arg.Glob(String pattern) -> pattern.startsWith("-");
      case Arg.Unknown _ -> false;
    };
  }

  private void primary(String word) {
    switch (word) {
      case "-name", "-iname" -> names.name(value(word));
      case "-path", "-ipath", "-wholename", "-iwholename" -> names.path(value(word));
      case "-regex", "-iregex" -> {
        value(word);
        names.regex();
      }
      default -> {
        names.word(word);
        otherPrimary(word);
      }
    }
  }

  private void otherPrimary(String word) {
    switch (word) {
      case "(",
          ")",
          "!",
          ",",
          "-not",
          "-a",
          "-and",
          "-o",
          "-or",
          "-true",
          "-false",
          "-empty",
          "-executable",
          "-readable",
          "-writable",
          "-nouser",
          "-nogroup",
          "-print",
          "-print0",
          "-prune",
          "-quit",
          "-ls",
          "-depth",
          "-d",
          "-mount",
          "-xdev",
          "-noleaf",
          "-daystart",
          "-follow",
          "-ignore_readdir_race",
          "-noignore_readdir_race",
          "-warn",
          "-nowarn",
          "-help",
          "--help",
          "-version",
          "--version" -> {}
      case "-amin",
          "-atime",
          "-cmin",
          "-ctime",
          "-mmin",
          "-mtime",
          "-fstype",
          "-gid",
          "-group",
          "-ilname",
          "-lname",
          "-inum",
          "-links",
          "-mindepth",
          "-maxdepth",
          "-perm",
          "-regextype",
          "-size",
          "-type",
          "-xtype",
          "-uid",
          "-used",
          "-user",
          "-context",
          "-printf",
          "-flags" ->
          value(word);
      case "-newer", "-anewer", "-cnewer", "-samefile" ->
          draft.want(new Want.File(Access.LIST, value(word)));
      case "-delete" -> delete();
      case "-fprint", "-fprint0", "-fls" -> write(word);
      case "-fprintf" -> {
        write(word);
        value(word);
      }
      case "-exec", "-ok" -> run(command(word));
      case "-execdir", "-okdir" -> runInItsFolder(command(word));
      default -> other(word);
    }
  }

  private void other(String word) {
    if (word.startsWith("-newer") && word.length() == 8) {
      Arg reference = value(word);
      if (!word.endsWith("t")) {
        draft.want(new Want.File(Access.LIST, reference));
      }
    } else {
      unknown(word);
    }
  }

  private void write(String word) {
    draft.file(Access.WRITE, value(word), "find " + word + " writes a file");
  }

  /// Takes the value of the primary `word`; one that could be more words makes the call unknown.
  private Arg value(String word) {
    if (next == arguments.size()) {
      unknown(word + " without a value");
      return new Arg.Unknown("", word + " without a value");
    }
    Arg value = arguments.get(next++);
    boolean safe =
        switch (value) {
          case Arg.Known _ -> true;
          // No primary has a dot in its name, so no file found by `*.java` can be one.
          case Arg.Glob(String pattern) -> !value.couldBeOption() || pattern.indexOf('.') >= 0;
          case Arg.Unknown _ -> false;
        };
    if (!safe) {
      unknown(value.shown());
    }
    return value;
  }

  /// Takes a command up to its `;` or `{} +`.
  private List<Arg> command(String word) {
    List<Arg> command = new ArrayList<>();
    while (next < arguments.size()) {
      Arg arg = arguments.get(next++);
      if (arg instanceof Arg.Known(String text)) {
        boolean ends =
            text.equals(";")
                || (text.equals("+")
                    && !command.isEmpty()
                    && command.getLast().equals(new Arg.Known("{}")));
        if (ends) {
          return command;
        }
      } else if (arg instanceof Arg.Unknown) {
        // It could hold the `;` that ends the command.
        unknown(arg.shown());
      }
      command.add(arg);
    }
    unknown(word + " without an end");
    return command;
  }

  private void delete() {
    draft.raise(Nature.CHANGES, "find -delete deletes");
    if (names.isEmpty()) {
      for (Arg start : starts) {
        draft.want(new Want.File(Access.DELETE, start));
      }
    }
    for (Arg found : names.below(starts)) {
      draft.want(new Want.File(Access.DELETE, found));
    }
  }

  private void run(List<Arg> words) {
    draft.want(new Want.Command(argv(words, names.below(starts))));
  }

  private void runInItsFolder(List<Arg> words) {
    Arg folder = new Arg.Unknown("{}", "the folder of the file that was found");
    draft.want(new Want.In(folder, List.of(new Want.Command(argv(words, names.here())))));
  }

  private List<Arg> argv(List<Arg> words, List<Arg> found) {
    List<Arg> argv = new ArrayList<>();
    for (Arg word : words) {
      if (!(word instanceof Arg.Known(String text)) || !text.contains("{}")) {
        argv.add(word);
      } else if (text.equals("{}")) {
        argv.addAll(found);
      } else {
        argv.add(new Arg.Unknown(text, "find puts the name of a file in"));
      }
    }
    if (argv.isEmpty()) {
      unknown("-exec without a command");
      argv.add(new Arg.Unknown("", "-exec without a command"));
    }
    return argv;
  }

  private void unknown(String what) {
    draft.raise(Nature.UNKNOWN, "find: " + what + " is not judged");
  }
}
