// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.models;

import dev.redoubt.agent.api.Delta;
import dev.redoubt.agent.api.Message;
import dev.redoubt.agent.api.ModelRequest;
import dev.redoubt.agent.api.ToolCall;
import dev.redoubt.agent.api.ToolResult;
import dev.redoubt.agent.api.ToolSpec;
import dev.redoubt.document.JsonText;
import dev.redoubt.document.Node;
import dev.redoubt.sandbox.network.WebHeader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/* https://platform.openai.com/docs/api-reference/chat, and what compatible hosts make of it. */
/// OpenAI Chat Completions.
final class OpenAiChat implements Wire {

  private static final int LONGEST_NAME = 64;

  @Override
  public String version() {
    return "";
  }

  @Override
  public String path(ModelRequest request) {
    return "/chat/completions";
  }

  @Override
  public List<WebHeader> headers() {
    return List.of();
  }

  @Override
  public Node.Obj body(ModelRequest request, Set<Quirk> quirks) {
    ModelRequest.Settings settings = request.settings();
    Fields body = Fields.of("model", request.model()).put("stream", true);
    if (!quirks.contains(Quirk.NO_STREAM_OPTIONS)) {
      body.put("stream_options", new Fields().put("include_usage", true));
    }
    if (!quirks.contains(Quirk.NO_OUTPUT_LIMIT)) {
      boolean renamed = quirks.contains(Quirk.COMPLETION_TOKENS);
      body.put(renamed ? "max_completion_tokens" : "max_tokens", settings.maxOutputTokens());
    }
    if (settings.cacheKey().isPresent() && Quirk.wantsCacheKey(quirks)) {
      body.put("prompt_cache_key", settings.cacheKey().get());
    }
    if (settings.effort().isPresent() && !quirks.contains(Quirk.NO_EFFORT)) {
      body.put("reasoning_effort", settings.effort().get().name().toLowerCase(Locale.ROOT));
    }
    if (settings.schema().isPresent()) {
      body.put("response_format", responseFormat(settings.schema().get()));
    }
    if (!request.tools().isEmpty()) {
      body.put("tools", request.tools().stream().map(OpenAiChat::tool).toList());
    }
    return body.put("messages", messages(request, quirks)).node();
  }

  @Override
  public AnswerReader reader(ModelRequest request, Consumer<Delta> listener) {
    return new OpenAiChatReader(request, listener);
  }

  private static Fields responseFormat(Node.Obj schema) {
    Fields named =
        Fields.of("name", "answer").put("strict", StrictSchema.holds(schema)).put("schema", schema);
    return Fields.of("type", "json_schema").put("json_schema", named);
  }

  private static Node.Obj tool(ToolSpec tool) {
    Fields function =
        Fields.of("name", tool.name())
            .put("description", tool.description())
            .put("parameters", tool.parameters());
    return Fields.of("type", "function").put("function", function).node();
  }

  private static List<Node> messages(ModelRequest request, Set<Quirk> quirks) {
    List<Node> messages = new ArrayList<>();
    if (!request.instructions().isBlank()) {
      messages.add(Fields.of("role", "system").put("content", request.instructions()).node());
    }
    CallIds ids = new CallIds(quirks.contains(Quirk.SHORT_CALL_IDS));
    for (Message message : request.messages()) {
      switch (message) {
        case Message.FromUser(List<Message.Seen> parts) -> messages.add(user(parts));
        case Message.FromModel said -> messages.add(assistant(said, quirks, ids));
        case Message.FromTools(List<ToolResult> results) -> addResults(messages, results, ids);
      }
    }
    return messages;
  }

  private static Node.Obj user(List<Message.Seen> parts) {
    if (parts.size() == 1 && parts.getFirst() instanceof Message.Words(String text)) {
      return Fields.of("role", "user").put("content", text).node();
    }
    return Fields.of("role", "user")
        .put("content", parts.stream().map(OpenAiChat::seen).toList())
        .node();
  }

  private static Node seen(Message.Seen part) {
    return switch (part) {
      case Message.Words(String text) -> Fields.of("type", "text").put("text", text).node();
      case Message.Image image ->
          Fields.of("type", "image_url")
              .put("image_url", Fields.of("url", Pictures.dataUrl(image)))
              .node();
    };
  }

  private static Node.Obj assistant(Message.FromModel said, Set<Quirk> quirks, CallIds ids) {
    List<ToolCall> calls = said.calls();
    String text = said.text();
    Fields message = Fields.of("role", "assistant");
    if (text.isEmpty() && !calls.isEmpty()) {
      message.put("content", new Node.Nothing(1));
    } else {
      message.put("content", text);
    }
    // Hosts that think between calls want the thoughts back with them, and only then.
    if (!calls.isEmpty() && !quirks.contains(Quirk.NO_REASONING_BACK)) {
      addReasoning(message, said);
    }
    if (!calls.isEmpty()) {
      message.put("tool_calls", calls.stream().map(call -> call(call, ids)).toList());
    }
    return message.node();
  }

  private static void addReasoning(Fields message, Message.FromModel said) {
    for (Message.Said part : said.parts()) {
      if (part instanceof Message.Reasoning(String text, Node.Obj carried)
          && carried.text("protocol").equals(Optional.of(Protocol.OPENAI_CHAT.text()))) {
        carried.text("field").ifPresent(field -> message.put(field, text));
        carried.get("reasoning_details").ifPresent(it -> message.put("reasoning_details", it));
      }
    }
  }

  private static Node call(ToolCall call, CallIds ids) {
    return Fields.of("id", ids.of(call.id()))
        .put("type", "function")
        .put("function", Fields.of("name", name(call)).put("arguments", arguments(call)))
        .node();
  }

  /* Hosts refuse a conversation with another sign in a name, even if a model made it up. */
  private static String name(ToolCall call) {
    String name = call.tool().replaceAll("[^a-zA-Z0-9_-]", "_");
    return name.isEmpty() ? "_" : name.substring(0, Math.min(LONGEST_NAME, name.length()));
  }

  /* What is JSON goes back as it came, for the sake of caches; some hosts read it again. */
  private static String arguments(ToolCall call) {
    Node.Obj read = CallArguments.object(call);
    return read.fields().size() == 1 && read.text("arguments").equals(Optional.of(call.arguments()))
        ? JsonText.of(read)
        : call.arguments();
  }

  /// Adds a message a result; pictures follow in one of the user, because only there hosts take
  /// them.
  private static void addResults(List<Node> messages, List<ToolResult> results, CallIds ids) {
    List<Node> pictures = new ArrayList<>();
    for (ToolResult result : results) {
      StringBuilder text = new StringBuilder();
      for (Message.Seen part : result.content()) {
        switch (part) {
          case Message.Words(String words) -> text.append(words);
          case Message.Image image -> {
            String label = "Picture from the result of call " + ids.of(result.callId()) + ":";
            pictures.add(seen(new Message.Words(label)));
            pictures.add(seen(image));
          }
        }
      }
      messages.add(
          Fields.of("role", "tool")
              .put("tool_call_id", ids.of(result.callId()))
              .put("content", text.isEmpty() ? "(nothing)" : text.toString())
              .node());
    }
    if (!pictures.isEmpty()) {
      messages.add(Fields.of("role", "user").put("content", pictures).node());
    }
  }

  /// Returns `fields` of the usage of an answer as counts.
  static void count(Counts counts, Node usage) {
    Counts.at(usage, "prompt_tokens").ifPresent(it -> counts.input = it);
    Counts.at(usage, "completion_tokens").ifPresent(it -> counts.output = it);
    Map<String, Node> details = usage.fields("prompt_tokens_details");
    Node detail = new Node.Obj(details, 1);
    Counts.at(usage, "prompt_cache_hit_tokens").ifPresent(it -> counts.cacheRead = it);
    Counts.at(usage, "cached_tokens").ifPresent(it -> counts.cacheRead = it);
    Counts.at(detail, "cached_tokens").ifPresent(it -> counts.cacheRead = it);
    Counts.at(detail, "cache_write_tokens").ifPresent(it -> counts.cacheWrite = it);
  }
}
