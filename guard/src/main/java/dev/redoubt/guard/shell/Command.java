// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.shell;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One command of a pipeline.
public sealed interface Command {

  /// Returns where it stands.
  Span span();

  /// Assignments, words and redirections in any number, at least one of them.
  ///
  /// @param assignments those before the first word; without words they stay in the shell
  /// @param words the program and its arguments, braces already expanded
  record Simple(List<Assignment> assignments, List<Word> words, List<Redirect> redirects, Span span)
      implements Command {
    public Simple {
      assignments = List.copyOf(assignments);
      words = List.copyOf(words);
      redirects = List.copyOf(redirects);
      requireNonNull(span, "span");
    }
  }

  /// A construct of the language and the redirections that hold for all of it.
  record Compound(Construct construct, List<Redirect> redirects, Span span) implements Command {
    public Compound {
      requireNonNull(construct, "construct");
      redirects = List.copyOf(redirects);
      requireNonNull(span, "span");
    }
  }

  /// The definition of a function. The body runs whenever `name` is called from then on, in place
  /// of any program or built-in of that name; the redirections hold at each call.
  record Function(String name, Compound body, Span span) implements Command {
    public Function {
      requireNonNull(name, "name");
      requireNonNull(body, "body");
      requireNonNull(span, "span");
    }
  }

  /// A command that runs beside the shell: `coproc`.
  record Coprocess(String name, Command body, Span span) implements Command {
    public Coprocess {
      requireNonNull(name, "name");
      requireNonNull(body, "body");
      requireNonNull(span, "span");
    }
  }

  /// What a [Compound] consists of.
  sealed interface Construct {}

  /// `( … )`.
  record Subshell(Script body) implements Construct {
    public Subshell {
      requireNonNull(body, "body");
    }
  }

  /// `{ …; }`.
  record Group(Script body) implements Construct {
    public Group {
      requireNonNull(body, "body");
    }
  }

  /// `if … then … elif … then … else … fi`.
  ///
  /// @param branches at least one
  /// @param otherwise absent without `else`
  record If(List<Branch> branches, @Nullable Script otherwise) implements Construct {
    public If {
      branches = List.copyOf(branches);
    }
  }

  /// A condition and what runs when it succeeds.
  record Branch(Script condition, Script body) {
    public Branch {
      requireNonNull(condition, "condition");
      requireNonNull(body, "body");
    }
  }

  /// `for name in words; do … done`.
  ///
  /// @param words absent without `in`: the arguments of the shell
  record For(String name, @Nullable List<Word> words, Script body) implements Construct {
    public For {
      requireNonNull(name, "name");
      words = words == null ? null : List.copyOf(words);
      requireNonNull(body, "body");
    }
  }

  /// `for ((start; condition; step))`.
  ///
  /// @param expression what stands between the parentheses, as one piece with its semicolons
  record ForArithmetic(Word expression, Script body) implements Construct {
    public ForArithmetic {
      requireNonNull(expression, "expression");
      requireNonNull(body, "body");
    }
  }

  /// `while` or `until`.
  record While(Repeat repeat, Script condition, Script body) implements Construct {
    public While {
      requireNonNull(repeat, "repeat");
      requireNonNull(condition, "condition");
      requireNonNull(body, "body");
    }
  }

  /// How long a loop repeats.
  enum Repeat {
    WHILE,
    UNTIL
  }

  /// `case word in … esac`.
  record Case(Word subject, List<Clause> clauses) implements Construct {
    public Case {
      requireNonNull(subject, "subject");
      clauses = List.copyOf(clauses);
    }
  }

  /// One clause of a `case`.
  ///
  /// @param patterns at least one
  record Clause(List<Word> patterns, Script body, ClauseEnd end) {
    public Clause {
      patterns = List.copyOf(patterns);
      requireNonNull(body, "body");
      requireNonNull(end, "end");
    }
  }

  /// What follows a clause that ran.
  enum ClauseEnd {
    /// `;;`, or the end of the `case`: nothing.
    LEAVE,
    /// `;&`: the next clause runs without asking.
    FALL_THROUGH,
    /// `;;&`: the next patterns are asked.
    ASK_ON
  }

  /// `select name in words; do … done`.
  ///
  /// @param words absent without `in`: the arguments of the shell
  record Select(String name, @Nullable List<Word> words, Script body) implements Construct {
    public Select {
      requireNonNull(name, "name");
      words = words == null ? null : List.copyOf(words);
      requireNonNull(body, "body");
    }
  }

  /// `[[ … ]]`.
  ///
  /// @param words operands and operators in order, parentheses, `&&` and `||` among them as plain
  ///   words; the operands of `-eq`, `-lt` and their kin, and the name after `-v`, are arithmetic
  ///   or names with subscripts: Bash evaluates them, and what stands in their brackets runs
  record Test(List<Word> words) implements Construct {
    public Test {
      words = List.copyOf(words);
    }
  }

  /// `(( … ))`.
  record Arithmetic(Word expression) implements Construct {
    public Arithmetic {
      requireNonNull(expression, "expression");
    }
  }
}
