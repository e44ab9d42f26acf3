// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import dev.redoubt.guard.Effect.Access;
import java.util.List;
import java.util.Set;

/// gzip, bzip2, xz and zstd: replace files by packed or unpacked ones, or show them with `-c`, `-l`
/// and `-t`.
///
/// @param table for calls that pack or unpack
/// @param shows the same options, for calls that only show
record CompressManual(String name, Table table, Table shows) implements Manual {

  private static final List<String> ENDINGS =
      List.of(".gz", ".bz2", ".xz", ".lzma", ".zst", ".Z", ".z", "-gz", "-z", "_z");

  @Override
  public Set<String> names() {
    return Set.of(name);
  }

  @Override
  public Reading read(Call call) {
    Arguments arguments = table.read(call.arguments());
    boolean isShown =
        arguments.has("-c", "--stdout", "--to-stdout", "-l", "--list", "-t", "--test");
    Draft draft = new Draft(TableReading.of(name, isShown ? shows : table, arguments));
    for (Arg operand : arguments.operands()) {
      if (operand.equals(new Arg.Known("-"))) {
        continue;
      }
      draft.file(Access.READ, operand, "");
      if (!isShown) {
        draft.file(Access.WRITE, operand, "");
        unpacked(operand, draft);
      }
    }
    return draft.done();
  }

  private static void unpacked(Arg operand, Draft draft) {
    if (operand instanceof Arg.Unknown) {
      return;
    }
    String name = operand.shown();
    for (String ending : ENDINGS) {
      if (name.endsWith(ending)) {
        String stripped = name.substring(0, name.length() - ending.length());
        draft.file(
            Access.WRITE,
            operand instanceof Arg.Glob ? new Arg.Glob(stripped) : new Arg.Known(stripped),
            "");
      }
    }
  }
}
