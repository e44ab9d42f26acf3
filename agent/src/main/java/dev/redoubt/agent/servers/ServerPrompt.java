// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.servers;

import static java.util.Objects.requireNonNull;

import dev.redoubt.agent.api.Message;
import dev.redoubt.document.Node;
import dev.redoubt.evidence.Payload;
import dev.redoubt.guard.Action;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A prompt that a server has for a person to choose.
///
/// @param name what the server calls it; may hold anything
/// @param description one line of the server's, or nothing
/// @param arguments what it takes, in the order of the server
public record ServerPrompt(
    String server, String name, String description, List<Argument> arguments) {
  public ServerPrompt {
    requireNonNull(server, "server");
    requireNonNull(name, "name");
    requireNonNull(description, "description");
    arguments = List.copyOf(arguments);
  }

  /// One argument of a prompt.
  public record Argument(String name, boolean required) {
    public Argument {
      requireNonNull(name, "name");
    }
  }

  /// Returns the prompt that `prompt` describes; empty when it has no name.
  static Optional<ServerPrompt> of(String server, Node prompt) {
    List<Argument> arguments = new ArrayList<>();
    for (Node argument : prompt.items("arguments")) {
      argument
          .text("name")
          .ifPresent(name -> arguments.add(new Argument(name, argument.isTrue("required"))));
    }
    String words = prompt.text("description").or(() -> prompt.text("title")).orElse("");
    return prompt
        .text("name")
        .filter(name -> !name.isBlank())
        .map(name ->
            new ServerPrompt(server, name, words.replaceAll("\\s+", " ").strip(), arguments));
  }

  /// Returns what `typed` means for its arguments: `name=value` words when it begins with one, a
  /// value reaching to the next of them; else one word for each argument, and the rest for the
  /// last.
  public Map<String, String> read(String typed) {
    Map<String, String> values = new LinkedHashMap<>();
    String rest = typed.strip();
    if (arguments.stream().anyMatch(one -> typed.strip().startsWith(one.name() + "="))) {
      String last = "";
      for (String word : rest.split(" ", -1)) {
        Optional<Argument> begun =
            arguments.stream().filter(one -> word.startsWith(one.name() + "=")).findFirst();
        if (begun.isPresent()) {
          last = begun.get().name();
          values.put(last, word.substring(last.length() + 1));
        } else if (!last.isEmpty()) {
          values.merge(last, word, (before, more) -> before + " " + more);
        }
      }
      return values;
    }
    for (int i = 0; i < arguments.size() && !rest.isEmpty(); i++) {
      String[] parts = i == arguments.size() - 1 ? new String[] {rest} : rest.split("\\s+", 2);
      values.put(arguments.get(i).name(), parts[0]);
      rest = parts.length > 1 ? parts[1] : "";
    }
    return values;
  }

  /// Returns which arguments it needs and `values` has not.
  public List<String> missing(Map<String, String> values) {
    return arguments.stream()
        .filter(one -> one.required() && !values.containsKey(one.name()))
        .map(Argument::name)
        .toList();
  }

  /// Returns the action that gets it: a call of a tool `prompts/get` of the server, as rules have
  /// it.
  public Action.CallTool action(Map<String, String> values) {
    Payload given = new Payload();
    values.forEach(given::text);
    return new Action.CallTool(
        server,
        ServerMethods.GET_PROMPT,
        new Payload()
            .text(ServerMethods.NAME, name)
            .node(ServerMethods.ARGUMENTS, given.object())
            .object());
  }

  /// Returns what a model is shown of the answer to that.
  public List<Message.Seen> words(Node.Obj result) {
    return CallResult.prompt(result);
  }
}
