// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.shell;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A piece of a [Word].
public sealed interface Part {

  /// Text that stands for itself.
  ///
  /// @param text what is meant: backslashes and escapes are already decoded
  /// @param quoting whether `*`, `?` and `[` in it are wildcards
  record Literal(String text, Quoting quoting) implements Part {
    public Literal {
      requireNonNull(text, "text");
      requireNonNull(quoting, "quoting");
    }
  }

  /// Whether a literal was quoted.
  enum Quoting {
    /// By a backslash, `'…'`, `$'…'` or `"…"`. An empty quoted literal is a word of its own.
    QUOTED,
    PLAIN
  }

  /// `"…"`. What is in it is neither split nor matched against files.
  record DoubleQuoted(List<Part> parts) implements Part {
    public DoubleQuoted {
      parts = List.copyOf(parts);
    }
  }

  /// `$name` or `${…}`.
  ///
  /// @param name a variable, digits, or one of `@ * # ? - $ !`
  /// @param subscript what stands in brackets after the name; absent without them. `@` and `*` mean
  ///   all elements
  /// @param form what is asked of the parameter
  /// @param operation what is done with the value
  record Parameter(String name, @Nullable Word subscript, Form form, Operation operation, Span span)
      implements Part {
    public Parameter {
      requireNonNull(name, "name");
      requireNonNull(form, "form");
      requireNonNull(operation, "operation");
      requireNonNull(span, "span");
    }
  }

  /// What is asked of a parameter.
  enum Form {
    VALUE,
    /// `${#name}`
    LENGTH,
    /// `${!name}`: the value of the parameter whose name is the value.
    INDIRECT,
    /// `${!prefix*}` and `${!prefix@}`
    NAMES,
    /// `${!name[@]}` and `${!name[*]}`
    KEYS
  }

  /// What is done with the value of a parameter.
  ///
  /// @param operator empty for nothing, otherwise as written: `:-` `-` `:=` `=` `:?` `?` `:+` `+`
  ///   `#` `##` `%` `%%` `/` `//` `/#` `/%` `^` `^^` `,` `,,` `~` `~~`, `:` for a piece, or `@` and
  ///   a letter for a transformation (`@P` expands the value as a prompt and so runs what is in it)
  /// @param operands the words after the operator: two of `/` and of `:` when both are there
  record Operation(String operator, List<Word> operands) {
    /// Nothing is done.
    public static final Operation NONE = new Operation("", List.of());

    public Operation {
      requireNonNull(operator, "operator");
      operands = List.copyOf(operands);
    }
  }

  /// `$( … )` or backticks.
  record CommandSubstitution(Script script, Span span) implements Part {
    public CommandSubstitution {
      requireNonNull(script, "script");
      requireNonNull(span, "span");
    }
  }

  /// `<( … )` or `>( … )`.
  record ProcessSubstitution(Direction direction, Script script, Span span) implements Part {
    public ProcessSubstitution {
      requireNonNull(direction, "direction");
      requireNonNull(script, "script");
      requireNonNull(span, "span");
    }
  }

  /// Which end of a process a name stands for.
  enum Direction {
    /// `<( … )`
    READ,
    /// `>( … )`
    WRITE
  }

  /// `$(( … ))`. Bash evaluates the variables in it again and again: a value such as `a[$(id)]`
  /// runs a command.
  ///
  /// @param expression its text, with what is expanded in it before it is evaluated
  record Arithmetic(Word expression, Span span) implements Part {
    public Arithmetic {
      requireNonNull(expression, "expression");
      requireNonNull(span, "span");
    }
  }

  /// A `~` at a place where it stands for a folder.
  ///
  /// @param user empty for one's own home; `+` and `-` mean the folder now and the one before
  record Tilde(String user) implements Part {
    public Tilde {
      requireNonNull(user, "user");
    }
  }

  /// `( … )` after `name=` in the arguments of `declare`, `local` and their kin; the last part.
  record Array(List<Assignment.Element> elements) implements Part {
    public Array {
      elements = List.copyOf(elements);
    }
  }
}
