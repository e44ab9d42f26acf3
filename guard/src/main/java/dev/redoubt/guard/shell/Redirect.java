// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.shell;

import static java.util.Objects.requireNonNull;

/// A redirection.
///
/// @param descriptor digits, `{name}` for a variable that gets a free one, or empty for the usual
///   one of the operator
public record Redirect(String descriptor, Operator operator, Target target, Span span) {

  public Redirect {
    requireNonNull(descriptor, "descriptor");
    requireNonNull(operator, "operator");
    requireNonNull(target, "target");
    requireNonNull(span, "span");
  }

  /// The operators, by what they do.
  public enum Operator {
    /// `<`
    READ,
    /// `>`
    WRITE,
    /// `>>`
    APPEND,
    /// `>|`
    OVERWRITE,
    /// `<>`
    READ_WRITE,
    /// `<&` and a descriptor, `-`, or a descriptor that is moved: `3-`.
    COPY_INPUT,
    /// `>&` and a descriptor, `-`, or a descriptor that is moved; without a descriptor before it
    /// and with any other word after it, output and errors go to the file of that name.
    COPY_OUTPUT,
    /// `&>`
    WRITE_BOTH,
    /// `&>>`
    APPEND_BOTH,
    /// `<<` and `<<-`
    HERE_DOCUMENT,
    /// `<<<`
    HERE_STRING
  }

  /// What stands on the right of the operator.
  public sealed interface Target {

    /// A word: the name of a file, a descriptor, or the text of a here-string.
    record Of(Word word) implements Target {
      public Of {
        requireNonNull(word, "word");
      }
    }

    /// The body of a here-document, without the tabs that `<<-` takes away.
    ///
    /// @param body one word that is never split; a single quoted literal when the delimiter was
    ///   quoted
    record Document(Word body, String delimiter) implements Target {
      public Document {
        requireNonNull(body, "body");
        requireNonNull(delimiter, "delimiter");
      }
    }
  }
}
