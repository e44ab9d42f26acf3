// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.shell;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// An assignment before a command or on its own.
///
/// @param subscript what stands in the brackets after the name; absent without them. For an indexed
///   array it is arithmetic
/// @param how whether the value replaces or is added
public record Assignment(String name, @Nullable Word subscript, How how, Value value, Span span) {

  public Assignment {
    requireNonNull(name, "name");
    requireNonNull(how, "how");
    requireNonNull(value, "value");
    requireNonNull(span, "span");
  }

  /// What an assignment does with the value.
  public enum How {
    /// `=`
    SET,
    /// `+=`
    APPEND
  }

  /// What is assigned.
  public sealed interface Value {

    /// One text; it is neither split nor matched against files, and braces in it stay.
    record Scalar(Word word) implements Value {
      public Scalar {
        requireNonNull(word, "word");
      }
    }

    /// `( … )`.
    record Array(List<Element> elements) implements Value {
      public Array {
        elements = List.copyOf(elements);
      }
    }
  }

  /// One element of an array.
  ///
  /// @param subscript what stands in the brackets before it; absent without them
  public record Element(@Nullable Word subscript, Word value) {
    public Element {
      requireNonNull(value, "value");
    }
  }
}
