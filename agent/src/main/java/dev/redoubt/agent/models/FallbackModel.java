// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.models;

import static java.util.Objects.requireNonNull;

import dev.redoubt.agent.api.Delta;
import dev.redoubt.agent.api.Model;
import dev.redoubt.agent.api.ModelAnswer;
import dev.redoubt.agent.api.ModelAnswer.Failed;
import dev.redoubt.agent.api.ModelAnswer.Failure;
import dev.redoubt.agent.api.ModelChoice;
import dev.redoubt.agent.api.ModelRequest;
import dev.redoubt.agent.api.ModelRequest.Settings;
import dev.redoubt.agent.api.Usage;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A chain of models: when one fails in a way that qualifies, the next is asked the same.
///
/// Each request begins with the first of the chain. A failed answer is asked for again from its
/// start, never continued: nothing in an answer that is not complete was acted on. A model that may
/// not be asked, because of where its provider keeps data or because the listener objects, is
/// passed over and never asked. Safe to share when the listener and the sleeper are.
public final class FallbackModel implements Model {

  /// Which failures lead to the next model, how far, and how long one is waited for.
  ///
  /// @param qualifying what leads to the next model
  /// @param mostHops how many models after the first are asked at most, the last resort left out
  /// @param attempts how often one model is asked when waiting may help, at least once
  /// @param longestWait the most that is waited for one attempt; a model that asks for more is
  ///   given up at once
  /// @param residencies where data may go; anywhere when empty
  public record Rules(
      Set<Failure> qualifying,
      int mostHops,
      int attempts,
      Duration longestWait,
      Set<String> residencies) {

    /// Rate limits, overload and quota; three hops; two attempts, half a minute between them.
    public static final Rules USUAL =
        new Rules(
            EnumSet.of(Failure.RATE_LIMIT, Failure.OVERLOADED, Failure.QUOTA),
            3,
            2,
            Duration.ofSeconds(30),
            Set.of());

    public Rules {
      qualifying = Set.copyOf(qualifying);
      requireNonNull(longestWait, "longestWait");
      residencies = Set.copyOf(residencies);
      if (mostHops < 0 || attempts < 1 || longestWait.isNegative()) {
        throw new IllegalArgumentException(
            "%d hops, %d attempts and %s are no rules".formatted(mostHops, attempts, longestWait));
      }
    }
  }

  /// Sees what happens and has a say in it.
  public interface Listener {

    /// Returns why `choice` may not be asked now, empty when it may. Called before each attempt.
    Optional<String> objection(ModelChoice choice) throws InterruptedException;

    /// `choice` failed. What was seen of its answer is void.
    ///
    /// @param waits until it is asked again; empty when it is not
    void failed(ModelChoice choice, Failed failed, Optional<Duration> waits);

    /// `choice` is not asked.
    void passedOver(ModelChoice choice, String why);

    /// `to` is asked instead of `from`.
    void hops(ModelChoice from, ModelChoice to);
  }

  /// Waits.
  public interface Sleeper {
    void sleep(Duration duration) throws InterruptedException;
  }

  private static final Optional<Duration> NEVER = Optional.empty();

  private final List<ModelChoice> chain;
  private final Optional<ModelChoice> lastResort;
  private final Rules rules;
  private final Listener listener;
  private final Sleeper sleeper;

  /// @param chain at least one, in order
  /// @param lastResort a model of this machine, asked when all others failed, for failures of the
  ///   connection too; only there when an operator said so
  public FallbackModel(
      List<ModelChoice> chain,
      Optional<ModelChoice> lastResort,
      Rules rules,
      Listener listener,
      Sleeper sleeper) {
    this.chain = List.copyOf(chain);
    this.lastResort = requireNonNull(lastResort, "lastResort");
    this.rules = requireNonNull(rules, "rules");
    this.listener = requireNonNull(listener, "listener");
    this.sleeper = requireNonNull(sleeper, "sleeper");
    if (chain.isEmpty()) {
      throw new IllegalArgumentException("a chain has at least one model");
    }
  }

  @Override
  public ModelAnswer answer(ModelRequest request, Consumer<Delta> deltas)
      throws InterruptedException {
    Walk walk = new Walk(request, deltas);
    for (ModelChoice choice : chain) {
      if (walk.isOver()) {
        break;
      }
      walk.ask(choice);
    }
    if (lastResort.isPresent() && walk.leadsToLastResort()) {
      walk.ask(lastResort.get());
    }
    return walk.answer();
  }

  /// The way of one request along the chain.
  private final class Walk {

    private final ModelRequest request;
    private final Consumer<Delta> deltas;
    private @Nullable ModelAnswer latest;
    private @Nullable ModelChoice asked;
    private String refusals = "";
    private int hops;

    Walk(ModelRequest request, Consumer<Delta> deltas) {
      this.request = request;
      this.deltas = deltas;
    }

    boolean isOver() {
      return switch (latest) {
        case null -> false;
        case ModelAnswer.Replied _ -> true;
        case Failed failed ->
            !rules.qualifying().contains(failed.failure()) || hops == rules.mostHops();
      };
    }

    boolean leadsToLastResort() {
      return switch (latest) {
        case null -> true;
        case ModelAnswer.Replied _ -> false;
        case Failed failed ->
            rules.qualifying().contains(failed.failure()) || failed.failure() == Failure.CONNECTION;
      };
    }

    void ask(ModelChoice choice) throws InterruptedException {
      Optional<String> objection = objection(choice);
      if (objection.isPresent()) {
        listener.passedOver(choice, objection.get());
        refusals += (refusals.isEmpty() ? "" : "; ") + objection.get();
        return;
      }
      if (asked != null) {
        hops++;
        listener.hops(asked, choice);
      }
      asked = choice;
      for (int attempt = 1; ; attempt++) {
        ModelAnswer answer = choice.model().answer(FallbackModel.of(request, choice), deltas);
        latest = answer;
        if (!(answer instanceof Failed failed)) {
          return;
        }
        Optional<Duration> wait = attempt < rules.attempts() ? pause(failed, attempt) : NEVER;
        listener.failed(choice, failed, wait);
        if (wait.isEmpty()) {
          return;
        }
        sleeper.sleep(wait.get());
        if (listener.objection(choice).isPresent()) {
          return;
        }
      }
    }

    ModelAnswer answer() {
      return latest != null
          ? latest
          : new Failed(Failure.REFUSED, refusals, Optional.empty(), Usage.NONE);
    }
  }

  private Optional<String> objection(ModelChoice choice) throws InterruptedException {
    Set<String> allowed = rules.residencies();
    return allowed.isEmpty() || allowed.contains(choice.residency())
        ? listener.objection(choice)
        : Optional.of(
            "%s keeps data in \"%s\", and only %s is allowed"
                .formatted(
                    choice.provider(),
                    choice.residency(),
                    String.join(", ", allowed.stream().sorted().toList())));
  }

  /// Returns how long to wait before the same model is asked again; empty when that is no use, or
  /// longer than allowed.
  private Optional<Duration> pause(Failed failed, int attempt) {
    boolean passes =
        switch (failed.failure()) {
          case RATE_LIMIT, OVERLOADED, CONNECTION, MALFORMED -> true;
          case QUOTA, CREDENTIALS, TOO_LONG, REQUEST, REFUSED -> false;
        };
    if (!passes) {
      return NEVER;
    }
    Duration usual = Duration.ofSeconds(1L << Math.min(attempt - 1, 20));
    Duration longest = rules.longestWait();
    if (failed.retryAfter().isEmpty()) {
      return Optional.of(usual.compareTo(longest) > 0 ? longest : usual);
    }
    return failed.retryAfter().filter(asked -> asked.compareTo(longest) <= 0);
  }

  /// Returns `request` as `choice` is asked it.
  private static ModelRequest of(ModelRequest request, ModelChoice choice) {
    Settings settings = request.settings();
    int tokens = Math.min(settings.maxOutputTokens(), choice.sizes().output());
    return new ModelRequest(
        choice.name(),
        request.instructions(),
        request.tools(),
        request.messages(),
        new Settings(tokens, settings.effort(), settings.schema()));
  }
}
