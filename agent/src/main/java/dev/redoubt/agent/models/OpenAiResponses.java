// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.models;

import dev.redoubt.agent.api.Delta;
import dev.redoubt.agent.api.Message;
import dev.redoubt.agent.api.ModelRequest;
import dev.redoubt.agent.api.ToolCall;
import dev.redoubt.agent.api.ToolResult;
import dev.redoubt.agent.api.ToolSpec;
import dev.redoubt.document.Node;
import dev.redoubt.sandbox.network.WebHeader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;

/* https://platform.openai.com/docs/api-reference/responses */
/// OpenAI Responses. Nothing is stored there: reasoning comes encrypted and is sent back.
final class OpenAiResponses implements Wire {

  @Override
  public String version() {
    return "";
  }

  @Override
  public String path(ModelRequest request) {
    return "/responses";
  }

  @Override
  public List<WebHeader> headers() {
    return List.of();
  }

  @Override
  public Node.Obj body(ModelRequest request, Set<Quirk> quirks) {
    ModelRequest.Settings settings = request.settings();
    Fields body = Fields.of("model", request.model()).put("stream", true).put("store", false);
    if (!quirks.contains(Quirk.NO_SEALED_REASONING)) {
      body.put("include", List.of(new Node.Text("reasoning.encrypted_content", 1)));
    }
    if (!quirks.contains(Quirk.NO_OUTPUT_LIMIT)) {
      // The provider takes no smaller one.
      body.put("max_output_tokens", Math.max(16, settings.maxOutputTokens()));
    }
    if (settings.cacheKey().isPresent() && Quirk.wantsCacheKey(quirks)) {
      body.put("prompt_cache_key", settings.cacheKey().get());
    }
    if (settings.effort().isPresent() && !quirks.contains(Quirk.NO_EFFORT)) {
      String effort = settings.effort().get().name().toLowerCase(Locale.ROOT);
      Fields reasoning = Fields.of("effort", effort);
      if (!quirks.contains(Quirk.NO_SUMMARY)) {
        reasoning.put("summary", "auto");
      }
      body.put("reasoning", reasoning);
    }
    if (settings.schema().isPresent()) {
      Node.Obj schema = settings.schema().get();
      Fields format =
          Fields.of("type", "json_schema")
              .put("name", "answer")
              .put("strict", StrictSchema.holds(schema))
              .put("schema", schema);
      body.put("text", new Fields().put("format", format));
    }
    if (!request.tools().isEmpty()) {
      body.put("tools", request.tools().stream().map(OpenAiResponses::tool).toList());
    }
    if (!request.instructions().isBlank()) {
      body.put("instructions", request.instructions());
    }
    return body.put("input", input(request.messages())).node();
  }

  @Override
  public AnswerReader reader(ModelRequest request, Consumer<Delta> listener) {
    return new OpenAiResponsesReader(request, listener);
  }

  private static Node tool(ToolSpec tool) {
    return Fields.of("type", "function")
        .put("name", tool.name())
        .put("description", tool.description())
        .put("strict", false)
        .put("parameters", tool.parameters())
        .node();
  }

  private static List<Node> input(List<Message> messages) {
    CallIds ids = new CallIds(false);
    List<Node> items = new ArrayList<>();
    for (Message message : messages) {
      switch (message) {
        case Message.FromUser(List<Message.Seen> parts) -> items.add(message("user", seen(parts)));
        case Message.FromModel(List<Message.Said> parts) ->
            parts.forEach(part -> addSaid(items, part, ids));
        case Message.FromTools(List<ToolResult> results) -> {
          for (ToolResult result : results) {
            items.add(result(result, ids));
          }
        }
      }
    }
    return items;
  }

  private static void addSaid(List<Node> items, Message.Said part, CallIds ids) {
    switch (part) {
      case Message.Words(String text) ->
          items.add(
              message(
                  "assistant", List.of(Fields.of("type", "output_text").put("text", text).node())));
      case Message.Reasoning(String _, Node.Obj carried) -> {
        boolean own = Protocol.OPENAI_RESPONSES.text().equals(carried.text("protocol").orElse(""));
        if (own) {
          carried.get("item").ifPresent(items::add);
        }
      }
      case ToolCall call ->
          items.add(
              Fields.of("type", "function_call")
                  .put("call_id", ids.of(call.id()))
                  .put("name", call.tool())
                  .put("arguments", call.arguments())
                  .node());
    }
  }

  private static Node result(ToolResult result, CallIds ids) {
    Fields item = Fields.of("type", "function_call_output").put("call_id", ids.of(result.callId()));
    boolean pictures = result.content().stream().anyMatch(Message.Image.class::isInstance);
    if (pictures) {
      return item.put("output", seen(result.content())).node();
    }
    StringBuilder text = new StringBuilder();
    for (Message.Seen part : result.content()) {
      if (part instanceof Message.Words(String words)) {
        text.append(words);
      }
    }
    return item.put("output", text.toString()).node();
  }

  private static Node message(String role, List<Node> content) {
    return Fields.of("type", "message").put("role", role).put("content", content).node();
  }

  private static List<Node> seen(List<Message.Seen> parts) {
    List<Node> content = new ArrayList<>();
    for (Message.Seen part : parts) {
      content.add(
          switch (part) {
            case Message.Words(String text) ->
                Fields.of("type", "input_text").put("text", text).node();
            case Message.Image image ->
                Fields.of("type", "input_image")
                    .put("image_url", Pictures.dataUrl(image))
                    .put("detail", "auto")
                    .node();
          });
    }
    return content;
  }
}
