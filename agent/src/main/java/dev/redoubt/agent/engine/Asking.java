// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.engine;

import static java.util.Objects.requireNonNull;

import dev.redoubt.agent.api.AgentEvent;
import dev.redoubt.agent.api.Cost;
import dev.redoubt.agent.api.ModelAnswer;
import dev.redoubt.agent.api.ModelChoice;
import dev.redoubt.agent.api.ModelRequest;
import dev.redoubt.agent.api.Usage;
import dev.redoubt.guard.Action;
import dev.redoubt.guard.Decision;
import dev.redoubt.guard.Gate;
import dev.redoubt.guard.Permit;
import dev.redoubt.guard.Verdict;
import java.time.Duration;
import java.util.Optional;

/// Asks the model, as often as it takes and patience lasts.
final class Asking {

  private final ModelChoice choice;
  private final Doors doors;
  private final Journal journal;
  private final Patience patience;

  Asking(ModelChoice choice, Doors doors, Journal journal, Patience patience) {
    this.choice = requireNonNull(choice, "choice");
    this.doors = requireNonNull(doors, "doors");
    this.journal = requireNonNull(journal, "journal");
    this.patience = requireNonNull(patience, "patience");
  }

  /// What came of it.
  sealed interface Result {
    record Replied(ModelAnswer.Replied reply) implements Result {}

    record Failed(ModelAnswer.Failed failure) implements Result {}

    record Refused(Decision decision) implements Result {}
  }

  /// Returns what came of asking `request`; what was used is counted by `meter`.
  Result ask(ModelRequest request, Meter meter) throws InterruptedException {
    for (int attempt = 1; ; attempt++) {
      Gate gate = journal.gate(doors, "");
      Verdict verdict = gate.judge(new Action.SendToModel(choice.provider(), choice.residency()));
      if (verdict instanceof Verdict.Refused(var _, var decision)) {
        return new Result.Refused(decision);
      }
      if (verdict instanceof Verdict.Permitted(Permit permit)) {
        permit.spend();
      }
      journal.write(
          new AgentEvent.Asked(
              choice.provider(),
              choice.name(),
              choice.residency(),
              request.messages().size(),
              attempt));
      ModelAnswer answer =
          choice.model().answer(request, delta -> journal.show(new AgentEvent.Growing(delta)));
      switch (answer) {
        case ModelAnswer.Replied reply -> {
          return replied(reply, request, meter);
        }
        case ModelAnswer.Failed failed -> {
          Optional<Duration> wait = failed(failed, attempt, meter);
          if (wait.isEmpty()) {
            return new Result.Failed(failed);
          }
          patience.sleeper().sleep(wait.get());
        }
      }
    }
  }

  /* Where nobody counted, tokens are guessed so that limits hold, and the cost is not known. */
  private Result replied(ModelAnswer.Replied reply, ModelRequest request, Meter meter) {
    boolean counted = reply.usage().input() > 0;
    Usage usage = counted ? reply.usage() : Compaction.guess(request.messages(), reply.message());
    Optional<Cost> cost = counted ? cost(usage) : Optional.empty();
    journal.write(
        new AgentEvent.Answered(reply.message(), reply.stop(), usage, cost, reply.model()));
    meter.count(1, usage, cost);
    return new Result.Replied(reply);
  }

  private Optional<Duration> failed(ModelAnswer.Failed failed, int attempt, Meter meter) {
    Optional<Duration> wait = patience.after(failed, attempt);
    Optional<Cost> cost = cost(failed.usage());
    journal.write(
        new AgentEvent.Unanswered(failed.failure(), failed.message(), failed.usage(), cost, wait));
    meter.count(0, failed.usage(), cost);
    return wait;
  }

  private Optional<Cost> cost(Usage usage) {
    return choice.price().map(price -> price.of(usage));
  }
}
