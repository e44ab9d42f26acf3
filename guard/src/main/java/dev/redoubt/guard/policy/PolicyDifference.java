// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.policy;

import static java.util.Objects.requireNonNull;

import dev.redoubt.document.Node;
import dev.redoubt.guard.Action;
import dev.redoubt.guard.Decision;
import dev.redoubt.guard.Effect;
import dev.redoubt.guard.FileFacts;
import dev.redoubt.guard.Program;
import dev.redoubt.guard.Situation;
import dev.redoubt.guard.Situation.Trust;
import dev.redoubt.guard.Situation.Wall;
import dev.redoubt.guard.commands.LineAnalysis;
import dev.redoubt.guard.network.NameResolver;
import dev.redoubt.guard.policy.Layers.Managed;
import dev.redoubt.guard.policy.Layers.Widening;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What one policy allows that another did not, and the other way round.
///
/// Every pattern and example of both is turned into effects, and both policies are asked about
/// each, with the built-in policy below them. A rule that allows more, or the loss of one that
/// asked or denied, for which no such effect was found, is reported as possible: nothing widens
/// silently.
///
/// @param widened effects on which the new policy is milder
/// @param narrowed effects on which the new policy is stricter
/// @param possible what may be wider and could not be shown
public record PolicyDifference(
    List<Change> widened, List<Change> narrowed, List<Possible> possible) {

  private static final List<Situation> SITUATIONS =
      List.of(
          Example.SCENE.situation(),
          situation(Trust.UNTRUSTED, Wall.NONE),
          situation(Trust.TRUSTED, Wall.HELD));

  /// One effect on which the two differ.
  ///
  /// @param example the effect, in the manner of `run:mvn deploy`
  /// @param before what the old policy says
  /// @param after what the new policy says
  public record Change(String example, Decision before, Decision after) {
    public Change {
      requireNonNull(example, "example");
      requireNonNull(before, "before");
      requireNonNull(after, "after");
    }
  }

  /// Something that may be wider.
  ///
  /// @param rule the id of the rule
  /// @param reason why it may be, with file and line
  public record Possible(String rule, String reason) {
    public Possible {
      requireNonNull(rule, "rule");
      requireNonNull(reason, "reason");
    }
  }

  public PolicyDifference {
    widened = List.copyOf(widened);
    narrowed = List.copyOf(narrowed);
    possible = List.copyOf(possible);
  }

  /// Returns whether the new policy allows more, or may.
  public boolean isWider() {
    return !widened.isEmpty() || !possible.isEmpty();
  }

  /// Returns how `after` differs from `before`.
  public static PolicyDifference between(Policy before, Policy after) {
    LayeredPolicy old = policy(before);
    LayeredPolicy now = policy(after);
    Set<Effect> effects = new LinkedHashSet<>(Samples.of(before.rules().rules()));
    effects.addAll(Samples.of(after.rules().rules()));
    List<Change> widened = new ArrayList<>();
    List<Change> narrowed = new ArrayList<>();
    for (Effect effect : effects) {
      for (Situation situation : SITUATIONS) {
        Effect known = known(effect, situation);
        Decision first = old.decide(known, situation);
        Decision second = now.decide(known, situation);
        if (first.strictness() != second.strictness()) {
          (second.strictness() < first.strictness() ? widened : narrowed)
              .add(new Change(shown(effect), first, second));
          break;
        }
      }
    }
    return new PolicyDifference(widened, narrowed, possible(before, after, widened));
  }

  private static List<Possible> possible(Policy before, Policy after, List<Change> shown) {
    List<Possible> possible = new ArrayList<>();
    if (after.widening() == Widening.GRANTED && before.widening() == Widening.REFUSED) {
      possible.add(
          new Possible("guard.workspace-may-widen", "trusted workspaces may widen from now on"));
    }
    if (after.failMode() != before.failMode()) {
      possible.add(
          new Possible("guard.managed.fail-mode", "what holds when it is missing changed"));
    }
    Set<String> seen = new LinkedHashSet<>();
    for (Change change : shown) {
      seen.add(change.before().rule());
      seen.add(change.after().rule());
    }
    for (Rule rule : after.rules().rules()) {
      if (rule.stance() != Stance.DENY
          && !seen.contains(rule.source().id())
          && !isCovered(rule, before.rules().rules(), true)) {
        possible.add(
            new Possible(
                rule.source().id(),
                "%s says %s to more than the old rules did"
                    .formatted(rule.source(), rule.stance().key())));
      }
    }
    for (Rule rule : before.rules().rules()) {
      if (rule.stance() != Stance.ALLOW
          && !seen.contains(rule.source().id())
          && !isCovered(rule, after.rules().rules(), false)) {
        possible.add(
            new Possible(
                rule.source().id(),
                "%s said %s to more than the new rules do"
                    .formatted(rule.source(), rule.stance().key())));
      }
    }
    return possible;
  }

  /* For what permits, a milder or equal rule that covers it; for what forbids, a stricter or equal. */
  private static boolean isCovered(Rule rule, List<Rule> others, boolean milder) {
    for (Rule other : others) {
      int order = other.stance().compareTo(rule.stance());
      if ((milder ? order <= 0 : order >= 0)
          && (milder || outlives(other, rule))
          && other.condition().covers(rule.condition())) {
        return true;
      }
    }
    return false;
  }

  private static boolean outlives(Rule other, Rule rule) {
    return other.expires() == null
        || (rule.expires() != null && !other.expires().isBefore(rule.expires()));
  }

  private static LayeredPolicy policy(Policy policy) {
    Layers layers =
        new Layers(
            policy.rules(),
            RuleSet.NONE,
            RuleSet.NONE,
            policy.widening(),
            new Managed.NotEnrolled());
    return new LayeredPolicy(
        new BuiltInPolicy(FileFacts.NONE, NameResolver.NONE), layers, FileFacts.NONE);
  }

  private static Situation situation(Trust trust, Wall wall) {
    Situation base = Example.SCENE.situation();
    return new Situation(base.workspace(), trust, wall, base.home());
  }

  /* A made-up command gets the nature that the tables give it. */
  private static Effect known(Effect effect, Situation situation) {
    if (effect instanceof Effect.Command command && !command.argv().isEmpty()) {
      Action.Run run =
          new Action.Run(
              new Program.Argv(command.argv()),
              Path.of(situation.workspace()),
              Map.of(),
              Action.Input.NOTHING);
      for (Effect found : LineAnalysis.of(run, situation).effects()) {
        if (found instanceof Effect.Command read && read.argv().equals(command.argv())) {
          return read;
        }
      }
    }
    return effect;
  }

  private static String shown(Effect effect) {
    return switch (effect) {
      case Effect.Connect(String method, String target) ->
          "net:" + (method.isEmpty() ? "" : method + " ") + target;
      case Effect.CallTool(String server, String tool, var arguments) ->
          "tool:"
              + server
              + "/"
              + tool
              + (arguments.fields().isEmpty() ? "" : " " + text(arguments));
      case Effect.Command _, Effect.File _, Effect.LoadConfig _, Effect.Opaque _ ->
          ShortRule.narrowestFor(effect).orElse(effect.toString());
      case Effect.StartServer _, Effect.SendToModel _ ->
          ShortRule.narrowestFor(effect).orElse(effect.toString());
    };
  }

  private static String text(Node node) {
    StringBuilder text = new StringBuilder("{");
    node.fields()
        .forEach((key, value) ->
            text.append(text.length() == 1 ? "" : ", ")
                .append(key)
                .append(": ")
                .append(value.scalar().orElseGet(() -> text(value))));
    return text.append('}').toString();
  }
}
