// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.api;

import static java.util.Objects.requireNonNull;

import dev.redoubt.document.Node;
import java.util.List;
import java.util.Optional;

/// What a model is asked.
///
/// What comes first changes least: instructions, tools, then messages, of which each request only
/// adds some at the end. So a provider's cache of prefixes hits.
///
/// @param model the name the provider knows it by
/// @param instructions the system prompt
/// @param tools in a stable order
/// @param messages starts with one of a user; every call is followed by its result
public record ModelRequest(
    String model,
    String instructions,
    List<ToolSpec> tools,
    List<Message> messages,
    Settings settings) {

  public ModelRequest {
    requireNonNull(model, "model");
    requireNonNull(instructions, "instructions");
    tools = List.copyOf(tools);
    messages = List.copyOf(messages);
    requireNonNull(settings, "settings");
  }

  /// How the answer is made.
  ///
  /// @param maxOutputTokens the most tokens of an answer, reasoning included
  /// @param effort how much to think; the provider's own choice when empty
  /// @param schema a JSON Schema that the final text has to satisfy
  /// @param cacheKey what is the same for all requests of a conversation, and of no other
  public record Settings(
      int maxOutputTokens,
      Optional<Effort> effort,
      Optional<Node.Obj> schema,
      Optional<String> cacheKey) {

    /// Makes settings of a request that belongs to no conversation.
    public Settings(int maxOutputTokens, Optional<Effort> effort, Optional<Node.Obj> schema) {
      this(maxOutputTokens, effort, schema, Optional.empty());
    }

    public Settings {
      if (maxOutputTokens < 1) {
        throw new IllegalArgumentException("an answer has at least one token");
      }
      requireNonNull(effort, "effort");
      requireNonNull(schema, "schema");
      requireNonNull(cacheKey, "cacheKey");
    }
  }

  /// How much a model thinks before it speaks.
  public enum Effort {
    NONE,
    LOW,
    MEDIUM,
    HIGH
  }
}
