// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.shell;

import static java.util.Objects.requireNonNull;

import java.util.List;

/// A word before expansion. Braces are gone: `{a,b}` is two words with the same span.
///
/// @param parts what it consists of, from left to right; none when it is empty
public record Word(List<Part> parts, Span span) {

  public Word {
    parts = List.copyOf(parts);
    requireNonNull(span, "span");
  }
}
