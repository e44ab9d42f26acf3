// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.policy;

import static java.util.Objects.requireNonNull;

import dev.redoubt.guard.Action;
import dev.redoubt.guard.Decision;
import dev.redoubt.guard.Effect;
import dev.redoubt.guard.FileFacts;
import dev.redoubt.guard.Guard;
import dev.redoubt.guard.Situation;
import dev.redoubt.guard.commands.Analysis;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Judges an action by each effect it has: the strictest decision stands.
///
/// A question lists the rules that would answer all of it. Immutable, safe to share.
public final class PolicyGuard implements Guard {

  private static final int MOST_PROPOSALS = 8;

  private final EffectPolicy policy;
  private final Situation situation;

  private final FileFacts facts;

  /// A guard that looks at no repository.
  public PolicyGuard(EffectPolicy policy, Situation situation) {
    this(policy, situation, FileFacts.NONE);
  }

  /// @param facts what the repositories of the workspace say; the files are `policy`'s business
  public PolicyGuard(EffectPolicy policy, Situation situation, FileFacts facts) {
    this.facts = requireNonNull(facts, "facts");
    this.policy = requireNonNull(policy, "policy");
    this.situation = requireNonNull(situation, "situation");
  }

  @Override
  public String name() {
    return "policy";
  }

  @Override
  public Decision review(Action action) {
    return judge(action).decision();
  }

  /// Returns the decision on `action` with everything that led to it.
  public Judgement judge(Action action) {
    return judge(EffectList.of(action, situation, facts));
  }

  /// Returns the decision on something that would have the effects of `analysis`.
  public Judgement judge(Analysis analysis) {
    List<Judgement.Part> parts = new ArrayList<>();
    for (Effect effect : analysis.effects()) {
      parts.add(new Judgement.Part(effect, policy.decide(effect, situation)));
    }
    return new Judgement(combined(parts), parts, analysis.steps());
  }

  private static Decision combined(List<Judgement.Part> parts) {
    if (parts.isEmpty()) {
      return new Decision.Deny(
          "policy.nothing", "nothing was found that could be judged", List.of());
    }
    Decision strictest = parts.getFirst().decision();
    for (Judgement.Part part : parts) {
      strictest = strictest.or(part.decision());
    }
    return strictest instanceof Decision.Ask ask ? question(ask, parts) : strictest;
  }

  /* A rule that answers half of a question is not proposed. */
  private static Decision.Ask question(Decision.Ask first, List<Judgement.Part> parts) {
    Set<String> proposals = new LinkedHashSet<>();
    Set<String> reasons = new LinkedHashSet<>();
    boolean answerable = true;
    for (Judgement.Part part : parts) {
      if (part.decision() instanceof Decision.Ask(String _, String reason, List<String> rules)) {
        reasons.add(reason);
        proposals.addAll(rules);
        answerable &= !rules.isEmpty();
      }
    }
    String reason =
        reasons.size() == 1
            ? first.reason()
            : "%s (and %d more)".formatted(first.reason(), reasons.size() - 1);
    return new Decision.Ask(
        first.rule(),
        reason,
        answerable && proposals.size() <= MOST_PROPOSALS ? List.copyOf(proposals) : List.of());
  }
}
