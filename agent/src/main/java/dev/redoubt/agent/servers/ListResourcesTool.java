// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.servers;

import static java.util.Objects.requireNonNull;

import dev.redoubt.agent.api.Reasons;
import dev.redoubt.agent.api.Step;
import dev.redoubt.agent.api.Tool;
import dev.redoubt.agent.api.ToolSpec;
import dev.redoubt.document.Node;
import dev.redoubt.evidence.Payload;
import dev.redoubt.guard.Action;
import dev.redoubt.sandbox.Manner;
import dev.redoubt.sandbox.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The tool `list_resources`: tells what resources a server has.
final class ListResourcesTool implements Tool {

  static final String NAME = "list_resources";

  private static final int MOST = 200;
  private static final int LONGEST = 300;

  private final Map<String, McpServer> servers;
  private final ToolSpec spec;

  /// @param servers that have resources, by their names
  ListResourcesTool(Map<String, McpServer> servers) {
    this.servers = Map.copyOf(servers);
    this.spec =
        new ToolSpec(
            NAME,
            "Lists resources of an MCP server, and patterns of their addresses. "
                + ReadResourceTool.having(servers),
            ReadResourceTool.parameters(
                new Payload()
                    .node("server", ReadResourceTool.field("the name of the server"))
                    .node("query", ReadResourceTool.field("only those that speak of this text"))
                    .object(),
                List.of("server")));
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
    Optional<McpServer> server = Optional.ofNullable(servers.get(name));
    if (server.isEmpty()) {
      return Step.Done.failed(
          "%s: no server \"%s\" has resources".formatted(NAME, requireNonNull(name)));
    }
    String query = arguments.text("query").orElse("").toLowerCase(Locale.ROOT);
    return Waking.before(
        server.get(),
        () ->
            new Step.Perform(
                new Action.CallTool(name, ServerMethods.LIST_RESOURCES, new Node.Obj(Map.of(), 1)),
                Manner.quiet(),
                outcome -> told(name, query, outcome)));
  }

  private static Step told(String server, String query, Outcome outcome) {
    if (!(outcome instanceof Outcome.Called(Node.Obj lists))) {
      return Step.Done.failed(Reasons.of(outcome));
    }
    List<String> lines = new ArrayList<>();
    lists.items("resources").forEach(one -> lines.add(line(one, "uri")));
    lists.items("resourceTemplates").forEach(one -> lines.add(line(one, "uriTemplate")));
    lines.removeIf(line -> !line.toLowerCase(Locale.ROOT).contains(query));
    StringBuilder text = new StringBuilder();
    lines.stream().limit(MOST).forEach(line -> text.append(line).append('\n'));
    if (lines.size() > MOST) {
      text.append(
          "and %d more: say what they speak of in \"query\"\n".formatted(lines.size() - MOST));
    }
    return Step.Done.said(
        lines.isEmpty() ? "no resource fits" : text.toString(),
        new Payload().text("server", server).number("resources", lines.size()).object());
  }

  /* One line each, whatever the server puts into its words. */
  private static String line(Node resource, String key) {
    StringBuilder line = new StringBuilder("- ").append(resource.text(key).orElse("?"));
    resource.text("name").ifPresent(name -> line.append("  ").append(name));
    resource.text("mimeType").ifPresent(type -> line.append(" (").append(type).append(')'));
    resource.text("description").ifPresent(words -> line.append(": ").append(words));
    String flat = line.toString().replaceAll("\\s+", " ");
    return flat.length() > LONGEST ? flat.substring(0, LONGEST) + "…" : flat;
  }
}
