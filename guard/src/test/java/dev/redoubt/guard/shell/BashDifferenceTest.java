// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.guard.shell.ParseResult.Parsed;
import dev.redoubt.testkit.NeedsEngine;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Compares the tree with what the Bash of the machine does. `-Dseed=…` starts elsewhere.
@NeedsEngine("bash")
class BashDifferenceTest {

  private static final long SEED = Long.getLong("seed", 20_260_101L);
  private static final WordExpander EXPANDER = new WordExpander(Map.of("HOME", "/home/me"));

  @TempDir Path folder;

  @Test
  void whatBashExecutesIsInTheTree() {
    Tally tally = new Tally();
    tally.compare(lines(200, Kind.MADE), RealBash.run(folder, lines(200, Kind.MADE)));

    assertThat(tally.missed).isEmpty();
    assertThat(tally.wronglyAccepted).isEmpty();
    assertThat(tally.understood).isGreaterThan(tally.accepted * 7 / 10);
    assertThat(tally.exact).isGreaterThan(tally.executed * 4 / 10);
  }

  @Test
  void whatBashExecutesOfBrokenLinesIsInTheTree() {
    Tally tally = new Tally();
    tally.compare(lines(500, Kind.MUTATED), RealBash.run(folder, lines(500, Kind.MUTATED)));

    assertThat(tally.missed).isEmpty();
    assertThat(tally.wronglyAccepted).isEmpty();
    assertThat(tally.exact).isGreaterThan(tally.executed * 4 / 10);
  }

  @Test
  void whatBashRejectsIsNotUnderstood() {
    Tally tally = new Tally();
    tally.compare(lines(2500, Kind.MUTATED), RealBash.read(folder, lines(2500, Kind.MUTATED)));

    assertThat(tally.wronglyAccepted).isEmpty();
    assertThat(tally.understood).isGreaterThan(tally.accepted * 6 / 10);
    assertThat(tally.accepted).isLessThan(2000);
  }

  private enum Kind {
    MADE,
    MUTATED
  }

  private static List<String> lines(int count, Kind kind) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED + i);
      String line = ShellLines.line(random);
      while (kind == Kind.MUTATED && ShellLines.mayLoop(line)) {
        line = ShellLines.line(random);
      }
      lines.add(kind == Kind.MUTATED ? ShellLines.mutated(random, line) : line);
    }
    return lines;
  }

  /// What came of comparing many lines.
  private static final class Tally {
    private final List<String> missed = new ArrayList<>();
    private final List<String> wronglyAccepted = new ArrayList<>();
    private int accepted;
    private int understood;
    private int executed;
    private int exact;

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
