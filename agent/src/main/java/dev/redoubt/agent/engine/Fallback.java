// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.engine;

import static java.util.Objects.requireNonNull;

import dev.redoubt.agent.api.AgentEvent;
import dev.redoubt.agent.api.ModelAnswer;
import dev.redoubt.agent.api.ModelAnswer.Failure;
import dev.redoubt.agent.api.ModelChoice;
import dev.redoubt.agent.api.ModelRequest;
import dev.redoubt.guard.Decision;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Asks the models of a chain in order until one answers, those before the one that answered last
/// at the end. For one thread.
final class Fallback {

  private static final int STAYS = 20;

  private final ModelChain chain;
  private final Asking asking;
  private final Journal journal;
  private int current;
  private int stayed;

  Fallback(ModelChain chain, Asking asking, Journal journal) {
    this.chain = requireNonNull(chain, "chain");
    this.asking = requireNonNull(asking, "asking");
    this.journal = requireNonNull(journal, "journal");
  }

  /// Returns the model that is asked next.
  ModelChoice next() {
    return chain.models().get(current);
  }

  /// Returns what came of asking `request`: the answer, else the last failure, else the first
  /// refusal.
  Asking.Result ask(ModelRequest request, Meter meter) throws InterruptedException {
    if (current > 0 && ++stayed > STAYS) {
      current = 0;
      stayed = 0;
    }
    Walk walk = new Walk(request, meter);
    List<ModelChoice> models = chain.models();
    int first = current;
    for (int i = 0; i < models.size() && !walk.isOver(); i++) {
      int at = (first + i) % models.size();
      walk.ask(models.get(at), hasMore(first, i, walk.hops));
      if (walk.latest instanceof Asking.Result.Replied && at != current) {
        current = at;
        stayed = 0;
      }
    }
    if (chain.lastResort().isPresent() && walk.leadsToLastResort()) {
      walk.ask(chain.lastResort().get(), false);
    }
    return walk.result();
  }

  /// Returns what came of asking the small model, or the others when there is none, `tokens` do not
  /// fit into it, or it does not answer.
  Asking.Result askSmall(ModelRequest request, long tokens, Meter meter)
      throws InterruptedException {
    Optional<ModelChoice> small = chain.small().filter(it -> fits(it, tokens));
    if (small.isPresent()) {
      Asking.Result result =
          asking.ask(new Asking.Candidate(small.get(), "", false), request, meter);
      if (result instanceof Asking.Result.Replied) {
        return result;
      }
      note("%s did not write it".formatted(name(small.get())));
    }
    return ask(request, meter);
  }

  private static boolean fits(ModelChoice choice, long tokens) {
    int answer = Math.min(choice.sizes().output(), choice.sizes().context() / 4);
    return tokens < (choice.sizes().context() - answer) * 9L / 10;
  }

  private boolean hasMore(int first, int asked, int hops) {
    List<ModelChoice> models = chain.models();
    boolean hasNext = false;
    for (int i = asked + 1; i < models.size() && hops < chain.rules().mostHops(); i++) {
      hasNext |= chain.objection(models.get((first + i) % models.size())).isEmpty();
    }
    return hasNext || chain.lastResort().isPresent();
  }

  private void note(String words) {
    journal.write(new AgentEvent.Noted("fallback", words));
  }

  private static String name(ModelChoice choice) {
    return choice.provider() + "/" + choice.name();
  }

  private static String word(Failure failure) {
    return failure.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /// The way of one request along the chain.
  private final class Walk {

    private final ModelRequest request;
    private final Meter meter;
    private Asking.@Nullable Result latest;
    private @Nullable Decision refused;
    private String instead = "";
    private int hops;

    Walk(ModelRequest request, Meter meter) {
      this.request = request;
      this.meter = meter;
    }

    boolean isOver() {
      return switch (latest) {
        case null -> false;
        case Asking.Result.Replied _ -> true;
        case Asking.Result.Refused _ -> false;
        case Asking.Result.Failed(ModelAnswer.Failed failed) ->
            !qualifies(failed.failure()) || hops > chain.rules().mostHops();
      };
    }

    boolean leadsToLastResort() {
      return switch (latest) {
        case null -> true;
        case Asking.Result.Replied _ -> false;
        case Asking.Result.Refused _ -> true;
        case Asking.Result.Failed(ModelAnswer.Failed failed) ->
            qualifies(failed.failure()) || failed.failure() == Failure.CONNECTION;
      };
    }

    void ask(ModelChoice choice, boolean elsewhere) throws InterruptedException {
      String why = instead.isEmpty() ? "" : instead + ": asking " + name(choice) + " instead";
      Asking.Result result =
          asking.ask(new Asking.Candidate(choice, why, elsewhere), request, meter);
      switch (result) {
        case Asking.Result.Replied _ -> latest = result;
        case Asking.Result.Refused(Decision decision) -> {
          refused = refused == null ? decision : refused;
          if (chain.models().size() > 1 || chain.lastResort().isPresent()) {
            note("%s is not asked: %s".formatted(name(choice), decision.reason()));
          }
        }
        case Asking.Result.Failed(ModelAnswer.Failed failed) -> {
          latest = result;
          hops++;
          instead = "%s failed (%s)".formatted(name(choice), word(failed.failure()));
        }
      }
    }

    private boolean qualifies(Failure failure) {
      return chain.rules().qualifying().contains(failure);
    }

    Asking.Result result() {
      if (latest != null) {
        return latest;
      }
      if (refused == null) {
        throw new IllegalStateException("a chain has at least one model");
      }
      return new Asking.Result.Refused(refused);
    }
  }
}
