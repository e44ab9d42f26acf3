// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.servers;

import static java.util.Objects.requireNonNull;

import dev.redoubt.document.Node;
import dev.redoubt.guard.Action;
import dev.redoubt.mcp.client.CallAnswer;
import dev.redoubt.mcp.client.ClientSettings;
import dev.redoubt.mcp.client.McpClient;
import dev.redoubt.mcp.client.McpException;
import dev.redoubt.mcp.client.ServerSelf;
import dev.redoubt.mcp.client.ToolDescriptor;
import dev.redoubt.mcp.pins.Difference;
import dev.redoubt.mcp.pins.PinFile;
import dev.redoubt.mcp.pins.Review;
import dev.redoubt.mcp.rpc.Framing;
import dev.redoubt.mcp.rpc.RpcError;
import dev.redoubt.mcp.rpc.StreamTransport;
import dev.redoubt.model.RedoubtException;
import dev.redoubt.sandbox.Outcome;
import dev.redoubt.sandbox.processes.RunningCommand;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// One server of a session: its connection, as long as there is one, and what of its tools may be
/// used. Safe to share.
final class McpServer {

  private static final int LARGEST = 16 << 20;
  private static final int MOST_WORDS = 400;
  private static final Duration MOST = Duration.ofMinutes(30);
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final ServerPlan plan;
  private final PinFile pins;
  private final ClientSettings settings;
  private final RemoteDoor door;
  private final ReentrantLock meeting = new ReentrantLock();
  private @Nullable McpClient client;
  private @Nullable RunningCommand command;
  private List<ToolDescriptor> accepted = List.of();
  private List<Difference> differences = List.of();
  /* How often the server said that its tools changed, and how much of that was looked at. */
  private long changes;
  private long reviewed;

  McpServer(ServerPlan plan, PinFile pins, ClientSettings settings, RemoteDoor door) {
    this.plan = requireNonNull(plan, "plan");
    this.pins = requireNonNull(pins, "pins");
    this.settings = requireNonNull(settings, "settings");
    this.door = requireNonNull(door, "door");
  }

  ServerPlan plan() {
    return plan;
  }

  synchronized boolean isConnected() {
    McpClient open = client;
    return open != null && open.lost().isEmpty();
  }

  synchronized Optional<ServerSelf> self() {
    return Optional.ofNullable(client).map(McpClient::server);
  }

  synchronized List<ToolDescriptor> accepted() {
    return accepted;
  }

  /// Returns whether it said, when it was met last, that it has `what`: `resources` for example.
  synchronized boolean offers(String what) {
    return client != null && client.offers(what);
  }

  /// Returns what it says of its prompts; nothing when it does not run.
  ///
  /// @throws McpException if it does not tell them
  List<Node> prompts() throws McpException, InterruptedException {
    McpClient open;
    synchronized (this) {
      open = client;
    }
    return open == null || open.lost().isPresent() ? List.of() : open.prompts();
  }

  synchronized List<Difference> differences() {
    return differences;
  }

  /// Meets the server that `started` runs and returns what is in the way of using it, in one
  /// sentence; empty when nothing is. What cannot be used is ended.
  Optional<String> meet(RunningCommand started) throws InterruptedException {
    boolean met = false;
    try {
      McpClient open =
          McpClient.connect(
              new StreamTransport(
                  started.fromOutput(),
                  started.toInput(),
                  Framing.LINES,
                  LARGEST,
                  () -> started.cut("its connection ended")),
              settings);
      Review review = pins.review(open.tools());
      met = take(open, started, review);
      return Optional.empty();
    } catch (McpException e) {
      return Optional.of(
          "the server %s %s%s".formatted(plan.name(), e.reason(), lastWords(started)));
    } catch (RedoubtException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    } finally {
      if (!met) {
        started.cut("it was of no use");
      }
    }
  }

  /// Meets the server, which is reached over HTTP, unless that was done already, and returns what
  /// is in the way of using it, in one sentence; empty when nothing is.
  Optional<String> meet(RemoteServer remote) throws InterruptedException {
    meeting.lockInterruptibly();
    try {
      return isConnected() ? Optional.empty() : met(remote);
    } finally {
      meeting.unlock();
    }
  }

  private Optional<String> met(RemoteServer remote) throws InterruptedException {
    McpClient open = null;
    boolean met = false;
    try {
      open = McpClient.connect(door.open(plan, remote), settings.approaching(remote.approach()));
      met = take(open, null, pins.review(open.tools()));
      return Optional.empty();
    } catch (McpException e) {
      return Optional.of("the server %s %s".formatted(plan.name(), e.reason()));
    } catch (RedoubtException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    } finally {
      if (!met && open != null) {
        open.close();
      }
    }
  }

  /* Two agents can find it ended at the same time and each start it: the second stays out. */
  private synchronized boolean take(
      McpClient open, @Nullable RunningCommand started, Review review) {
    if (isConnected()) {
      return false;
    }
    client = open;
    command = started;
    accepted = review.accepted();
    differences = review.differences();
    reviewed = changes;
    return true;
  }

  /// Returns whether `tool` is still described as it was.
  boolean still(ToolDescriptor tool) {
    return accepted().stream().anyMatch(tool::equals);
  }

  /// Returns what came of a call that was permitted. A server over HTTP that let go is met again.
  Outcome call(Action.CallTool call) {
    try {
      if (plan.way() instanceof ServerPlan.Way.Asks(RemoteServer remote)) {
        Optional<String> problem = meet(remote);
        if (problem.isPresent()) {
          return new Outcome.Failed(problem.get());
        }
      }
      return called(call);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Outcome.Failed("it was cancelled before the tool was called");
    }
  }

  private Outcome called(Action.CallTool call) {
    McpClient open;
    synchronized (this) {
      open = client;
    }
    if (open == null || open.lost().isPresent()) {
      return new Outcome.Failed("the server %s does not run".formatted(plan.name()));
    }
    try {
      if (ServerMethods.contains(call.tool())) {
        return outcome(ServerMethods.ask(open, call, plan.idle(), MOST));
      }
      Optional<String> objection = objection(open, call.tool());
      return objection.isPresent()
          ? new Outcome.Failed(objection.get())
          : outcome(open.call(call.tool(), arguments(call), plan.idle(), MOST));
    } catch (McpException e) {
      return new Outcome.Failed("the server %s %s".formatted(plan.name(), e.reason()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Outcome.Failed("it was cancelled; whether the tool did anything is not known");
    }
  }

  private static Node.Obj arguments(Action.CallTool call) {
    return new Node.Obj(call.arguments().fields(), 1);
  }

  /* What changed counts as not looked at until a look came to its end: a server that does not tell
   * its tools then, or that is not waited for, does nothing more. */
  private Optional<String> objection(McpClient open, String tool)
      throws McpException, InterruptedException {
    long seen;
    List<ToolDescriptor> before;
    synchronized (this) {
      changes += open.takeChange() ? 1 : 0;
      if (reviewed == changes) {
        return Optional.empty();
      }
      seen = changes;
      before = accepted;
    }
    Review review = pins.review(open.tools());
    synchronized (this) {
      if (open == client && seen > reviewed) {
        accepted = review.accepted();
        differences = review.differences();
        reviewed = seen;
      }
    }
    boolean same =
        before.stream()
            .filter(one -> one.name().equals(tool))
            .anyMatch(review.accepted()::contains);
    return same ? Optional.empty() : Optional.of(refusal(tool));
  }

  /// Returns why `tool`, which was there, cannot be called.
  String refusal(String tool) {
    return differences().stream()
        .filter(difference -> difference.tool().equals(tool))
        .findFirst()
        .map(difference ->
            "the server %s describes %s differently now, so it cannot be called until the operator"
                    .formatted(plan.name(), tool)
                + " approves that")
        .orElse("the server %s has no tool %s any more".formatted(plan.name(), tool));
  }

  private Outcome outcome(CallAnswer answer) {
    return switch (answer) {
      case CallAnswer.Came(var result) -> new Outcome.Called(result);
      case CallAnswer.Refused(RpcError error) ->
          new Outcome.Failed(
              "the server %s refused the call: %s (%d)"
                  .formatted(plan.name(), error.message(), error.code()));
      case CallAnswer.Broken(String reason) ->
          new Outcome.Failed(
              "the server %s %s; whether the tool did anything is not known"
                  .formatted(plan.name(), reason));
    };
  }

  /* What it wrote last says more than that it has ended. */
  private static String lastWords(RunningCommand started) {
    // One that is about to end by itself is let finish its last words.
    if (!started.hasEndedWithin(Duration.ofMillis(500))) {
      started.cut("it was of no use");
      if (!started.hasEndedWithin(PATIENCE)) {
        return "";
      }
    }
    String errors = started.errors().toString().strip();
    if (errors.isEmpty()) {
      return "";
    }
    int from = Math.max(0, errors.length() - MOST_WORDS);
    return "; it wrote: " + errors.substring(from).replaceAll("\\s+", " ");
  }

  /// Returns one line a difference, for a person.
  List<String> notes() {
    List<String> notes = new ArrayList<>();
    McpClient open;
    synchronized (this) {
      open = client;
    }
    if (open != null) {
      open.unusable()
          .forEach(line ->
              notes.add("the tool %s and cannot be used (%s)".formatted(line, plan.name())));
    }
    for (ToolDescriptor tool : accepted()) {
      if (ServerMethods.contains(tool.name())) {
        notes.add(
            "the tool %s has the name of a method and cannot be used (%s)"
                .formatted(tool.name(), plan.name()));
      }
    }
    for (Difference difference : differences()) {
      notes.add(
          "the tool %s of %s %s and cannot be used: redoubt mcp approve %s"
              .formatted(
                  difference.tool(),
                  plan.name(),
                  difference.kind() == Difference.Kind.ADDED
                      ? "is new"
                      : "is described differently",
                  plan.name()));
    }
    return notes;
  }

  /// Ends it.
  void close() {
    RunningCommand started;
    McpClient open;
    synchronized (this) {
      started = command;
      open = client;
      client = null;
      command = null;
    }
    if (open != null) {
      open.close();
    }
    if (started != null) {
      started.close();
    }
  }
}
