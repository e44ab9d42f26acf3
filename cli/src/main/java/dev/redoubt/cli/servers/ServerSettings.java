// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.servers;

import static java.util.Objects.requireNonNull;

import dev.redoubt.agent.servers.McpServers;
import dev.redoubt.agent.servers.ServerPlan;
import dev.redoubt.agent.servers.ServerPlan.Origin;
import dev.redoubt.cli.Call;
import dev.redoubt.cli.extensions.PluginGifts;
import dev.redoubt.cli.sandbox.Table;
import dev.redoubt.document.Node;
import dev.redoubt.guard.Action;
import dev.redoubt.guard.Gate;
import dev.redoubt.guard.Program;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// The MCP servers of a session in one workspace.
///
/// @param plans those that are used, sorted by name
/// @param off names of those that are switched off
/// @param notes about what was left out, for a person
/// @param lazy when a model is told of tools only after it looked for them
public record ServerSettings(
    List<ServerPlan> plans, Set<String> off, List<String> notes, McpServers.Lazy lazy) {

  private static final List<String> KEYS =
      List.of("command", "args", "env", "env-pass", "cwd", "enabled", "timeout", "start-timeout");
  private static final int MOST_SECONDS = 3_600;

  public ServerSettings {
    plans = List.copyOf(plans);
    off = Set.copyOf(off);
    notes = List.copyOf(notes);
    requireNonNull(lazy, "lazy");
  }

  /// Returns what the configuration of `call`, plugins that count and the checkout say. A server of
  /// the operator goes before one of the checkout with its name, also one that is switched off.
  ///
  /// @param workspace a real path
  /// @param gate is asked whether what the checkout says counts
  /// @throws dev.redoubt.model.RedoubtException USAGE if the configuration is malformed
  public static ServerSettings of(Call call, Path workspace, Gate gate)
      throws InterruptedException {
    Table table = Table.root(call).table("mcp");
    table.requireKeys(List.of("servers", "lazy-tools", "lazy-tokens"));
    Map<String, ServerPlan> plans = new LinkedHashMap<>();
    Set<String> off = new TreeSet<>();
    Table servers = table.table("servers");
    for (String name : servers.node().fields().keySet()) {
      if (!ServerPlan.isName(name)) {
        throw servers.wrong(name, "is no name of a server: letters, digits, - and single _");
      }
      if (ServerPlan.isReserved(name)) {
        throw servers.wrong(
            name, "cannot be used: redoubt, lsp-… and plugin_… are names of Redoubt's own");
      }
      Table server = servers.table(name);
      server.requireKeys(keys(server));
      if (server.node().get("enabled").isPresent() && !server.flag("enabled")) {
        off.add(name);
      } else {
        plans.put(name, plan(call, workspace, name, server));
      }
    }
    List<String> notes = new ArrayList<>();
    for (PluginGifts.Gift gift : PluginGifts.of(call).gifts()) {
      ForeignServers.Found brought = ForeignServers.of(workspace, gift);
      brought.plans().forEach(plan -> plans.put(plan.name(), plan));
      notes.addAll(brought.notes());
    }
    ForeignServers.Found found = ForeignServers.find(workspace, gate);
    notes.addAll(found.notes());
    for (ServerPlan plan : found.plans()) {
      if (!off.contains(plan.name()) && plans.putIfAbsent(plan.name(), plan) != null) {
        notes.add("the checkout also names a server %s; yours is used".formatted(plan.name()));
      }
    }
    McpServers.Lazy usual = McpServers.Lazy.USUAL;
    return new ServerSettings(
        plans.values().stream().sorted((one, two) -> one.name().compareTo(two.name())).toList(),
        off,
        notes,
        new McpServers.Lazy(
            (int) table.number("lazy-tools", usual.tools(), 10_000),
            (int) table.number("lazy-tokens", usual.tokens(), 1_000_000)));
  }

  static List<String> keys(Table server) {
    return server.node().get("url").isPresent() ? RemoteSettings.KEYS : KEYS;
  }

  static ServerPlan plan(Call call, Path workspace, String name, Table server) {
    ServerPlan.Way way =
        server.node().get("url").isPresent()
            ? new ServerPlan.Way.Asks(RemoteSettings.of(call, workspace, server))
            : new ServerPlan.Way.Starts(run(call, workspace, server));
    return new ServerPlan(
        name,
        Origin.OPERATOR,
        way,
        Duration.ofSeconds(server.number("start-timeout", 30, MOST_SECONDS)),
        Duration.ofSeconds(server.number("timeout", 60, MOST_SECONDS)));
  }

  private static Action.Run run(Call call, Path workspace, Table server) {
    List<String> argv = new ArrayList<>();
    argv.add(
        server
            .text("command")
            .filter(text -> !text.isBlank())
            .orElseThrow(() ->
                server.wrong("command", "is missing: it names the program (or url a server)")));
    argv.addAll(server.texts("args"));
    return new Action.Run(
        new Program.Argv(argv),
        folder(workspace, server),
        environment(call, server),
        Action.Input.OPEN);
  }

  private static Path folder(Path workspace, Table server) {
    try {
      return server.text("cwd").map(workspace::resolve).orElse(workspace);
    } catch (InvalidPathException e) {
      throw server.wrong("cwd", "is no path: " + e.getReason());
    }
  }

  private static Map<String, String> environment(Call call, Table server) {
    Map<String, String> variables = new LinkedHashMap<>();
    for (String name : server.texts("env-pass")) {
      String value = call.world().environment().get(name);
      if (value == null) {
        throw server.wrong("env-pass", "has \"%s\", which is not set".formatted(name));
      }
      variables.put(name, value);
    }
    server
        .table("env")
        .node()
        .fields()
        .forEach((name, value) -> {
          if (!(value instanceof Node.Text(String text, int _))) {
            throw server.wrong("env", "has \"%s\", which is no text".formatted(name));
          }
          variables.put(name, text);
        });
    return variables;
  }
}
