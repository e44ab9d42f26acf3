// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.models;

import dev.redoubt.agent.api.Delta;
import dev.redoubt.agent.api.ModelAnswer;
import dev.redoubt.agent.api.ModelAnswer.Stop;
import dev.redoubt.agent.api.ModelRequest;
import dev.redoubt.agent.models.AnswerParts.OpenCall;
import dev.redoubt.agent.models.AnswerParts.OpenReasoning;
import dev.redoubt.document.Node;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/// Reads an answer of OpenAI Responses. Items and events of kinds it does not know are left out.
final class OpenAiResponsesReader implements AnswerReader {

  private final AnswerParts parts;
  private final Counts counts = new Counts();
  private final Map<String, OpenCall> calls = new HashMap<>();
  private final Map<String, OpenReasoning> thoughts = new HashMap<>();
  private final Set<String> spoken = new HashSet<>();
  private String model;
  private String status = "";
  private String reason = "";

  OpenAiResponsesReader(ModelRequest request, Consumer<Delta> listener) {
    this.parts = new AnswerParts(Protocol.OPENAI_RESPONSES, request.messages().size(), listener);
    this.model = request.model();
  }

  @Override
  public boolean event(SseEvent event) throws ProviderErrorException, MalformedAnswerException {
    if (event.data().strip().equals("[DONE]")) {
      return true;
    }
    Node data = AnswerJson.read(event.data());
    String index = data.scalar("output_index").orElse("");
    String delta = data.text("delta").orElse("");
    switch (data.text("type").orElse(event.type())) {
      case "response.output_item.added" -> data.get("item").ifPresent(item -> open(index, item));
      case "response.output_item.done" -> data.get("item").ifPresent(item -> close(index, item));
      case "response.output_text.delta", "response.refusal.delta" -> {
        spoken.add(index);
        parts.words(delta);
      }
      case "response.reasoning_summary_text.delta", "response.reasoning_text.delta" ->
          parts.think(thought(index), delta);
      case "response.reasoning_summary_part.added" -> {
        OpenReasoning thought = thought(index);
        if (!thought.text().isEmpty()) {
          parts.think(thought, "\n\n");
        }
      }
      case "response.function_call_arguments.delta" -> {
        OpenCall call = calls.get(index);
        if (call != null) {
          call.arguments.append(delta);
        }
      }
      case "response.completed", "response.incomplete", "response.failed" -> {
        finish(data.get("response").orElse(data));
        return true;
      }
      case "error" -> throw new ProviderErrorException(data);
      default -> {
        // The same told in another way, or what came to the format later.
      }
    }
    return false;
  }

  @Override
  public void document(Node document) throws ProviderErrorException, MalformedAnswerException {
    finish(document);
    if (status.isEmpty()) {
      throw new MalformedAnswerException("the answer has no status");
    }
  }

  private void finish(Node response) throws ProviderErrorException {
    response.text("model").filter(name -> !name.isEmpty()).ifPresent(name -> model = name);
    response.get("usage").ifPresent(this::count);
    if (response.get("error").filter(Node.Obj.class::isInstance).isPresent()) {
      throw new ProviderErrorException(response);
    }
    status = response.text("status").orElse("");
    reason = response.get("incomplete_details").flatMap(it -> it.text("reason")).orElse("");
    if (parts.isEmpty()) {
      int index = 0;
      for (Node item : response.items("output")) {
        open(Integer.toString(index), item);
        close(Integer.toString(index), item);
        index++;
      }
    }
  }

  private void count(Node usage) {
    Counts.at(usage, "input_tokens").ifPresent(it -> counts.input = it);
    Counts.at(usage, "output_tokens").ifPresent(it -> counts.output = it);
    Node details = new Node.Obj(usage.fields("input_tokens_details"), 1);
    Counts.at(details, "cached_tokens").ifPresent(it -> counts.cacheRead = it);
    Counts.at(details, "cache_write_tokens").ifPresent(it -> counts.cacheWrite = it);
  }

  private void open(String index, Node item) {
    switch (item.text("type").orElse("")) {
      case "reasoning" -> thought(index);
      case "function_call" -> {
        OpenCall call = parts.beginCall();
        calls.put(index, call);
        call.id = item.text("call_id").orElse("");
        parts.name(call, item.text("name").orElse(""));
      }
      default -> {
        // A message is its words; other items are of tools that nobody offered.
      }
    }
  }

  private void close(String index, Node item) {
    switch (item.text("type").orElse("")) {
      case "reasoning" -> {
        OpenReasoning thought = thought(index);
        if (thought.text().isEmpty()) {
          parts.think(thought, text(item.items("summary")));
        }
        Map<String, Node> whole = new LinkedHashMap<>(item.fields());
        whole.remove("status");
        thought.carried().put("item", new Node.Obj(whole, 1));
      }
      case "function_call" -> {
        OpenCall call = calls.computeIfAbsent(index, _ -> parts.beginCall());
        parts.name(call, item.text("name").orElse(""));
        item.text("call_id").ifPresent(id -> call.id = id);
        item.text("arguments")
            .ifPresent(all -> {
              call.arguments.setLength(0);
              call.arguments.append(all);
            });
      }
      case "message" -> {
        if (!spoken.contains(index)) {
          parts.words(text(item.items("content")));
        }
      }
      default -> {
        // As above.
      }
    }
  }

  private static String text(List<Node> pieces) {
    StringBuilder text = new StringBuilder();
    for (Node piece : pieces) {
      text.append(piece.text("text").or(() -> piece.text("refusal")).orElse(""));
    }
    return text.toString();
  }

  private OpenReasoning thought(String index) {
    return thoughts.computeIfAbsent(index, _ -> parts.beginReasoning());
  }

  @Override
  public ModelAnswer.Replied end() throws CutAnswerException, MalformedAnswerException {
    Stop stop =
        switch (status) {
          case "completed" -> parts.hasCalls() ? Stop.CALLS : Stop.END;
          case "incomplete" -> reason.equals("content_filter") ? Stop.FILTERED : Stop.LENGTH;
          default -> throw new CutAnswerException();
        };
    return new ModelAnswer.Replied(parts.message(), stop, counts.usage(), model);
  }

  @Override
  public Counts counts() {
    return counts;
  }
}
