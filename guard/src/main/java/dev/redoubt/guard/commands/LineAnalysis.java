// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.commands;

import dev.redoubt.guard.Action;
import dev.redoubt.guard.FileFacts;
import dev.redoubt.guard.Program;
import dev.redoubt.guard.Situation;
import dev.redoubt.guard.programs.Call.Input;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Finds every effect a program or a shell line could have.
///
/// All branches, all functions and all traps are followed; the state of the shell (folder,
/// variables, functions) is followed along each of them. Whatever cannot be followed is an opaque
/// effect. A line that cannot be read is one opaque effect. Pure, immutable, safe to share.
public final class LineAnalysis {

  private static final int LONGEST = 100_000;

  private LineAnalysis() {}

  /// Returns what `run` would do in `situation`, of which no file is looked at.
  public static Analysis of(Action.Run run, Situation situation) {
    return of(run, situation, FileFacts.NONE);
  }

  /// Returns what `run` would do in `situation`.
  ///
  /// @param facts is asked only what the git repositories of the workspace say
  public static Analysis of(Action.Run run, Situation situation, FileFacts facts) {
    Findings findings = new Findings(situation.workspace());
    for (Map.Entry<String, String> entry : new TreeMap<>(run.environment()).entrySet()) {
      EnvironmentTable.objection(entry.getKey(), entry.getValue())
          .ifPresent(reason -> findings.opaque("command.environment", entry.getKey(), reason));
    }
    Folders folders = Folders.of(run.folder().toString().replace('\\', '/'));
    Input input = run.input() == Action.Input.NOTHING ? Feed.NOTHING : Feed.ANY;
    Walk walk = new Walk(findings, situation, facts);
    switch (run.program()) {
      case Program.Argv(List<String> argv) -> {
        argv.forEach(word -> readable(word, findings));
        walk.programs().run(argv.stream().map(Argument::known).toList(), folders, input);
      }
      case Program.Line(Program.Shell shell, String text) -> {
        State state = State.in(folders, situation.home());
        for (Map.Entry<String, String> entry : run.environment().entrySet()) {
          state = state.with(entry.getKey(), new Value.Known(entry.getValue()));
        }
        line(shell, text, state, input, walk, findings);
      }
    }
    return findings.analysis();
  }

  private static void line(
      Program.Shell shell, String text, State state, Input input, Walk walk, Findings findings) {
    switch (shell) {
      case POWERSHELL ->
          findings.opaque("shell.powershell", text, "lines of PowerShell are not followed");
      case CMD -> findings.opaque("shell.cmd", text, "lines of cmd.exe are not followed");
      case BASH -> {
        if (text.length() > LONGEST) {
          findings.opaque(
              "shell.too-deep", text.substring(0, 80), "the line is longer than anybody reads");
          return;
        }
        readable(text, findings);
        Outcome outcome = walk.text(text, Walk.Reader.BASH, state, input);
        State end = outcome.next();
        walk.uncalled(end == null ? state : end);
      }
    }
  }

  /// Objects to characters that a person does not see as what they are.
  private static void readable(String text, Findings findings) {
    for (int at = 0; at < text.length(); at++) {
      char c = text.charAt(at);
      boolean plain = (c >= ' ' && c < 0x7F) || c == '\n' || c == '\t';
      if (plain || !isDeceptive(c)) {
        continue;
      }
      findings.opaque(
          "shell.not-understood",
          text,
          "character %d is U+%04X, which cannot be seen".formatted(at + 1, (int) c));
      return;
    }
  }

  private static boolean isDeceptive(char c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SPACE_SEPARATOR,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.PRIVATE_USE,
          Character.UNASSIGNED ->
          true;
      default -> false;
    };
  }
}
