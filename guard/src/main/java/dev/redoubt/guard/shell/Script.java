// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.shell;

import static java.util.Objects.requireNonNull;

import java.util.List;

/// A list of statements, in the order in which they stand. Immutable, like the whole tree.
///
/// @param statements none for an empty text
/// @param span where they stand
public record Script(List<Statement> statements, Span span) {

  public Script {
    statements = List.copyOf(statements);
    requireNonNull(span, "span");
  }

  /// Pipelines joined by `&&` and `||`, up to the end of the statement.
  ///
  /// @param rest what follows `first`, joined from left to right
  public record Statement(Pipeline first, List<Joined> rest, End end, Span span) {
    public Statement {
      requireNonNull(first, "first");
      rest = List.copyOf(rest);
      requireNonNull(end, "end");
      requireNonNull(span, "span");
    }
  }

  /// How a statement ends.
  public enum End {
    /// A `;`, or nothing more follows.
    SEMICOLON,
    NEWLINE,
    /// A `&`: it runs in a shell of its own and is not waited for.
    BACKGROUND
  }

  /// A pipeline and what it depends on.
  public record Joined(Joint joint, Pipeline pipeline) {
    public Joined {
      requireNonNull(joint, "joint");
      requireNonNull(pipeline, "pipeline");
    }
  }

  /// When the next pipeline runs.
  public enum Joint {
    /// `&&`: when the one before succeeded.
    AND,
    /// `||`: when the one before failed.
    OR
  }

  /// Commands whose outputs are inputs of the next; with more than one stage each runs in a shell
  /// of its own.
  ///
  /// @param negated whether `!` stands before it an odd number of times
  /// @param timed whether `time` stands before it
  /// @param stages at least one
  public record Pipeline(boolean negated, boolean timed, List<Stage> stages, Span span) {
    public Pipeline {
      stages = List.copyOf(stages);
      requireNonNull(span, "span");
    }
  }

  /// A command of a pipeline.
  ///
  /// @param errorsToo whether its standard error goes into the pipe too: `|&`
  public record Stage(Command command, boolean errorsToo) {
    public Stage {
      requireNonNull(command, "command");
    }
  }
}
