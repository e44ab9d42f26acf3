// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.servers;

import static java.util.Objects.requireNonNull;

import dev.redoubt.agent.api.Reasons;
import dev.redoubt.agent.api.Step;
import dev.redoubt.agent.api.Tool;
import dev.redoubt.agent.api.ToolSpec;
import dev.redoubt.document.Node;
import dev.redoubt.evidence.Payload;
import dev.redoubt.guard.Action;
import dev.redoubt.mcp.client.ToolDescriptor;
import dev.redoubt.sandbox.Manner;
import dev.redoubt.sandbox.Outcome;

/// A tool of a server. When the server has ended since, a call starts it again first.
///
/// What a server says of the effects of its tools is a hint from somebody nobody knows, so each
/// counts as one that connects, which is the most that a mode can hide.
final class McpTool implements Tool {

  private static final int LONGEST = 4_000;

  private final McpServer server;
  private final ToolDescriptor descriptor;
  private final ToolSpec spec;
  private volatile boolean shown;

  McpTool(McpServer server, ToolDescriptor descriptor) {
    this.server = requireNonNull(server, "server");
    this.descriptor = requireNonNull(descriptor, "descriptor");
    this.spec =
        new ToolSpec(
            ToolNames.of(server.plan().name(), descriptor.name()),
            description(server, descriptor),
            descriptor.inputSchema());
  }

  private static String description(McpServer server, ToolDescriptor descriptor) {
    String text = descriptor.description().strip();
    String words = text.isEmpty() ? descriptor.name() : text;
    return "%s\n\n(a tool of the MCP server %s)"
        .formatted(
            words.length() > LONGEST ? words.substring(0, LONGEST) + " […]" : words,
            server.plan().name());
  }

  @Override
  public ToolSpec spec() {
    return spec;
  }

  @Override
  public Access access() {
    return Access.CONNECTS;
  }

  @Override
  public boolean isShown() {
    return shown;
  }

  void show() {
    shown = true;
  }

  String server() {
    return server.plan().name();
  }

  @Override
  public Step plan(Node.Obj arguments) {
    show();
    return Waking.before(server, () -> call(arguments));
  }

  @Override
  public void recall(Node.Obj facts) {
    show();
  }

  private Step call(Node.Obj arguments) {
    if (!server.still(descriptor)) {
      return Step.Done.failed(server.refusal(descriptor.name()));
    }
    return new Step.Perform(
        new Action.CallTool(server(), descriptor.name(), arguments), Manner.quiet(), this::called);
  }

  private Step called(Outcome outcome) {
    return outcome instanceof Outcome.Called(Node.Obj result)
        ? CallResult.of(
            result, new Payload().text("server", server()).text("tool", descriptor.name()).object())
        : Step.Done.failed(Reasons.of(outcome));
  }
}
