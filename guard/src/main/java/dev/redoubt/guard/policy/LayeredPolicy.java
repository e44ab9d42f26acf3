// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.policy;

import static java.util.Objects.requireNonNull;

import dev.redoubt.guard.Decision;
import dev.redoubt.guard.Effect;
import dev.redoubt.guard.FileFacts;
import dev.redoubt.guard.Situation;
import java.util.List;
import java.util.Optional;

/// The built-in policy with everybody's rules on top. Immutable, safe to share.
///
/// A question, and a denial that a rule could lift, name the narrowest rule that would do it.
public final class LayeredPolicy implements EffectPolicy {

  private final EffectPolicy builtIn;
  private final Layers layers;
  private final FileFacts facts;

  /// @param builtIn what holds without rules
  /// @param layers the rules
  /// @param facts what is known of the machine's files
  public LayeredPolicy(EffectPolicy builtIn, Layers layers, FileFacts facts) {
    this.builtIn = requireNonNull(builtIn, "builtIn");
    this.layers = requireNonNull(layers, "layers");
    this.facts = requireNonNull(facts, "facts");
  }

  @Override
  public Decision decide(Effect effect, Situation situation) {
    return answer(effect, situation).decision();
  }

  /// Returns the decision on `effect` and the rules that led to it.
  public Layers.Answer answer(Effect effect, Situation situation) {
    return layers.answer(effect, new Scene(situation, facts), asked -> proposing(asked, situation));
  }

  private Decision proposing(Effect effect, Situation situation) {
    Decision decision = builtIn.decide(effect, situation);
    return switch (decision) {
      case Decision.Ask(String rule, String reason, List<String> proposals)
          when proposals.isEmpty() ->
          new Decision.Ask(rule, reason, narrowest(effect));
      case Decision.Deny(String rule, String reason, List<String> remedies)
          when remedies.isEmpty() && Lifting.canBeLifted(decision, effect) ->
          new Decision.Deny(rule, reason, narrowest(effect));
      case Decision.Allow _, Decision.Ask _, Decision.Deny _ -> decision;
    };
  }

  private static List<String> narrowest(Effect effect) {
    Optional<String> narrowest = ShortRule.narrowestFor(effect);
    return narrowest.map(List::of).orElse(List.of());
  }
}
