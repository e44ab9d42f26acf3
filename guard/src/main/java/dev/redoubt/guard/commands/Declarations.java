// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.commands;

import dev.redoubt.guard.Effect.Nature;
import dev.redoubt.guard.commands.Builtins.Use;
import dev.redoubt.guard.shell.Part;
import dev.redoubt.guard.shell.Word;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Says what the builtins do that set variables: `export` and its kin, `read`, `unset`.
///
/// Used by one analysis, not thread-safe.
final class Declarations {

  private final Findings findings;
  private final Words words;
  private final Walk walk;

  Declarations(Findings findings, Words words, Walk walk) {
    this.findings = findings;
    this.words = words;
    this.walk = walk;
  }

  /// Returns whether the word is an argument in the manner of `name=value`.
  static boolean isAssignment(Word word) {
    if (word.parts().isEmpty()
        || !(word.parts().getFirst() instanceof Part.Literal(String text, Part.Quoting quoting))
        || quoting == Part.Quoting.QUOTED) {
      return false;
    }
    int end = text.indexOf('=');
    return end > 0 && isName(text.substring(0, end));
  }

  State declare(Use use) {
    State state = use.state();
    boolean exports = use.name().equals("export");
    boolean adopts = false;
    boolean shows = false;
    List<Argument> names = new ArrayList<>();
    List<Word> assignments = new ArrayList<>();
    for (Word word : use.command().words()) {
      if (isAssignment(word)) {
        assignments.add(word);
      }
    }
    for (Argument argument : use.arguments()) {
      String text = argument.text().orElse("");
      if (argument.text().orElse("").equals("=")) {
        continue;
      }
      if (text.startsWith("-") || text.startsWith("+")) {
        exports |= text.startsWith("-") && text.contains("x");
        adopts |= text.startsWith("-") && hasAny(text, "inf");
        shows |= text.startsWith("-") && text.contains("p");
      } else {
        names.add(argument);
      }
    }
    if (adopts) {
      findings.opaque(
          "shell.builtin", use.shown(), "%s gives a name another meaning".formatted(use.name()));
    }
    if (names.isEmpty() && assignments.isEmpty()) {
      showsAll(use);
      return state;
    }
    findings.command(shown(use), Nature.HARMLESS, "sets variables of this line");
    for (Word word : assignments) {
      state = assign(word, exports, state);
    }
    for (Argument argument : names) {
      if (shows) {
        shown(argument, use, state);
      }
      state = name(argument, exports, use, state);
    }
    return walk.simple().drained(state);
  }

  private void shown(Argument argument, Use use, State state) {
    String name = argument.text().orElse("");
    if (state.variable(name) == null && EnvironmentTable.maySecret(name)) {
      findings.opaque(
          "command.environment", use.shown(), "the variable %s may hold a secret".formatted(name));
    }
  }

  private void showsAll(Use use) {
    findings.opaque("command.environment", use.shown(), "shows every variable, secrets included");
  }

  private static List<String> shown(Use use) {
    return Argument.shown(use.argv());
  }

  private State assign(Word word, boolean exports, State start) {
    Part.Literal first = (Part.Literal) word.parts().getFirst();
    int end = first.text().indexOf('=');
    String name = first.text().substring(0, end);
    List<Part> rest = new ArrayList<>();
    if (first.text().length() > end + 1) {
      rest.add(new Part.Literal(first.text().substring(end + 1), first.quoting()));
    }
    rest.addAll(word.parts().subList(1, word.parts().size()));
    boolean isArray = !rest.isEmpty() && rest.getLast() instanceof Part.Array;
    Word value = new Word(rest, word.span());
    Value known;
    if (isArray) {
      words.visit(value, start);
      known = Value.UNKNOWN;
    } else {
      known = Constructs.value(words.text(value, start));
    }
    int position = findings.position();
    State state = walk.simple().assign(start, name, known);
    if (exports && position == findings.position()) {
      exported(name, known, word.span().written());
    }
    return state;
  }

  private State name(Argument argument, boolean exports, Use use, State state) {
    String name = argument.text().orElse("");
    if (!isName(name)) {
      findings.opaque("shell.builtin", use.shown(), "nobody knows what is declared");
      return state;
    }
    Value value = state.variable(name);
    if (exports && value != null) {
      exported(name, value, use.shown());
    }
    // Without a value the variable keeps the one it has, or gets an empty one in a function.
    return exports || value == null ? state : state.with(name, Value.UNKNOWN);
  }

  private void exported(String name, Value value, String shown) {
    String text = value instanceof Value.Known(String known) ? known : null;
    EnvironmentTable.objection(name, text)
        .ifPresent(reason -> findings.opaque("command.environment", shown, reason));
  }

  State unset(Use use) {
    State state = use.state();
    for (Argument argument : use.arguments()) {
      String name = argument.text().orElse("?");
      if (name.equals("-f") || name.equals("-v")) {
        continue;
      }
      if (!isName(name)) {
        findings.opaque("shell.builtin", use.shown(), "nobody knows what is unset");
        continue;
      }
      State.Callee callee = state.function(name);
      if (callee != null) {
        state = state.with(name, new State.Callee(callee.bodies(), false));
      }
      state = walk.simple().assign(state, name, Value.UNKNOWN);
    }
    findings.command(shown(use), Nature.HARMLESS, "unsets variables of this line");
    return state;
  }

  /// `read`, `mapfile` and `readarray`.
  State read(Use use) {
    State state = use.state();
    String withValue = use.name().equals("read") ? "adinNptu" : "dnOsuCc";
    boolean named = false;
    for (int at = 0; at < use.count(); at++) {
      String text = use.text(at);
      if (use.argv().get(at + 1).text().isEmpty()) {
        findings.opaque("shell.builtin", use.shown(), "nobody knows which variable is set");
        return state;
      }
      if (text.startsWith("-") && text.length() > 1) {
        char letter = text.charAt(text.length() - 1);
        boolean runs = (text.contains("C") && !use.name().equals("read")) || text.contains("e");
        if (runs) {
          findings.opaque("shell.builtin", use.shown(), "%s runs more".formatted(text));
        }
        if (use.name().equals("read") && text.indexOf('a') > 0 && letter != 'a') {
          findings.opaque("shell.builtin", use.shown(), "nobody knows which variable is set");
        }
        boolean isArray = letter == 'a' && use.name().equals("read");
        if (text.length() == 2 && withValue.indexOf(letter) >= 0 && !isArray) {
          at++;
          if (at < use.count() && use.arguments().get(at).count() == Argument.Count.ANY) {
            findings.opaque(
                "shell.builtin",
                use.shown(),
                "the value of %s may be several words".formatted(text));
          }
        }
        continue;
      }
      named = true;
      state = set(text, use, state);
    }
    if (!named) {
      state = state.with(use.name().equals("read") ? "REPLY" : "MAPFILE", Value.UNKNOWN);
    }
    findings.command(shown(use), Nature.HARMLESS, "reads into variables of this line");
    return state;
  }

  State getopts(Use use) {
    findings.command(shown(use), Nature.HARMLESS, "reads options into variables");
    State state = use.count() > 1 ? set(use.text(1), use, use.state()) : use.state();
    return state.with("OPTARG", Value.UNKNOWN).with("OPTIND", Value.UNKNOWN);
  }

  /// Returns the state of `use` after `name` was set to something.
  State set(String name, Use use) {
    return set(name, use, use.state());
  }

  private State set(String name, Use use, State state) {
    if (!isName(name)) {
      findings.opaque(
          "shell.builtin", use.shown(), "\"%s\" is no plain name of a variable".formatted(name));
      return state;
    }
    return walk.simple().assign(state, name, Value.UNKNOWN);
  }

  private static boolean hasAny(String text, String letters) {
    for (int at = 0; at < letters.length(); at++) {
      if (text.indexOf(letters.charAt(at)) >= 0) {
        return true;
      }
    }
    return false;
  }

  static boolean isName(@Nullable String text) {
    if (text == null || text.isEmpty() || Character.isDigit(text.charAt(0))) {
      return false;
    }
    for (int at = 0; at < text.length(); at++) {
      char c = text.charAt(at);
      boolean fits =
          c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      if (!fits) {
        return false;
      }
    }
    return true;
  }
}
