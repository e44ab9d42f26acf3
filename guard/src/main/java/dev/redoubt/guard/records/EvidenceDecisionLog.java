// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.records;

import static java.util.Objects.requireNonNull;

import dev.redoubt.document.Node;
import dev.redoubt.evidence.Event;
import dev.redoubt.evidence.EvidenceLog;
import dev.redoubt.evidence.Payload;
import dev.redoubt.guard.Action;
import dev.redoubt.guard.Decision;
import dev.redoubt.guard.DecisionLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/// Writes each decision to a stream of evidence before it is given.
///
/// An entry says what was asked and what was answered, without the values of variables, the
/// arguments of tools and the content of files: they are in the digest. Safe to share.
public final class EvidenceDecisionLog implements DecisionLog {

  private static final String KIND = "decision";

  private final EvidenceLog log;
  private final String actor;
  private final String command;

  /// @param actor who asks, in the manner of `claude-code`
  public EvidenceDecisionLog(EvidenceLog log, String actor) {
    this(log, actor, "");
  }

  private EvidenceDecisionLog(EvidenceLog log, String actor, String command) {
    this.log = requireNonNull(log, "log");
    this.actor = requireNonNull(actor, "actor");
    this.command = requireNonNull(command, "command");
  }

  /// Returns a log that writes to the same stream and says of each decision that it was about
  /// something the command with the id `command` did: a connection it opened, for example.
  public EvidenceDecisionLog about(String command) {
    return new EvidenceDecisionLog(log, actor, command);
  }

  /// @throws dev.redoubt.model.RedoubtException if it could not be written; the gate then refuses
  @Override
  public void record(Action action, String guard, Decision decision) {
    Payload payload = payload(action, guard, decision);
    if (!command.isEmpty()) {
      payload.text("command", command);
    }
    log.append(new Event(KIND, actor, payload.object()));
  }

  /// Writes down that `guard` said `decision` to something that is no action: an event that was not
  /// understood, or one without an effect.
  ///
  /// @param what the tool it was about, as its sender calls it
  /// @throws dev.redoubt.model.RedoubtException if it could not be written
  public void record(String what, String guard, Decision decision) {
    log.append(
        new Event(
            KIND,
            actor,
            new Payload()
                .text("action", "none")
                .text("decision", name(decision))
                .text("guard", guard)
                .text("reason", decision.reason())
                .text("rule", decision.rule())
                .text("tool", what.length() > 200 ? what.substring(0, 200) : what)
                .object()));
  }

  /// Writes down what really surrounds the command this log is about, before it starts.
  ///
  /// @param sandbox the name of the backend
  /// @param facts what it says of itself, by name, in the manner of `container.network`
  /// @throws dev.redoubt.model.RedoubtException if it could not be written
  public void surrounded(String sandbox, Map<String, String> facts) {
    Payload named = new Payload();
    new TreeMap<>(facts).forEach(named::text);
    log.append(
        new Event(
            "sandbox",
            actor,
            new Payload()
                .text("command", command)
                .node("facts", named.object())
                .text("sandbox", sandbox)
                .object()));
  }

  private static Payload payload(Action action, String guard, Decision decision) {
    Payload payload =
        new Payload()
            .text("decision", name(decision))
            .text("digest", ActionDigest.of(action))
            .text("guard", guard)
            .text("reason", decision.reason())
            .text("rule", decision.rule());
    Node.Obj shown =
        switch (action) {
          case Action.Run run -> run(run);
          case Action.StartServer(var name, var run) ->
              new Payload()
                  .text("action", ActionJson.name(action))
                  .text("server", name)
                  .node("run", run(run))
                  .object();
          case Action.CallTool(var server, var tool, var arguments) ->
              new Payload()
                  .text("action", ActionJson.name(action))
                  .text("server", server)
                  .text("tool", tool)
                  .text("argumentsDigest", ActionDigest.of(arguments))
                  .object();
          case Action.Read _,
              Action.Write _,
              Action.Delete _,
              Action.ListFolder _,
              Action.Search _,
              Action.Connect _,
              Action.Fetch _,
              Action.SendToModel _,
              Action.LoadConfig _ ->
              ActionJson.of(action);
        };
    shown.fields().forEach(payload::node);
    return payload;
  }

  private static Node.Obj run(Action.Run run) {
    Payload payload = new Payload().text("action", ActionJson.name(run));
    List<Node> names = new ArrayList<>();
    for (String name : new TreeSet<>(run.environment().keySet())) {
      names.add(new Node.Text(name, 1));
    }
    ActionJson.run(payload, run, new Node.Arr(names, 1));
    return payload.object();
  }

  private static String name(Decision decision) {
    return switch (decision) {
      case Decision.Allow _ -> "allow";
      case Decision.Ask _ -> "ask";
      case Decision.Deny _ -> "deny";
    };
  }
}
