// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.engine;

import static java.util.Objects.requireNonNull;

import dev.redoubt.agent.api.Message;
import dev.redoubt.agent.api.ModelAnswer;
import dev.redoubt.agent.api.ModelChoice;
import dev.redoubt.agent.api.Moment;
import dev.redoubt.agent.api.ToolCall;
import dev.redoubt.agent.api.ToolResult;
import dev.redoubt.agent.engine.HookRunner.About;
import dev.redoubt.agent.engine.HookRunner.Said;
import dev.redoubt.document.Node;
import dev.redoubt.evidence.Payload;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Asks the hooks around one piece of work: what each moment is told. For one thread.
final class WorkHooks {

  private final HookRunner hooks;
  private int shown;

  /// @param known how many messages no hook needs to be told of
  WorkHooks(HookRunner hooks, int known) {
    this.hooks = requireNonNull(hooks, "hooks");
    this.shown = known;
  }

  Said start(boolean resumed, ModelChoice model) throws InterruptedException {
    return hooks.at(
        About.the(Moment.SESSION_START),
        new Payload()
            .text("source", resumed ? "resumed" : "new")
            .text("model", model.provider() + "/" + model.name()));
  }

  /// Tells them of the messages that no model was sent yet.
  Said beforeModel(ModelChoice model, List<Message> messages) throws InterruptedException {
    About about = About.the(Moment.PRE_MODEL);
    if (!hooks.any(about)) {
      return Said.NOTHING;
    }
    List<Node> added = new ArrayList<>();
    for (Message message : messages.subList(Math.min(shown, messages.size()), messages.size())) {
      added.add(message(message));
    }
    shown = messages.size();
    return hooks.at(
        about,
        new Payload()
            .text("model", model.provider() + "/" + model.name())
            .number("messages", messages.size())
            .node("added", new Node.Arr(added, 1)));
  }

  private static Node message(Message message) {
    return switch (message) {
      case Message.FromUser(var parts) ->
          new Payload().text("role", "user").text("text", HookRunner.words(parts)).object();
      case Message.FromModel said ->
          new Payload().text("role", "assistant").text("text", said.text()).object();
      case Message.FromTools(List<ToolResult> results) -> {
        StringBuilder text = new StringBuilder();
        results.forEach(result -> text.append(HookRunner.words(result.content())).append('\n'));
        yield new Payload().text("role", "tool").text("text", text.toString()).object();
      }
    };
  }

  Said afterModel(ModelAnswer.Replied reply) throws InterruptedException {
    About about = About.the(Moment.POST_MODEL);
    if (!hooks.any(about)) {
      return Said.NOTHING;
    }
    List<Node> calls = new ArrayList<>();
    for (ToolCall call : reply.message().calls()) {
      calls.add(
          new Payload()
              .text("call", call.id())
              .text("tool", call.tool())
              .text("arguments", call.arguments())
              .object());
    }
    return hooks.at(
        about,
        new Payload()
            .text("model", reply.model())
            .text("stop", reply.stop().name().toLowerCase(Locale.ROOT))
            .text("text", reply.message().text())
            .node("calls", new Node.Arr(calls, 1)));
  }

  Said turnEnd(String text) throws InterruptedException {
    return hooks.at(About.the(Moment.TURN_END), new Payload().text("text", text));
  }

  Said end(String status) throws InterruptedException {
    return hooks.at(About.the(Moment.SESSION_END), new Payload().text("status", status));
  }
}
