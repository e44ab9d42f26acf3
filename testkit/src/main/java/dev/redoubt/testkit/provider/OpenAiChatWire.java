// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.testkit.provider;

import static dev.redoubt.testkit.provider.WireJson.object;
import static dev.redoubt.testkit.provider.WireJson.pieces;
import static dev.redoubt.testkit.provider.WireJson.write;

import dev.redoubt.testkit.provider.Reply.Says;
import dev.redoubt.testkit.provider.Reply.Tokens;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// OpenAI Chat Completions, as a provider writes it.
final class OpenAiChatWire {

  private OpenAiChatWire() {}

  static String stream(Says answer, Asked asked) {
    StringBuilder events = new StringBuilder();
    event(events, object("role", "assistant", "content", ""), null);
    for (Part part : answer.parts()) {
      switch (part) {
        case Part.Text(String text) ->
            pieces(text).forEach(piece -> event(events, object("content", piece), null));
        case Part.Thought(String text, String _) ->
            pieces(text).forEach(piece -> event(events, object("reasoning_content", piece), null));
        case Part.Call _ -> {}
      }
    }
    calls(events, answer);
    event(events, object(), reason(answer));
    if (asked.body().contains("\"include_usage\":true")) {
      Map<String, @Nullable Object> last = chunk(List.of());
      last.put("usage", usage(answer.tokens()));
      events.append("data: ").append(write(last)).append("\n\n");
    }
    return events.append("data: [DONE]\n\n").toString();
  }

  /// All calls begin, then a piece of each in turn.
  private static void calls(StringBuilder events, Says answer) {
    List<List<String>> arguments = new ArrayList<>();
    for (Part part : answer.parts()) {
      if (part instanceof Part.Call(String id, String tool, String json)) {
        Object function = object("name", tool, "arguments", "");
        delta(
            events,
            object("index", arguments.size(), "id", id, "type", "function", "function", function));
        arguments.add(pieces(json));
      }
    }
    int longest = arguments.stream().mapToInt(List::size).max().orElse(0);
    for (int piece = 0; piece < longest; piece++) {
      for (int call = 0; call < arguments.size(); call++) {
        if (piece < arguments.get(call).size()) {
          Object function = object("arguments", arguments.get(call).get(piece));
          delta(events, object("index", call, "function", function));
        }
      }
    }
  }

  static String whole(Says answer) {
    StringBuilder text = new StringBuilder();
    StringBuilder thought = new StringBuilder();
    List<Object> calls = new ArrayList<>();
    for (Part part : answer.parts()) {
      switch (part) {
        case Part.Text(String words) -> text.append(words);
        case Part.Thought(String words, String _) -> thought.append(words);
        case Part.Call(String id, String tool, String arguments) ->
            calls.add(
                object(
                    "id",
                    id,
                    "type",
                    "function",
                    "function",
                    object("name", tool, "arguments", arguments)));
      }
    }
    Map<String, @Nullable Object> message = object("role", "assistant");
    message.put("content", text.isEmpty() ? null : text.toString());
    if (!thought.isEmpty()) {
      message.put("reasoning_content", thought.toString());
    }
    if (!calls.isEmpty()) {
      message.put("tool_calls", calls);
    }
    Map<String, @Nullable Object> document =
        chunk(List.of(object("index", 0, "message", message, "finish_reason", reason(answer))));
    document.put("object", "chat.completion");
    document.put("usage", usage(answer.tokens()));
    return write(document);
  }

  private static void delta(StringBuilder events, Object call) {
    event(events, object("tool_calls", List.of(call)), null);
  }

  private static void event(StringBuilder events, Object delta, @Nullable String reason) {
    Map<String, @Nullable Object> choice = object("index", 0, "delta", delta);
    choice.put("finish_reason", reason);
    events.append("data: ").append(write(chunk(List.of(choice)))).append("\n\n");
  }

  private static Map<String, @Nullable Object> chunk(List<?> choices) {
    return new LinkedHashMap<>(
        object(
            "id",
            "chatcmpl-1",
            "object",
            "chat.completion.chunk",
            "created",
            1,
            "model",
            "scripted-1",
            "choices",
            choices));
  }

  private static Object usage(Tokens tokens) {
    return object(
        "prompt_tokens",
        tokens.input(),
        "completion_tokens",
        tokens.output(),
        "total_tokens",
        tokens.input() + tokens.output(),
        "prompt_tokens_details",
        object("cached_tokens", tokens.cached()));
  }

  private static String reason(Says answer) {
    return switch (answer.end()) {
      case DONE -> "stop";
      case CALLS -> "tool_calls";
      case LENGTH -> "length";
      case FILTERED -> "content_filter";
    };
  }
}
