// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.commands;

import dev.redoubt.guard.programs.Arg;
import dev.redoubt.guard.programs.Call.Input;
import dev.redoubt.guard.shell.Command;
import dev.redoubt.guard.shell.Script;
import dev.redoubt.guard.shell.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Walks through the constructs of the shell language.
///
/// Every branch is walked through. A loop is walked through until its state does not change any
/// more, so that a later turn finds what an earlier one left. Used by one analysis, not
/// thread-safe.
final class Constructs {

  private static final int MOST_ROUNDS = 5;
  private static final int MOST_VALUES = 16;

  /// Comparisons whose operands are arithmetic.
  private static final Set<String> NUMERIC = Set.of("-eq", "-ne", "-lt", "-le", "-gt", "-ge");

  private final Findings findings;
  private final Words words;
  private final Walk walk;

  Constructs(Findings findings, Words words, Walk walk) {
    this.findings = findings;
    this.words = words;
    this.walk = walk;
  }

  Outcome run(Command.Compound compound, State state, Input input) {
    return switch (compound.construct()) {
      case Command.Subshell(Script body) -> {
        walk.script(body, state, input);
        yield Outcome.of(state);
      }
      case Command.Group(Script body) -> walk.script(body, state, input);
      case Command.If it -> branches(it, state, input);
      case Command.For it -> {
        List<Value> values = values(it.words(), state);
        yield each(it.name(), values, it.body(), walk.simple().drained(state), input);
      }
      case Command.Select it -> {
        List<Value> values = new ArrayList<>(values(it.words(), state));
        values.add(new Value.Known(""));
        State asked = walk.simple().assign(state, "REPLY", Value.UNKNOWN);
        yield each(it.name(), values, it.body(), asked, input);
      }
      case Command.ForArithmetic it -> {
        words.arithmetic(it.expression(), state);
        State started = walk.simple().drained(state);
        yield Outcome.of(
            turns(
                started,
                turn -> {
                  words.arithmetic(it.expression(), turn);
                  return alive(walk.script(it.body(), walk.simple().drained(turn), input), turn);
                }));
      }
      case Command.While it -> repeated(it, state, input);
      case Command.Case it -> clauses(it, state, input);
      case Command.Test it -> {
        test(it.words(), state);
        yield Outcome.of(walk.simple().drained(state));
      }
      case Command.Arithmetic it -> {
        words.arithmetic(it.expression(), state);
        yield Outcome.of(walk.simple().drained(state));
      }
    };
  }

  private Outcome branches(Command.If it, State start, Input input) {
    State state = start;
    @Nullable State after = null;
    for (Command.Branch branch : it.branches()) {
      Outcome condition = walk.script(branch.condition(), state, input);
      State yes = condition.success();
      State next = walk.script(branch.body(), yes == null ? state : yes, input).next();
      after = Outcome.join(after, next);
      State no = condition.failure();
      state = no == null ? alive(condition, state) : no;
    }
    Script otherwise = it.otherwise();
    if (otherwise == null) {
      return Outcome.of(after == null ? state : after.or(state));
    }
    State next = walk.script(otherwise, state, input).next();
    after = Outcome.join(after, next);
    return after == null ? Outcome.END : Outcome.of(after);
  }

  /// Returns what the variable of a loop may be, one value for each word.
  private List<Value> values(@Nullable List<Word> over, State state) {
    List<Value> values = new ArrayList<>();
    List<String> given = state.arguments();
    if (over == null) {
      if (given == null) {
        return List.of(Value.UNKNOWN);
      }
      given.forEach(text -> values.add(new Value.Known(text)));
      return limited(values);
    }
    for (Word word : over) {
      for (Argument argument : words.arguments(word, state)) {
        values.add(value(argument));
      }
    }
    return limited(values);
  }

  /// Returns what a variable is when it is given one word.
  static Value value(Argument argument) {
    return switch (argument.arg()) {
      case Arg.Known(String text) when text.equals(Argument.NUMBER) -> Value.ANY_NUMBER;
      case Arg.Known(String text) when text.startsWith(Argument.NUMBER) -> Value.UNKNOWN;
      case Arg.Known(String text) -> new Value.Known(text);
      case Arg.Glob(String pattern) -> new Value.FileName(pattern);
      case Arg.Unknown _ -> Value.UNKNOWN;
    };
  }

  private static List<Value> limited(List<Value> values) {
    if (values.size() <= MOST_VALUES) {
      return values;
    }
    Value all = values.getFirst();
    for (Value value : values) {
      all = Value.join(all, value);
    }
    return List.of(all);
  }

  private Outcome each(String name, List<Value> values, Script body, State start, Input input) {
    State after =
        turns(
            start,
            turn -> {
              State all = turn;
              for (Value value : values) {
                State set = walk.simple().assign(turn, name, value);
                all = all.or(alive(walk.script(body, set, input), set));
              }
              return all;
            });
    return Outcome.of(after);
  }

  private Outcome repeated(Command.While it, State start, Input input) {
    State after =
        turns(
            start,
            turn -> {
              Outcome condition = walk.script(it.condition(), turn, input);
              boolean runs = it.repeat() == Command.Repeat.WHILE;
              State yes = runs ? condition.success() : condition.failure();
              State no = runs ? condition.failure() : condition.success();
              State next = alive(walk.script(it.body(), yes == null ? turn : yes, input), turn);
              return no == null ? next : next.or(no);
            });
    return Outcome.of(after);
  }

  /// Returns the state after a loop of any number of turns.
  private State turns(State start, UnaryOperator<State> turn) {
    int position = findings.position();
    int writes = findings.writes();
    State state = start;
    for (int round = 0; ; round++) {
      State next = state.or(walk.withLeft(turn.apply(state)));
      boolean same = next.equals(state);
      state = next;
      if (same) {
        break;
      }
      if (round == MOST_ROUNDS) {
        State forgotten = state.forgotten("a loop changes too much to follow");
        state = forgotten.or(turn.apply(forgotten));
        break;
      }
    }
    if (findings.writes() > writes) {
      findings.distrustBuilds(position, findings.position());
    }
    return state;
  }

  private Outcome clauses(Command.Case it, State start, Input input) {
    words.visit(it.subject(), start);
    State state = walk.simple().drained(start);
    State after = state;
    State entry = state;
    for (Command.Clause clause : it.clauses()) {
      clause.patterns().forEach(pattern -> words.visit(pattern, state));
      State next = alive(walk.script(clause.body(), entry, input), entry);
      after = after.or(next);
      entry = clause.end() == Command.ClauseEnd.LEAVE ? state : state.or(next);
    }
    return Outcome.of(after);
  }

  private void test(List<Word> operands, State state) {
    for (int at = 0; at < operands.size(); at++) {
      Word word = operands.get(at);
      words.visit(word, state);
      String before = at == 0 ? "" : operands.get(at - 1).span().written();
      String behind = at + 1 == operands.size() ? "" : operands.get(at + 1).span().written();
      if (NUMERIC.contains(before)
          || NUMERIC.contains(behind)
          || before.equals("-v")
          || before.equals("-R")) {
        operand(word, before.equals("-v") || before.equals("-R"), state);
      }
    }
  }

  /// Objects to an operand of which the shell evaluates more than its text.
  private void operand(Word word, boolean isName, State state) {
    Argument text = words.text(word, state);
    String shown = word.span().written();
    if (text.arg() instanceof Arg.Known(String known)) {
      if (isName ? known.contains("[") : known.contains("$")) {
        findings.opaque("shell.unknown-word", shown, "what is in the brackets is evaluated");
      } else if (!isName) {
        words.arithmetic(known, shown, state);
      }
    } else {
      findings.opaque("shell.unknown-word", shown, "it is evaluated, and its value is not known");
    }
  }

  private static State alive(Outcome outcome, State otherwise) {
    State next = outcome.next();
    return next == null ? otherwise : next;
  }
}
