// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.engine;

import static java.util.Objects.requireNonNull;

import dev.redoubt.agent.api.AgentEvent;
import dev.redoubt.agent.api.Cost;
import dev.redoubt.agent.api.Message;
import dev.redoubt.agent.api.ModelAnswer;
import dev.redoubt.agent.api.ModelChoice;
import dev.redoubt.agent.api.ModelRequest;
import dev.redoubt.agent.api.Usage;
import dev.redoubt.guard.Action;
import dev.redoubt.guard.Approver;
import dev.redoubt.guard.Decision;
import dev.redoubt.guard.Permit;
import dev.redoubt.guard.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Asks one model, as often as it takes and patience lasts. For one thread.
final class Asking {

  private final ModelChain chain;
  private final Doors doors;
  private final Journal journal;
  private final Patience patience;
  private final Authors authors;

  Asking(ModelChain chain, Doors doors, Journal journal, Patience patience, Authors authors) {
    this.chain = requireNonNull(chain, "chain");
    this.doors = requireNonNull(doors, "doors");
    this.journal = requireNonNull(journal, "journal");
    this.patience = requireNonNull(patience, "patience");
    this.authors = requireNonNull(authors, "authors");
  }

  /// What came of it.
  sealed interface Result {
    /// It answered.
    ///
    /// @param dropped how many calls of the answer were not taken
    record Replied(ModelAnswer.Replied reply, int dropped) implements Result {}

    record Failed(ModelAnswer.Failed failure) implements Result {}

    record Refused(Decision decision) implements Result {}
  }

  /// A model, and how it is asked.
  ///
  /// @param choice the model
  /// @param instead what to say before it is asked: why it is this one; nothing when empty
  /// @param elsewhere whether what qualifies leads to another model, so that less is waited for it
  record Candidate(ModelChoice choice, String instead, boolean elsewhere) {}

  /// Returns what came of asking `candidate`; what was used is counted by `meter`.
  Result ask(Candidate candidate, ModelRequest asked, Meter meter) throws InterruptedException {
    ModelChoice choice = candidate.choice();
    ModelRequest request = of(asked, choice);
    for (int attempt = 1; ; attempt++) {
      Optional<Decision> refusal = refusal(choice, doors);
      if (refusal.isPresent()) {
        return new Result.Refused(refusal.get());
      }
      if (attempt == 1 && !candidate.instead().isEmpty()) {
        journal.write(new AgentEvent.Noted("fallback", candidate.instead()));
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
          return replied(reply, choice, request, meter);
        }
        case ModelAnswer.Failed failed -> {
          Optional<Duration> wait = failed(failed, candidate, attempt, meter);
          if (wait.isEmpty()) {
            return new Result.Failed(failed);
          }
          patience.sleeper().sleep(wait.get());
        }
      }
    }
  }

  /// Returns why `choice` may not be asked when no person and no hook is asked about it; empty when
  /// it may.
  Optional<Decision> refusalAlone(ModelChoice choice) throws InterruptedException {
    return refusal(
        choice, new Doors(doors.guards(), Approver.NEVER, doors.performer(), doors.person()));
  }

  private Optional<Decision> refusal(ModelChoice choice, Doors through)
      throws InterruptedException {
    Optional<String> objection = chain.objection(choice);
    if (objection.isPresent()) {
      return Optional.of(new Decision.Deny("models.residency", objection.get(), List.of()));
    }
    SessionGate gate = journal.gate(through, "");
    Verdict verdict = gate.judge(new Action.SendToModel(choice.provider(), choice.residency()));
    return switch (verdict) {
      case Verdict.Refused(var _, var decision) -> Optional.of(decision);
      case Verdict.Permitted(Permit permit) -> {
        permit.spend();
        yield Optional.empty();
      }
    };
  }

  /* Where nobody counted, tokens are guessed, and so is what they cost: limits hold all the same. */
  private Result replied(
      ModelAnswer.Replied whole, ModelChoice choice, ModelRequest request, Meter meter) {
    ModelAnswer.Replied reply = CallIntake.of(whole);
    boolean counted = reply.usage().input() > 0;
    Usage usage = counted ? reply.usage() : Compaction.guess(request.messages(), reply.message());
    Optional<Cost> cost = cost(choice, usage);
    journal.write(
        new AgentEvent.Answered(reply.message(), reply.stop(), usage, cost, reply.model()));
    meter.count(1, usage, cost);
    authors.add(reply.message(), choice);
    return new Result.Replied(
        reply, whole.message().calls().size() - reply.message().calls().size());
  }

  private Optional<Duration> failed(
      ModelAnswer.Failed failed, Candidate candidate, int attempt, Meter meter) {
    ModelChain.Rules rules = chain.rules();
    boolean leads = candidate.elsewhere() && rules.qualifying().contains(failed.failure());
    Patience shown =
        leads
            ? new Patience(
                rules.attempts(), patience.first(), rules.longestWait(), patience.sleeper())
            : patience;
    Optional<Duration> wait = shown.after(failed, attempt);
    Optional<Cost> cost = cost(candidate.choice(), failed.usage());
    journal.write(
        new AgentEvent.Unanswered(failed.failure(), failed.message(), failed.usage(), cost, wait));
    meter.count(0, failed.usage(), cost);
    return wait;
  }

  private static Optional<Cost> cost(ModelChoice choice, Usage usage) {
    return choice.price().map(price -> price.of(usage));
  }

  /* What another model carried along, signed for its own provider, is refused or a riddle here. */
  private ModelRequest of(ModelRequest request, ModelChoice choice) {
    List<Message> messages = request.messages().stream().map(it -> readable(it, choice)).toList();
    ModelRequest.Settings settings = request.settings();
    int tokens = Math.min(settings.maxOutputTokens(), choice.sizes().output());
    return new ModelRequest(
        choice.name(),
        request.instructions(),
        request.tools(),
        messages,
        new ModelRequest.Settings(
            tokens, settings.effort(), settings.schema(), settings.cacheKey()));
  }

  private Message readable(Message message, ModelChoice choice) {
    if (!(message instanceof Message.FromModel said) || authors.isBy(said, choice)) {
      return message;
    }
    List<Message.Said> parts =
        said.parts().stream().filter(part -> !(part instanceof Message.Reasoning)).toList();
    return parts.size() == said.parts().size() ? message : new Message.FromModel(parts);
  }
}
