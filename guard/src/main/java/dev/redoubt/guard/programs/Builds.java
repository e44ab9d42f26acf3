// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import dev.redoubt.guard.Effect.Access;
import dev.redoubt.guard.Effect.Nature;
import dev.redoubt.guard.programs.Reading.Want;
import java.util.ArrayList;
import java.util.List;

/// What every manual of a build tool needs.
///
/// A build runs what lies in its folder. That the folder is one of the workspace is not known here,
/// so every build also wants to look through it: outside of the workspace this is a question.
final class Builds {

  private static final Want HERE = new Want.File(Access.SEARCH, new Arg.Known("."));

  private Builds() {}

  /// Returns the reading of a build whose options are `arguments`.
  static Reading done(Draft draft, Arguments arguments) {
    return draft.want(HERE).in(TableReading.folders(arguments));
  }

  /// Returns `reading` with the look through the folder, when it is a build.
  static Reading here(Reading reading) {
    return reading.nature() == Nature.BUILD ? new Draft(reading).want(HERE).done() : reading;
  }

  /// Returns `reading`, at least unknown when a word is an address or `@file` with more options.
  ///
  /// Several tools fetch what they are asked to look at when it is an address.
  static Reading withoutAddresses(Call call, Reading reading) {
    Draft draft = new Draft(reading);
    for (String text : texts(call.arguments())) {
      if (text.contains("://") || text.startsWith("@")) {
        draft.raise(Nature.UNKNOWN, "what " + call.name() + " does with " + text + " is not known");
      }
    }
    return draft.done();
  }

  /// Returns a build that runs `argv` with the tools of the workspace.
  static Reading runs(String reason, List<Arg> argv) {
    if (argv.isEmpty()) {
      return Reading.unknown(reason + " nothing", List.of());
    }
    return new Draft(Nature.BUILD, reason).want(HERE).want(new Want.Command(argv)).done();
  }

  /// Splits at the first `--`: in front of it, and behind it when there is one.
  static List<List<Arg>> split(List<Arg> arguments) {
    int at = arguments.indexOf(new Arg.Known("--"));
    if (at < 0) {
      return List.of(arguments, List.of());
    }
    return List.of(arguments.subList(0, at), arguments.subList(at + 1, arguments.size()));
  }

  /// Returns the text of the known ones; an unknown one counts as empty.
  static List<String> texts(List<Arg> arguments) {
    List<String> texts = new ArrayList<>();
    for (Arg arg : arguments) {
      texts.add(arg instanceof Arg.Known(String text) ? text : "");
    }
    return texts;
  }
}
