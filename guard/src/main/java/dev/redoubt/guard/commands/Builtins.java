// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.commands;

import dev.redoubt.guard.Effect.Access;
import dev.redoubt.guard.Effect.Nature;
import dev.redoubt.guard.programs.Arg;
import dev.redoubt.guard.programs.Call.Input;
import dev.redoubt.guard.shell.Command;
import dev.redoubt.guard.shell.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Says what the builtins of the shell do, those that change the shell itself above all.
///
/// Used by one analysis, not thread-safe.
final class Builtins {

  /// Those that only show or wait, whatever their arguments are.
  private static final Set<String> INERT =
      Set.of(
          ":",
          "true",
          "false",
          "echo",
          "wait",
          "times",
          "ulimit",
          "umask",
          "caller",
          "help",
          "getopts",
          "break",
          "continue",
          "dirs",
          "type",
          "unalias");

  private static final Set<String> DECLARATIONS =
      Set.of("export", "declare", "typeset", "local", "readonly");

  /// Those that have a program of the same name and a manual for it.
  private static final Set<String> TWINS = Set.of("printf", "test", "[", "pwd", "kill");

  private static final Set<String> OTHERS =
      Set.of(
          "cd",
          "pushd",
          "popd",
          "unset",
          "set",
          "shopt",
          "alias",
          "eval",
          "source",
          ".",
          "exec",
          "command",
          "builtin",
          "hash",
          "enable",
          "trap",
          "jobs",
          "fg",
          "bg",
          "disown",
          "read",
          "mapfile",
          "readarray",
          "shift",
          "let",
          "return",
          "exit",
          "logout",
          "suspend",
          "bind",
          "complete",
          "compgen",
          "compopt",
          "history",
          "fc",
          "coproc");

  private static final Set<String> RUNS_OTHERS =
      Set.of("eval", "source", ".", "exec", "command", "builtin");

  private final Findings findings;
  private final Words words;
  private final Walk walk;
  private final Declarations declarations;
  private final ShellOptions options;

  Builtins(Findings findings, Words words, Walk walk) {
    this.findings = findings;
    this.words = words;
    this.walk = walk;
    this.declarations = new Declarations(findings, words, walk);
    this.options = new ShellOptions(findings);
  }

  /// A builtin that is called.
  ///
  /// @param argv its name first
  /// @param command the command it was written in
  record Use(String name, List<Argument> argv, State state, Input input, Command.Simple command) {

    List<Argument> arguments() {
      return argv.subList(1, argv.size());
    }

    /// Returns the text of the argument at `index`, empty when there is none or it is not known.
    String text(int index) {
      return index + 1 < argv.size() ? argv.get(index + 1).text().orElse("") : "";
    }

    int count() {
      return argv.size() - 1;
    }

    String shown() {
      return String.join(" ", Argument.shown(argv));
    }
  }

  static boolean isBuiltin(String name) {
    return INERT.contains(name)
        || DECLARATIONS.contains(name)
        || TWINS.contains(name)
        || OTHERS.contains(name);
  }

  /// Returns whether the builtin runs something else, which sees the variables set before it.
  static boolean runsOthers(String name) {
    return RUNS_OTHERS.contains(name);
  }

  static boolean isDeclaration(String name) {
    return DECLARATIONS.contains(name);
  }

  /// Returns whether the word is an argument in the manner of `name=value`.
  static boolean isAssignment(Word word) {
    return Declarations.isAssignment(word);
  }

  Outcome run(Use use) {
    State state = use.state();
    return switch (use.name()) {
      case "true", ":" -> {
        harmless(use, "does nothing");
        yield new Outcome(state, null);
      }
      case "false" -> {
        harmless(use, "does nothing");
        yield new Outcome(null, state);
      }
      case "cd", "pushd" -> cd(use);
      case "popd" -> {
        harmless(use, "goes to a folder that was remembered");
        yield Outcome.of(state.withFolders(Folders.ANY));
      }
      case "export", "declare", "typeset", "local", "readonly" ->
          Outcome.of(declarations.declare(use));
      case "unset" -> Outcome.of(declarations.unset(use));
      case "read", "mapfile", "readarray" -> Outcome.of(declarations.read(use));
      case "getopts" -> Outcome.of(declarations.getopts(use));
      case "let" -> Outcome.of(let(use));
      case "set" -> Outcome.of(options.set(use));
      case "shopt" -> Outcome.of(options.shopt(use));
      case "eval" -> eval(use);
      case "source", "." -> source(use);
      case "exec" -> exec(use);
      case "command", "builtin" -> command(use);
      case "trap" -> trap(use);
      case "shift" -> {
        harmless(use, "takes arguments of the line away");
        yield Outcome.of(state.withArguments(null));
      }
      case "exit", "return" -> leave(use);
      case "break", "continue" -> {
        harmless(use, "leaves a loop");
        walk.leave(state);
        yield Outcome.of(state);
      }
      case "test", "[" -> {
        test(use);
        yield Outcome.of(state);
      }
      case "printf" -> Outcome.of(printf(use));
      case "pwd", "kill" -> {
        walk.programs().run(use.argv(), state.folders(), use.input());
        yield Outcome.of(state);
      }
      case "alias", "hash", "enable", "jobs" -> Outcome.of(names(use));
      default -> Outcome.of(other(use));
    };
  }

  private State other(Use use) {
    String name = use.name();
    if (INERT.contains(name) && !(name.equals("wait") && setsName(use))) {
      harmless(use, "a builtin of the shell that only shows");
    } else if (name.equals("disown") || name.equals("bg")) {
      findings.opaque("command.outlives", use.shown(), "lets a command run on by itself");
    } else {
      findings.opaque("shell.builtin", use.shown(), "%s changes the shell".formatted(name));
    }
    return use.state();
  }

  /// `wait -p name` sets a variable, and computes the subscript of an array: an argument that is
  /// not known may be `-pa[$(id)]`. Only `$!` is a number or nothing whatever happened.
  private static boolean setsName(Use use) {
    return use.arguments().stream()
        .filter(it -> !it.shown().equals("$!") && !it.shown().equals("\"$!\""))
        .anyMatch(it -> it.text().isEmpty() || has(it, "p"));
  }

  private void harmless(Use use, String reason) {
    findings.command(Argument.shown(use.argv()), Nature.HARMLESS, reason);
  }

  /// Those that change what later names mean, unless they only show.
  private State names(Use use) {
    boolean shows =
        switch (use.name()) {
          case "alias" ->
              use.arguments().stream().allMatch(it -> it.text().isPresent() && !has(it, "="));
          case "hash" -> use.count() == 0 || (use.count() == 1 && use.text(0).equals("-r"));
          case "jobs" -> use.arguments().stream().allMatch(it -> isOneOf(it, "-l", "-p", "-r"));
          default -> use.count() == 0;
        };
    if (shows) {
      harmless(use, "shows what the shell knows");
      return use.state();
    }
    findings.opaque("shell.builtin", use.shown(), "changes what names of commands mean");
    return use.state().doubting("%s may have changed what this is".formatted(use.name()));
  }

  private Outcome cd(Use use) {
    State state = use.state();
    int at = 0;
    while (isOption(use.text(at))) {
      at++;
    }
    Argument target = at < use.count() ? use.argv().get(at + 1) : null;
    harmless(use, "goes to another folder");
    if (use.count() > at + 1) {
      return Outcome.of(state.withFolders(Folders.ANY));
    }
    return new Outcome(state.withFolders(folders(use.name(), target, state)), state);
  }

  private static boolean isOption(String text) {
    return text.equals("-L") || text.equals("-P") || text.equals("-e") || text.equals("--");
  }

  private static Folders folders(String name, @Nullable Argument target, State state) {
    String text = target == null ? home(state) : target.text().orElse(null);
    if (text == null || text.contains(Argument.NUMBER)) {
      return Folders.ANY;
    }
    if (text.equals("-")) {
      return state.previous();
    }
    boolean isStack = name.equals("pushd") && (target == null || text.startsWith("+"));
    return isStack || text.startsWith("-") ? Folders.ANY : state.folders().cd(text);
  }

  private static @Nullable String home(State state) {
    return state.variable("HOME") instanceof Value.Known(String home) ? home : null;
  }

  private State let(Use use) {
    for (Argument argument : use.arguments()) {
      if (argument.arg() instanceof Arg.Known(String text)) {
        words.arithmetic(text, argument.shown(), use.state());
      } else {
        findings.opaque("shell.unknown-word", argument.shown(), "let evaluates what is not known");
      }
    }
    harmless(use, "computes");
    return walk.simple().drained(use.state());
  }

  private Outcome eval(Use use) {
    findings.releaseWrites();
    List<String> texts = new ArrayList<>();
    for (Argument argument : use.arguments()) {
      if (argument.arg() instanceof Arg.Known(String text)) {
        texts.add(text);
      } else {
        findings.opaque("command.code", use.shown(), "eval runs a text that is not known");
        return Outcome.of(use.state().forgotten("eval ran a text that is not known"));
      }
    }
    if (!texts.isEmpty() && texts.getFirst().equals("--")) {
      texts.removeFirst();
    }
    findings.note(use.shown(), "runs the text");
    return walk.text(String.join(" ", texts), Walk.Reader.BASH, use.state(), use.input());
  }

  private Outcome source(Use use) {
    findings.command(
        Argument.shown(use.argv()), Nature.UNKNOWN, "runs a file in the shell of the line");
    if (use.count() > 0) {
      walk.programs().file(Access.READ, use.argv().get(1), use.state().folders());
    }
    return Outcome.of(use.state().forgotten("a file ran before that can change what this is"));
  }

  private Outcome exec(Use use) {
    int at = 0;
    while (use.text(at).startsWith("-")) {
      String option = use.text(at);
      at += option.equals("-a") ? 2 : 1;
      if (option.equals("-a")) {
        findings.opaque(
            "shell.builtin", use.shown(), "a program may do something else under another name");
      } else if (!option.equals("-c") && !option.equals("-l") && !option.equals("--")) {
        findings.opaque("shell.builtin", use.shown(), "an option of exec is not known");
      }
    }
    if (at >= use.count()) {
      harmless(use, "redirects the shell itself");
      return Outcome.of(use.state());
    }
    findings.note(use.shown(), "takes the place of the shell");
    walk.programs()
        .run(use.argv().subList(at + 1, use.argv().size()), use.state().folders(), use.input());
    return Outcome.of(use.state());
  }

  private Outcome command(Use use) {
    int at = 0;
    while (use.name().equals("command") && use.text(at).startsWith("-")) {
      String option = use.text(at);
      at++;
      if (option.equals("-v") || option.equals("-V")) {
        harmless(use, "says which command that is");
        return Outcome.of(use.state());
      }
      if (option.equals("--")) {
        break;
      }
      if (!option.equals("-p")) {
        findings.opaque("shell.builtin", use.shown(), "an option of command is not known");
      }
    }
    if (at >= use.count()) {
      harmless(use, "does nothing");
      return Outcome.of(use.state());
    }
    List<Argument> argv = use.argv().subList(at + 1, use.argv().size());
    if (argv.getFirst().text().isEmpty()) {
      findings.opaque("shell.unknown-command", use.shown(), "nobody knows which command that is");
      return Outcome.of(use.state().forgotten("an unknown command ran before"));
    }
    return walk.simple().withoutFunctions(argv, use.state(), use.input(), use.command());
  }

  private Outcome trap(Use use) {
    int at = use.text(0).equals("--") ? 1 : 0;
    String text = use.text(at);
    if (at == use.count() || text.equals("-l") || text.equals("-p") || text.equals("-")) {
      harmless(use, "shows or resets what signals run");
    } else if (use.argv().get(at + 1).text().isEmpty() || text.startsWith("-")) {
      findings.opaque("command.code", use.shown(), "a trap runs a text that is not known");
    } else {
      harmless(use, "sets what a signal runs");
      State later = use.state().later();
      walk.text(text, Walk.Reader.BASH, later, Feed.ANY);
    }
    return Outcome.of(use.state());
  }

  private Outcome leave(Use use) {
    harmless(use, "ends the shell or a function");
    walk.leave(use.state());
    // With --help, which a value that is not known may be, the shell goes on.
    boolean ends =
        use.count() == 0
            || (use.count() == 1
                && use.argv().get(1).text().filter(text -> !text.equals("--help")).isPresent());
    boolean applies = use.name().equals("exit") || walk.isInFunction();
    return ends && applies ? Outcome.END : Outcome.of(use.state());
  }

  private State printf(Use use) {
    String first = use.text(0);
    boolean isOdd =
        (use.count() > 1 && use.argv().get(1).text().isEmpty())
            || (use.count() == 1
                && use.argv().get(1).count() == Argument.Count.ANY
                && use.argv().get(1).isUnknown());
    if (isOdd) {
      findings.opaque(
          "shell.unknown-word", use.shown(), "the first word of printf could be an option");
      return use.state();
    }
    if (!first.startsWith("-v")) {
      walk.programs().run(use.argv(), use.state().folders(), use.input());
      return use.state();
    }
    String name = first.equals("-v") ? use.text(1) : first.substring(2);
    harmless(use, "sets a variable of this line");
    return declarations.set(name, use);
  }

  private void test(Use use) {
    if (TestOperands.mayEvaluate(use.name().equals("["), use.arguments())) {
      findings.opaque(
          "shell.unknown-word", use.shown(), "test evaluates what could be more than text");
    }
    harmless(use, "compares");
  }

  private static boolean has(Argument argument, String part) {
    return argument.text().orElse("").contains(part);
  }

  private static boolean isOneOf(Argument argument, String... texts) {
    return argument.text().filter(List.of(texts)::contains).isPresent();
  }
}
