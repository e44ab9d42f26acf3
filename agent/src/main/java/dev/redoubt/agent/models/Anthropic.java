// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.models;

import dev.redoubt.agent.api.Delta;
import dev.redoubt.agent.api.Message;
import dev.redoubt.agent.api.ModelRequest;
import dev.redoubt.agent.api.ModelRequest.Effort;
import dev.redoubt.agent.api.ToolCall;
import dev.redoubt.agent.api.ToolResult;
import dev.redoubt.agent.api.ToolSpec;
import dev.redoubt.document.Node;
import dev.redoubt.sandbox.network.WebHeader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/* https://platform.claude.com/docs/en/api/messages */
/// Anthropic Messages.
///
/// Four places are marked for the provider's cache: the last tool, the instructions, and the ends
/// of the last two messages that are not the model's, so that the next request finds the longest
/// prefix of this one.
final class Anthropic implements Wire {

  private static final int LEAST_BUDGET = 1024;

  @Override
  public String version() {
    return "/v1";
  }

  @Override
  public String path(ModelRequest request) {
    return "/messages";
  }

  @Override
  public List<WebHeader> headers() {
    return List.of(WebHeader.plain("anthropic-version", "2023-06-01"));
  }

  @Override
  public Node.Obj body(ModelRequest request, Set<Quirk> quirks) {
    ModelRequest.Settings settings = request.settings();
    Fields body =
        Fields.of("model", request.model())
            .put("stream", true)
            .put("max_tokens", settings.maxOutputTokens());
    Fields output = new Fields();
    addThinking(body, output, request, quirks);
    if (settings.schema().isPresent()) {
      output.put("format", Fields.of("type", "json_schema").put("schema", settings.schema().get()));
    }
    if (!output.isEmpty()) {
      body.put("output_config", output);
    }
    if (!request.tools().isEmpty()) {
      body.put("tools", tools(request.tools()));
    }
    if (!request.instructions().isBlank()) {
      Node block = Fields.of("type", "text").put("text", request.instructions()).node();
      body.put("system", List.of(marked(block)));
    }
    return body.put("messages", messages(request.messages())).node();
  }

  @Override
  public AnswerReader reader(ModelRequest request, Consumer<Delta> listener) {
    return new AnthropicReader(request, listener);
  }

  private static void addThinking(
      Fields body, Fields output, ModelRequest request, Set<Quirk> quirks) {
    if (request.settings().effort().isEmpty() || quirks.contains(Quirk.NO_EFFORT)) {
      return;
    }
    Effort effort = request.settings().effort().get();
    if (effort == Effort.NONE) {
      body.put("thinking", Fields.of("type", "disabled"));
    } else if (!mayThink(request.messages())) {
      return;
    } else if (quirks.contains(Quirk.BUDGET_OF_THOUGHT)) {
      int budget = Math.min(budget(effort), request.settings().maxOutputTokens() - LEAST_BUDGET);
      if (budget >= LEAST_BUDGET) {
        body.put("thinking", Fields.of("type", "enabled").put("budget_tokens", budget));
      }
    } else {
      body.put("thinking", Fields.of("type", "adaptive"));
      output.put("effort", effort.name().toLowerCase(Locale.ROOT));
    }
  }

  private static int budget(Effort effort) {
    return switch (effort) {
      case NONE -> 0;
      case LOW -> 2048;
      case MEDIUM -> 8192;
      case HIGH -> 24_576;
    };
  }

  /// Says whether the calls since the last prompt came with thoughts of this provider: those of
  /// another model did not, and may then not be followed by thinking.
  private static boolean mayThink(List<Message> messages) {
    for (Message message : messages.reversed()) {
      switch (message) {
        case Message.FromUser _ -> {
          return true;
        }
        case Message.FromModel said -> {
          boolean thought = said.parts().stream().anyMatch(part -> !thinking(part).isEmpty());
          if (!said.calls().isEmpty() && !thought) {
            return false;
          }
        }
        case Message.FromTools _ -> {
          // The calls decide.
        }
      }
    }
    return true;
  }

  private static List<Node> tools(List<ToolSpec> tools) {
    List<Node> nodes = new ArrayList<>();
    for (ToolSpec tool : tools) {
      nodes.add(
          Fields.of("name", tool.name())
              .put("description", tool.description())
              .put("input_schema", tool.parameters())
              .node());
    }
    nodes.set(nodes.size() - 1, marked(nodes.getLast()));
    return nodes;
  }

  private static Node marked(Node block) {
    Map<String, Node> fields = new LinkedHashMap<>(block.fields());
    fields.put("cache_control", Fields.of("type", "ephemeral").node());
    return new Node.Obj(fields, 1);
  }

  private static List<Node> messages(List<Message> messages) {
    CallIds ids = new CallIds(false);
    List<Node> nodes = new ArrayList<>();
    int marks = 2;
    for (Message message : messages.reversed()) {
      String role = message instanceof Message.FromModel ? "assistant" : "user";
      List<Node> blocks = blocks(message, ids);
      if (blocks.isEmpty()) {
        continue;
      }
      if (marks > 0 && role.equals("user")) {
        blocks.set(blocks.size() - 1, marked(blocks.getLast()));
        marks--;
      }
      nodes.addFirst(Fields.of("role", role).put("content", blocks).node());
    }
    return nodes;
  }

  private static List<Node> blocks(Message message, CallIds ids) {
    List<Node> blocks = new ArrayList<>();
    switch (message) {
      case Message.FromUser(List<Message.Seen> parts) -> blocks.addAll(seen(parts));
      case Message.FromTools(List<ToolResult> results) -> {
        for (ToolResult result : results) {
          blocks.add(
              Fields.of("type", "tool_result")
                  .put("tool_use_id", ids.of(result.callId()))
                  .put("content", seen(result.content()))
                  .put("is_error", result.failed())
                  .node());
        }
      }
      case Message.FromModel(List<Message.Said> parts) -> {
        for (Message.Said part : parts) {
          switch (part) {
            case Message.Words(String text) when text.isBlank() -> {
              // Refused when empty.
            }
            case Message.Words(String text) -> blocks.add(text(text));
            case Message.Reasoning _ -> blocks.addAll(thinking(part));
            case ToolCall call ->
                blocks.add(
                    Fields.of("type", "tool_use")
                        .put("id", ids.of(call.id()))
                        .put("name", call.tool())
                        .put("input", CallArguments.object(call))
                        .node());
          }
        }
      }
    }
    return blocks;
  }

  /// Returns the block of a thought that this provider sealed; none for any other part.
  private static List<Node> thinking(Message.Said part) {
    if (!(part instanceof Message.Reasoning(String text, Node.Obj carried))
        || !Protocol.ANTHROPIC.text().equals(carried.text("protocol").orElse(""))) {
      return List.of();
    }
    if (carried.get("data").isPresent()) {
      return List.of(
          Fields.of("type", "redacted_thinking").put("data", carried.get("data").get()).node());
    }
    return carried
        .get("signature")
        .map(seal ->
            List.<Node>of(
                Fields.of("type", "thinking").put("thinking", text).put("signature", seal).node()))
        .orElse(List.of());
  }

  private static List<Node> seen(List<Message.Seen> parts) {
    List<Node> blocks = new ArrayList<>();
    for (Message.Seen part : parts) {
      switch (part) {
        case Message.Words(String text) when text.isBlank() -> {
          // Refused when empty.
        }
        case Message.Words(String text) -> blocks.add(text(text));
        case Message.Image image ->
            blocks.add(
                Fields.of("type", "image")
                    .put(
                        "source",
                        Fields.of("type", "base64")
                            .put("media_type", image.mediaType())
                            .put("data", Pictures.base64(image)))
                    .node());
      }
    }
    return blocks.isEmpty() ? List.of(text("(nothing)")) : blocks;
  }

  private static Node text(String text) {
    return Fields.of("type", "text").put("text", text).node();
  }
}
