// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.guard;

import dev.redoubt.document.DocumentException;
import dev.redoubt.document.Json;
import dev.redoubt.document.Limits;
import dev.redoubt.document.Node;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Puts the hook into an agent's settings, and takes it out again. Texts only, no files.
///
/// A hook of Redoubt is known by the words `guard hook` and the agent's id in its command, so
/// installing twice changes nothing and an older path of the program is replaced. Everything else
/// in the settings stays; comments do not, as JSON has none, so settings with comments are refused.
final class HookInstall {

  private HookInstall() {}

  /// Returns `settings` with the hook, or as they are when it is there.
  ///
  /// @param settings the file's bytes; empty when there is none
  /// @throws DocumentException if they are no JSON object of the form the agent takes
  static String added(byte[] settings, AgentSettings agent) throws DocumentException {
    Node.Obj root = root(settings);
    Map<String, Node> fields = new LinkedHashMap<>(root.fields());
    Map<String, Node> hooks = object(root, "hooks");
    List<Node> entries = others(root, agent);
    entries.add(Json.readStrict(agent.entry().getBytes(StandardCharsets.UTF_8), Limits.SCAN));
    hooks.put(agent.event(), new Node.Arr(entries, 1));
    fields.put("hooks", new Node.Obj(hooks, 1));
    return JsonText.document(new Node.Obj(fields, 1));
  }

  /// Returns `settings` without the hook.
  ///
  /// @throws DocumentException if they are no JSON object of the form the agent takes
  static String removed(byte[] settings, AgentSettings agent) throws DocumentException {
    Node.Obj root = root(settings);
    Map<String, Node> fields = new LinkedHashMap<>(root.fields());
    Map<String, Node> hooks = object(root, "hooks");
    List<Node> entries = others(root, agent);
    if (entries.isEmpty()) {
      hooks.remove(agent.event());
    } else {
      hooks.put(agent.event(), new Node.Arr(entries, 1));
    }
    if (hooks.isEmpty()) {
      fields.remove("hooks");
    } else {
      fields.put("hooks", new Node.Obj(hooks, 1));
    }
    return JsonText.document(new Node.Obj(fields, 1));
  }

  /// Returns whether the hook is in `settings`.
  static boolean isIn(byte[] settings, AgentSettings agent) throws DocumentException {
    Node.Obj root = root(settings);
    return root.get("hooks").map(hooks -> hooks.items(agent.event())).orElse(List.of()).stream()
        .anyMatch(entry -> isOurs(entry, agent));
  }

  private static Node.Obj root(byte[] settings) throws DocumentException {
    if (new String(settings, StandardCharsets.UTF_8).isBlank()) {
      return new Node.Obj(Map.of(), 1);
    }
    if (Json.readStrict(settings, Limits.SCAN) instanceof Node.Obj root) {
      return root;
    }
    throw new DocumentException(1, "is no JSON object", "correct the file");
  }

  private static Map<String, Node> object(Node.Obj root, String key) throws DocumentException {
    Node value = root.fields().get(key);
    if (value == null) {
      return new LinkedHashMap<>();
    }
    if (value instanceof Node.Obj object) {
      return new LinkedHashMap<>(object.fields());
    }
    throw new DocumentException(
        value.line(), "\"%s\" is no object".formatted(key), "correct the file");
  }

  private static List<Node> others(Node.Obj root, AgentSettings agent) throws DocumentException {
    List<Node> others = new ArrayList<>();
    Node entries = object(root, "hooks").get(agent.event());
    if (entries != null && !(entries instanceof Node.Arr)) {
      throw new DocumentException(
          entries.line(), "\"hooks.%s\" is no list".formatted(agent.event()), "correct the file");
    }
    if (entries instanceof Node.Arr(List<Node> items, int _)) {
      items.stream().filter(entry -> !isOurs(entry, agent)).forEach(others::add);
    }
    return others;
  }

  private static boolean isOurs(Node entry, AgentSettings agent) {
    List<Node> hooks = entry.items("hooks");
    return !hooks.isEmpty()
        && hooks.stream()
            .allMatch(hook ->
                hook.text("command")
                    .filter(command -> command.contains(" guard hook " + agent.agent() + " "))
                    .isPresent());
  }
}
