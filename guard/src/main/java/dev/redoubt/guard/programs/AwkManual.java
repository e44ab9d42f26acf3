// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import dev.redoubt.guard.Effect.Access;
import dev.redoubt.guard.Effect.Nature;
import dev.redoubt.guard.programs.Arguments.Used;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// awk: runs a program on lines of text, which can run commands and write files.
///
/// Sources: awk(1p) of POSIX.1-2017, gawk(1) 5.2, mawk(1) 1.3.4. Options end at the program.
record AwkManual(String name) implements Manual {

  @Override
  public Set<String> names() {
    return Set.of(name);
  }

  @Override
  public Reading read(Call call) {
    Table table = table();
    Arguments arguments = table.read(call.arguments());
    Draft draft = new Draft(TableReading.of("awk", table, arguments));
    List<Arg> operands = arguments.operands();
    boolean given = false;
    List<Arg> sources = new ArrayList<>();
    for (Used one : arguments.used()) {
      boolean source = one.name().equals("-e") || one.name().equals("--source");
      if (source && one.value() != null) {
        sources.add(one.value());
        given = true;
      }
      given |= one.name().equals("-f") || one.name().equals("--file");
    }
    if (!given && !operands.isEmpty()) {
      sources.add(operands.getFirst());
      operands = operands.subList(1, operands.size());
    }
    program(sources, draft);
    for (Arg operand : operands) {
      if (!isAssignment(operand) && !operand.equals(new Arg.Known("-"))) {
        draft.file(Access.READ, operand, "");
      }
    }
    return draft.done();
  }

  private static void program(List<Arg> sources, Draft draft) {
    StringBuilder whole = new StringBuilder();
    for (Arg source : sources) {
      if (source instanceof Arg.Known(String text)) {
        whole.append(text).append('\n');
      } else {
        draft.raise(Nature.UNKNOWN, "the awk program " + source.shown() + " is not known");
      }
    }
    AwkProgram.read(whole.toString(), draft);
  }

  private static boolean isAssignment(Arg operand) {
    if (!(operand instanceof Arg.Known(String text))) {
      return false;
    }
    int equals = text.indexOf('=');
    for (int i = 0; i < equals; i++) {
      char c = text.charAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
      if (!letter && (i == 0 || c < '0' || c > '9')) {
        return false;
      }
    }
    return equals > 0;
  }

  private static Table table() {
    return Table.harmless("runs an awk program")
        .endsAtOperand()
        .flags("-bcCghkMnNOPrsStV --characters-as-bytes --traditional --copyright")
        .flags("--gen-pot --help")
        .flags("--csv --bignum --non-decimal-data --use-lc-numeric --optimize --posix")
        .flags("--sandbox")
        .flags("--re-interval --no-optimize --lint-old --version")
        .optional("-L --lint")
        .values("-Fve --field-separator --assign --source")
        .values(Meaning.UNKNOWN, "-fEilW --file --exec --include --load")
        .optional(Meaning.UNKNOWN, "-dDop --dump-variables --debug --pretty-print --profile")
        .build();
  }
}
