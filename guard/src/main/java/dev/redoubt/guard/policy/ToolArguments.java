// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.policy;

import dev.redoubt.document.Node;
import dev.redoubt.guard.Decision;
import dev.redoubt.guard.Effect;
import dev.redoubt.guard.Effect.Access;
import dev.redoubt.guard.Place;
import dev.redoubt.guard.Situation;
import dev.redoubt.guard.network.NetworkJudge;
import dev.redoubt.guard.paths.PathJudge;
import dev.redoubt.guard.paths.PathText;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Looks for sensitive paths and inner addresses in the arguments of a tool call.
///
/// What a tool does with its arguments is not known, so nothing here allows: it denies a call whose
/// arguments name what no tool should get, at any depth, as key or as value. [#read] says what they
/// name, for [LiftedArguments].
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
    if (resource.isEmpty()) {
      return judge(call.arguments(), situation);
    }
    Decision decision = judge(resource.get().others(), situation);
    for (Effect named : resource.get().named()) {
      decision = decision.or(effect(named, situation));
    }
    return decision;
  }

  private Decision judge(Node node, Situation situation) {
    Decision decision = new Decision.Allow("tool.arguments", "nothing sensitive in the arguments");
    switch (node) {
      case Node.Obj(Map<String, Node> fields, int _) -> {
        for (Map.Entry<String, Node> field : fields.entrySet()) {
          decision =
              decision.or(text(field.getKey(), situation)).or(judge(field.getValue(), situation));
        }
      }
      case Node.Arr(List<Node> items, int _) -> {
        for (Node item : items) {
          decision = decision.or(judge(item, situation));
        }
      }
      case Node.Text(String value, int _) -> decision = decision.or(text(value, situation));
      case Node.Num _, Node.Bool _, Node.Nothing _ -> {}
    }
    return decision;
  }

  private Decision text(String value, Situation situation) {
    return switch (read(value, situation)) {
      case Text.Nothing() -> new Decision.Allow("tool.arguments", "nothing sensitive");
      case Text.Malformed(String reason) -> new Decision.Deny("path.malformed", reason, List.of());
      case Text.Names(Effect effect) -> effect(effect, situation);
    };
  }

  private Decision effect(Effect named, Situation situation) {
    return switch (named) {
      case Effect.File file -> onlyDeny(paths.judge(file, situation), file);
      case Effect.Connect connect -> onlyDeny(network.judge(connect), connect);
      case Effect _ -> throw new IllegalStateException("no text names that");
    };
  }

  /// What a text among the arguments says.
  sealed interface Text {

    /// It is no name, or none that is looked at.
    record Nothing() implements Text {}

    /// It is a path that nobody can follow.
    record Malformed(String reason) implements Text {}

    /// It names a file, which counts as read, or an address.
    record Names(Effect effect) implements Text {}
  }

  /// Returns what `value` says.
  static Text read(String value, Situation situation) {
    if (value.isEmpty() || value.length() > 4096 || value.indexOf('\n') >= 0) {
      return new Text.Nothing();
    }
    if (value.contains("://")) {
      return new Text.Names(new Effect.Connect("GET", value));
    }
    return switch (PathText.read(value, situation.workspace(), situation.home())) {
      case PathText.Known(Place place) -> new Text.Names(new Effect.File(Access.READ, place));
      case PathText.Refused(String reason) when startsLikePath(value) || value.indexOf('\0') >= 0 ->
          new Text.Malformed(reason);
      case PathText.Unclear _, PathText.Refused _ -> new Text.Nothing();
    };
  }

  private static boolean startsLikePath(String value) {
    return "/.~\\".indexOf(value.charAt(0)) >= 0;
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
