// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.context;

import static java.util.Objects.requireNonNull;

/// A file of instructions that was taken over.
///
/// @param name how it is called to the model
/// @param text what it says
public record InstructionFile(String name, String text) {
  public InstructionFile {
    requireNonNull(name, "name");
    requireNonNull(text, "text");
  }
}
