// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import dev.redoubt.guard.Effect.Nature;
import java.util.Set;

/// xmllint: checks XML.
///
/// Source: xmllint(1) of libxml2. Files may be URLs. `--noent` and `--xinclude` put other files in
/// and `--shell` asks, so they are left out.
record XmllintManual() implements Manual {

  @Override
  public Set<String> names() {
    return Set.of("xmllint");
  }

  @Override
  public Reading read(Call call) {
    Table table = table();
    Draft draft = new Draft(TableReading.of("xmllint", table, table.read(call.arguments())));
    for (Arg arg : call.arguments()) {
      if (arg.shown().contains(":/")) {
        draft.raise(Nature.UNKNOWN, "xmllint can load " + arg.shown());
      }
    }
    return draft.done();
  }

  private static Table table() {
    return Table.harmless("checks XML")
        .words()
        .flags("-version --version -noout --noout -format --format -html --html -nonet")
        .flags("--nonet")
        .flags("-noblanks --noblanks -recover --recover -huge --huge -quiet --quiet")
        .flags("-stream")
        .flags("--stream -c14n --c14n -nowarning --nowarning -nodefdtd --nodefdtd")
        .flags("-timing --timing")
        .flags("--xmlout --nsclean --nocdata --dropdtd --debug --copy --push --memory")
        .flags("--compact")
        .values("-xpath --xpath -encode --encode -pretty --pretty --maxmem")
        .values(Meaning.READS, "--schema --relaxng --schematron")
        .values(Meaning.WRITES, "-output --output -o")
        .operands(Operands.READ)
        .build();
  }
}
