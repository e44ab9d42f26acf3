// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.shell;

import dev.redoubt.guard.shell.ParseResult.Parsed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What came of comparing many lines with what a shell made of them.
final class Tally {

  private static final WordExpander EXPANDER = new WordExpander(Map.of("HOME", "/home/me"));

  final List<String> missed = new ArrayList<>();
  final List<String> wronglyAccepted = new ArrayList<>();
  int accepted;
  int understood;
  int executed;
  int exact;

  void compare(List<String> lines, List<RealBash.Trace> traces) {
    for (int i = 0; i < lines.size(); i++) {
      accepted += traces.get(i).accepted() ? 1 : 0;
      if (ShellParser.parse(lines.get(i)) instanceof Parsed(Script script, _)) {
        understood++;
        compare(lines.get(i), script, traces.get(i));
      }
    }
  }

  private void compare(String line, Script script, RealBash.Trace trace) {
    if (!trace.accepted()) {
      wronglyAccepted.add(line);
    }
    List<List<Field>> commands = new ArrayList<>();
    for (Command.Simple command : SimpleCommands.of(script)) {
      List<Field> fields = new ArrayList<>();
      command.words().forEach(word -> fields.addAll(EXPANDER.fields(word)));
      commands.add(fields);
    }
    for (List<String> argv : trace.executed()) {
      executed++;
      if (commands.contains(argv.stream().<Field>map(Field.Known::new).toList())) {
        exact++;
      } else if (commands.stream().noneMatch(fields -> matches(fields, argv))) {
        missed.add(argv + " in " + line + " read as " + TreeText.script(script));
      }
    }
  }

  /// Decides whether `fields` can become `argv`.
  private static boolean matches(List<Field> fields, List<String> argv) {
    if (fields.isEmpty()) {
      return argv.isEmpty();
    }
    List<Field> rest = fields.subList(1, fields.size());
    return switch (fields.getFirst()) {
      case Field.Known(String text) ->
          !argv.isEmpty()
              && argv.getFirst().equals(text)
              && matches(rest, argv.subList(1, argv.size()));
      case Field.Glob _ -> matchesSome(rest, argv, 1);
      case Field.Unknown _ -> matchesSome(rest, argv, 0);
    };
  }

  private static boolean matchesSome(List<Field> rest, List<String> argv, int least) {
    for (int taken = least; taken <= argv.size(); taken++) {
      if (matches(rest, argv.subList(taken, argv.size()))) {
        return true;
      }
    }
    return false;
  }
}
