// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.lsp;

import static java.util.Objects.requireNonNull;

import dev.redoubt.agent.api.Tool;
import dev.redoubt.document.Node;
import dev.redoubt.guard.Action;
import dev.redoubt.guard.Approver;
import dev.redoubt.mcp.rpc.Framing;
import dev.redoubt.mcp.rpc.StreamTransport;
import dev.redoubt.sandbox.processes.RunningCommand;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The language servers of a session, each started when a file of its language is touched first.
/// One that could not be started or met is not tried again. Safe to share.
public final class LanguageServers implements AutoCloseable {

  private static final int LARGEST = 16 << 20;
  /* The end of a prompt ends every server, so some starts are usual. */
  private static final int MOST_STARTS = 50;
  private static final Set<String> WRITERS = Set.of("edit", "write", "apply_patch");

  private final List<LanguagePlan> plans;
  private final Path workspace;
  private final Map<String, LanguageServer> running = new HashMap<>();
  private final Set<String> givenUp = new HashSet<>();
  private final Map<String, Integer> starts = new HashMap<>();
  private @Nullable Starter starter;

  /// Starts a server: through the gate, and inside the sandbox.
  @FunctionalInterface
  public interface Starter {
    /// Returns the server that runs; empty when it was refused or could not be started.
    Optional<RunningCommand> start(Action.StartServer action) throws InterruptedException;
  }

  /// @param workspace the folder they work in, a real path
  public LanguageServers(List<LanguagePlan> plans, Path workspace) {
    this.plans = List.copyOf(plans);
    this.workspace = requireNonNull(workspace, "workspace");
  }

  /// Says how servers are started; none is before that.
  public synchronized void startWith(Starter how) {
    starter = requireNonNull(how, "how");
  }

  /// Returns an approver that says yes to starting what the operator named, and asks `other`
  /// everything else.
  public Approver approver(Approver other) {
    return (action, question) ->
        plans.stream()
                .filter(plan -> plan.origin() == LanguagePlan.Origin.OPERATOR)
                .anyMatch(plan -> plan.action().equals(action))
            ? Approver.Answer.YES
            : other.approves(action, question);
  }

  /// Returns `tools`, with what servers say of it behind what each of them writes, and with the
  /// tool `lsp`; unchanged without servers.
  public List<Tool> around(List<Tool> tools) {
    if (plans.isEmpty()) {
      return tools;
    }
    List<Tool> all = new ArrayList<>();
    for (Tool tool : tools) {
      all.add(WRITERS.contains(tool.spec().name()) ? new CheckedTool(tool, this) : tool);
    }
    all.add(new LspTool(this));
    return all;
  }

  Path workspace() {
    return workspace;
  }

  /// Returns what the server of `file` says of it when it has `text`; empty when there is none, or
  /// it says nothing in time.
  Optional<List<Diagnostic>> check(Path file, String text) throws InterruptedException {
    Optional<LanguageServer> server = server(file);
    if (server.isEmpty()) {
      return Optional.empty();
    }
    server.get().show(file, text);
    Optional<Node> told = server.get().diagnostics(file);
    return told.map(Diagnostic::all);
  }

  /// Returns the server for `file`, started if it does not run.
  synchronized Optional<LanguageServer> server(Path file) throws InterruptedException {
    for (LanguagePlan plan : plans) {
      if (plan.isFor(file)) {
        LanguageServer server = running.get(plan.name());
        if (server != null && server.isThere()) {
          return Optional.of(server);
        }
        return givenUp.contains(plan.name()) ? Optional.empty() : start(plan);
      }
    }
    return Optional.empty();
  }

  private Optional<LanguageServer> start(LanguagePlan plan) throws InterruptedException {
    Starter by = starter;
    if (by == null) {
      return Optional.empty();
    }
    Optional<RunningCommand> command = by.start(plan.action());
    Optional<LanguageServer> server =
        command.isEmpty()
            ? Optional.empty()
            : LanguageServer.meet(
                new StreamTransport(
                    command.get().fromOutput(),
                    command.get().toInput(),
                    Framing.HEADERS,
                    LARGEST,
                    () -> command.get().cut("its connection ended")),
                workspace,
                plan.start(),
                plan.patience());
    if (server.isPresent()) {
      running.put(plan.name(), server.get());
    }
    if (server.isEmpty() || starts.merge(plan.name(), 1, Integer::sum) == MOST_STARTS) {
      givenUp.add(plan.name());
    }
    return server;
  }

  @Override
  public synchronized void close() {
    running.values().forEach(LanguageServer::close);
  }
}
