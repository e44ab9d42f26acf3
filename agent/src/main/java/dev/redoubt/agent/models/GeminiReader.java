// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.models;

import dev.redoubt.agent.api.Delta;
import dev.redoubt.agent.api.ModelAnswer;
import dev.redoubt.agent.api.ModelAnswer.Stop;
import dev.redoubt.agent.api.ModelRequest;
import dev.redoubt.agent.models.AnswerParts.OpenCall;
import dev.redoubt.document.JsonText;
import dev.redoubt.document.Node;
import java.util.List;
import java.util.function.Consumer;

/// Reads an answer of Gemini. A call is given an id, because the format has none; the signature of
/// a call stands in a thought before it.
final class GeminiReader implements AnswerReader {

  private final AnswerParts parts;
  private final Counts counts = new Counts();
  private String model;
  private String reason = "";

  GeminiReader(ModelRequest request, Consumer<Delta> listener) {
    this.parts = new AnswerParts(Protocol.GEMINI, request.messages().size(), listener);
    this.model = request.model();
  }

  @Override
  public boolean event(SseEvent event) throws ProviderErrorException, MalformedAnswerException {
    chunk(AnswerJson.read(event.data()));
    return false;
  }

  @Override
  public void document(Node document) throws ProviderErrorException, MalformedAnswerException {
    List<Node> chunks = document instanceof Node.Arr ? document.items() : List.of(document);
    for (Node chunk : chunks) {
      chunk(chunk);
    }
    if (reason.isEmpty()) {
      throw new MalformedAnswerException("the answer has no candidate that is complete");
    }
  }

  private void chunk(Node chunk) throws ProviderErrorException, MalformedAnswerException {
    if (chunk.get("error").isPresent()) {
      throw new ProviderErrorException(chunk);
    }
    chunk.text("modelVersion").filter(name -> !name.isEmpty()).ifPresent(name -> model = name);
    chunk.get("usageMetadata").ifPresent(this::count);
    chunk.get("promptFeedback").flatMap(it -> it.text("blockReason")).ifPresent(it -> reason = it);
    for (Node candidate : chunk.items("candidates")) {
      if (Counts.at(candidate, "index").orElse(0L) > 0) {
        continue;
      }
      candidate.get("content").ifPresent(content -> content.items("parts").forEach(this::part));
      candidate.text("finishReason").filter(it -> !it.isEmpty()).ifPresent(it -> reason = it);
    }
    if (isBadCall()) {
      throw new MalformedAnswerException("the model made a call that cannot be read: " + reason);
    }
  }

  private boolean isBadCall() {
    return switch (reason) {
      case "MALFORMED_FUNCTION_CALL", "UNEXPECTED_TOOL_CALL", "TOO_MANY_TOOL_CALLS" -> true;
      default -> false;
    };
  }

  private void count(Node usage) {
    Counts.at(usage, "promptTokenCount")
        .ifPresent(
            it -> counts.input = it + Counts.at(usage, "toolUsePromptTokenCount").orElse(0L));
    Counts.at(usage, "cachedContentTokenCount").ifPresent(it -> counts.cacheRead = it);
    counts.output =
        Counts.at(usage, "candidatesTokenCount").orElse(0L)
            + Counts.at(usage, "thoughtsTokenCount").orElse(0L);
  }

  private void part(Node part) {
    String text = part.text("text").orElse("");
    String seal = part.text("thoughtSignature").orElse("");
    boolean isCall = part.get("functionCall").isPresent();
    if (part.isTrue("thought")) {
      parts.think(parts.reasoning(), text);
    }
    if (!seal.isEmpty()) {
      var sealed = parts.beginReasoning().carried();
      sealed.put("thoughtSignature", new Node.Text(seal, 1));
      sealed.put("at", new Node.Text(isCall ? "call" : "text", 1));
    }
    if (isCall) {
      Node function = part.get("functionCall").get();
      OpenCall call = parts.beginCall();
      parts.name(call, function.text("name").orElse(""));
      call.id = function.text("id").orElse("");
      function
          .get("args")
          .filter(Node.Obj.class::isInstance)
          .ifPresent(args -> call.arguments.append(JsonText.of(args)));
    } else if (!part.isTrue("thought")) {
      parts.words(text);
    }
  }

  @Override
  public ModelAnswer.Replied end() throws CutAnswerException, MalformedAnswerException {
    Stop stop =
        switch (reason) {
          case "" -> throw new CutAnswerException();
          case "MAX_TOKENS" -> Stop.LENGTH;
          case "STOP", "OTHER", "FINISH_REASON_UNSPECIFIED" ->
              parts.hasCalls() ? Stop.CALLS : Stop.END;
          default -> Stop.FILTERED;
        };
    return new ModelAnswer.Replied(parts.message(), stop, counts.usage(), model);
  }

  @Override
  public Counts counts() {
    return counts;
  }
}
