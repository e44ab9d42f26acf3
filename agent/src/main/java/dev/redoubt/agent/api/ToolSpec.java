// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.api;

import static java.util.Objects.requireNonNull;

import dev.redoubt.document.Node;

/// How a tool is described to a model.
///
/// @param name 1 to 64 of `a-z A-Z 0-9 _ -`
/// @param description Markdown, what the tool does and when to use it
/// @param parameters a JSON Schema of kind `object`
public record ToolSpec(String name, String description, Node.Obj parameters) {

  private static final int LONGEST_NAME = 64;

  public ToolSpec {
    requireNonNull(description, "description");
    requireNonNull(parameters, "parameters");
    if (!isName(name)) {
      throw new IllegalArgumentException(
          "\"%s\" is no name of a tool: 1 to 64 letters, digits, - and _".formatted(name));
    }
  }

  private static boolean isName(String name) {
    return !name.isEmpty()
        && name.length() <= LONGEST_NAME
        && name.chars()
            .allMatch(c ->
                (c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || (c >= '0' && c <= '9')
                    || c == '_'
                    || c == '-');
  }
}
