// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.models;

import dev.redoubt.agent.api.Delta;
import dev.redoubt.agent.api.Message;
import dev.redoubt.agent.api.Message.FromModel;
import dev.redoubt.agent.api.ToolCall;
import dev.redoubt.document.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The parts of an answer while it grows, in the order they began. Not safe to share.
final class AnswerParts {

  /// A part that is not complete.
  sealed interface Open {}

  private record OpenWords(StringBuilder text) implements Open {}

  /// Reasoning, and what the provider wants back with it.
  record OpenReasoning(StringBuilder text, Map<String, Node> carried) implements Open {}

  /// A call. Its id and its tool may be told after its arguments.
  static final class OpenCall implements Open {
    String id = "";
    String tool = "";
    final StringBuilder arguments = new StringBuilder();
  }

  private final Protocol protocol;
  private final Consumer<Delta> listener;
  private final String idPrefix;
  private final List<Open> parts = new ArrayList<>();
  private int calls;

  /// @param conversation how many messages there were before, to make ids that are not used yet
  AnswerParts(Protocol protocol, int conversation, Consumer<Delta> listener) {
    this.protocol = protocol;
    this.listener = listener;
    this.idPrefix = "call_" + conversation + "_";
  }

  boolean hasCalls() {
    return calls > 0;
  }

  boolean isEmpty() {
    return parts.isEmpty();
  }

  void words(String text) {
    if (text.isEmpty()) {
      return;
    }
    if (last() instanceof OpenWords(StringBuilder words)) {
      words.append(text);
    } else {
      parts.add(new OpenWords(new StringBuilder(text)));
    }
    listener.accept(new Delta.Words(text));
  }

  /// Begins a part of reasoning.
  OpenReasoning beginReasoning() {
    OpenReasoning reasoning = new OpenReasoning(new StringBuilder(), new LinkedHashMap<>());
    parts.add(reasoning);
    return reasoning;
  }

  /// Returns the part of reasoning that is open, which is the last part; begins one if there is
  /// none.
  OpenReasoning reasoning() {
    return last() instanceof OpenReasoning open ? open : beginReasoning();
  }

  void think(OpenReasoning reasoning, String text) {
    if (!text.isEmpty()) {
      reasoning.text().append(text);
      listener.accept(new Delta.Reasoning(text));
    }
  }

  /// Begins a call.
  OpenCall beginCall() {
    OpenCall call = new OpenCall();
    parts.add(call);
    calls++;
    return call;
  }

  /// Says which tool a call is for; a name that comes in pieces or again is one name.
  void name(OpenCall call, String tool) {
    if (tool.isEmpty() || call.tool.equals(tool)) {
      return;
    }
    boolean begins = call.tool.isEmpty();
    call.tool += tool;
    if (begins) {
      listener.accept(new Delta.Call(tool));
    }
  }

  private @Nullable Open last() {
    return parts.isEmpty() ? null : parts.getLast();
  }

  /// Returns the message, calls without an id given one, calls without arguments an empty object.
  ///
  /// @throws MalformedAnswerException if a call names no tool
  FromModel message() throws MalformedAnswerException {
    List<Message.Said> said = new ArrayList<>();
    int number = 0;
    for (Open part : parts) {
      switch (part) {
        case OpenWords(StringBuilder text) -> said.add(new Message.Words(text.toString()));
        case OpenReasoning(StringBuilder text, Map<String, Node> carried) ->
            said.add(new Message.Reasoning(text.toString(), carried(carried)));
        case OpenCall call -> {
          if (call.tool.isEmpty()) {
            throw new MalformedAnswerException("a call names no tool");
          }
          String id = call.id.isEmpty() ? idPrefix + number : call.id;
          String arguments = call.arguments.toString();
          said.add(new ToolCall(id, call.tool, arguments.isBlank() ? "{}" : arguments));
          number++;
        }
      }
    }
    return new FromModel(said);
  }

  private Node.Obj carried(Map<String, Node> carried) {
    Fields fields = new Fields();
    if (!carried.isEmpty()) {
      fields.put("protocol", protocol.text());
      carried.forEach(fields::put);
    }
    return fields.node();
  }
}
