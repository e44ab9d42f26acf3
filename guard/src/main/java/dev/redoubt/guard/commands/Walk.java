// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.commands;

import dev.redoubt.guard.Effect;
import dev.redoubt.guard.Effect.Nature;
import dev.redoubt.guard.FileFacts;
import dev.redoubt.guard.Situation;
import dev.redoubt.guard.programs.Call.Input;
import dev.redoubt.guard.shell.Command;
import dev.redoubt.guard.shell.ParseResult;
import dev.redoubt.guard.shell.Redirect;
import dev.redoubt.guard.shell.Script;
import dev.redoubt.guard.shell.ShellParser;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Walks through everything in a tree that could run, all branches and all turns of loops.
///
/// Used by one analysis, not thread-safe.
final class Walk {

  private static final int DEEPEST = 12;

  /// Programs that list names of files, or hand some of them on.
  private static final Set<String> LISTING =
      Set.of("find", "git", "grep", "head", "rg", "sort", "tail");

  private final Findings findings;
  private final Programs programs;
  private final SimpleCommands simple;
  private final Constructs constructs;
  private final Set<Command.Compound> defined = new LinkedHashSet<>();
  private final Set<Command.Compound> called = new HashSet<>();
  private @Nullable State left;
  private int nesting;
  private int inFunction;

  Walk(Findings findings, Situation situation, FileFacts facts) {
    this.findings = findings;
    Words words = new Words(findings, (script, state) -> script(script, state, Feed.ANY));
    this.programs = new Programs(findings, situation, this, facts);
    this.simple = new SimpleCommands(findings, words, this);
    this.constructs = new Constructs(findings, words, this);
  }

  Programs programs() {
    return programs;
  }

  SimpleCommands simple() {
    return simple;
  }

  /// Which shell reads a text.
  enum Reader {
    BASH,
    /// Any POSIX shell: what Bash reads in another way is not understood.
    POSIX
  }

  /// Reads `text` and walks through it. What is not understood is opaque and leaves a state of
  /// which nothing is known.
  Outcome text(String text, Reader reader, State state, Input input) {
    if (nesting >= DEEPEST) {
      findings.opaque("shell.too-deep", text, "commands are nested too deeply to follow");
      return Outcome.of(state.forgotten("it is nested too deeply"));
    }
    return switch (ShellParser.parse(text)) {
      case ParseResult.NotUnderstood(String reason, int offset) -> {
        findings.opaque(
            "shell.not-understood", text, "%s (at character %d)".formatted(reason, offset + 1));
        yield Outcome.of(state.forgotten("a part is not understood"));
      }
      case ParseResult.Parsed parsed -> {
        if (reader == Reader.POSIX && !parsed.bashOnly().isEmpty()) {
          findings.opaque(
              "shell.not-understood",
              text,
              "%s means something else in other shells than Bash"
                  .formatted(parsed.bashOnly().getFirst().what()));
        }
        nesting++;
        findings.deeper();
        Outcome outcome = script(parsed.script(), state, input);
        findings.back();
        nesting--;
        yield outcome;
      }
    };
  }

  /// Walks through the functions that were defined and never called.
  void uncalled(State state) {
    for (Command.Compound body : defined) {
      if (called.add(body)) {
        compound(body, state.forgotten("nobody knows when the function is called"), Feed.ANY);
      }
    }
  }

  /// Walks through statements one after the other.
  ///
  /// What stands behind an `exit` is walked through all the same.
  Outcome script(Script script, State start, Input input) {
    State state = start;
    Outcome outcome = new Outcome(state, null);
    boolean ends = false;
    Input fed = isOneCommand(script) ? input : shared(input);
    for (Script.Statement statement : script.statements()) {
      outcome = statement(statement, state, fed);
      State next = outcome.next();
      if (next == null) {
        ends = true;
      } else {
        state = next;
      }
    }
    return ends ? Outcome.END : outcome;
  }

  private static boolean isOneCommand(Script script) {
    return script.statements().size() == 1 && script.statements().getFirst().rest().isEmpty();
  }

  /// Returns what one of several commands finds on an input: an earlier one may have taken a part
  /// of the text, and what is left may mean something else.
  private static Input shared(Input input) {
    return switch (input) {
      case Input.Given _, Input.Unknown _ -> Feed.ANY;
      case Input.Nothing _, Input.Names _ -> input;
    };
  }

  private Outcome statement(Script.Statement statement, State state, Input input) {
    if (statement.end() == Script.End.BACKGROUND) {
      int position = findings.position();
      joined(statement, state, input);
      outlives(position, statement.span().written());
      return new Outcome(state, null);
    }
    return joined(statement, state, input);
  }

  /// Objects to what was found from `position` on when it is more than reading: nobody waits for
  /// it, and it may run on after the line has ended.
  void outlives(int position, String written) {
    if (findings.changesSince(position)) {
      findings.opaque(
          "command.outlives", written, "it runs in the background and may outlive the line");
    }
  }

  private Outcome joined(Script.Statement statement, State state, Input input) {
    Outcome outcome = pipeline(statement.first(), state, input);
    for (Script.Joined joined : statement.rest()) {
      boolean and = joined.joint() == Script.Joint.AND;
      State before = and ? outcome.success() : outcome.failure();
      Outcome next = pipeline(joined.pipeline(), before == null ? state : before, input);
      if (before == null) {
        continue;
      }
      outcome =
          and
              ? new Outcome(next.success(), Outcome.join(outcome.failure(), next.failure()))
              : new Outcome(Outcome.join(outcome.success(), next.success()), next.failure());
    }
    return outcome;
  }

  private Outcome pipeline(Script.Pipeline pipeline, State state, Input input) {
    List<Script.Stage> stages = pipeline.stages();
    if (stages.isEmpty()) {
      return Outcome.of(state);
    }
    Outcome outcome;
    if (stages.size() == 1) {
      outcome = command(stages.getFirst().command(), state, input);
    } else {
      outcome = Outcome.of(stages(stages, state, input));
    }
    return pipeline.negated() ? outcome.negated() : outcome;
  }

  /// Walks through the stages; some shells run the last one in the shell itself.
  private State stages(List<Script.Stage> stages, State state, Input input) {
    int[] positions = new int[stages.size() + 1];
    int[] writes = new int[stages.size() + 1];
    State last = state;
    Input fed = input;
    for (int at = 0; at < stages.size(); at++) {
      positions[at] = findings.position();
      writes[at] = findings.writes();
      Script.Stage stage = stages.get(at);
      Outcome outcome = command(stage.command(), state, fed);
      fed = isPlain(stage) ? programs.output() : Feed.ANY;
      State next = outcome.next();
      last = next == null ? state : next;
    }
    positions[stages.size()] = findings.position();
    writes[stages.size()] = findings.writes();
    int all = writes[stages.size()] - writes[0];
    for (int at = 0; at < stages.size(); at++) {
      if (all > writes[at + 1] - writes[at]) {
        findings.distrustBuilds(positions[at], positions[at + 1]);
      }
    }
    return state.or(last);
  }

  /// Whether what comes out of a stage is the output of the one program that its first word says.
  private static boolean isPlain(Script.Stage stage) {
    if (stage.errorsToo()
        || !(stage.command() instanceof Command.Simple it)
        || !it.assignments().isEmpty()
        || it.words().isEmpty()) {
      return false;
    }
    for (Redirect redirect : it.redirects()) {
      if (!redirect.descriptor().equals("2") || redirect.operator() != Redirect.Operator.WRITE) {
        return false;
      }
    }
    return LISTING.contains(it.words().getFirst().span().written());
  }

  /// Walks through one command.
  Outcome command(Command command, State state, Input input) {
    if (!findings.goesOn()) {
      return Outcome.of(state);
    }
    return switch (command) {
      case Command.Simple it -> simple.run(it, state, input);
      case Command.Compound it -> compound(it, state, input);
      case Command.Function it -> define(it, state);
      case Command.Coprocess it -> {
        int position = findings.position();
        command(it.body(), state, Feed.ANY);
        outlives(position, it.span().written());
        yield Outcome.of(simple.assign(state, it.name(), Value.UNKNOWN));
      }
    };
  }

  Outcome compound(Command.Compound compound, State state, Input input) {
    Input fed = simple.redirects(compound.redirects(), state, input);
    boolean passesOn =
        compound.construct() instanceof Command.Group
            || compound.construct() instanceof Command.Subshell;
    return constructs.run(compound, simple.drained(state), passesOn ? fed : shared(fed));
  }

  private Outcome define(Command.Function function, State state) {
    String name = function.name();
    if (programs.isNamed(name) || Builtins.isBuiltin(name)) {
      findings.opaque(
          "shell.builtin", name, "a function takes the place of the command %s".formatted(name));
    } else {
      findings.command(List.of(name + "()"), Nature.HARMLESS, "a function is defined, not called");
    }
    defined.add(function.body());
    return new Outcome(state.with(name, new State.Callee(Set.of(function.body()), true)), null);
  }

  /// Walks through the bodies of a function that is called.
  Outcome call(String name, State.Callee callee, List<Argument> arguments, State state, Input in) {
    if (nesting >= DEEPEST) {
      findings.opaque("shell.too-deep", name, "functions call each other too deeply to follow");
      return Outcome.of(state.forgotten("it is nested too deeply"));
    }
    nesting++;
    inFunction++;
    findings.deeper();
    State inside = state.withArguments(texts(arguments));
    State after = state;
    for (Command.Compound body : callee.bodies()) {
      called.add(body);
      State next = compound(body, inside, in).next();
      after = next == null ? after : after.or(next);
    }
    findings.back();
    inFunction--;
    nesting--;
    return Outcome.of(withLeft(after).withArguments(state.arguments()));
  }

  private static @Nullable List<String> texts(List<Argument> arguments) {
    List<String> texts = arguments.stream().flatMap(it -> it.text().stream()).toList();
    return texts.size() == arguments.size() ? texts : null;
  }

  /// Keeps the state in which a loop or a function is left early.
  void leave(State state) {
    left = Outcome.join(left, state);
  }

  /// Returns `state` joined with every state in which a loop or function was left early.
  State withLeft(State state) {
    State early = left;
    return early == null ? state : state.or(early);
  }

  boolean isInFunction() {
    return inFunction > 0;
  }

  /// Returns whether an effect is only looking or writing to files that are judged themselves.
  static boolean isQuiet(Effect effect) {
    return switch (effect) {
      case Effect.Command(_, Nature nature, _) ->
          nature == Nature.HARMLESS || nature == Nature.FILES_ONLY;
      case Effect.File _ -> true;
      case Effect.Opaque _,
          Effect.Connect _,
          Effect.CallTool _,
          Effect.StartServer _,
          Effect.SendToModel _,
          Effect.LoadConfig _ ->
          false;
    };
  }
}
