// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import java.util.ArrayList;
import java.util.List;

/// Calls and readings as short text, for tables.
///
/// Words are split at blanks. `$x` is an unknown word, a word with `*`, `?` or `[` a glob, and a
/// word in front of which stands `'` is known whatever it contains; `_` in such a word is a blank.
final class Calls {

  private Calls() {}

  static Call call(String line) {
    List<Arg> args = args(line);
    return new Call(
        args.getFirst().shown(), args.subList(1, args.size()), new Call.Input.Nothing());
  }

  static List<Arg> args(String line) {
    List<Arg> args = new ArrayList<>();
    for (String word : line.split(" ", -1)) {
      args.add(arg(word));
    }
    return args;
  }

  private static Arg arg(String word) {
    if (word.startsWith("'")) {
      return new Arg.Known(word.substring(1).replace('_', ' '));
    }
    if (word.startsWith("$")) {
      return new Arg.Unknown(word, "not set here");
    }
    boolean glob = word.contains("*") || word.contains("?") || word.contains("[");
    return glob ? new Arg.Glob(word) : new Arg.Known(word);
  }

  /// Returns the nature and the wants of what the manual says about `line`.
  static String reading(String line) {
    Call call = call(line);
    return shown(BuiltInManuals.of(call.name()).orElseThrow().read(call));
  }

  static String shown(Reading reading) {
    String wants = wants(reading.wants());
    return wants.isEmpty() ? reading.nature().name() : reading.nature() + " " + wants;
  }

  private static String wants(List<Reading.Want> wants) {
    List<String> shown = new ArrayList<>();
    for (Reading.Want want : wants) {
      if (isRepository(want)) {
        continue;
      }
      shown.add(
          switch (want) {
            case Reading.Want.File(var access, Arg path) -> access + ":" + path.shown();
            case Reading.Want.Connect(String method, Arg target) ->
                "CONNECT:" + method + target.shown();
            case Reading.Want.Command(List<Arg> argv) -> "RUN(" + words(argv) + ")";
            case Reading.Want.ShellText(Arg text) -> "SHELL(" + text.shown() + ")";
            case Reading.Want.In(Arg folder, var inside) ->
                "IN:" + folder.shown() + "(" + wants(inside) + ")";
            case Reading.Want.With(var variables, var inside) ->
                "WITH:" + names(variables) + "(" + wants(inside) + ")";
            case Reading.Want.Repository() -> "";
            case Reading.Want.Opaque(String rule, String text, String _) ->
                "OPAQUE:" + rule + "(" + text + ")";
          });
    }
    return String.join(" ", shown);
  }

  /// Every call of git that looks at files has one, so tables leave it out.
  private static boolean isRepository(Reading.Want want) {
    return want instanceof Reading.Want.Repository
        || (want instanceof Reading.Want.In(Arg _, List<Reading.Want> inside)
            && inside.equals(List.of(new Reading.Want.Repository())));
  }

  private static String words(List<Arg> argv) {
    return String.join(" ", argv.stream().map(Arg::shown).toList());
  }

  private static String names(List<Reading.Variable> variables) {
    return String.join(",", variables.stream().map(Reading.Variable::name).toList());
  }
}
