// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.servers;

import static java.util.Objects.requireNonNull;

import dev.redoubt.agent.api.Reasons;
import dev.redoubt.agent.api.Tool;
import dev.redoubt.document.JsonText;
import dev.redoubt.guard.Action;
import dev.redoubt.guard.Approver;
import dev.redoubt.guard.Permit;
import dev.redoubt.guard.Verdict;
import dev.redoubt.mcp.client.ClientSettings;
import dev.redoubt.mcp.client.McpException;
import dev.redoubt.mcp.client.ServerSelf;
import dev.redoubt.mcp.client.ToolDescriptor;
import dev.redoubt.mcp.pins.PinFile;
import dev.redoubt.sandbox.Manner;
import dev.redoubt.sandbox.Outcome;
import dev.redoubt.sandbox.processes.RunningCommand;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Predicate;

/// The MCP servers of a session: started through its gate and in its sandbox, their tools, and what
/// they answer. Safe to share.
public final class McpServers implements AutoCloseable {

  private static final int CHARS_IN_TOKEN = 4;

  private final Map<String, McpServer> servers = new LinkedHashMap<>();
  private final Lazy lazy;
  private final List<String> notes = Collections.synchronizedList(new ArrayList<>());

  /// When a model is told of tools only after it looked for them.
  ///
  /// @param tools more than so many
  /// @param tokens or more than about so many tokens of descriptions
  public record Lazy(int tools, int tokens) {
    /// Twenty tools, or 6,000 tokens.
    public static final Lazy USUAL = new Lazy(20, 6_000);
  }

  /// Says whether a server may be started.
  @FunctionalInterface
  public interface Judge {
    /// Returns what came of asking about `action`.
    Verdict judge(Action action) throws InterruptedException;
  }

  /// Where a session is, for its servers.
  ///
  /// @param workspace the folder they are told to work in
  /// @param dataDir where pins are kept
  /// @param version of this program
  public record Place(Path workspace, Path dataDir, String version) {
    public Place {
      requireNonNull(workspace, "workspace");
      requireNonNull(dataDir, "dataDir");
      requireNonNull(version, "version");
    }
  }

  /// @param plans with different names
  /// @param door opens the way to those that are reached over HTTP
  /// @param answers whom they may ask something; nobody when it is empty, and they are told so
  public McpServers(
      List<ServerPlan> plans, Place place, Lazy lazy, RemoteDoor door, Optional<Answers> answers) {
    this.lazy = requireNonNull(lazy, "lazy");
    for (ServerPlan plan : plans) {
      ClientSettings usual =
          new ClientSettings(place.version(), List.of(place.workspace()), plan.start());
      McpServer server =
          new McpServer(
              plan,
              pins(place.dataDir(), place.workspace(), plan),
              answers.map(it -> usual.asking(new AskedPerson(plan.name(), it))).orElse(usual),
              door);
      if (servers.put(plan.name(), server) != null) {
        throw new IllegalArgumentException("two servers are called " + plan.name());
      }
    }
  }

  /// Returns what is pinned of a server. A name means another server in each checkout; that of a
  /// plugin holds the plugin's.
  public static PinFile pins(Path dataDir, Path workspace, ServerPlan plan) {
    return PinFile.of(dataDir, plan.scope(workspace), plan.name());
  }

  /// Returns an approver that says yes to starting what the operator named, and asks `other`
  /// everything else.
  public Approver approver(Approver other) {
    return (action, question) -> {
      boolean own =
          action instanceof Action.StartServer start
              && Optional.ofNullable(servers.get(start.name()))
                  .map(McpServer::plan)
                  .filter(plan -> plan.origin() == ServerPlan.Origin.OPERATOR)
                  .filter(plan -> plan.action().equals(start))
                  .isPresent();
      return own ? Approver.Answer.YES : other.approves(action, question);
    };
  }

  /// Starts every server that does not run and meets it. One that cannot be used is noted, and left
  /// out. After an interrupt it can be called again.
  ///
  /// @param performer performs what `judge` permits
  public void start(Judge judge, BiFunction<Permit, Manner, Outcome> performer)
      throws InterruptedException {
    List<Thread> meeting = new ArrayList<>();
    notes.clear();
    for (McpServer server : servers.values()) {
      if (server.isConnected()) {
        continue;
      }
      if (server.plan().way() instanceof ServerPlan.Way.Asks(RemoteServer remote)) {
        if (isPermitted(server.plan(), judge)) {
          meeting.add(Thread.ofVirtual().start(() -> meet(server, () -> server.meet(remote))));
        }
        continue;
      }
      switch (judge.judge(server.plan().action())) {
        case Verdict.Refused(var _, var decision) ->
            notes.add(
                "the server %s was not started: %s (rule %s)"
                    .formatted(server.plan().name(), decision.reason(), decision.rule()));
        case Verdict.Permitted(Permit permit) -> {
          Outcome outcome = performer.apply(permit, Manner.quiet());
          if (outcome instanceof Outcome.Runs(RunningCommand command)) {
            meeting.add(Thread.ofVirtual().start(() -> meet(server, () -> server.meet(command))));
          } else {
            notes.add(
                "the server %s could not be started: %s"
                    .formatted(server.plan().name(), Reasons.of(outcome)));
          }
        }
      }
    }
    try {
      for (Thread thread : meeting) {
        thread.join();
      }
    } catch (InterruptedException e) {
      meeting.forEach(Thread::interrupt);
      throw e;
    }
    servers.values().forEach(server -> notes.addAll(server.notes()));
  }

  /* Whoever wrote the configuration has said where it may connect to. */
  private boolean isPermitted(ServerPlan plan, Judge judge) throws InterruptedException {
    return switch (plan.origin()) {
      case OPERATOR -> true;
      case PLUGIN, CHECKOUT ->
          switch (judge.judge(plan.action())) {
            case Verdict.Refused(var _, var decision) -> {
              notes.add(
                  "the server %s was not connected to: %s (rule %s)"
                      .formatted(plan.name(), decision.reason(), decision.rule()));
              yield false;
            }
            case Verdict.Permitted(Permit permit) -> {
              permit.spend();
              yield true;
            }
          };
    };
  }

  private interface Meeting {
    Optional<String> meet() throws InterruptedException;
  }

  private void meet(McpServer server, Meeting meeting) {
    try {
      meeting.meet().ifPresent(notes::add);
    } catch (InterruptedException e) {
      notes.add("the server %s was not waited for".formatted(server.plan().name()));
    }
  }

  /// Returns what a person should know of them.
  public List<String> notes() {
    synchronized (notes) {
      return List.copyOf(notes);
    }
  }

  /// What is known of a server that runs.
  ///
  /// @param tools how many may be used
  public record Running(ServerSelf self, int tools) {
    public Running {
      requireNonNull(self, "self");
    }
  }

  /// Returns what is known of the server `name`; empty when it does not run.
  public Optional<Running> running(String name) {
    return Optional.ofNullable(servers.get(name))
        .flatMap(server -> server.self().map(self -> new Running(self, server.accepted().size())));
  }

  /// Returns their tools, sorted by server and name. When they are many a model is told of none but
  /// the one that finds the others. The tools of two calls share the servers and nothing else.
  public List<Tool> tools() {
    return tools(_ -> true);
  }

  /// Returns the tools that `given` takes by their names. When the one that finds the others is not
  /// among them, a model is told of all.
  public List<Tool> tools(Predicate<String> given) {
    List<McpTool> all = new ArrayList<>();
    for (McpServer server : servers.values()) {
      for (ToolDescriptor descriptor : server.accepted()) {
        if (!ServerMethods.contains(descriptor.name())) {
          all.add(new McpTool(server, descriptor));
        }
      }
    }
    all.sort((one, other) -> one.spec().name().compareTo(other.spec().name()));
    dropAlike(all);
    all.removeIf(tool -> !given.test(tool.spec().name()));
    List<Tool> tools = new ArrayList<>();
    if (isMuch(all) && given.test(ToolSearchTool.NAME)) {
      tools.add(new ToolSearchTool(all));
    } else {
      all.forEach(McpTool::show);
    }
    tools.addAll(all);
    resourceTools().stream().filter(tool -> given.test(tool.spec().name())).forEach(tools::add);
    return tools;
  }

  /* None of a server that was never met: it was not permitted to be. */
  private List<Tool> resourceTools() {
    Map<String, McpServer> having = new TreeMap<>();
    servers.forEach((name, server) -> {
      if (server.offers("resources")) {
        having.put(name, server);
      }
    });
    return having.isEmpty()
        ? List.of()
        : List.of(new ListResourcesTool(having), new ReadResourceTool(having));
  }

  /// Returns the prompts of the servers that run, sorted by server. A server that does not tell
  /// them, or not in the time a start may take, is noted.
  public List<ServerPrompt> prompts() throws InterruptedException {
    List<ServerPrompt> prompts = new ArrayList<>();
    for (McpServer server : new TreeMap<>(servers).values()) {
      if (server.isConnected() && server.offers("prompts")) {
        try {
          server
              .prompts()
              .forEach(
                  prompt -> ServerPrompt.of(server.plan().name(), prompt).ifPresent(prompts::add));
        } catch (McpException e) {
          note("the server %s %s".formatted(server.plan().name(), e.reason()));
        }
      }
    }
    return prompts;
  }

  /* A server can choose names that end alike once they are made to fit. What a model would mean by
   * such a name nobody knows. */
  private void dropAlike(List<McpTool> tools) {
    Map<String, Integer> counts = new HashMap<>();
    tools.forEach(tool -> counts.merge(tool.spec().name(), 1, Integer::sum));
    tools.removeIf(tool -> {
      boolean alike = counts.getOrDefault(tool.spec().name(), 0) > 1;
      if (alike) {
        note(
            "tools of the server %s were left out: several would be called %s"
                .formatted(tool.server(), tool.spec().name()));
      }
      return alike;
    });
  }

  private void note(String text) {
    synchronized (notes) {
      if (!notes.contains(text)) {
        notes.add(text);
      }
    }
  }

  private boolean isMuch(List<McpTool> tools) {
    long chars = 0;
    for (McpTool tool : tools) {
      chars +=
          tool.spec().name().length()
              + tool.spec().description().length()
              + JsonText.of(tool.spec().parameters()).length();
    }
    return tools.size() > lazy.tools() || chars / CHARS_IN_TOKEN > lazy.tokens();
  }

  /// Returns what came of a call that was permitted: of a tool, or of a method of a server, as
  /// [ServerPrompt#action] has one.
  ///
  /// @param permit of an [Action.CallTool]; is spent
  public Outcome perform(Permit permit) {
    if (!(permit.spend() instanceof Action.CallTool call)) {
      throw new IllegalArgumentException("only calls of tools are performed here");
    }
    McpServer server = servers.get(call.server());
    return server == null
        ? new Outcome.Failed("there is no server %s".formatted(call.server()))
        : server.call(call);
  }

  /// Ends all of them.
  @Override
  public void close() {
    servers.values().forEach(McpServer::close);
  }
}
