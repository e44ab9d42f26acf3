// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.servers;

import dev.redoubt.agent.api.Reasons;
import dev.redoubt.agent.api.Step;
import dev.redoubt.agent.api.Tool;
import dev.redoubt.agent.api.ToolSpec;
import dev.redoubt.document.Node;
import dev.redoubt.evidence.Payload;
import dev.redoubt.guard.Action;
import dev.redoubt.sandbox.Manner;
import dev.redoubt.sandbox.Outcome;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/// The tool `read_resource`: reads a resource of a server.
final class ReadResourceTool implements Tool {

  static final String NAME = "read_resource";

  private final Map<String, McpServer> servers;
  private final ToolSpec spec;

  /// @param servers that have resources, by their names
  ReadResourceTool(Map<String, McpServer> servers) {
    this.servers = Map.copyOf(servers);
    this.spec =
        new ToolSpec(
            NAME,
            "Reads a resource of an MCP server. " + having(servers),
            parameters(
                new Payload()
                    .node("server", field("the name of the server"))
                    .node("uri", field("the address of the resource, as the server tells it"))
                    .object(),
                List.of("server", "uri")));
  }

  static String having(Map<String, McpServer> servers) {
    return "Servers with resources: %s."
        .formatted(String.join(", ", new TreeSet<>(servers.keySet())));
  }

  static Node.Obj field(String description) {
    return new Payload().text("type", "string").text("description", description).object();
  }

  static Node.Obj parameters(Node.Obj properties, List<String> required) {
    return new Payload()
        .text("type", "object")
        .node("properties", properties)
        .texts("required", required)
        .flag("additionalProperties", false)
        .object();
  }

  @Override
  public ToolSpec spec() {
    return spec;
  }

  @Override
  public Access access() {
    return Access.CONNECTS;
  }

  @Override
  public Step plan(Node.Obj arguments) {
    String name = arguments.text("server").orElse("");
    String uri = arguments.text("uri").orElse("");
    Optional<McpServer> server = Optional.ofNullable(servers.get(name));
    if (server.isEmpty() || uri.isBlank()) {
      return Step.Done.failed(
          server.isEmpty()
              ? "%s: no server \"%s\" has resources".formatted(NAME, name)
              : "%s: say in \"uri\" what is to be read".formatted(NAME));
    }
    return Waking.before(
        server.get(),
        () ->
            new Step.Perform(
                new Action.CallTool(
                    name,
                    ServerMethods.READ_RESOURCE,
                    new Payload().text(ServerMethods.URI, uri).object()),
                Manner.quiet(),
                outcome -> read(name, uri, outcome)));
  }

  private static Step read(String server, String uri, Outcome outcome) {
    return outcome instanceof Outcome.Called(Node.Obj result)
        ? CallResult.read(result, new Payload().text("server", server).text("uri", uri).object())
        : Step.Done.failed(Reasons.of(outcome));
  }
}
