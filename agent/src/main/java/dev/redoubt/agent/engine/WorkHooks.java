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
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Asks the hooks around the work of one engine: what each moment is told, and what they have
/// agreed to. For one thread.
final class WorkHooks {

  private final HookRunner hooks;
  private Set<Message> agreed = Collections.newSetFromMap(new IdentityHashMap<>());
  private boolean resumed;
  private boolean opened;
  private boolean started;

  /// @param past the conversation so far: a model was sent all that stands before its last answer
  WorkHooks(HookRunner hooks, List<Message> past) {
    this.hooks = requireNonNull(hooks, "hooks");
    this.resumed = !past.isEmpty();
    int sent = past.size() - 1;
    while (sent > 0 && !(past.get(sent) instanceof Message.FromModel)) {
      sent--;
    }
    agreed.addAll(past.subList(0, Math.max(0, sent)));
  }

  /// Tells them that the session starts, until none of them says no to it.
  Said start(ModelChoice model) throws InterruptedException {
    if (started) {
      return Said.NOTHING;
    }
    opened = true;
    Said said =
        hooks.at(
            About.the(Moment.SESSION_START),
            new Payload()
                .text("source", resumed ? "resumed" : "new")
                .text("model", model.provider() + "/" + model.name()));
    started = said.denial().isEmpty();
    return said;
  }

  /// Tells them of the messages that no model was sent yet. What they said no to is among those of
  /// the next time.
  Said beforeModel(ModelChoice model, List<Message> messages) throws InterruptedException {
    About about = About.the(Moment.PRE_MODEL);
    if (!hooks.any(about)) {
      return Said.NOTHING;
    }
    List<Node> added = new ArrayList<>();
    for (Message message : messages) {
      if (!agreed.contains(message)) {
        added.add(message(message));
      }
    }
    Said said =
        hooks.at(
            about,
            new Payload()
                .text("model", model.provider() + "/" + model.name())
                .number("messages", messages.size())
                .node("added", new Node.Arr(added, 1)));
    if (said.denial().isEmpty()) {
      agreed = Collections.newSetFromMap(new IdentityHashMap<>());
      agreed.addAll(messages);
    }
    return said;
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

  /// Tells them that the session ends, if they were told that it starts.
  void end(String status) throws InterruptedException {
    if (opened) {
      opened = false;
      started = false;
      resumed = true;
      hooks.at(About.the(Moment.SESSION_END), new Payload().text("status", status));
    }
  }
}
