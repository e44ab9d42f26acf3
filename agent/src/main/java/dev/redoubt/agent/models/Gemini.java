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
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/* https://ai.google.dev/api/generate-content and
 * https://ai.google.dev/gemini-api/docs/thought-signatures */
/// Gemini `streamGenerateContent`.
final class Gemini implements Wire {

  /// Stands for the signature of a call that another model made.
  private static final String NO_SIGNATURE = "skip_thought_signature_validator";

  @Override
  public String version() {
    return "/v1beta";
  }

  @Override
  public String path(ModelRequest request) {
    String model = request.model();
    String named = model.contains("/") ? model : "models/" + model;
    return "/" + named + ":streamGenerateContent?alt=sse";
  }

  @Override
  public List<WebHeader> headers() {
    return List.of();
  }

  @Override
  public Node.Obj body(ModelRequest request, Set<Quirk> quirks) {
    ModelRequest.Settings settings = request.settings();
    Fields body = new Fields();
    if (!request.instructions().isBlank()) {
      Node part = Fields.of("text", request.instructions()).node();
      body.put("systemInstruction", new Fields().put("parts", List.of(part)));
    }
    if (!request.tools().isEmpty()) {
      List<Node> functions = request.tools().stream().map(Gemini::function).toList();
      body.put("tools", List.of(new Fields().put("functionDeclarations", functions).node()));
    }
    Fields config = new Fields().put("maxOutputTokens", settings.maxOutputTokens());
    settings
        .schema()
        .ifPresent(schema ->
            config
                .put("responseMimeType", "application/json")
                .put("responseSchema", GeminiSchema.of(schema)));
    if (settings.effort().isPresent() && !quirks.contains(Quirk.NO_EFFORT)) {
      config.put("thinkingConfig", thinking(settings.effort().get(), quirks));
    }
    body.put("generationConfig", config);
    return body.put("contents", contents(request.messages(), quirks)).node();
  }

  @Override
  public AnswerReader reader(ModelRequest request, Consumer<Delta> listener) {
    return new GeminiReader(request, listener);
  }

  private static Fields thinking(Effort effort, Set<Quirk> quirks) {
    if (effort == Effort.NONE) {
      return new Fields().put("thinkingBudget", 0);
    }
    Fields config = new Fields().put("includeThoughts", true);
    if (quirks.contains(Quirk.BUDGET_OF_THOUGHT)) {
      return config.put(
          "thinkingBudget",
          switch (effort) {
            case NONE -> 0;
            case LOW -> 2048;
            case MEDIUM -> 8192;
            case HIGH -> 24_576;
          });
    }
    return config.put("thinkingLevel", effort.name().toLowerCase(Locale.ROOT));
  }

  private static Node function(ToolSpec tool) {
    Fields function = Fields.of("name", tool.name()).put("description", tool.description());
    // An object without properties is refused; no parameters say the same.
    if (!tool.parameters().fields("properties").isEmpty()) {
      function.put("parameters", GeminiSchema.of(tool.parameters()));
    }
    return function.node();
  }

  private static List<Node> contents(List<Message> messages, Set<Quirk> quirks) {
    List<Node> contents = new ArrayList<>();
    Map<String, String> tools = new HashMap<>();
    for (Message message : messages) {
      List<Node> parts =
          switch (message) {
            case Message.FromUser(List<Message.Seen> seen) ->
                seen.stream().map(Gemini::seen).toList();
            case Message.FromModel(List<Message.Said> said) -> said(said, quirks);
            case Message.FromTools(List<ToolResult> results) -> results(results, tools);
          };
      if (message instanceof Message.FromModel said) {
        said.calls().forEach(call -> tools.put(call.id(), call.tool()));
      }
      if (!parts.isEmpty()) {
        String role = message instanceof Message.FromModel ? "model" : "user";
        contents.add(Fields.of("role", role).put("parts", parts).node());
      }
    }
    return contents;
  }

  private static Node seen(Message.Seen part) {
    return switch (part) {
      case Message.Words(String text) -> Fields.of("text", text).node();
      case Message.Image image -> {
        Fields inline =
            Fields.of("mimeType", image.mediaType()).put("data", Pictures.base64(image));
        yield new Fields().put("inlineData", inline).node();
      }
    };
  }

  private static List<Node> said(List<Message.Said> said, Set<Quirk> quirks) {
    List<Node> parts = new ArrayList<>();
    String signature = quirks.contains(Quirk.SIGNED_CALLS) ? NO_SIGNATURE : "";
    for (Message.Said part : said) {
      switch (part) {
        case Message.Words(String text) -> {
          if (!text.isEmpty()) {
            parts.add(Fields.of("text", text).node());
          }
        }
        case Message.Reasoning(String _, Node.Obj carried) -> {
          String seal =
              Protocol.GEMINI.text().equals(carried.text("protocol").orElse(""))
                  ? carried.text("thoughtSignature").orElse("")
                  : "";
          if (!seal.isEmpty() && carried.text("at").orElse("").equals("text")) {
            parts.add(Fields.of("text", "").put("thoughtSignature", seal).node());
          } else if (!seal.isEmpty()) {
            signature = seal;
          }
        }
        case ToolCall call -> {
          Fields function = Fields.of("name", call.tool()).put("args", CallArguments.object(call));
          Fields whole = new Fields().put("functionCall", function);
          if (!signature.isEmpty()) {
            whole.put("thoughtSignature", signature);
            signature = "";
          }
          parts.add(whole.node());
        }
      }
    }
    return parts;
  }

  private static List<Node> results(List<ToolResult> results, Map<String, String> tools) {
    List<Node> parts = new ArrayList<>();
    List<Node> pictures = new ArrayList<>();
    for (ToolResult result : results) {
      StringBuilder text = new StringBuilder();
      for (Message.Seen part : result.content()) {
        switch (part) {
          case Message.Words(String words) -> text.append(words);
          case Message.Image image -> pictures.add(seen(image));
        }
      }
      Fields response = Fields.of(result.failed() ? "error" : "output", text.toString());
      String name = tools.getOrDefault(result.callId(), "unknown");
      Fields function = Fields.of("name", name).put("response", response);
      parts.add(new Fields().put("functionResponse", function).node());
    }
    parts.addAll(pictures);
    return parts;
  }
}
