// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.models;

import dev.redoubt.agent.api.Delta;
import dev.redoubt.agent.api.ModelAnswer;
import dev.redoubt.agent.api.ModelAnswer.Stop;
import dev.redoubt.agent.api.ModelRequest;
import dev.redoubt.agent.models.AnswerParts.OpenCall;
import dev.redoubt.agent.models.AnswerParts.OpenReasoning;
import dev.redoubt.document.JsonText;
import dev.redoubt.document.Node;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/// Reads an answer of Anthropic Messages. Blocks and events of kinds it does not know are left out.
final class AnthropicReader implements AnswerReader {

  private final AnswerParts parts;
  private final Counts counts = new Counts();
  private final Map<String, OpenCall> calls = new HashMap<>();
  private final Map<String, OpenReasoning> thoughts = new HashMap<>();
  private long plain;
  private String model;
  private String reason = "";

  AnthropicReader(ModelRequest request, Consumer<Delta> listener) {
    this.parts = new AnswerParts(Protocol.ANTHROPIC, request.messages().size(), listener);
    this.model = request.model();
  }

  @Override
  public boolean event(SseEvent event) throws ProviderErrorException, MalformedAnswerException {
    Node data = AnswerJson.read(event.data());
    String index = data.scalar("index").orElse("");
    switch (data.text("type").orElse(event.type())) {
      case "message_start" -> data.get("message").ifPresent(this::begin);
      case "content_block_start" ->
          data.get("content_block").ifPresent(block -> open(index, block));
      case "content_block_delta" -> data.get("delta").ifPresent(delta -> grow(index, delta));
      case "message_delta" -> {
        data.get("usage").ifPresent(this::count);
        data.get("delta").ifPresent(this::stop);
      }
      case "message_stop" -> {
        return true;
      }
      case "error" -> throw new ProviderErrorException(data);
      default -> {
        // A ping, the end of a block, or what came to the format later.
      }
    }
    return false;
  }

  @Override
  public void document(Node document) throws ProviderErrorException, MalformedAnswerException {
    if (document.get("error").isPresent()) {
      throw new ProviderErrorException(document);
    }
    if (!(document.get("content").orElse(document) instanceof Node.Arr)) {
      throw new MalformedAnswerException("the answer has no content");
    }
    begin(document);
    int index = 0;
    for (Node block : document.items("content")) {
      open(Integer.toString(index), block);
      index++;
    }
    stop(document);
  }

  private void begin(Node message) {
    message.text("model").filter(name -> !name.isEmpty()).ifPresent(name -> model = name);
    message.get("usage").ifPresent(this::count);
  }

  private void count(Node usage) {
    Counts.at(usage, "input_tokens").ifPresent(it -> plain = it);
    Counts.at(usage, "cache_read_input_tokens").ifPresent(it -> counts.cacheRead = it);
    Counts.at(usage, "cache_creation_input_tokens").ifPresent(it -> counts.cacheWrite = it);
    Counts.at(usage, "output_tokens").ifPresent(it -> counts.output = it);
    counts.input = plain + counts.cacheRead + counts.cacheWrite;
  }

  private void stop(Node delta) {
    delta.text("stop_reason").ifPresent(it -> reason = it);
  }

  private void open(String index, Node block) {
    switch (block.text("type").orElse("")) {
      case "text" -> block.text("text").ifPresent(parts::words);
      case "thinking" -> {
        OpenReasoning thought = parts.beginReasoning();
        thoughts.put(index, thought);
        parts.think(thought, block.text("thinking").orElse(""));
        seal(thought, block.text("signature").orElse(""));
      }
      case "redacted_thinking" ->
          parts
              .beginReasoning()
              .carried()
              .put("data", new Node.Text(block.text("data").orElse(""), 1));
      case "tool_use" -> {
        OpenCall call = parts.beginCall();
        calls.put(index, call);
        call.id = block.scalar("id").orElse("");
        parts.name(call, block.text("name").orElse(""));
        // Of a stream it is empty here; a provider that gives all at once says it here.
        if (!block.fields("input").isEmpty()) {
          call.arguments.append(JsonText.of(block.get("input").orElse(block)));
        }
      }
      default -> {
        // What the provider's own tools did, which nobody asked for.
      }
    }
  }

  private void grow(String index, Node delta) {
    switch (delta.text("type").orElse("")) {
      case "text_delta" -> delta.text("text").ifPresent(parts::words);
      case "thinking_delta" -> parts.think(thought(index), delta.text("thinking").orElse(""));
      case "signature_delta" -> seal(thought(index), delta.text("signature").orElse(""));
      case "input_json_delta" -> {
        OpenCall call = calls.get(index);
        if (call != null) {
          call.arguments.append(delta.text("partial_json").orElse(""));
        }
      }
      default -> {
        // Citations and the like.
      }
    }
  }

  private OpenReasoning thought(String index) {
    return thoughts.computeIfAbsent(index, _ -> parts.beginReasoning());
  }

  private static void seal(OpenReasoning thought, String piece) {
    if (!piece.isEmpty()) {
      Node before = thought.carried().get("signature");
      String all = (before == null ? "" : before.scalar().orElse("")) + piece;
      thought.carried().put("signature", new Node.Text(all, 1));
    }
  }

  @Override
  public ModelAnswer.Replied end() throws CutAnswerException, MalformedAnswerException {
    if (reason.isEmpty()) {
      throw new CutAnswerException();
    }
    Stop stop =
        switch (reason) {
          // A pause is of the provider's own tools: it was not done either.
          case "max_tokens", "model_context_window_exceeded", "pause_turn" -> Stop.LENGTH;
          case "refusal" -> Stop.FILTERED;
          default -> parts.hasCalls() ? Stop.CALLS : Stop.END;
        };
    return new ModelAnswer.Replied(parts.message(), stop, counts.usage(), model);
  }

  @Override
  public Counts counts() {
    return counts;
  }
}
