// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.servers;

import dev.redoubt.document.Node;
import dev.redoubt.guard.Action;
import dev.redoubt.mcp.client.CallAnswer;
import dev.redoubt.mcp.client.McpClient;
import dev.redoubt.mcp.client.McpException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// What a server is asked besides calls of its tools. Each is judged as a call of a tool that has
/// the name of the method, so a tool of such a name cannot be told from it and is not used.
final class ServerMethods {

  static final String LIST_RESOURCES = "resources/list";
  static final String READ_RESOURCE = "resources/read";
  static final String GET_PROMPT = "prompts/get";

  static final String URI = "uri";
  static final String NAME = "name";
  static final String ARGUMENTS = "arguments";

  private static final Set<String> ALL = Set.of(LIST_RESOURCES, READ_RESOURCE, GET_PROMPT);
  private static final Node.Obj NOTHING = new Node.Obj(Map.of(), 1);

  private ServerMethods() {}

  /// Returns whether `name` is that of a method.
  static boolean contains(String name) {
    return ALL.contains(name);
  }

  /// Returns what `client` answers to `call`.
  ///
  /// @param call of a method
  /// @param idle how long nothing may be heard
  /// @param most how long it may take in all
  static CallAnswer ask(McpClient client, Action.CallTool call, Duration idle, Duration most)
      throws McpException, InterruptedException {
    Node params = call.arguments();
    return switch (call.tool()) {
      case LIST_RESOURCES -> new CallAnswer.Came(resources(client));
      case READ_RESOURCE -> client.read(params.text(URI).orElse(""), idle, most);
      case GET_PROMPT ->
          client.prompt(
              params.text(NAME).orElse(""),
              params.get(ARGUMENTS).orElse(NOTHING) instanceof Node.Obj given ? given : NOTHING,
              idle,
              most);
      default -> throw new IllegalArgumentException(call.tool() + " is no method");
    };
  }

  private static Node.Obj resources(McpClient client) throws McpException, InterruptedException {
    Map<String, Node> lists = new LinkedHashMap<>();
    lists.put("resources", new Node.Arr(client.resources(), 1));
    lists.put("resourceTemplates", new Node.Arr(client.resourceTemplates(), 1));
    return new Node.Obj(lists, 1);
  }
}
