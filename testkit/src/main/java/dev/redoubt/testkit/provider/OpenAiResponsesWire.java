// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.testkit.provider;

import static dev.redoubt.testkit.provider.WireJson.object;
import static dev.redoubt.testkit.provider.WireJson.pieces;
import static dev.redoubt.testkit.provider.WireJson.write;

import dev.redoubt.testkit.provider.Reply.End;
import dev.redoubt.testkit.provider.Reply.Says;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// OpenAI Responses, as a provider writes it.
final class OpenAiResponsesWire {

  private OpenAiResponsesWire() {}

  static String stream(Says answer) {
    StringBuilder events = new StringBuilder();
    event(events, "response.created", "response", response("in_progress", List.of()));
    List<Object> items = new ArrayList<>();
    for (Part part : answer.parts()) {
      int index = items.size();
      Object item = item(part, index);
      event(
          events, "response.output_item.added", "output_index", index, "item", opened(part, index));
      for (String piece : pieces(text(part))) {
        event(events, delta(part), "item_id", "it_" + index, "output_index", index, "delta", piece);
      }
      event(events, "response.output_item.done", "output_index", index, "item", item);
      items.add(item);
    }
    boolean complete = answer.end() == End.DONE || answer.end() == End.CALLS;
    event(
        events,
        complete ? "response.completed" : "response.incomplete",
        "response",
        finished(answer, items));
    return events.toString();
  }

  static String whole(Says answer) {
    List<Object> items = new ArrayList<>();
    answer.parts().forEach(part -> items.add(item(part, items.size())));
    return write(finished(answer, items));
  }

  private static Map<String, @Nullable Object> finished(Says answer, List<Object> items) {
    Map<String, @Nullable Object> response =
        switch (answer.end()) {
          case DONE, CALLS -> response("completed", items);
          case LENGTH -> incomplete(items, "max_output_tokens");
          case FILTERED -> incomplete(items, "content_filter");
        };
    int input = answer.tokens().input();
    int output = answer.tokens().output();
    response.put(
        "usage",
        object(
            "input_tokens",
            input,
            "input_tokens_details",
            object("cached_tokens", answer.tokens().cached()),
            "output_tokens",
            output,
            "output_tokens_details",
            object("reasoning_tokens", 0),
            "total_tokens",
            input + output));
    return response;
  }

  private static Map<String, @Nullable Object> incomplete(List<Object> items, String reason) {
    Map<String, @Nullable Object> response = response("incomplete", items);
    response.put("incomplete_details", object("reason", reason));
    return response;
  }

  private static Map<String, @Nullable Object> response(String status, List<Object> items) {
    return object(
        "id",
        "resp_1",
        "object",
        "response",
        "status",
        status,
        "model",
        "scripted-1",
        "error",
        null,
        "output",
        items);
  }

  private static String text(Part part) {
    return switch (part) {
      case Part.Text(String text) -> text;
      case Part.Thought(String text, String _) -> text;
      case Part.Call(String _, String _, String arguments) -> arguments;
    };
  }

  private static String delta(Part part) {
    return switch (part) {
      case Part.Text _ -> "response.output_text.delta";
      case Part.Thought _ -> "response.reasoning_summary_text.delta";
      case Part.Call _ -> "response.function_call_arguments.delta";
    };
  }

  private static Object opened(Part part, int index) {
    return switch (part) {
      case Part.Text _ -> message(index, List.of());
      case Part.Thought _ -> object("type", "reasoning", "id", "it_" + index, "summary", List.of());
      case Part.Call(String id, String tool, String _) -> call(index, id, tool, "");
    };
  }

  private static Object item(Part part, int index) {
    return switch (part) {
      case Part.Text(String text) ->
          message(
              index,
              List.of(object("type", "output_text", "text", text, "annotations", List.of())));
      case Part.Thought(String text, String seal) ->
          object(
              "type",
              "reasoning",
              "id",
              "it_" + index,
              "summary",
              List.of(object("type", "summary_text", "text", text)),
              "encrypted_content",
              seal);
      case Part.Call(String id, String tool, String arguments) -> call(index, id, tool, arguments);
    };
  }

  private static Object message(int index, List<?> content) {
    return object("type", "message", "id", "it_" + index, "role", "assistant", "content", content);
  }

  private static Object call(int index, String id, String tool, String arguments) {
    return object(
        "type",
        "function_call",
        "id",
        "it_" + index,
        "call_id",
        id,
        "name",
        tool,
        "arguments",
        arguments);
  }

  private static void event(StringBuilder events, String type, @Nullable Object... fields) {
    Map<String, @Nullable Object> event = object("type", type);
    event.putAll(object(fields));
    events.append("event: ").append(type).append('\n');
    events.append("data: ").append(write(event)).append("\n\n");
  }
}
