// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.mcp.server;

import static java.util.Objects.requireNonNull;

import dev.redoubt.document.Node;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// One request to a thing a server offers. For the thread that works on it.
public final class ServerCall {

  private final Node params;
  private final Caller caller;
  private final Line line;
  private final Map<String, Node> inputs;
  private final String state;

  ServerCall(Node params, Caller caller, Line line, Map<String, Node> inputs, String state) {
    this.params = requireNonNull(params, "params");
    this.caller = requireNonNull(caller, "caller");
    this.line = requireNonNull(line, "line");
    this.inputs = new LinkedHashMap<>(inputs);
    this.state = requireNonNull(state, "state");
  }

  /// Returns all that was sent, with what is not understood.
  public Node params() {
    return params;
  }

  /// Returns the arguments of a tool or a prompt; without fields when there are none.
  public Node arguments() {
    return params.get("arguments").orElse(Tree.empty());
  }

  /// Returns who calls.
  public Caller caller() {
    return caller;
  }

  /// Returns what the code asked to see again; empty at first.
  public String state() {
    return state;
  }

  /// Returns what the person said to the wish called `name`; empty while nobody said anything that
  /// is an answer.
  public Optional<Node> elicited(String name) {
    return input(name).filter(given -> given.text("action").isPresent());
  }

  /// Returns what the model said to the wish called `name`.
  public Optional<Node> sampled(String name) {
    return input(name).filter(given -> given.get("content").isPresent());
  }

  /// Returns the roots that the client told for the wish called `name`.
  public Optional<Node> roots(String name) {
    return input(name).filter(given -> given.get("roots").isPresent());
  }

  private Optional<Node> input(String name) {
    return Optional.ofNullable(inputs.get(name)).filter(Node.Obj.class::isInstance);
  }

  /// Tells the client how far it is, if it wants to know.
  public void progress(long done, long total, String words) throws InterruptedException {
    Optional<Node> token = params.get(Versions.META).flatMap(meta -> meta.get("progressToken"));
    if (token.isPresent()) {
      line.tell(
          "notifications/progress",
          new Tree()
              .and("progressToken", token.get())
              .and("progress", done)
              .and("total", total)
              .and("message", words)
              .object());
    }
  }

  /// Writes to the log of the client, if it wants to read such messages.
  public void log(LogLevel level, String logger, Node message) throws InterruptedException {
    if (caller.logLevel().filter(least -> least.compareTo(level) <= 0).isPresent()) {
      line.tell(
          "notifications/message",
          new Tree()
              .and("level", level.word())
              .and("logger", logger)
              .and("data", message)
              .object());
    }
  }
}
