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
    if (replaced.isEmpty()) {
      command.add(new Arg.Unknown("…", "xargs adds words from its input"));
    } else {
      command.replaceAll(word -> filled(word, replaced));
    }
    return draft.want(new Want.Command(command)).done();
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
