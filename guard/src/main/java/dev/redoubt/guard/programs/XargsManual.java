// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import dev.redoubt.guard.programs.Reading.Want;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// `xargs` starts a command with words from its input added to it.
///
/// The words are not known, so they may be options of the command, or its name with `-I`.
final class XargsManual implements Manual {

  /// Programs that only read, none of whose options writes, runs or connects.
  private static final Set<String> READERS =
      Set.of(
          "basename",
          "cat",
          "cksum",
          "dirname",
          "du",
          "echo",
          "egrep",
          "fgrep",
          "grep",
          "head",
          "ls",
          "md5sum",
          "nl",
          "sha1sum",
          "sha256sum",
          "sha512sum",
          "stat",
          "tail",
          "wc");

  @Override
  public Set<String> names() {
    return Set.of("xargs");
  }

  private static Table table() {
    return Table.harmless("starts a command with words from its input")
        .endsAtOperand()
        .flags("-0rtxo --null --no-run-if-empty --verbose --exit --open-tty --help --version")
        .flags("--show-limits")
        .flags(Meaning.CHANGES, "-p --interactive")
        .values("-dEILnPs --delimiter --max-lines --max-args --max-procs --max-chars")
        .values("--process-slot-var")
        .optional("-eil --eof --replace")
        .values(Meaning.READS, "-a --arg-file")
        .build();
  }

  @Override
  public Reading read(Call call) {
    Table table = table();
    Arguments arguments = table.read(call.arguments());
    Draft draft = new Draft(TableReading.ofOptions("xargs", table, arguments));
    if (AskManual.isVersion(call.arguments())) {
      return draft.done();
    }
    List<Arg> command = new ArrayList<>(arguments.operands());
    if (command.isEmpty()) {
      command.add(new Arg.Known("echo"));
    }
    String replaced = replaced(arguments);
    List<Arg> names = names(call, command, arguments);
    if (replaced.isEmpty()) {
      command.addAll(
          names.isEmpty()
              ? List.of(new Arg.Unknown("…", "xargs adds words from its input"))
              : names);
    } else if (!names.isEmpty()) {
      return each(draft, command, replaced, names);
    } else {
      command.replaceAll(word -> filled(word, replaced));
    }
    return draft.want(new Want.Command(command)).done();
  }

  /// Returns what the words of the input can be when they are names of files and the command only
  /// reads, whatever a name looks like; empty when they could be anything.
  ///
  /// Names are split at blanks, so a word may be a part of one.
  private static List<Arg> names(Call call, List<Arg> command, Arguments arguments) {
    boolean input = !arguments.has("-a", "--arg-file", "-d", "--delimiter");
    for (Arg word : command) {
      input &= !word.shown().startsWith("--f");
    }
    return input
            && call.input() instanceof Call.Input.Names(List<Arg> found)
            && command.getFirst() instanceof Arg.Known(String program)
            && READERS.contains(program)
        ? found
        : List.of();
  }

  private static Reading each(Draft draft, List<Arg> command, String replaced, List<Arg> names) {
    for (Arg name : names) {
      List<Arg> one = new ArrayList<>(command);
      one.replaceAll(word -> word.equals(new Arg.Known(replaced)) ? name : filled(word, replaced));
      draft.want(new Want.Command(one));
    }
    return draft.done();
  }

  /// Returns what stands for a word of the input; empty when words are added at the end.
  private static String replaced(Arguments arguments) {
    Optional<Arg> given = arguments.value("-I", "-i", "--replace");
    if (given.isPresent()) {
      return given.get() instanceof Arg.Known(String text) && !text.isEmpty() ? text : "{}";
    }
    return arguments.has("-i", "--replace") ? "{}" : "";
  }

  private static Arg filled(Arg word, String replaced) {
    return word instanceof Arg.Known(String text) && text.contains(replaced)
        ? new Arg.Unknown(text, "xargs puts a word from its input in it")
        : word;
  }
}
