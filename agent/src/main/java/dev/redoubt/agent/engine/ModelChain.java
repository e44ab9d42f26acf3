// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.engine;

import static java.util.Objects.requireNonNull;

import dev.redoubt.agent.api.ModelAnswer.Failure;
import dev.redoubt.agent.api.ModelChoice;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The models a session may ask, and when the next one is asked instead.
///
/// The next one is asked the same from its start: nothing of an answer that is not complete was
/// acted on. Each attempt goes through the gate. The model that answered stays for the next 20
/// answers of the prompt, so that the cache of its provider is used; then the first is tried again.
/// When it fails before, those behind it are asked and then those before it.
///
/// @param models at least one, in order
/// @param lastResort a model of this machine that is asked when all others failed, for failures of
///   the connection too; only there when an operator said so
/// @param small what is asked for summaries when they fit; the first of the others when empty
/// @param rules when the next one is asked
public record ModelChain(
    List<ModelChoice> models,
    Optional<ModelChoice> lastResort,
    Optional<ModelChoice> small,
    Rules rules) {

  public ModelChain {
    models = List.copyOf(models);
    requireNonNull(lastResort, "lastResort");
    requireNonNull(small, "small");
    requireNonNull(rules, "rules");
    if (models.isEmpty()) {
      throw new IllegalArgumentException("a chain has at least one model");
    }
  }

  /// When the next model is asked.
  ///
  /// @param qualifying what leads to the next model
  /// @param mostHops how many models after the first are asked at most, the last resort left out
  /// @param attempts how often one model is asked when waiting may help and another one is there,
  ///   at least once
  /// @param longestWait the most that is waited for such an attempt; a model that asks for more is
  ///   given up at once
  /// @param residencies where data may go, whichever model is asked; anywhere when empty
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

  /// Returns a chain of one model that may be anywhere.
  public static ModelChain of(ModelChoice model) {
    return new ModelChain(List.of(model), Optional.empty(), Optional.empty(), Rules.USUAL);
  }

  /// Returns the model that is asked first.
  public ModelChoice first() {
    return models.getFirst();
  }

  /// Returns every model that may come to be asked.
  public List<ModelChoice> all() {
    List<ModelChoice> all = new ArrayList<>(models);
    lastResort.ifPresent(all::add);
    small.ifPresent(all::add);
    return all;
  }

  /// Returns why no data may go to `choice`; empty when it may.
  Optional<String> objection(ModelChoice choice) {
    Set<String> allowed = rules.residencies();
    return allowed.isEmpty() || allowed.contains(choice.residency())
        ? Optional.empty()
        : Optional.of(
            "%s keeps data in \"%s\", and only %s is allowed"
                .formatted(
                    choice.provider(),
                    choice.residency(),
                    String.join(", ", allowed.stream().sorted().toList())));
  }
}
