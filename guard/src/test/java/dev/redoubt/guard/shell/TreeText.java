// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.shell;

import dev.redoubt.guard.shell.Command.Branch;
import dev.redoubt.guard.shell.Command.Clause;
import dev.redoubt.guard.shell.Command.Construct;
import dev.redoubt.guard.shell.ParseResult.NotUnderstood;
import dev.redoubt.guard.shell.ParseResult.Parsed;
import dev.redoubt.guard.shell.Part.Quoting;
import dev.redoubt.guard.shell.Redirect.Target;
import dev.redoubt.guard.shell.Script.Joined;
import dev.redoubt.guard.shell.Script.Stage;
import dev.redoubt.guard.shell.Script.Statement;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Writes a tree as a line: commands in brackets, quoted text in `'…'`, expansions in `<…>`.
final class TreeText {

  private TreeText() {}

  static String of(String line) {
    return switch (ShellParser.parse(line)) {
      case Parsed(Script script, _) -> script(script);
      case NotUnderstood(String reason, int offset) -> "? " + reason + " at " + offset;
    };
  }

  static String script(Script script) {
    StringBuilder text = new StringBuilder();
    for (Statement statement : script.statements()) {
      text.append(text.isEmpty() ? "" : " ").append(pipeline(statement.first()));
      for (Joined joined : statement.rest()) {
        text.append(joined.joint() == Script.Joint.AND ? " && " : " || ");
        text.append(pipeline(joined.pipeline()));
      }
      text.append(
          switch (statement.end()) {
            case SEMICOLON -> "";
            case NEWLINE -> " ;";
            case BACKGROUND -> " &";
          });
    }
    return text.toString();
  }

  private static String pipeline(Script.Pipeline pipeline) {
    StringBuilder text = new StringBuilder();
    text.append(pipeline.negated() ? "! " : "").append(pipeline.timed() ? "time " : "");
    String sign = "";
    for (Stage stage : pipeline.stages()) {
      text.append(sign).append(command(stage.command()));
      sign = stage.errorsToo() ? " |& " : " | ";
    }
    return text.toString();
  }

  private static String command(Command command) {
    return switch (command) {
      case Command.Simple(
              List<Assignment> assignments,
              List<Word> words,
              List<Redirect> redirects,
              _) ->
          "["
              + spaced(
                  List.of(
                      all(assignments.stream().map(TreeText::assignment).toList()),
                      words(words),
                      redirects(redirects)))
              + "]";
      case Command.Compound(Construct construct, List<Redirect> redirects, _) ->
          spaced(List.of(construct(construct), redirects(redirects)));
      case Command.Function(String name, Command.Compound body, _) ->
          "function " + name + " " + command(body);
      case Command.Coprocess(String name, Command body, _) ->
          "coproc " + name + " " + command(body);
    };
  }

  private static String construct(Construct construct) {
    return switch (construct) {
      case Command.Subshell(Script body) -> "(" + script(body) + ")";
      case Command.Group(Script body) -> "{" + script(body) + "}";
      case Command.If(List<Branch> branches, @Nullable Script otherwise) ->
          branches.stream()
                  .map(b -> "if " + script(b.condition()) + " then " + script(b.body()))
                  .collect(Collectors.joining(" else "))
              + (otherwise == null ? "" : " else " + script(otherwise))
              + " fi";
      case Command.For(String name, @Nullable List<Word> words, Script body) ->
          "for "
              + name
              + " in "
              + (words == null ? "$@" : words(words))
              + " do "
              + script(body)
              + " done";
      case Command.ForArithmetic(Word expression, Script body) ->
          "for ((" + word(expression) + ")) do " + script(body) + " done";
      case Command.While(Command.Repeat repeat, Script condition, Script body) ->
          repeat + " " + script(condition) + " do " + script(body) + " done";
      case Command.Case(Word subject, List<Clause> clauses) ->
          "case "
              + word(subject)
              + " in "
              + all(clauses.stream().map(TreeText::clause).toList())
              + " esac";
      case Command.Select(String name, @Nullable List<Word> words, Script body) ->
          "select "
              + name
              + " in "
              + (words == null ? "$@" : words(words))
              + " do "
              + script(body)
              + " done";
      case Command.Test(List<Word> words) -> "[[" + words(words) + "]]";
      case Command.Arithmetic(Word expression) -> "((" + word(expression) + "))";
    };
  }

  private static String clause(Clause clause) {
    return words(clause.patterns()) + ") " + script(clause.body()) + " " + clause.end();
  }

  private static String assignment(Assignment assignment) {
    Word subscript = assignment.subscript();
    return assignment.name()
        + (subscript == null ? "" : "[" + word(subscript) + "]")
        + (assignment.how() == Assignment.How.SET ? "=" : "+=")
        + switch (assignment.value()) {
          case Assignment.Value.Scalar(Word word) -> word(word);
          case Assignment.Value.Array(List<Assignment.Element> elements) -> elements(elements);
        };
  }

  private static String elements(List<Assignment.Element> elements) {
    return "(" + all(elements.stream().map(TreeText::element).toList()) + ")";
  }

  private static String element(Assignment.Element element) {
    Word subscript = element.subscript();
    return (subscript == null ? "" : "[" + word(subscript) + "]=") + word(element.value());
  }

  private static String redirects(List<Redirect> redirects) {
    return all(redirects.stream().map(TreeText::redirect).toList());
  }

  private static String redirect(Redirect redirect) {
    return redirect.descriptor()
        + redirect.operator()
        + ":"
        + switch (redirect.target()) {
          case Target.Of(Word word) -> word(word);
          case Target.Document(Word body, _) -> word(body).replace("\n", "\\n");
        };
  }

  static String words(List<Word> words) {
    return all(words.stream().map(TreeText::word).toList());
  }

  static String word(Word word) {
    return parts(word.parts());
  }

  private static String parts(List<Part> parts) {
    return parts.stream().map(TreeText::part).collect(Collectors.joining());
  }

  private static String part(Part part) {
    return switch (part) {
      case Part.Literal(String text, Quoting quoting) ->
          quoting == Quoting.PLAIN ? text : "'" + text + "'";
      case Part.DoubleQuoted(List<Part> inner) -> "\"" + parts(inner) + "\"";
      case Part.Parameter(
              String name,
              @Nullable Word subscript,
              Part.Form form,
              Part.Operation operation,
              _) ->
          "<"
              + (form == Part.Form.VALUE ? "" : form + " ")
              + name
              + (subscript == null ? "" : "[" + word(subscript) + "]")
              + (operation.operator().isEmpty()
                  ? ""
                  : " " + operation.operator() + " " + words(operation.operands()))
              + ">";
      case Part.CommandSubstitution(Script script, _) -> "<$ " + script(script) + ">";
      case Part.ProcessSubstitution(Part.Direction direction, Script script, _) ->
          "<" + direction + " " + script(script) + ">";
      case Part.Arithmetic(Word expression, _) -> "<= " + word(expression) + ">";
      case Part.Tilde(String user) -> "<~" + user + ">";
      case Part.Array(List<Assignment.Element> elements) -> elements(elements);
    };
  }

  private static String all(List<String> pieces) {
    return String.join(" ", pieces);
  }

  private static String spaced(List<String> pieces) {
    return pieces.stream().filter(piece -> !piece.isEmpty()).collect(Collectors.joining(" "));
  }
}
