// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.engine;

import dev.redoubt.agent.api.Message;
import dev.redoubt.agent.api.ModelAnswer;
import dev.redoubt.agent.api.ToolCall;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What is taken of the calls of an answer: each under an id of its own, and not more than fit into
/// an event of the log.
final class CallIntake {

  /// The most calls of an answer that are taken.
  static final int MOST = 128;

  private CallIntake() {}

  /// Returns `reply` without the calls after the first 128, and with another id for a call whose id
  /// another one before it has: results are told apart by id alone.
  static ModelAnswer.Replied of(ModelAnswer.Replied reply) {
    List<Message.Said> parts = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    reply.message().calls().forEach(call -> ids.add(call.id()));
    Set<String> taken = new HashSet<>();
    for (Message.Said part : reply.message().parts()) {
      if (!(part instanceof ToolCall call)) {
        parts.add(part);
      } else if (taken.size() < MOST) {
        String id = call.id();
        for (int i = 2; !taken.add(id); i++) {
          String other = call.id() + "-" + i;
          id = ids.contains(other) ? id : other;
        }
        parts.add(id.equals(call.id()) ? call : new ToolCall(id, call.tool(), call.arguments()));
      }
    }
    return parts.equals(reply.message().parts())
        ? reply
        : new ModelAnswer.Replied(
            new Message.FromModel(parts), reply.stop(), reply.usage(), reply.model());
  }
}
