// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.exec;

import dev.redoubt.guard.Action;
import dev.redoubt.guard.Program;
import java.util.ArrayList;
import java.util.List;

/// How a command is shown to a person: so that it reads as it would be typed.
public final class ExecText {

  private ExecText() {}

  static String shown(Action action) {
    return action instanceof Action.Run run
        ? switch (run.program()) {
          case Program.Argv(List<String> argv) -> line(argv);
          case Program.Line(var _, String text) -> text;
        }
        : action.toString();
  }

  /// Returns `argv` as it would be typed: words with anything unusual in them are quoted.
  public static String line(List<String> argv) {
    List<String> words = new ArrayList<>();
    for (String word : argv) {
      words.add(
          word.matches("[A-Za-z0-9_@%+=:,./-]+") ? word : "'" + word.replace("'", "'\\''") + "'");
    }
    return String.join(" ", words);
  }
}
