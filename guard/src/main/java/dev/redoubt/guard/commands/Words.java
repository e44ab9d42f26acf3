// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.commands;

import dev.redoubt.guard.commands.Argument.Count;
import dev.redoubt.guard.programs.Arg;
import dev.redoubt.guard.shell.Assignment;
import dev.redoubt.guard.shell.Command;
import dev.redoubt.guard.shell.Field;
import dev.redoubt.guard.shell.Part;
import dev.redoubt.guard.shell.Script;
import dev.redoubt.guard.shell.Word;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Says what words become and walks through everything that runs while they do.
///
/// Used by one analysis, not thread-safe.
final class Words {

  /// Stands for a file name inside of one word; a word that has it already is unknown.
  private static final String NAME = "\uE000";

  /// What a name of a process substitution looks like.
  static final String PROCESS = "/dev/fd/63";

  private final Findings findings;
  private final Nested nested;
  private final Map<String, Value> assigned = new LinkedHashMap<>();

  /// Walks through what runs in a shell of its own.
  interface Nested {
    void subshell(Script script, State state);
  }

  Words(Findings findings, Nested nested) {
    this.findings = findings;
    this.nested = nested;
  }

  /// Returns the arguments that `word` becomes in `state`, after walking through what runs in it.
  List<Argument> arguments(Word word, State state) {
    if (isPlain(word)) {
      return converted(state.expander().fields(word), word, List.of());
    }
    visit(word, state);
    List<String> given = state.arguments();
    if (given != null && isAllArguments(word)) {
      return given.stream().map(Argument::known).toList();
    }
    Rewriting rewriting = new Rewriting(state, true);
    Word rewritten = rewriting.word(word);
    if (rewriting.isNumber(word)) {
      String written = word.span().written();
      return List.of(
          new Argument(
              new Arg.Unknown(written, "it is a number that may start with a dash"),
              written,
              Count.ONE));
    }
    if (rewriting.names.isEmpty()) {
      return converted(state.expander().fields(rewritten), word, List.of());
    }
    return containsName(word)
        ? List.of(unknown(word, "it has a character that stands for something else here"))
        : converted(state.expander().fields(rewritten), word, rewriting.names);
  }

  /// Returns what `word` becomes where it is neither split nor matched against files.
  Argument text(Word word, State state) {
    visit(word, state);
    return textOnly(word, state);
  }

  /// Returns what variables the words since the last call may have set, `${x:=…}` for example.
  Map<String, Value> takeAssigned() {
    if (assigned.isEmpty()) {
      return Map.of();
    }
    Map<String, Value> taken = new LinkedHashMap<>(assigned);
    assigned.clear();
    return taken;
  }

  /// Walks through what runs when `word` is expanded, and objects to what cannot be followed.
  void visit(Word word, State state) {
    for (Part part : word.parts()) {
      visit(part, state);
    }
  }

  /// Objects when evaluating `expression` as arithmetic may run something.
  void arithmetic(Word expression, State state) {
    visit(expression, state);
    evaluated(expression, state);
  }

  /// Objects when evaluating the text as arithmetic may run something.
  void arithmetic(String text, String shown, State state) {
    Arithmetics.objection(text, state)
        .ifPresent(reason -> findings.opaque("shell.unknown-word", shown, reason));
    Arithmetics.assigned(text).forEach(name -> assigned.put(name, Value.ANY_NUMBER));
  }

  private void evaluated(Word expression, State state) {
    Argument text = textOnly(expression, state);
    if (text.arg() instanceof Arg.Known(String known)) {
      arithmetic(known, expression.span().written(), state);
    } else {
      findings.opaque(
          "shell.unknown-word",
          expression.span().written(),
          "arithmetic evaluates what is not known");
    }
  }

  private Argument textOnly(Word word, State state) {
    Rewriting rewriting = new Rewriting(state, false);
    Word rewritten = rewriting.word(word);
    if (!rewriting.names.isEmpty() && containsName(word)) {
      return unknown(word, "it has a character that stands for something else here");
    }
    return converted(state.expander().text(rewritten), word, rewriting.names);
  }

  private void visit(Part part, State state) {
    switch (part) {
      case Part.Literal _, Part.Tilde _ -> {}
      case Part.DoubleQuoted(List<Part> parts) -> parts.forEach(inner -> visit(inner, state));
      case Part.Parameter parameter -> visit(parameter, state);
      case Part.CommandSubstitution(Script script, _) -> nested.subshell(script, state);
      case Part.ProcessSubstitution(_, Script script, _) -> nested.subshell(script, state);
      case Part.Arithmetic(Word expression, _) -> arithmetic(expression, state);
      case Part.Array(List<Assignment.Element> elements) -> elements(elements, state);
    }
  }

  /// Walks through the elements of an array.
  void elements(List<Assignment.Element> elements, State state) {
    for (Assignment.Element element : elements) {
      subscript(element.subscript(), state);
      visit(element.value(), state);
    }
  }

  /// Walks through a subscript, which is arithmetic.
  void subscript(@Nullable Word subscript, State state) {
    if (subscript == null) {
      return;
    }
    String written = subscript.span().written();
    if (!written.equals("@") && !written.equals("*")) {
      arithmetic(subscript, state);
    }
  }

  private void visit(Part.Parameter parameter, State state) {
    String name = parameter.name();
    String written = parameter.span().written();
    Part.Operation operation = parameter.operation();
    subscript(parameter.subscript(), state);
    boolean numbers = operation.operator().equals(":");
    for (Word operand : operation.operands()) {
      visit(operand, state);
      if (numbers) {
        evaluated(operand, state);
      }
    }
    if (parameter.form() == Part.Form.INDIRECT) {
      findings.opaque(
          "shell.unknown-word", written, "it expands a variable whose name is computed");
    }
    if (operation.operator().equals("@P")) {
      findings.opaque("shell.unknown-word", written, "@P runs what is in the value");
    }
    if (operation.operator().equals("=") || operation.operator().equals(":=")) {
      assigned.put(name, Value.UNKNOWN);
    }
    if (state.variable(name) == null
        && parameter.form() != Part.Form.LENGTH
        && parameter.form() != Part.Form.NAMES
        && EnvironmentTable.maySecret(name)) {
      findings.opaque(
          "command.environment", written, "the variable %s may hold a secret".formatted(name));
    }
  }

  private static List<Argument> converted(List<Field> fields, Word word, List<String> names) {
    if (fields.size() == 1) {
      return List.of(converted(fields.getFirst(), word, names));
    }
    List<Argument> arguments = new ArrayList<>(fields.size());
    for (Field field : fields) {
      arguments.add(converted(field, word, names));
    }
    return arguments;
  }

  private static Argument converted(Field field, Word word, List<String> names) {
    return switch (field) {
      case Field.Known(String text) when !names.isEmpty() && text.contains(NAME) ->
          new Argument(
              new Arg.Glob(withNames(escaped(text), names)), word.span().written(), Count.ONE);
      case Field.Known(String text) ->
          new Argument(
              new Arg.Known(text),
              text.contains(Argument.NUMBER) ? word.span().written() : text,
              Count.ONE);
      case Field.Glob(String pattern) ->
          new Argument(new Arg.Glob(withNames(pattern, names)), word.span().written(), Count.ANY);
      case Field.Unknown(String shown, String reason) ->
          new Argument(
              new Arg.Unknown(shown, reason), shown, isQuoted(word) ? Count.ONE : Count.ANY);
    };
  }

  private static Argument unknown(Word word, String reason) {
    String written = word.span().written();
    return new Argument(new Arg.Unknown(written, reason), written, Count.ANY);
  }

  /// Returns `text` as a glob that matches nothing else.
  static String escaped(String text) {
    StringBuilder out = new StringBuilder(text.length() + 4);
    for (int at = 0; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == '*' || c == '?' || c == '[' || c == ']' || c == '\\') {
        out.append('\\');
      }
      out.append(c);
    }
    return out.toString();
  }

  private static String withNames(String pattern, List<String> names) {
    String replaced = pattern;
    for (String name : names) {
      int at = replaced.indexOf(NAME);
      if (at < 0) {
        return replaced;
      }
      replaced = replaced.substring(0, at) + name + replaced.substring(at + 1);
    }
    return replaced;
  }

  private static boolean containsName(Word word) {
    return word.span().text().contains(NAME) || word.span().text().contains("\\u");
  }

  private static boolean isPlain(Word word) {
    for (Part part : word.parts()) {
      boolean plain =
          switch (part) {
            case Part.Literal _, Part.Tilde _ -> true;
            case Part.DoubleQuoted(List<Part> parts) ->
                parts.isEmpty() || (parts.size() == 1 && parts.getFirst() instanceof Part.Literal);
            case Part.Parameter _,
                Part.CommandSubstitution _,
                Part.ProcessSubstitution _,
                Part.Arithmetic _,
                Part.Array _ ->
                false;
          };
      if (!plain) {
        return false;
      }
    }
    return true;
  }

  /// Returns whether all of the word is quoted and so is one word, which `"$@"` is not.
  private static boolean isQuoted(Word word) {
    for (Part part : word.parts()) {
      boolean quoted =
          switch (part) {
            case Part.Literal _ -> true;
            case Part.DoubleQuoted(List<Part> parts) -> parts.stream().noneMatch(Words::isMany);
            case Part.Tilde _,
                Part.Parameter _,
                Part.CommandSubstitution _,
                Part.ProcessSubstitution _,
                Part.Arithmetic _,
                Part.Array _ ->
                false;
          };
      if (!quoted) {
        return false;
      }
    }
    return true;
  }

  private static boolean isMany(Part part) {
    return part instanceof Part.Parameter parameter
        && (parameter.name().equals("@")
            || parameter.subscript() != null
            || parameter.form() == Part.Form.NAMES
            || parameter.form() == Part.Form.INDIRECT
            || !parameter.operation().operator().isEmpty());
  }

  private static boolean isAllArguments(Word word) {
    return word.parts().size() == 1
        && word.parts().getFirst() instanceof Part.DoubleQuoted(List<Part> parts)
        && parts.size() == 1
        && parts.getFirst() instanceof Part.Parameter parameter
        && parameter.name().equals("@")
        && isValue(parameter);
  }

  private static boolean isValue(Part.Parameter parameter) {
    return parameter.form() == Part.Form.VALUE
        && parameter.subscript() == null
        && parameter.operation().operator().isEmpty();
  }

  /// Puts text in the place of what is known in part: numbers, names of files.
  private static final class Rewriting {

    private final State state;
    private final boolean split;
    private final List<String> names = new ArrayList<>();

    Rewriting(State state, boolean split) {
      this.state = state;
      this.split = split;
    }

    /// Returns whether the word is a number that may start with `-`.
    boolean isNumber(Word word) {
      return word.parts().size() == 1
          && switch (word.parts().getFirst()) {
            case Part.Parameter parameter -> Value.ANY_NUMBER.equals(value(parameter));
            case Part.Arithmetic _ -> true;
            case Part.DoubleQuoted _,
                Part.Literal _,
                Part.CommandSubstitution _,
                Part.ProcessSubstitution _,
                Part.Tilde _,
                Part.Array _ ->
                false;
          };
    }

    Word word(Word word) {
      return new Word(parts(word.parts(), !split, true), word.span());
    }

    private List<Part> parts(List<Part> parts, boolean quoted, boolean atStart) {
      List<Part> rewritten = new ArrayList<>(parts.size());
      boolean start = atStart;
      for (Part part : parts) {
        rewritten.add(rewritten(part, quoted, start));
        start = false;
      }
      return rewritten;
    }

    private Part rewritten(Part part, boolean quoted, boolean atStart) {
      return switch (part) {
        case Part.DoubleQuoted(List<Part> inner) ->
            new Part.DoubleQuoted(parts(inner, true, atStart));
        case Part.Parameter parameter -> rewritten(parameter, quoted, atStart);
        case Part.CommandSubstitution substitution when isPwd(substitution.script()) ->
            new Part.Parameter(
                "PWD", null, Part.Form.VALUE, Part.Operation.NONE, substitution.span());
        case Part.CommandSubstitution substitution
            when state.doubt() == null && isNumber(substitution.script()) ->
            new Part.Literal(Argument.NUMBER, Part.Quoting.QUOTED);
        case Part.ProcessSubstitution _ -> new Part.Literal(PROCESS, Part.Quoting.QUOTED);
        case Part.Arithmetic _ when !atStart || !split ->
            new Part.Literal(Argument.NUMBER, Part.Quoting.QUOTED);
        case Part.Literal _,
            Part.CommandSubstitution _,
            Part.Arithmetic _,
            Part.Tilde _,
            Part.Array _ ->
            part;
      };
    }

    private Part rewritten(Part.Parameter parameter, boolean quoted, boolean atStart) {
      Value value = value(parameter);
      if (value instanceof Value.Numeric(Value.Sign sign)
          && (sign == Value.Sign.NOT_NEGATIVE || !atStart || !split)) {
        return new Part.Literal(Argument.NUMBER, Part.Quoting.QUOTED);
      }
      if (value instanceof Value.FileName(String pattern) && quoted) {
        names.add(pattern);
        return new Part.Literal(NAME, Part.Quoting.QUOTED);
      }
      return parameter;
    }

    private @Nullable Value value(Part.Parameter parameter) {
      String name = parameter.name();
      if (parameter.form() == Part.Form.LENGTH) {
        return new Value.Numeric(Value.Sign.NOT_NEGATIVE);
      }
      if (!isValue(parameter)) {
        return null;
      }
      if (name.equals("?") || name.equals("#") || name.equals("$")) {
        return new Value.Numeric(Value.Sign.NOT_NEGATIVE);
      }
      Value known = state.variable(name);
      return known == null && Arithmetics.isNumber(name)
          ? new Value.Numeric(Value.Sign.NOT_NEGATIVE)
          : known;
    }

    /// Returns whether what `script` prints is one number, or nothing when it fails.
    private boolean isNumber(Script script) {
      String written = script.span().written().strip();
      return (written.equals("nproc") || written.equals("date +%s"))
          && state.function("nproc") == null
          && state.function("date") == null;
    }

    private boolean isPwd(Script script) {
      if (script.statements().size() != 1
          || state.function("pwd") != null
          || state.doubt() != null) {
        return false;
      }
      Script.Statement only = script.statements().getFirst();
      return only.end() != Script.End.BACKGROUND
          && only.rest().isEmpty()
          && only.first().stages().size() == 1
          && only.first().stages().getFirst().command() instanceof Command.Simple simple
          && simple.assignments().isEmpty()
          && simple.redirects().isEmpty()
          && simple.words().size() == 1
          && simple.span().written().strip().equals("pwd");
    }
  }
}
