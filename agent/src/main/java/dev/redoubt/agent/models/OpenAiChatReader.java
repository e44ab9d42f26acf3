// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.models;

import dev.redoubt.agent.api.Delta;
import dev.redoubt.agent.api.ModelAnswer;
import dev.redoubt.agent.api.ModelRequest;
import dev.redoubt.agent.models.AnswerParts.OpenCall;
import dev.redoubt.agent.models.AnswerParts.OpenReasoning;
import dev.redoubt.document.JsonText;
import dev.redoubt.document.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Reads an answer of OpenAI Chat Completions, in what compatible hosts make of it.
///
/// Taken as they come: no usage, no `[DONE]`, no reason why it stopped, calls without an index or
/// an id, all calls under the same index, arguments as an object, content as a list of parts,
/// reasoning under any of its names.
final class OpenAiChatReader implements AnswerReader {

  private static final String[] REASONING = {"reasoning_content", "reasoning"};

  private final AnswerParts parts;
  private final Counts counts = new Counts();
  private final Map<String, OpenCall> byIndex = new LinkedHashMap<>();
  private @Nullable OpenCall latest;
  private String model;
  private String reason = "";
  private boolean over;

  OpenAiChatReader(ModelRequest request, Consumer<Delta> listener) {
    this.parts = new AnswerParts(Protocol.OPENAI_CHAT, request.messages().size(), listener);
    this.model = request.model();
  }

  @Override
  public boolean event(SseEvent event) throws ProviderErrorException, MalformedAnswerException {
    String data = event.data().strip();
    if (data.equals("[DONE]")) {
      over = true;
      return true;
    }
    if (data.isEmpty()) {
      // Some hosts keep the connection awake so.
      return false;
    }
    Node chunk = AnswerJson.read(data);
    if (event.type().equals("error")) {
      throw new ProviderErrorException(chunk);
    }
    take(chunk, "delta");
    return false;
  }

  @Override
  public void document(Node document) throws ProviderErrorException, MalformedAnswerException {
    if (document.items("choices").isEmpty()) {
      if (document.get("error").isPresent()) {
        throw new ProviderErrorException(document);
      }
      throw new MalformedAnswerException("the answer has no choices");
    }
    take(document, "message");
    over = true;
  }

  private void take(Node chunk, String field) throws ProviderErrorException {
    Optional<Node> error = chunk.get("error");
    if (error.isPresent() && !(error.get() instanceof Node.Nothing)) {
      throw new ProviderErrorException(chunk);
    }
    chunk.text("model").filter(name -> !name.isEmpty()).ifPresent(name -> model = name);
    chunk.get("usage").ifPresent(usage -> OpenAiChat.count(counts, usage));
    chunk
        .get("x_groq")
        .flatMap(it -> it.get("usage"))
        .ifPresent(usage -> OpenAiChat.count(counts, usage));
    for (Node choice : chunk.items("choices")) {
      if (Counts.at(choice, "index").orElse(0L) > 0) {
        continue;
      }
      if (choice.get("error").filter(Node.Obj.class::isInstance).isPresent()) {
        throw new ProviderErrorException(choice);
      }
      choice.get(field).ifPresent(this::takeDelta);
      choice.get("usage").ifPresent(usage -> OpenAiChat.count(counts, usage));
      choice.text("finish_reason").filter(it -> !it.isEmpty()).ifPresent(it -> reason = it);
    }
  }

  private void takeDelta(Node delta) {
    takeReasoning(delta);
    delta.get("content").ifPresent(this::takeContent);
    delta.text("refusal").ifPresent(parts::words);
    for (Node call : delta.items("tool_calls")) {
      takeCall(call);
    }
    Optional<Node> legacy = delta.get("function_call").filter(Node.Obj.class::isInstance);
    legacy.ifPresent(function -> takeFunction(byIndex.computeIfAbsent("", _ -> begin()), function));
  }

  private void takeReasoning(Node delta) {
    for (String field : REASONING) {
      Optional<String> text = delta.text(field).filter(it -> !it.isEmpty());
      if (text.isPresent()) {
        OpenReasoning reasoning = parts.reasoning();
        reasoning.carried().put("field", new Node.Text(field, 1));
        parts.think(reasoning, text.get());
        break;
      }
    }
    List<Node> details = delta.items("reasoning_details");
    if (!details.isEmpty()) {
      OpenReasoning reasoning = parts.reasoning();
      List<Node> all = new ArrayList<>();
      Node before = reasoning.carried().get("reasoning_details");
      if (before != null) {
        all.addAll(before.items());
      }
      ReasoningDetails.append(all, details);
      reasoning.carried().put("reasoning_details", new Node.Arr(all, 1));
    }
  }

  private void takeContent(Node content) {
    content.scalar().ifPresent(parts::words);
    for (Node part : content.items()) {
      if (part.text("type").orElse("").equals("thinking")) {
        OpenReasoning reasoning = parts.reasoning();
        part.text("thinking").ifPresent(text -> parts.think(reasoning, text));
        for (Node piece : part.items("thinking")) {
          piece.text("text").ifPresent(text -> parts.think(reasoning, text));
        }
      } else {
        part.text("text").ifPresent(parts::words);
      }
    }
  }

  private void takeCall(Node call) {
    Node function = call.get("function").orElse(call);
    String id = call.scalar("id").orElse("");
    String name = function.text("name").orElse("");
    Optional<String> index = call.scalar("index");
    OpenCall open = index.isPresent() ? byIndex(index.get(), id, name) : unnumbered(id, name);
    if (!id.isEmpty()) {
      open.id = id;
    }
    takeFunction(open, function);
  }

  private OpenCall byIndex(String index, String id, String name) {
    OpenCall open = byIndex.get(index);
    // Some hosts put every call under index 0: a new id with a name is a new call.
    if (open == null || (!name.isEmpty() && !id.isEmpty() && differs(open.id, id))) {
      open = begin();
      byIndex.put(index, open);
    }
    return open;
  }

  private OpenCall unnumbered(String id, String name) {
    OpenCall open = latest;
    if (open != null && (name.isEmpty() || (!id.isEmpty() && open.id.equals(id)))) {
      return open;
    }
    return id.isEmpty() ? begin() : byIndex.computeIfAbsent("id " + id, _ -> begin());
  }

  private static boolean differs(String id, String other) {
    return !id.isEmpty() && !id.equals(other);
  }

  private OpenCall begin() {
    OpenCall call = parts.beginCall();
    latest = call;
    return call;
  }

  private void takeFunction(OpenCall call, Node function) {
    parts.name(call, function.text("name").orElse(""));
    switch (function.get("arguments").orElse(new Node.Nothing(1))) {
      case Node.Text(String piece, int _) -> call.arguments.append(piece);
      case Node.Obj object -> call.arguments.append(JsonText.of(object));
      case Node.Arr _, Node.Num _, Node.Bool _, Node.Nothing _ -> {
        // No arguments.
      }
    }
  }

  @Override
  public ModelAnswer.Replied end() throws CutAnswerException, MalformedAnswerException {
    if (reason.isEmpty() && !over) {
      throw new CutAnswerException();
    }
    return new ModelAnswer.Replied(parts.message(), stop(), counts.usage(), model);
  }

  private ModelAnswer.Stop stop() {
    return switch (reason) {
      case "length", "max_tokens", "model_length" -> ModelAnswer.Stop.LENGTH;
      case "content_filter", "safety" -> ModelAnswer.Stop.FILTERED;
      default -> parts.hasCalls() ? ModelAnswer.Stop.CALLS : ModelAnswer.Stop.END;
    };
  }

  @Override
  public Counts counts() {
    return counts;
  }
}
