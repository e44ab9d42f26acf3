// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.api;

import static java.util.Objects.requireNonNull;

import java.util.List;

/// What a model is told came of a call.
///
/// @param callId of the call
/// @param content what the model sees, already cut to size
/// @param failed whether the tool did not do what was asked: refused, wrong arguments, not found
public record ToolResult(String callId, List<Message.Seen> content, boolean failed) {
  public ToolResult {
    requireNonNull(callId, "callId");
    content = List.copyOf(content);
  }
}
