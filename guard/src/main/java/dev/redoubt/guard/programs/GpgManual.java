// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import dev.redoubt.guard.Effect.Access;
import dev.redoubt.guard.Effect.Nature;
import java.util.Set;

/// gpg: verifies and lists; everything else it does is not judged.
///
/// Source: gpg(1) of GnuPG 2.2.
record GpgManual(String name) implements Manual {

  @Override
  public Set<String> names() {
    return Set.of(name);
  }

  @Override
  public Reading read(Call call) {
    Table table = table();
    Arguments arguments = table.read(call.arguments());
    Draft draft = new Draft(TableReading.of(name, table, arguments));
    boolean verifies = arguments.has("--verify", "--list-packets");
    boolean lists =
        arguments.has(
            "--list-keys",
            "--list-public-keys",
            "-k",
            "--list-secret-keys",
            "-K",
            "--fingerprint",
            "--list-signatures",
            "--version",
            "--help",
            "--list-config");
    if (verifies) {
      for (Arg operand : arguments.operands()) {
        draft.file(Access.READ, operand, "");
      }
    } else if (!lists) {
      draft.raise(Nature.UNKNOWN, name + " without --verify or --list-keys is not judged");
    }
    return draft.done();
  }

  private static Table table() {
    return Table.harmless("verifies or lists")
        .judgedFurther()
        .flags("-kKqv --verify --list-packets --list-keys --list-public-keys")
        .flags("--list-secret-keys")
        .flags("--fingerprint --list-signatures --list-config --with-colons")
        .flags("--with-fingerprint")
        .flags("--batch --no-tty --quiet --verbose --version --help")
        .values("--keyid-format --status-fd --logger-fd")
        .build();
  }
}
