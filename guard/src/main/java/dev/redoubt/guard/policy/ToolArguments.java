// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.policy;

import dev.redoubt.document.Node;
import dev.redoubt.guard.Decision;
import dev.redoubt.guard.Effect;
import dev.redoubt.guard.Situation;
import dev.redoubt.guard.network.NetworkJudge;
import dev.redoubt.guard.paths.PathJudge;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Looks for sensitive paths and inner addresses in the arguments of a tool call.
///
/// What a tool does with its arguments is not known, so nothing here allows: it denies a call whose
/// arguments name what no tool should get, at any depth, as key or as value.
final class ToolArguments {

  private final PathJudge paths;
  private final NetworkJudge network;

  ToolArguments(PathJudge paths, NetworkJudge network) {
    this.paths = paths;
    this.network = network;
  }

  /// Returns a deny, or an allow that says nothing was found.
  Decision judge(Effect.CallTool call, Situation situation) {
    Optional<ResourceUri.Asked> resource = ResourceUri.in(call, situation);
    Node rest = resource.isPresent() ? resource.get().others() : call.arguments();
    List<Effect> all = new ArrayList<>(resource.map(ResourceUri.Asked::named).orElse(List.of()));
    if (rest instanceof Node.Obj arguments) {
      ResourceUri.Asked roots = AnsweredRoots.in(call.tool(), arguments, situation);
      all.addAll(roots.named());
      rest = roots.others();
    }
    Decision decision = judge("", rest, situation);
    for (Effect named : all) {
      decision = decision.or(effect(named, situation));
    }
    return decision;
  }

  private Decision judge(String key, Node node, Situation situation) {
    Decision decision = new Decision.Allow("tool.arguments", "nothing sensitive in the arguments");
    switch (node) {
      case Node.Obj(Map<String, Node> fields, int _) -> {
        for (Map.Entry<String, Node> field : fields.entrySet()) {
          String name = field.getKey();
          decision =
              decision.or(text("", name, situation)).or(judge(name, field.getValue(), situation));
        }
      }
      case Node.Arr(List<Node> items, int _) -> {
        for (Node item : items) {
          decision = decision.or(judge(key, item, situation));
        }
      }
      case Node.Text(String value, int _) -> decision = decision.or(text(key, value, situation));
      case Node.Num _, Node.Bool _, Node.Nothing _ -> {}
    }
    return decision;
  }

  private Decision text(String key, String value, Situation situation) {
    Decision decision = new Decision.Allow("tool.arguments", "nothing sensitive");
    for (ArgumentText said : ArgumentText.read(key, value, situation)) {
      decision =
          decision.or(
              switch (said) {
                case ArgumentText.Malformed(String reason) ->
                    new Decision.Deny("path.malformed", reason, List.of());
                case ArgumentText.Names names -> named(names, situation);
              });
    }
    return decision;
  }

  private Decision named(ArgumentText.Names names, Situation situation) {
    Decision decision = effect(names.effect(), situation);
    return names.counts(decision)
        ? decision
        : new Decision.Allow("tool.arguments", "nothing sensitive");
  }

  private Decision effect(Effect named, Situation situation) {
    return switch (named) {
      case Effect.File file -> onlyDeny(paths.judge(file, situation), file);
      case Effect.Connect connect -> onlyDeny(network.judge(connect), connect);
      case Effect _ -> throw new IllegalStateException("no text names that");
    };
  }

  private static Decision onlyDeny(Decision found, Effect named) {
    return switch (found) {
      case Decision.Deny(String rule, String reason, List<String> remedies)
          when remedies.isEmpty() && Lifting.canBeLifted(found, named) ->
          new Decision.Deny(
              rule, reason, ShortRule.narrowestFor(named).map(List::of).orElse(List.of()));
      case Decision.Deny deny -> deny;
      case Decision.Ask _, Decision.Allow _ ->
          new Decision.Allow("tool.arguments", "nothing sensitive");
    };
  }
}
