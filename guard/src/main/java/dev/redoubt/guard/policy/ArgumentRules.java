// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.policy;

import dev.redoubt.guard.Decision;
import dev.redoubt.guard.Effect;
import dev.redoubt.guard.network.HostPattern;
import dev.redoubt.guard.network.NetworkMatcher;
import dev.redoubt.guard.policy.RuleSet.Match;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Rules about files and machines, asked about the arguments of a tool call.
///
/// Only rules that forbid or ask count: what a tool does with a path is its own business, so no
/// rule about paths allows a call. A rule about everything (`write **`, `net *`) is not about a
/// text that is more likely a sentence or a word. Stateless.
final class ArgumentRules {

  private static final int MOST_SHOWN = 200;

  private ArgumentRules() {}

  /// Returns whether any of `rules` can be about an argument.
  static boolean canMatch(RuleSet rules) {
    for (Rule rule : rules.rules()) {
      if (rule.stance() != Stance.ALLOW && isAboutNames(rule.condition().matcher())) {
        return true;
      }
    }
    return false;
  }

  /// Returns the strictest of `rules` that is about one of `arguments`, the first among equals.
  static Optional<Match> verdict(RuleSet rules, List<Argument> arguments, Scene scene) {
    Match strictest = null;
    for (Rule rule : rules.rules()) {
      boolean counts =
          rule.stance() != Stance.ALLOW
              && (strictest == null || rule.stance().compareTo(strictest.rule().stance()) > 0);
      if (counts) {
        for (Argument argument : arguments) {
          Optional<Effect> meant = meant(rule, argument, scene);
          if (meant.isPresent()) {
            strictest = new Match(rule, decision(rule, meant.get(), argument));
            break;
          }
        }
      }
    }
    return Optional.ofNullable(strictest);
  }

  /* Which rule would answer the question is not known: the call has more than one effect. */
  private static Decision decision(Rule rule, Effect meant, Argument argument) {
    Decision decision = rule.decision(meant);
    String written = argument.written();
    String shown = written.length() > MOST_SHOWN ? written.substring(0, MOST_SHOWN) : written;
    String reason = "%s: the arguments name \"%s\"".formatted(decision.reason(), shown);
    return rule.stance() == Stance.DENY
        ? new Decision.Deny(decision.rule(), reason, List.of())
        : new Decision.Ask(decision.rule(), reason, List.of());
  }

  private static boolean isAboutNames(Matcher matcher) {
    return switch (matcher) {
      case FileMatcher _, NetMatcher _ -> true;
      case CommandMatcher _, ToolMatcher _, ServerMatcher _, ModelMatcher _, LoadMatcher _ -> false;
    };
  }

  private static Optional<Effect> meant(Rule rule, Argument argument, Scene scene) {
    return switch (argument) {
      case Argument.PathOf path when rule.condition().matcher() instanceof FileMatcher matcher ->
          file(rule, matcher, path, scene);
      case Argument.HostOf host when rule.condition().matcher() instanceof NetMatcher matcher ->
          connection(rule, matcher, host, scene);
      case Argument.PathOf _, Argument.HostOf _ -> Optional.empty();
    };
  }

  private static Optional<Effect> file(
      Rule rule, FileMatcher matcher, Argument.PathOf path, Scene scene) {
    for (PathPattern pattern : matcher.paths()) {
      boolean counts = path.certain() || !pattern.isEverything();
      if (counts && pattern.isPossible(path.place(), false, scene)) {
        for (Effect.Access access : Effect.Access.values()) {
          Effect effect = new Effect.File(access, path.place());
          if (matcher.actions().contains(ActionKind.of(access))
              && rule.condition().isOpen(effect, scene, rule.stance().needed())) {
            return Optional.of(effect);
          }
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<Effect> connection(
      Rule rule, NetMatcher matcher, Argument.HostOf host, Scene scene) {
    List<NetworkMatcher> targets = new ArrayList<>();
    for (NetworkMatcher target : matcher.targets()) {
      if (host.certain() || !(target.hosts() instanceof HostPattern.Any)) {
        targets.add(target);
      }
    }
    Certainty needed = rule.stance().needed();
    return new NetMatcher(targets).matches(host.connect(), scene, needed)
            && rule.condition().isOpen(host.connect(), scene, needed)
        ? Optional.of(host.connect())
        : Optional.empty();
  }
}
