// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.policy;

import dev.redoubt.document.Node;
import dev.redoubt.guard.Decision;
import dev.redoubt.guard.Effect;
import dev.redoubt.guard.policy.RuleSet.Match;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Takes back the built-in denial of a tool call whose arguments name a path or an address, when an
/// operator named each of them too.
///
/// Two rules of an operator name one: an `allow` about reading that path or about that machine
/// which would lift the same denial of a command, and an `allow` about the tool whose `args` are
/// equal to the text at its place. No wildcard of a rule about a tool names anything. What remains
/// is the question that every tool without a rule is. Only a rule that names the tool without a
/// wildcard answers it: who allows `net:localhost:3000` and `tool:web/*` thought of neither
/// together. Rules of a workspace and managed ones lift nothing. For one call, not shared between
/// threads.
final class LiftedArguments {

  private final Scene scene;
  private final Function<Effect, Decision> builtIn;
  private final Function<Effect, Optional<Match>> operator;
  private final @Nullable ToolMatcher tool;
  private final List<Match> lifting = new ArrayList<>();

  private LiftedArguments(
      Scene scene,
      Function<Effect, Decision> builtIn,
      Function<Effect, Optional<Match>> operator,
      @Nullable ToolMatcher tool) {
    this.scene = scene;
    this.builtIn = builtIn;
    this.operator = operator;
    this.tool = tool;
  }

  /// Returns what the built-in policy says to `call`, `first` unless everything denied in it is
  /// named by an operator.
  ///
  /// @param operator the rule of the person's own file or of the command line about an effect
  /// @param matches gets the rules that lifted something
  static Decision judge(
      Effect.CallTool call,
      Decision first,
      Scene scene,
      Function<Effect, Decision> builtIn,
      Function<Effect, Optional<Match>> operator,
      List<Match> matches) {
    if (!(first instanceof Decision.Deny)) {
      return first;
    }
    Optional<Match> ofTool = operator.apply(call);
    ToolMatcher tool =
        ofTool.isPresent()
                && ofTool.get().rule().stance() == Stance.ALLOW
                && ofTool.get().rule().condition().matcher() instanceof ToolMatcher matcher
            ? matcher
            : null;
    LiftedArguments lifted = new LiftedArguments(scene, builtIn, operator, tool);
    if (!lifted.everything(call.arguments(), new ArrayList<>())) {
      return first;
    }
    matches.addAll(lifted.lifting);
    if (tool != null && !lifted.lifting.isEmpty() && !tool.isOneTool()) {
      return new Decision.Ask(
          Lifting.ARGUMENT,
          "%s: the rule that allows the tool does not name it".formatted(first.reason()),
          List.of());
    }
    Node nothing = new Node.Obj(new HashMap<>(), 1);
    return builtIn.apply(new Effect.CallTool(call.server(), call.tool(), nothing));
  }

  private boolean everything(Node node, List<String> place) {
    return switch (node) {
      case Node.Obj(Map<String, Node> fields, int _) -> {
        boolean all = true;
        for (Map.Entry<String, Node> field : fields.entrySet()) {
          all &= text(field.getKey(), null) && below(field.getKey(), field.getValue(), place);
        }
        yield all;
      }
      case Node.Arr(List<Node> items, int _) -> {
        boolean all = true;
        for (int at = 0; at < items.size(); at++) {
          all &= below(Integer.toString(at), items.get(at), place);
        }
        yield all;
      }
      case Node.Text(String value, int _) -> text(value, place);
      case Node.Num _, Node.Bool _, Node.Nothing _ -> true;
    };
  }

  private boolean below(String key, Node node, List<String> place) {
    List<String> inner = new ArrayList<>(place);
    inner.add(key);
    return everything(node, inner);
  }

  /// @param place where the text stands; null for a key, which no rule about a tool names
  private boolean text(String value, @Nullable List<String> place) {
    boolean all = true;
    for (ArgumentText said :
        ArgumentText.read(place == null ? "" : key(place), value, scene.situation())) {
      all &=
          switch (said) {
            case ArgumentText.Malformed _ -> false;
            case ArgumentText.Names names -> passes(names, value, place);
          };
    }
    return all;
  }

  private boolean passes(ArgumentText.Names names, String value, @Nullable List<String> place) {
    Effect effect = names.effect();
    Decision decision = builtIn.apply(effect);
    return !names.counts(decision)
        || (Lifting.canBeLifted(decision, effect)
            && (isNamed(value, place) || isLifted(decision, effect)));
  }

  /* What stands in a list stands in the argument that has the list. */
  private static String key(List<String> place) {
    for (int at = place.size() - 1; at >= 0; at--) {
      String key = place.get(at);
      if (key.isEmpty() || !key.chars().allMatch(c -> c >= '0' && c <= '9')) {
        return key;
      }
    }
    return "";
  }

  private boolean isNamed(String value, @Nullable List<String> place) {
    if (tool == null || place == null) {
      return false;
    }
    for (ArgumentMatcher argument : tool.arguments()) {
      if (argument.isExactly(place, value)) {
        return true;
      }
    }
    return false;
  }

  private boolean isLifted(Decision denied, Effect effect) {
    Optional<Match> match = operator.apply(effect);
    boolean lifts =
        match.isPresent()
            && match.get().rule().stance() == Stance.ALLOW
            && Lifting.isLifted(denied, match.get().rule(), effect, scene, builtIn);
    match.filter(_ -> lifts).ifPresent(lifting::add);
    return lifts;
  }
}
