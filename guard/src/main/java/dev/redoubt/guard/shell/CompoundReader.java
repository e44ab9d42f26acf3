// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.shell;

import dev.redoubt.guard.shell.Command.Branch;
import dev.redoubt.guard.shell.Command.Clause;
import dev.redoubt.guard.shell.Command.ClauseEnd;
import dev.redoubt.guard.shell.Command.Compound;
import dev.redoubt.guard.shell.Command.Construct;
import dev.redoubt.guard.shell.Command.Repeat;
import dev.redoubt.guard.shell.ScriptReader.Closing;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads loops, conditions, groups and definitions.
final class CompoundReader {

  private final Grammar grammar;
  private final Input in;

  CompoundReader(Grammar grammar) {
    this.grammar = grammar;
    this.in = grammar.in;
  }

  /// Reads the command that comes next unless it is a simple one.
  @Nullable Command read(int start) {
    Construct construct = construct();
    if (construct != null) {
      return compound(construct, start);
    }
    return switch (grammar.scripts.bare()) {
      case "function" -> keywordFunction(start);
      case "coproc" -> coprocess(start);
      default -> null;
    };
  }

  private Compound compound(Construct construct, int start) {
    List<Redirect> redirects = new ArrayList<>(0);
    grammar.scripts.blanks();
    while (grammar.redirects.isNext()) {
      redirects.add(grammar.redirects.read());
      grammar.scripts.blanks();
    }
    return new Compound(construct, redirects, in.span(start));
  }

  private @Nullable Construct construct() {
    if (in.peek() == '(') {
      return in.at(1) == '(' ? arithmetic() : subshell();
    }
    return switch (grammar.scripts.bare()) {
      case "{" -> group();
      case "if" -> condition();
      case "for" -> loop();
      case "while" -> repetition(Repeat.WHILE);
      case "until" -> repetition(Repeat.UNTIL);
      case "case" -> choice();
      case "select" -> selection();
      case "[[" -> grammar.conditions.read();
      default -> null;
    };
  }

  private Construct arithmetic() {
    in.bashOnly("(( ))", in.pos());
    in.skip(2);
    return new Command.Arithmetic(grammar.arithmetic.parenthesised());
  }

  private Construct subshell() {
    in.skip();
    Script body = grammar.scripts.body(Closing.PARENTHESIS);
    in.skip();
    return new Command.Subshell(body);
  }

  private Construct group() {
    in.skip();
    Script body = grammar.scripts.body(Closing.BRACE);
    in.skip();
    return new Command.Group(body);
  }

  private Construct condition() {
    in.skip(2);
    List<Branch> branches = new ArrayList<>(1);
    Script otherwise = null;
    while (true) {
      Script condition = grammar.scripts.body(Closing.THEN);
      grammar.scripts.expect("then");
      branches.add(new Branch(condition, grammar.scripts.body(Closing.BRANCH)));
      if (!grammar.scripts.isAt("elif")) {
        break;
      }
      in.skip(4);
    }
    if (grammar.scripts.isAt("else")) {
      in.skip(4);
      otherwise = grammar.scripts.body(Closing.FI);
    }
    grammar.scripts.expect("fi");
    return new Command.If(branches, otherwise);
  }

  private Construct repetition(Repeat repeat) {
    in.skip(5);
    Script condition = grammar.scripts.body(Closing.DO);
    return new Command.While(repeat, condition, loopBody());
  }

  private Script loopBody() {
    grammar.scripts.expect("do");
    Script body = grammar.scripts.body(Closing.DONE);
    grammar.scripts.expect("done");
    return body;
  }

  private Construct loop() {
    in.skip(3);
    grammar.scripts.blanks();
    if (in.isAt('(', '(')) {
      in.bashOnly("for ((", in.pos());
      in.skip(2);
      Word expression = grammar.arithmetic.parenthesised();
      afterWords();
      return new Command.ForArithmetic(expression, loopBody());
    }
    String name = variable();
    List<Word> words = words();
    return new Command.For(name, words, loopBody());
  }

  private Construct selection() {
    in.bashOnly("select", in.pos());
    in.skip(6);
    String name = variable();
    List<Word> words = words();
    return new Command.Select(name, words, loopBody());
  }

  private String variable() {
    grammar.scripts.blanks();
    String name = grammar.dollars.name();
    if (name.isEmpty() || !Characters.endsWord(in.peek())) {
      throw in.refuse("the name of a variable is missing");
    }
    return name;
  }

  /// Reads `in` and its words; nothing when there is no `in`.
  private @Nullable List<Word> words() {
    grammar.scripts.newlines();
    if (!grammar.scripts.isAt("in")) {
      if (in.peek() == ';') {
        afterWords();
      }
      return null;
    }
    in.skip(2);
    grammar.scripts.blanks();
    List<Word> words = new ArrayList<>();
    while (in.peek() != ';' && in.peek() != '\n') {
      words.addAll(grammar.words.arguments());
      grammar.scripts.blanks();
    }
    afterWords();
    return words;
  }

  /// Reads a `;` if it comes, and ends of lines.
  private void afterWords() {
    grammar.scripts.blanks();
    if (in.peek() == ';') {
      in.skip();
    }
    grammar.scripts.newlines();
  }

  private Construct choice() {
    in.skip(4);
    grammar.scripts.blanks();
    Word subject = grammar.words.pattern();
    grammar.scripts.newlines();
    grammar.scripts.expect("in");
    grammar.scripts.newlines();
    List<Clause> clauses = new ArrayList<>();
    while (!grammar.scripts.isAt("esac")) {
      clauses.add(clause());
      grammar.scripts.newlines();
    }
    in.skip(4);
    return new Command.Case(subject, clauses);
  }

  private Clause clause() {
    if (in.peek() == '(') {
      in.skip();
      grammar.scripts.blanks();
      if (grammar.scripts.isAt("esac")) {
        throw in.refuse("shells do not agree on (esac");
      }
    }
    List<Word> patterns = new ArrayList<>(1);
    patterns.add(grammar.words.pattern());
    grammar.scripts.blanks();
    while (in.peek() == '|') {
      in.skip();
      grammar.scripts.blanks();
      patterns.add(grammar.words.pattern());
      grammar.scripts.blanks();
    }
    in.expect(')', "after a pattern");
    Script body = grammar.scripts.list(Closing.CLAUSE);
    return new Clause(patterns, body, clauseEnd());
  }

  private ClauseEnd clauseEnd() {
    if (in.peek() != ';') {
      return ClauseEnd.LEAVE;
    }
    if (in.at(1) == '&') {
      in.bashOnly(";&", in.pos());
      in.skip(2);
      return ClauseEnd.FALL_THROUGH;
    }
    if (in.at(1) != ';') {
      throw in.refuse("a command is missing before ;");
    }
    if (in.at(2) == '&') {
      in.bashOnly(";;&", in.pos());
      in.skip(3);
      return ClauseEnd.ASK_ON;
    }
    in.skip(2);
    return ClauseEnd.LEAVE;
  }

  private Command keywordFunction(int start) {
    in.bashOnly("function", start);
    in.skip(8);
    grammar.scripts.blanks();
    String name = ScriptReader.plain(grammar.words.pattern());
    grammar.scripts.blanks();
    if (in.peek() == '(') {
      in.skip();
      grammar.scripts.blanks();
      in.expect(')', "after the name of a function");
    }
    return function(start, name);
  }

  /// Reads the body of the function `name`.
  Command function(int start, String name) {
    if (!isFunctionName(name)) {
      throw in.refuse("the name of this function is not followed");
    }
    if (!Characters.isName(name)) {
      in.bashOnly("a function called " + name, start);
    }
    in.enter();
    grammar.scripts.newlines();
    int bodyStart = in.pos();
    Construct construct = construct();
    if (construct == null) {
      throw in.refuse("the body of the function is missing");
    }
    Compound body = compound(construct, bodyStart);
    in.leave();
    return new Command.Function(name, body, in.span(start));
  }

  private static boolean isFunctionName(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (!Characters.continuesName(c) && "-.:+@/,%".indexOf(c) < 0) {
        return false;
      }
    }
    return !name.isEmpty() && !ScriptReader.isReserved(name);
  }

  private Command coprocess(int start) {
    in.bashOnly("coproc", start);
    in.skip(6);
    grammar.scripts.blanks();
    int position = in.pos();
    String name = grammar.dollars.name();
    grammar.scripts.blanks();
    boolean named = !name.isEmpty() && !ScriptReader.isReserved(name) && startsCompound();
    if (!named) {
      in.moveTo(position);
    }
    Command body = grammar.scripts.command();
    return new Command.Coprocess(named ? name : "COPROC", body, in.span(start));
  }

  private boolean startsCompound() {
    if (in.peek() == '(') {
      return true;
    }
    return switch (grammar.scripts.bare()) {
      case "{", "if", "for", "while", "until", "case", "select", "[[" -> true;
      default -> false;
    };
  }
}
