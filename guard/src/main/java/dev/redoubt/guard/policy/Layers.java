// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.policy;

import static java.util.Objects.requireNonNull;

import dev.redoubt.guard.Decision;
import dev.redoubt.guard.Effect;
import dev.redoubt.guard.McpMessage;
import dev.redoubt.guard.Situation;
import dev.redoubt.guard.network.NetworkMatcher;
import dev.redoubt.guard.policy.RuleSet.Match;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// The built-in policy and everybody's rules, and who may change what.
///
/// What the person wrote or typed replaces the built-in decision. Between the two the stricter one
/// stands, but what is typed for this call answers a question of the file. A trusted workspace
/// narrows, and widens the built-in decision only when the person's own file says so. Managed rules
/// narrow whatever is left. Nothing lifts what cannot be followed, what is malformed, or the
/// protection of Redoubt's own policy, trust and evidence; and a pattern lifts a denial only of
/// what it names. Immutable.
///
/// @param user the person's own rules
/// @param commandLine what was typed for this call
/// @param workspace the rules of the checkout, which count once it is trusted
/// @param widening whether the workspace may widen
/// @param managed the state of the managed policy
public record Layers(
    RuleSet user, RuleSet commandLine, RuleSet workspace, Widening widening, Managed managed) {

  /// No rules at all: the built-in policy.
  public static final Layers NONE =
      new Layers(
          RuleSet.NONE, RuleSet.NONE, RuleSet.NONE, Widening.REFUSED, new Managed.NotEnrolled());

  /// Whether a trusted workspace may widen: `guard.workspace-may-widen` of the person's own file.
  public enum Widening {
    REFUSED,
    GRANTED
  }

  /// The state of the managed policy.
  public sealed interface Managed {

    /// This machine is not managed.
    record NotEnrolled() implements Managed {}

    /// The rules that were signed.
    record InForce(RuleSet rules) implements Managed {
      public InForce {
        requireNonNull(rules, "rules");
      }
    }

    /// The machine is managed and its policy is missing, expired or not what was signed: everything
    /// is denied.
    ///
    /// @param reason what is wrong and what to do
    record Broken(String reason) implements Managed {
      public Broken {
        requireNonNull(reason, "reason");
      }
    }
  }

  /// A decision and how it came about.
  ///
  /// @param decision what stands
  /// @param builtIn what the built-in policy said
  /// @param matches the rule of each layer that had one, in the order of the layers
  public record Answer(Decision decision, Decision builtIn, List<Match> matches) {
    public Answer {
      requireNonNull(decision, "decision");
      requireNonNull(builtIn, "builtIn");
      matches = List.copyOf(matches);
    }
  }

  public Layers {
    requireNonNull(user, "user");
    requireNonNull(commandLine, "commandLine");
    requireNonNull(workspace, "workspace");
    requireNonNull(widening, "widening");
    requireNonNull(managed, "managed");
  }

  /// Returns the same without the rules of the workspace.
  public Layers withoutWorkspace() {
    return new Layers(user, commandLine, RuleSet.NONE, widening, managed);
  }

  /// Returns the connections that an operator allows, in the person's own file or typed for this
  /// call. What a checkout says is never among them. An allowed one still has to be judged: another
  /// rule may deny it.
  public List<NetworkMatcher> operatorTargets() {
    List<NetworkMatcher> targets = new ArrayList<>();
    for (Rule rule : user.and(commandLine).rules()) {
      if (rule.stance() == Stance.ALLOW
          && rule.condition().matcher() instanceof NetMatcher(List<NetworkMatcher> matchers)) {
        targets.addAll(matchers);
      }
    }
    return targets;
  }

  /// Returns the managed policy without anybody else's rules.
  public Layers managedOnly() {
    return new Layers(RuleSet.NONE, RuleSet.NONE, RuleSet.NONE, Widening.REFUSED, managed);
  }

  /// Returns what stands for `effect`.
  public Decision decide(Effect effect, Scene scene, Function<Effect, Decision> builtIn) {
    return answer(effect, scene, builtIn).decision();
  }

  /// Returns what stands for `effect` and how that came about.
  public Answer answer(Effect effect, Scene scene, Function<Effect, Decision> builtIn) {
    Decision first = builtIn.apply(effect);
    List<Match> matches = new ArrayList<>();
    Decision base =
        effect instanceof Effect.CallTool call
            ? LiftedArguments.judge(
                call, first, scene, builtIn, named -> operator(named, scene), matches)
            : first;
    Decision decision = base;
    Optional<Match> operator = operator(effect, scene);
    if (operator.isPresent()) {
      matches.add(operator.get());
      decision = replaced(base, operator.get(), effect, scene, builtIn);
    }
    Optional<Match> checkout =
        scene.situation().trust() == Situation.Trust.TRUSTED
            ? workspace.verdict(effect, scene)
            : Optional.empty();
    if (checkout.isPresent()) {
      matches.add(checkout.get());
      decision =
          widening == Widening.GRANTED && operator.isEmpty()
              ? replaced(base, checkout.get(), effect, scene, builtIn)
              : stricter(decision, checkout.get().decision());
    }
    decision = managed(decision, effect, scene, matches);
    if (effect instanceof Effect.CallTool call && McpMessage.in(call.server()).isEmpty()) {
      decision = arguments(decision, call, scene, matches);
    }
    return new Answer(decision, first, matches);
  }

  /* What a call names is kept from it by whoever keeps it from commands. */
  private Decision arguments(
      Decision decision, Effect.CallTool call, Scene scene, List<Match> matches) {
    List<RuleSet> sets = new ArrayList<>(List.of(user, commandLine));
    if (scene.situation().trust() == Situation.Trust.TRUSTED) {
      sets.add(workspace);
    }
    if (managed instanceof Managed.InForce(RuleSet rules)) {
      sets.add(rules);
    }
    sets.removeIf(rules -> !ArgumentRules.canMatch(rules));
    List<Argument> named = sets.isEmpty() ? List.of() : Argument.of(call, scene.situation());
    Decision narrowed = decision;
    for (RuleSet rules : sets) {
      Optional<Match> match = ArgumentRules.verdict(rules, named, scene);
      if (match.isPresent()) {
        matches.add(match.get());
        narrowed = both(narrowed, match.get().decision());
      }
    }
    return narrowed;
  }

  /* A rule that answers one of two questions is not proposed. */
  private static Decision both(Decision call, Decision argument) {
    Decision stricter = stricter(call, argument);
    return stricter instanceof Decision.Ask(String rule, String reason, List<String> _)
            && argument instanceof Decision.Ask
        ? new Decision.Ask(rule, reason, List.of())
        : stricter;
  }

  /* Whoever lets tools pass of which no rule speaks has to hear of the rule that does. */
  private static Decision stricter(Decision decision, Decision narrower) {
    boolean unlisted =
        decision instanceof Decision.Ask(String rule, String _, List<String> _)
            && rule.equals(BuiltInPolicy.UNLISTED);
    return unlisted && narrower instanceof Decision.Ask ? narrower : decision.or(narrower);
  }

  private Decision managed(Decision decision, Effect effect, Scene scene, List<Match> matches) {
    return switch (managed) {
      case Managed.NotEnrolled() -> decision;
      case Managed.Broken(String reason) ->
          new Decision.Deny("policy.managed-missing", reason, List.of());
      case Managed.InForce(RuleSet rules) -> {
        Optional<Match> match = rules.verdict(effect, scene);
        match.ifPresent(matches::add);
        yield match.isPresent() ? stricter(decision, match.get().decision()) : decision;
      }
    };
  }

  private Optional<Match> operator(Effect effect, Scene scene) {
    Optional<Match> own = user.verdict(effect, scene);
    Optional<Match> typed = commandLine.verdict(effect, scene);
    if (own.isEmpty() || typed.isEmpty()) {
      return own.or(() -> typed);
    }
    boolean ownDenies = own.get().rule().stance() == Stance.DENY;
    return ownDenies ? own : typed;
  }

  private static Decision replaced(
      Decision builtIn,
      Match match,
      Effect effect,
      Scene scene,
      Function<Effect, Decision> judgement) {
    boolean narrows = match.decision().strictness() >= builtIn.strictness();
    if (narrows || Lifting.isLifted(builtIn, match.rule(), effect, scene, judgement)) {
      return match.decision();
    }
    return builtIn;
  }
}
