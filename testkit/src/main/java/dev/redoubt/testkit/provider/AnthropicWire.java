// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.testkit.provider;

import static dev.redoubt.testkit.provider.WireJson.object;
import static dev.redoubt.testkit.provider.WireJson.pieces;
import static dev.redoubt.testkit.provider.WireJson.write;

import dev.redoubt.testkit.provider.Reply.Says;
import dev.redoubt.testkit.provider.Reply.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Anthropic Messages, as a provider writes it.
final class AnthropicWire {

  private AnthropicWire() {}

  static String stream(Says answer) {
    StringBuilder events = new StringBuilder();
    Map<String, @Nullable Object> start = message(List.of(), null);
    start.put("usage", usage(answer.tokens(), 1));
    event(events, object("type", "message_start", "message", start));
    event(events, object("type", "ping"));
    int index = 0;
    for (Part part : answer.parts()) {
      event(
          events,
          object("type", "content_block_start", "index", index, "content_block", opening(part)));
      for (Object delta : deltas(part)) {
        event(events, object("type", "content_block_delta", "index", index, "delta", delta));
      }
      event(events, object("type", "content_block_stop", "index", index));
      index++;
    }
    Object delta = object("stop_reason", reason(answer), "stop_sequence", null);
    Object counted = object("output_tokens", answer.tokens().output());
    event(events, object("type", "message_delta", "delta", delta, "usage", counted));
    event(events, object("type", "message_stop"));
    return events.toString();
  }

  static String whole(Says answer) {
    List<Object> content = new ArrayList<>();
    for (Part part : answer.parts()) {
      content.add(
          switch (part) {
            case Part.Text(String text) -> object("type", "text", "text", text);
            case Part.Thought(String text, String seal) ->
                object("type", "thinking", "thinking", text, "signature", seal);
            case Part.Call(String id, String tool, String arguments) ->
                object(
                    "type",
                    "tool_use",
                    "id",
                    id,
                    "name",
                    tool,
                    "input",
                    new WireJson.Raw(arguments));
          });
    }
    Map<String, @Nullable Object> message = message(content, reason(answer));
    message.put("usage", usage(answer.tokens(), answer.tokens().output()));
    return write(message);
  }

  private static Map<String, @Nullable Object> message(
      List<Object> content, @Nullable String reason) {
    return object(
        "id",
        "msg_1",
        "type",
        "message",
        "role",
        "assistant",
        "model",
        "scripted-1",
        "content",
        content,
        "stop_reason",
        reason);
  }

  private static Object opening(Part part) {
    return switch (part) {
      case Part.Text _ -> object("type", "text", "text", "");
      case Part.Thought _ -> object("type", "thinking", "thinking", "", "signature", "");
      case Part.Call(String id, String tool, String _) ->
          object("type", "tool_use", "id", id, "name", tool, "input", object());
    };
  }

  private static List<Object> deltas(Part part) {
    List<Object> deltas = new ArrayList<>();
    switch (part) {
      case Part.Text(String text) ->
          pieces(text).forEach(piece -> deltas.add(object("type", "text_delta", "text", piece)));
      case Part.Thought(String text, String seal) -> {
        pieces(text)
            .forEach(piece -> deltas.add(object("type", "thinking_delta", "thinking", piece)));
        deltas.add(object("type", "signature_delta", "signature", seal));
      }
      case Part.Call(String _, String _, String arguments) ->
          pieces(arguments)
              .forEach(
                  piece -> deltas.add(object("type", "input_json_delta", "partial_json", piece)));
    }
    return deltas;
  }

  private static Object usage(Tokens tokens, int output) {
    return object(
        "input_tokens",
        tokens.input() - tokens.cached(),
        "cache_creation_input_tokens",
        0,
        "cache_read_input_tokens",
        tokens.cached(),
        "output_tokens",
        output);
  }

  private static String reason(Says answer) {
    return switch (answer.end()) {
      case DONE -> "end_turn";
      case CALLS -> "tool_use";
      case LENGTH -> "max_tokens";
      case FILTERED -> "refusal";
    };
  }

  private static void event(StringBuilder events, Map<String, @Nullable Object> event) {
    events.append("event: ").append(event.get("type")).append('\n');
    events.append("data: ").append(write(event)).append("\n\n");
  }
}
