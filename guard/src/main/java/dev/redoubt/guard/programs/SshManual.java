// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import dev.redoubt.guard.Effect.Nature;
import dev.redoubt.guard.programs.Reading.Want;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// `ssh` runs commands on another machine, and here whatever its options and its configuration say.
record SshManual(String name) implements Manual {

  private static Table table() {
    return Table.of(Nature.CHANGES, "runs a command on another machine")
        .endsAtOperand()
        .flags("-46AaCfGgKkMNnqsTtVvXxYy")
        .values("-BbcDeImOPpQRSwWLl")
        .values(Meaning.READS, "-Fi")
        .values(Meaning.WRITES, "-E")
        .values("-J")
        .values(Meaning.UNKNOWN, "-o")
        .build();
  }

  @Override
  public Set<String> names() {
    return Set.of(name);
  }

  @Override
  public Reading read(Call call) {
    Table table = table();
    Arguments arguments = table.read(call.arguments());
    if (call.arguments().size() == 1 && arguments.has("-V")) {
      return Reading.harmless("shows the version", List.of());
    }
    Draft draft = new Draft(TableReading.ofOptions(name, table, arguments));
    if (arguments.has("-o", "-F")) {
      draft.want(
          new Want.Opaque(
              "command.code", name + " -o", "options of ssh can name commands that run here"));
    }
    if (!arguments.operands().isEmpty()) {
      draft.want(new Want.Connect("", target(arguments)));
    }
    return draft
        .want(
            new Want.Opaque(
                "command.remote", name, "what runs on the other machine is not followed"))
        .done();
  }

  private static Arg target(Arguments arguments) {
    Optional<Arg> port = arguments.value("-p");
    if (!(arguments.operands().getFirst() instanceof Arg.Known(String text))
        || (port.isPresent() && !(port.get() instanceof Arg.Known))) {
      return arguments.operands().getFirst() instanceof Arg.Known
          ? port.orElseThrow()
          : arguments.operands().getFirst();
    }
    String host = text.substring(text.lastIndexOf('@') + 1);
    if (text.contains("://")) {
      return new Arg.Known(text);
    }
    return new Arg.Known(host + ":" + port.map(Arg::shown).orElse("22"));
  }
}
