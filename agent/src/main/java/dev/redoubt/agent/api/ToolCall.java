// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.api;

import static java.util.Objects.requireNonNull;

/// A model wants a tool to be used. Says nothing about whether that is allowed, or makes sense.
///
/// @param id as the provider gave it, unique in its message; made up when it gave none
/// @param tool the name the model wrote, of a tool that may not exist
/// @param arguments JSON exactly as the model wrote it, which may not be JSON
public record ToolCall(String id, String tool, String arguments) implements Message.Said {
  public ToolCall {
    requireNonNull(id, "id");
    requireNonNull(tool, "tool");
    requireNonNull(arguments, "arguments");
  }
}
