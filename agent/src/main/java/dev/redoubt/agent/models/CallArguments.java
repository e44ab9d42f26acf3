// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.models;

import dev.redoubt.agent.api.ToolCall;
import dev.redoubt.document.Node;

/// The arguments of calls for formats in which they are no text.
final class CallArguments {

  private CallArguments() {}

  /// Returns the arguments as an object; what is none stands in its field `arguments`.
  static Node.Obj object(ToolCall call) {
    try {
      if (AnswerJson.read(call.arguments()) instanceof Node.Obj object) {
        return object;
      }
    } catch (MalformedAnswerException e) {
      // The model wrote no JSON and gets to see what it wrote.
    }
    return Fields.of("arguments", call.arguments()).node();
  }
}
