// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.shell;

import dev.redoubt.guard.shell.Part.Literal;
import dev.redoubt.guard.shell.Part.Quoting;
import dev.redoubt.guard.shell.Script.End;
import dev.redoubt.guard.shell.Script.Joined;
import dev.redoubt.guard.shell.Script.Joint;
import dev.redoubt.guard.shell.Script.Pipeline;
import dev.redoubt.guard.shell.Script.Stage;
import dev.redoubt.guard.shell.Script.Statement;
import java.util.ArrayList;
import java.util.List;

/// Reads lists, pipelines and simple commands.
final class ScriptReader {

  /// What ends a list of statements.
  enum Closing {
    END,
    PARENTHESIS,
    BRACE,
    THEN,
    /// `elif`, `else` or `fi`.
    BRANCH,
    FI,
    DO,
    DONE,
    /// `;;`, `;&`, `;;&` or `esac`.
    CLAUSE
  }

  private final Grammar grammar;
  private final Input in;

  ScriptReader(Grammar grammar) {
    this.grammar = grammar;
    this.in = grammar.in;
  }

  /// Reads the whole text.
  Script whole() {
    Script script = list(Closing.END);
    if (!in.pending().isEmpty()) {
      throw in.refuse("a here-document has no body");
    }
    return script;
  }

  /// Reads what stands in `$( )`; may be empty.
  Script substituted() {
    newlines();
    if (isAt("time")) {
      throw in.refuse("Bash does not always know time at the start of a substitution");
    }
    return list(Closing.PARENTHESIS);
  }

  /// Reads statements up to `closing`, at least one.
  Script body(Closing closing) {
    Script body = list(closing);
    if (body.statements().isEmpty()) {
      throw in.refuse("a command is missing");
    }
    return body;
  }

  /// Reads statements up to `closing`, which stays.
  Script list(Closing closing) {
    int start = in.pos();
    List<Statement> statements = new ArrayList<>();
    newlines();
    while (!isAt(closing)) {
      if (in.peek() == Input.END) {
        throw in.refuse("something is not closed");
      }
      statements.add(statement());
      newlines();
    }
    return new Script(statements, in.span(start));
  }

  private boolean isAt(Closing closing) {
    int c = in.peek();
    return switch (closing) {
      case END -> c == Input.END;
      case PARENTHESIS -> c == ')';
      case BRACE -> isAt("}");
      case THEN -> isAt("then");
      case BRANCH -> isAt("elif") || isAt("else") || isAt("fi");
      case FI -> isAt("fi");
      case DO -> isAt("do");
      case DONE -> isAt("done");
      case CLAUSE -> c == ';' || isAt("esac");
    };
  }

  /// Skips blanks and a comment.
  void blanks() {
    while (Characters.isBlank(in.peek())) {
      in.skip();
    }
    if (in.peek() == '#') {
      while (in.rawPeek() != '\n' && in.rawPeek() != Input.END) {
        in.rawSkip();
      }
    }
  }

  /// Skips blanks, comments and ends of lines.
  void newlines() {
    blanks();
    while (in.peek() == '\n') {
      newline();
      blanks();
    }
  }

  /// Reads the end of a line, and the here-documents that were opened in it.
  private void newline() {
    in.skip();
    if (!in.pending().isEmpty()) {
      HereDocuments.read(in);
    }
  }

  private Statement statement() {
    int start = in.pos();
    Pipeline first = pipeline();
    List<Joined> rest = new ArrayList<>(0);
    blanks();
    while (in.isAt('&', '&') || in.isAt('|', '|')) {
      Joint joint = in.peek() == '&' ? Joint.AND : Joint.OR;
      in.skip(2);
      newlines();
      rest.add(new Joined(joint, pipeline()));
      blanks();
    }
    Span span = in.span(start);
    return new Statement(first, rest, end(), span);
  }

  private End end() {
    int next = in.at(1);
    return switch (in.peek()) {
      case ';' -> {
        if (next != ';' && next != '&') {
          in.skip();
        }
        yield End.SEMICOLON;
      }
      case '&' -> {
        if (next == '!' || next == '|') {
          throw in.refuse("zsh reads &" + (char) next + " as one sign");
        }
        in.skip();
        yield End.BACKGROUND;
      }
      case '\n' -> {
        newline();
        yield End.NEWLINE;
      }
      default -> End.SEMICOLON;
    };
  }

  private Pipeline pipeline() {
    int start = in.pos();
    boolean negated = false;
    boolean timed = false;
    while (isAt("!") || isAt("time")) {
      if (in.peek() == '!') {
        negated = !negated;
        in.skip();
        if (in.peek() == '(') {
          throw in.refuse("extended globs depend on a setting");
        }
        blanks();
      } else {
        timed = true;
        in.bashOnly("time", in.pos());
        in.skip(4);
        blanks();
        if (in.isAt('-', 'p') && Characters.isBlank(in.at(2))) {
          in.skip(2);
          blanks();
        }
        if (in.peek() == '-') {
          throw in.refuse("an option of time");
        }
      }
    }
    return new Pipeline(negated, timed, stages(), in.span(start));
  }

  private List<Stage> stages() {
    List<Stage> stages = new ArrayList<>(1);
    while (true) {
      Command command = command();
      blanks();
      if (in.peek() != '|' || in.at(1) == '|') {
        stages.add(new Stage(command, false));
        return stages;
      }
      boolean errorsToo = in.at(1) == '&';
      if (errorsToo) {
        in.bashOnly("|&", in.pos());
      }
      stages.add(new Stage(command, errorsToo));
      in.skip(errorsToo ? 2 : 1);
      newlines();
    }
  }

  /// Reads one command.
  Command command() {
    in.enter();
    int start = in.pos();
    Command command = grammar.compounds.read(start);
    if (command == null) {
      command = simple();
    } else {
      requireEnd();
    }
    in.leave();
    return command;
  }

  /// Refuses what cannot follow a compound command; a reserved word can.
  private void requireEnd() {
    blanks();
    int c = in.peek();
    boolean ends = c == Input.END || c == '\n' || c == ';' || c == '&' || c == '|' || c == ')';
    if (!ends && !isTerminator(bare())) {
      throw in.refuse("a command ends before this");
    }
  }

  private Command simple() {
    int start = in.pos();
    List<Assignment> assignments = new ArrayList<>(0);
    List<Word> words = new ArrayList<>(4);
    List<Redirect> redirects = new ArrayList<>(0);
    int end = start;
    while (true) {
      if (grammar.redirects.isNext()) {
        redirects.add(grammar.redirects.read());
      } else if (in.peek() == '(') {
        return function(start, assignments, words, redirects);
      } else if (Characters.endsWord(in.peek()) && !isProcess()) {
        break;
      } else if (words.isEmpty() && grammar.assignments.isNext()) {
        assignments.add(grammar.assignments.read());
      } else if (grammar.assignments.declares(words) && grammar.assignments.isNext()) {
        words.add(grammar.assignments.argument());
      } else {
        words(words);
      }
      end = in.pos();
      blanks();
    }
    if (assignments.isEmpty() && words.isEmpty() && redirects.isEmpty()) {
      throw in.refuse("a command is missing");
    }
    Span span = new Span(in.text(), start, end);
    return new Command.Simple(assignments, words, redirects, span);
  }

  private boolean isProcess() {
    return (in.peek() == '<' || in.peek() == '>') && in.at(1) == '(';
  }

  private void words(List<Word> words) {
    boolean first = words.isEmpty();
    int start = in.pos();
    words.addAll(grammar.words.arguments());
    if (first && !words.isEmpty() && isReserved(plain(words.getFirst()))) {
      throw new Refusal("a word of the language in the wrong place", in.offset(start));
    }
    if (isElement(in.text().substring(start, in.pos())) && grammar.redirects.isNext()) {
      throw new Refusal("an element of an array that becomes a descriptor", in.offset(start));
    }
  }

  /* `{name[…]}` in front of a redirection is evaluated and set, as `{name}` is set. */
  private static boolean isElement(String word) {
    return word.startsWith("{") && word.endsWith("}") && word.indexOf('[') > 0;
  }

  /// Reads the rest of `name () …`.
  private Command function(
      int start, List<Assignment> assignments, List<Word> words, List<Redirect> redirects) {
    if (words.size() != 1 || !assignments.isEmpty() || !redirects.isEmpty()) {
      throw in.refuse("a ( that has no meaning here");
    }
    String name = plain(words.getFirst());
    in.skip();
    blanks();
    in.expect(')', "after the name of a function");
    Command function = grammar.compounds.function(start, name);
    requireEnd();
    return function;
  }

  /// Returns the text of a word that is written without quotes and expansions; otherwise nothing.
  static String plain(Word word) {
    return word.parts().size() == 1
            && word.parts().getFirst() instanceof Literal(String text, Quoting quoting)
            && quoting == Quoting.PLAIN
        ? text
        : "";
  }

  /// Decides whether the reserved word `word` comes next.
  boolean isAt(String word) {
    if (in.peek() != word.charAt(0)) {
      return false;
    }
    for (int i = 1; i < word.length(); i++) {
      if (in.at(i) != word.charAt(i)) {
        return false;
      }
    }
    return Characters.endsWord(in.at(word.length()));
  }

  /// Returns the letters, braces, brackets and `!` up to the end of the word that comes next; empty
  /// when the word has others or is long.
  String bare() {
    StringBuilder bare = new StringBuilder(8);
    for (int i = 0; i < 9; i++) {
      int c = in.at(i);
      if (Characters.endsWord(c)) {
        return bare.toString();
      }
      if (!isInReserved(c)) {
        return "";
      }
      bare.append((char) c);
    }
    return "";
  }

  private static boolean isInReserved(int c) {
    return switch (c) {
      case '{', '}', '[', ']', '!' -> true;
      default -> c >= 'a' && c <= 'z';
    };
  }

  /// Reads the reserved word `word` or refuses.
  void expect(String word) {
    if (!isAt(word)) {
      throw in.refuse("\"" + word + "\" is missing");
    }
    in.skip(word.length());
  }

  private static boolean isTerminator(String word) {
    return switch (word) {
      case "then", "elif", "else", "fi", "do", "done", "esac", "}" -> true;
      default -> false;
    };
  }

  static boolean isReserved(String word) {
    return switch (word) {
      case "if", "for", "while", "until", "case", "select", "function", "coproc", "time", "in" ->
          true;
      case "{", "!", "[[", "]]" -> true;
      default -> isTerminator(word);
    };
  }
}
