// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.policy;

import dev.redoubt.guard.Decision;
import dev.redoubt.guard.Effect;
import dev.redoubt.guard.Place;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Decides whether a rule may replace a stricter built-in decision.
///
/// A question is answered by any rule that matches. A denial is lifted only by a rule that names
/// what is denied: `read ~/.aws/*` lifts the protection of `~/.aws`, `read **` does not lift
/// anything.
final class Lifting {

  /// The question about a tool whose arguments are lifted and whose rule is wide.
  static final String ARGUMENT = "tool.argument";

  /* What no rule lifts. The first two cannot be followed, the third hands out credentials, the
   * fourth is what rules with wildcards cannot answer, and the last two are what rules stand on. */
  private static final List<String> NEVER =
      List.of(
          "path.malformed",
          "net.malformed",
          "net.metadata",
          ARGUMENT,
          "path.protected.policy",
          "path.sensitive.redoubt");

  private Lifting() {}

  static boolean isLifted(
      Decision builtIn,
      Rule rule,
      Effect effect,
      Scene scene,
      Function<Effect, Decision> judgement) {
    if (!canBeLifted(builtIn, effect)) {
      return false;
    }
    if (!(builtIn instanceof Decision.Deny)) {
      return true;
    }
    // A rule that asks is content with a possibility, which is too little to lift a denial.
    if (!rule.condition().holds(effect, scene, Certainty.SURE)) {
      return false;
    }
    return switch (effect) {
      case Effect.Opaque _ -> false;
      case Effect.File(Effect.Access access, Place place) ->
          namesIt(
              rule, place, scene, path -> judgement.apply(new Effect.File(access, path)), builtIn);
      case Effect.LoadConfig(var kind, Place place, String sha256) ->
          namesIt(
              rule,
              place,
              scene,
              path -> judgement.apply(new Effect.LoadConfig(kind, path, sha256)),
              builtIn);
      case Effect.Connect connect ->
          rule.condition().matcher() instanceof NetMatcher matcher && matcher.names(connect);
      case Effect.CallTool _ -> false;
      case Effect.Command _, Effect.StartServer _, Effect.SendToModel _ -> true;
    };
  }

  /// Returns whether any rule can replace `builtIn`, which was said about `effect`.
  static boolean canBeLifted(Decision builtIn, Effect effect) {
    // What was denied in a call is a path or an address among its arguments: see LiftedArguments.
    boolean argument = effect instanceof Effect.CallTool && builtIn instanceof Decision.Deny;
    return !(effect instanceof Effect.Opaque) && !argument && !NEVER.contains(builtIn.rule());
  }

  private static boolean namesIt(
      Rule rule, Place place, Scene scene, Function<Place, Decision> judgement, Decision builtIn) {
    List<PathPattern> patterns =
        switch (rule.condition().matcher()) {
          case FileMatcher(var _, List<PathPattern> paths) -> paths;
          case LoadMatcher(var _, List<PathPattern> paths) -> paths;
          case CommandMatcher _, NetMatcher _, ToolMatcher _ -> List.of();
          case ServerMatcher _, ModelMatcher _ -> List.of();
        };
    for (PathPattern pattern : patterns) {
      Optional<String> named = pattern.named(scene.situation());
      if (named.isPresent() && pattern.isSure(place, scene)) {
        Decision onNamed = judgement.apply(Place.at(named.get()));
        if (onNamed instanceof Decision.Deny deny && deny.rule().equals(builtIn.rule())) {
          return true;
        }
      }
    }
    return false;
  }
}
