// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.testkit.provider;

import static dev.redoubt.testkit.provider.WireJson.object;
import static dev.redoubt.testkit.provider.WireJson.pieces;
import static dev.redoubt.testkit.provider.WireJson.write;

import dev.redoubt.testkit.provider.Reply.Says;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Gemini `streamGenerateContent`, as a provider writes it: calls have no id, and the seal of
/// reasoning stands on the first call after it.
final class GeminiWire {

  private GeminiWire() {}

  static String stream(Says answer) {
    StringBuilder events = new StringBuilder();
    for (Object part : parts(answer)) {
      event(events, chunk(List.of(part)));
    }
    event(events, last(answer, List.of(object("text", ""))));
    return events.toString();
  }

  static String whole(Says answer) {
    return write(last(answer, parts(answer)));
  }

  private static List<Object> parts(Says answer) {
    List<Object> parts = new ArrayList<>();
    String seal = "";
    for (Part part : answer.parts()) {
      switch (part) {
        case Part.Text(String text) ->
            pieces(text).forEach(piece -> parts.add(object("text", piece)));
        case Part.Thought(String text, String sealed) -> {
          pieces(text).forEach(piece -> parts.add(object("text", piece, "thought", true)));
          seal = sealed;
        }
        case Part.Call(String _, String tool, String arguments) -> {
          Object call = object("name", tool, "args", new WireJson.Raw(arguments));
          Map<String, @Nullable Object> whole = object("functionCall", call);
          if (!seal.isEmpty()) {
            whole.put("thoughtSignature", seal);
            seal = "";
          }
          parts.add(whole);
        }
      }
    }
    return parts;
  }

  private static Map<String, @Nullable Object> chunk(List<?> parts) {
    Object content = object("role", "model", "parts", parts);
    return object(
        "candidates",
        List.of(object("content", content, "index", 0)),
        "modelVersion",
        "scripted-1");
  }

  private static Map<String, @Nullable Object> last(Says answer, List<?> parts) {
    Object content = object("role", "model", "parts", parts);
    Object candidate = object("content", content, "finishReason", reason(answer), "index", 0);
    return object(
        "candidates",
        List.of(candidate),
        "usageMetadata",
        object(
            "promptTokenCount",
            answer.tokens().input(),
            "cachedContentTokenCount",
            answer.tokens().cached(),
            "candidatesTokenCount",
            answer.tokens().output() - 2,
            "thoughtsTokenCount",
            2),
        "modelVersion",
        "scripted-1");
  }

  private static String reason(Says answer) {
    return switch (answer.end()) {
      case DONE, CALLS -> "STOP";
      case LENGTH -> "MAX_TOKENS";
      case FILTERED -> "SAFETY";
    };
  }

  private static void event(StringBuilder events, Object chunk) {
    events.append("data: ").append(write(chunk)).append("\r\n\r\n");
  }
}
