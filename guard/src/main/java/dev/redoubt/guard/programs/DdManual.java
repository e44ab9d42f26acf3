// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import dev.redoubt.guard.Effect.Access;
import dev.redoubt.guard.Effect.Nature;
import java.util.Set;

/// dd: copies bytes between the files behind `if=` and `of=`.
///
/// Source: dd(1) of GNU coreutils 9.
record DdManual() implements Manual {

  @Override
  public Set<String> names() {
    return Set.of("dd");
  }

  @Override
  public Reading read(Call call) {
    Draft draft = new Draft(Nature.HARMLESS, "copies bytes");
    for (Arg arg : call.arguments()) {
      String shown = arg.shown();
      int equals = shown.indexOf('=');
      if (arg instanceof Arg.Unknown || equals < 0) {
        boolean asks = shown.equals("--help") || shown.equals("--version");
        if (!asks || arg instanceof Arg.Unknown) {
          draft.raise(Nature.UNKNOWN, "dd: " + shown + " is not judged");
        }
      } else {
        operand(shown.substring(0, equals), value(arg, equals + 1), draft);
      }
    }
    return draft.done();
  }

  private static Arg value(Arg arg, int from) {
    String value = arg.shown().substring(from);
    return arg instanceof Arg.Glob ? new Arg.Glob(value) : new Arg.Known(value);
  }

  private static void operand(String key, Arg value, Draft draft) {
    switch (key) {
      case "if" -> draft.file(Access.READ, value, "");
      case "of" -> draft.file(Access.WRITE, value, "dd of= writes a file");
      case "bs",
          "cbs",
          "conv",
          "count",
          "ibs",
          "iflag",
          "iseek",
          "obs",
          "oflag",
          "oseek",
          "seek",
          "skip",
          "status" -> {}
      default -> draft.raise(Nature.UNKNOWN, "dd: " + key + "= is not judged");
    }
  }
}
