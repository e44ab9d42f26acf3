// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.shell;

import dev.redoubt.guard.shell.Assignment.Element;
import dev.redoubt.guard.shell.Assignment.Value;
import dev.redoubt.guard.shell.Redirect.Target;
import dev.redoubt.guard.shell.Script.Joined;
import dev.redoubt.guard.shell.Script.Pipeline;
import dev.redoubt.guard.shell.Script.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Finds every simple command of a tree, wherever it is nested.
final class SimpleCommands {

  private final List<Command.Simple> found = new ArrayList<>();

  static List<Command.Simple> of(Script script) {
    SimpleCommands commands = new SimpleCommands();
    commands.script(script);
    return commands.found;
  }

  private void script(@Nullable Script script) {
    if (script == null) {
      return;
    }
    for (Statement statement : script.statements()) {
      pipeline(statement.first());
      statement.rest().stream().map(Joined::pipeline).forEach(this::pipeline);
    }
  }

  private void pipeline(Pipeline pipeline) {
    pipeline.stages().forEach(stage -> command(stage.command()));
  }

  private void command(Command command) {
    switch (command) {
      case Command.Simple simple -> {
        found.add(simple);
        simple.assignments().forEach(this::assignment);
        words(simple.words());
        redirects(simple.redirects());
      }
      case Command.Compound compound -> {
        construct(compound.construct());
        redirects(compound.redirects());
      }
      case Command.Function function -> command(function.body());
      case Command.Coprocess coprocess -> command(coprocess.body());
    }
  }

  private void construct(Command.Construct construct) {
    switch (construct) {
      case Command.Subshell(Script body) -> script(body);
      case Command.Group(Script body) -> script(body);
      case Command.If(List<Command.Branch> branches, @Nullable Script otherwise) -> {
        for (Command.Branch branch : branches) {
          script(branch.condition());
          script(branch.body());
        }
        script(otherwise);
      }
      case Command.For(_, @Nullable List<Word> words, Script body) -> {
        words(words);
        script(body);
      }
      case Command.ForArithmetic(Word expression, Script body) -> {
        word(expression);
        script(body);
      }
      case Command.While(_, Script condition, Script body) -> {
        script(condition);
        script(body);
      }
      case Command.Case(Word subject, List<Command.Clause> clauses) -> {
        word(subject);
        for (Command.Clause clause : clauses) {
          words(clause.patterns());
          script(clause.body());
        }
      }
      case Command.Select(_, @Nullable List<Word> words, Script body) -> {
        words(words);
        script(body);
      }
      case Command.Test(List<Word> words) -> words(words);
      case Command.Arithmetic(Word expression) -> word(expression);
    }
  }

  private void assignment(Assignment assignment) {
    word(assignment.subscript());
    switch (assignment.value()) {
      case Value.Scalar(Word word) -> word(word);
      case Value.Array(List<Element> elements) -> elements(elements);
    }
  }

  private void elements(List<Element> elements) {
    for (Element element : elements) {
      word(element.subscript());
      word(element.value());
    }
  }

  private void redirects(List<Redirect> redirects) {
    for (Redirect redirect : redirects) {
      switch (redirect.target()) {
        case Target.Of(Word word) -> word(word);
        case Target.Document(Word body, _) -> word(body);
      }
    }
  }

  private void words(@Nullable List<Word> words) {
    if (words != null) {
      words.forEach(this::word);
    }
  }

  private void word(@Nullable Word word) {
    if (word != null) {
      word.parts().forEach(this::part);
    }
  }

  private void part(Part part) {
    switch (part) {
      case Part.Literal _, Part.Tilde _ -> {
        // Leads to nothing.
      }
      case Part.DoubleQuoted(List<Part> parts) -> parts.forEach(this::part);
      case Part.Parameter parameter -> {
        word(parameter.subscript());
        words(parameter.operation().operands());
      }
      case Part.CommandSubstitution(Script script, _) -> script(script);
      case Part.ProcessSubstitution(_, Script script, _) -> script(script);
      case Part.Arithmetic(Word expression, _) -> word(expression);
      case Part.Array(List<Element> elements) -> elements(elements);
    }
  }
}
