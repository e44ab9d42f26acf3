// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.List;

/// Decides whether a planned [Action] may be performed, and is the only source of a [Permit].
///
/// Every guard is asked and the strictest answer stands: deny over ask over allow. Between equally
/// strict answers the earlier guard wins, so the refusal a person reads does not depend on luck.
/// The gate fails closed: a guard that throws counts as deny, a gate without guards denies every
/// action, and a decision that could not be logged permits nothing.
///
/// Immutable and safe to share.
public final class Gate {

  private final List<Guard> guards;
  private final Approver approver;
  private final DecisionLog decisions;

  public Gate(List<Guard> guards, Approver approver, DecisionLog decisions) {
    this.guards = List.copyOf(guards);
    this.approver = requireNonNull(approver, "approver");
    this.decisions = requireNonNull(decisions, "decisions");
  }

  /// Returns the verdict on `action`, asking a person at most once.
  ///
  /// @throws InterruptedException if the person can no longer be asked
  public Verdict judge(Action action) throws InterruptedException {
    Ruling ruling = strictest(action);
    try {
      decisions.record(action, ruling.guard(), ruling.decision());
    } catch (IOException | RuntimeException e) {
      warn("a decision could not be logged, refusing", e);
      return new Verdict.Refused(
          "gate",
          new Decision.Deny(
              "gate.log-failed", "the decision could not be written to the log", List.of()));
    }
    return switch (ruling.decision()) {
      case Decision.Allow allow -> new Verdict.Permitted(new Permit(action, allow));
      case Decision.Deny deny -> new Verdict.Refused(ruling.guard(), deny);
      case Decision.Ask ask ->
          switch (approver.approves(action, ask)) {
            case YES -> new Verdict.Permitted(new Permit(action, ask));
            case NO -> new Verdict.Refused(ruling.guard(), ask);
          };
    };
  }

  private Ruling strictest(Action action) {
    Ruling strictest = null;
    for (Guard guard : guards) {
      Ruling ruling = consult(guard, action);
      if (strictest == null || ruling.decision().strictness() > strictest.decision().strictness()) {
        strictest = ruling;
      }
    }
    return strictest == null
        ? new Ruling(
            "gate", new Decision.Deny("gate.no-guard", "no guard is configured", List.of()))
        : strictest;
  }

  private static Ruling consult(Guard guard, Action action) {
    try {
      return new Ruling(guard.name(), guard.review(action));
    } catch (RuntimeException | StackOverflowError e) {
      // The cause may quote the action, so it goes to the local log and never to the model.
      warn("guard '%s' failed, denying".formatted(guard.name()), e);
      return new Ruling(
          guard.name(),
          new Decision.Deny("gate.guard-failed", "a guard failed, so the answer is no", List.of()));
    }
  }

  /* Only a failure needs a logger: to have one costs a start some 10 ms. */
  private static void warn(String what, Throwable failure) {
    System.getLogger(Gate.class.getName()).log(Level.WARNING, what, failure);
  }

  private record Ruling(String guard, Decision decision) {}
}
