// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.commands;

import dev.redoubt.guard.Effect.Access;
import dev.redoubt.guard.Effect.Nature;
import dev.redoubt.guard.programs.Arg;
import dev.redoubt.guard.programs.Call.Input;
import dev.redoubt.guard.shell.Assignment;
import dev.redoubt.guard.shell.Command;
import dev.redoubt.guard.shell.Redirect;
import dev.redoubt.guard.shell.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Walks through one simple command: its assignments, words and redirections, then what it runs.
///
/// Used by one analysis, not thread-safe.
final class SimpleCommands {

  private final Findings findings;
  private final Words words;
  private final Walk walk;
  private final Builtins builtins;

  SimpleCommands(Findings findings, Words words, Walk walk) {
    this.findings = findings;
    this.words = words;
    this.walk = walk;
    this.builtins = new Builtins(findings, words, walk);
  }

  Outcome run(Command.Simple command, State start, Input input) {
    if (command.words().isEmpty()) {
      State state = start;
      for (Assignment assignment : command.assignments()) {
        state = drained(assign(assignment, state));
      }
      if (!command.assignments().isEmpty()) {
        findings.command(
            List.of(command.span().written()), Nature.HARMLESS, "sets a variable of this line");
      }
      redirects(command.redirects(), state, input);
      return Outcome.of(drained(state));
    }
    List<Argument> argv = expanded(command.words(), start);
    State state = drained(start);
    int before = findings.writes();
    Input fed = redirects(command.redirects(), state, input);
    int redirected = findings.writes() - before;
    state = drained(state);
    State set = prefixed(command.assignments(), argv, state);
    findings.holdWrites(redirected);
    Outcome outcome = dispatch(argv, set, fed, command);
    findings.releaseWrites();
    return command.assignments().isEmpty() ? outcome : or(outcome, state);
  }

  private static Outcome or(Outcome outcome, State state) {
    State success = outcome.success();
    State failure = outcome.failure();
    return new Outcome(
        success == null ? null : success.or(state), failure == null ? null : failure.or(state));
  }

  private List<Argument> expanded(List<Word> written, State state) {
    boolean declares = Builtins.isDeclaration(written.getFirst().span().written());
    List<Argument> argv = new ArrayList<>(written.size());
    for (Word word : written) {
      if (declares && Builtins.isAssignment(word)) {
        // The builtin reads the word itself: it is not split.
        argv.add(new Argument(new Arg.Known("="), word.span().written(), Argument.Count.ONE));
      } else {
        argv.addAll(words.arguments(word, state));
      }
    }
    return argv;
  }

  /// Runs `argv` as the shell would: functions first, then builtins, then programs.
  Outcome dispatch(List<Argument> argv, State state, Input input, Command.Simple command) {
    if (argv.isEmpty()) {
      findings.command(List.of(":"), Nature.HARMLESS, "nothing is left to run");
      return Outcome.of(state);
    }
    String name = argv.getFirst().text().orElse(null);
    if (name == null || name.contains(Argument.NUMBER)) {
      return unknownName(argv, state, input, command);
    }
    String doubt = state.doubt();
    if (doubt != null && !name.contains("/")) {
      findings.opaque("shell.unknown-command", name, doubt);
    }
    State.Callee callee = state.function(name);
    if (callee == null) {
      return withoutFunctions(argv, state, input, command);
    }
    findings.releaseWrites();
    Outcome called = walk.call(name, callee, argv.subList(1, argv.size()), state, input);
    if (callee.certain()) {
      return called;
    }
    Outcome other = withoutFunctions(argv, state, input, command);
    return new Outcome(
        Outcome.join(called.success(), other.success()),
        Outcome.join(called.failure(), other.failure()));
  }

  /// Runs `argv` as `command` would: functions are passed over.
  Outcome withoutFunctions(List<Argument> argv, State state, Input input, Command.Simple command) {
    String name = argv.getFirst().text().orElse("");
    if (Builtins.isBuiltin(name)) {
      return builtins.run(new Builtins.Use(name, argv, state, input, command));
    }
    walk.programs().run(argv, state.folders(), input);
    return Outcome.of(state);
  }

  private Outcome unknownName(
      List<Argument> argv, State state, Input input, Command.Simple command) {
    Argument first = argv.getFirst();
    findings.opaque(
        "shell.unknown-command",
        first.shown(),
        "nobody knows which command %s is".formatted(first.shown()));
    State after = state.forgotten("an unknown command ran before");
    if (argv.size() > 1 && first.count() == Argument.Count.ANY) {
      dispatch(argv.subList(1, argv.size()), state, input, command);
    }
    return Outcome.of(after);
  }

  /// Returns `state` with everything that words have set in passing.
  State drained(State state) {
    State next = state;
    for (Map.Entry<String, Value> entry : words.takeAssigned().entrySet()) {
      next = assign(next, entry.getKey(), entry.getValue());
    }
    return next;
  }

  /// Returns `state` with `name` set, objecting when that changes what runs.
  State assign(State state, String name, Value value) {
    String text = value instanceof Value.Known(String known) ? known : null;
    EnvironmentTable.objectionInShell(name, text)
        .ifPresent(reason -> findings.opaque("command.environment", name, reason));
    return state.with(name, value);
  }

  /// Returns `state` after an assignment that stands on its own.
  State assign(Assignment assignment, State state) {
    words.subscript(assignment.subscript(), state);
    return switch (assignment.value()) {
      case Assignment.Value.Array(List<Assignment.Element> elements) -> {
        words.elements(elements, state);
        yield assign(state, assignment.name(), Value.UNKNOWN);
      }
      case Assignment.Value.Scalar(Word word) ->
          assign(state, assignment.name(), value(assignment, words.text(word, state), state));
    };
  }

  private static Value value(Assignment assignment, Argument text, State state) {
    if (assignment.subscript() != null) {
      return Value.UNKNOWN;
    }
    Value value = Constructs.value(text);
    if (assignment.how() == Assignment.How.SET) {
      return value;
    }
    return state.variable(assignment.name()) instanceof Value.Known(String before)
            && value instanceof Value.Known(String added)
        ? new Value.Known(before + added)
        : Value.UNKNOWN;
  }

  /// Returns the state a command sees that has assignments before it.
  private State prefixed(List<Assignment> assignments, List<Argument> argv, State start) {
    if (assignments.isEmpty()) {
      return start;
    }
    String name = argv.isEmpty() ? "" : argv.getFirst().text().orElse("");
    boolean stays =
        Builtins.isBuiltin(name) && !Builtins.runsOthers(name) && start.function(name) == null;
    State state = start;
    for (Assignment assignment : assignments) {
      if (name.equals("read") && assignment.name().equals("IFS") && stays) {
        words.visit(scalar(assignment), state);
        continue;
      }
      int position = findings.position();
      state = drained(assign(assignment, state));
      if (position == findings.position() && !stays) {
        Value value = state.variable(assignment.name());
        String text = value instanceof Value.Known(String known) ? known : null;
        EnvironmentTable.objection(assignment.name(), text)
            .ifPresent(reason ->
                findings.opaque("command.environment", assignment.span().written(), reason));
      }
    }
    return state;
  }

  private static Word scalar(Assignment assignment) {
    return assignment.value() instanceof Assignment.Value.Scalar(Word word)
        ? word
        : new Word(List.of(), assignment.span());
  }

  /// Walks through redirections and returns what the command finds on its input.
  Input redirects(List<Redirect> redirects, State state, Input input) {
    Input fed = input;
    for (Redirect redirect : redirects) {
      if (redirect.descriptor().startsWith("{")) {
        String name = redirect.descriptor().replace("{", "").replace("}", "");
        assign(state, name, Value.ANY_NUMBER);
      }
      Input next = redirect(redirect, state);
      boolean isInput = redirect.descriptor().isEmpty() || redirect.descriptor().equals("0");
      if (next != null && isInput) {
        fed = next;
      }
    }
    return fed;
  }

  private @Nullable Input redirect(Redirect redirect, State state) {
    return switch (redirect.operator()) {
      case READ -> {
        target(redirect, Access.READ, state);
        yield Feed.ANY;
      }
      case READ_WRITE -> {
        target(redirect, Access.READ, state);
        target(redirect, Access.WRITE, state);
        yield Feed.ANY;
      }
      case WRITE, APPEND, OVERWRITE, WRITE_BOTH, APPEND_BOTH -> {
        target(redirect, Access.WRITE, state);
        yield null;
      }
      case COPY_INPUT -> {
        copy(redirect, state);
        yield Feed.ANY;
      }
      case COPY_OUTPUT -> {
        copy(redirect, state);
        yield null;
      }
      case HERE_DOCUMENT, HERE_STRING -> given(redirect, state);
    };
  }

  private Input given(Redirect redirect, State state) {
    Argument text =
        switch (redirect.target()) {
          case Redirect.Target.Of(Word word) -> words.text(word, state);
          case Redirect.Target.Document(Word body, _) -> words.text(body, state);
        };
    String end = redirect.operator() == Redirect.Operator.HERE_STRING ? "\n" : "";
    return text.text()
        .filter(known -> !known.contains(Argument.NUMBER))
        .<Input>map(known -> new Input.Given(known + end))
        .orElse(Feed.ANY);
  }

  private void copy(Redirect redirect, State state) {
    for (Argument argument : targets(redirect, state)) {
      String text = argument.text().orElse("?");
      String number = text.endsWith("-") ? text.substring(0, text.length() - 1) : text;
      if (!number.isEmpty() && !Value.isNumber(number)) {
        walk.programs().redirect(Access.WRITE, argument, state.folders());
      }
    }
  }

  private void target(Redirect redirect, Access access, State state) {
    List<Argument> targets = targets(redirect, state);
    if (targets.isEmpty()) {
      findings.opaque(
          "shell.unknown-target",
          redirect.span().written(),
          "the target of the redirection is gone");
    }
    for (Argument argument : targets) {
      walk.programs().redirect(access, argument, state.folders());
    }
  }

  private List<Argument> targets(Redirect redirect, State state) {
    return switch (redirect.target()) {
      case Redirect.Target.Of(Word word) -> words.arguments(word, state);
      case Redirect.Target.Document(Word body, _) -> words.arguments(body, state);
    };
  }
}
