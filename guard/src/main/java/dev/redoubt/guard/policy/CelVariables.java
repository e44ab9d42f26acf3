// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.policy;

import dev.cel.common.values.NullValue;
import dev.redoubt.document.Node;
import dev.redoubt.guard.Effect;
import dev.redoubt.guard.Place;
import dev.redoubt.guard.Situation.Trust;
import dev.redoubt.guard.Situation.Wall;
import dev.redoubt.guard.network.Reading;
import dev.redoubt.guard.network.Target;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What a condition can ask about an effect.
final class CelVariables {

  private static final int DEEPEST = 64;

  private CelVariables() {}

  /// Returns whether the variables tell all of the effect: not a glob, not everything below a
  /// folder, not a target that cannot be read.
  static boolean isExact(Effect effect) {
    return switch (effect) {
      case Effect.File(Effect.Access access, Place place) ->
          place.kind() == Place.Kind.EXACT
              && access != Effect.Access.SEARCH
              && access != Effect.Access.DELETE;
      case Effect.Connect connect -> Target.of(connect) instanceof Reading.Good<Target>;
      case Effect.LoadConfig load -> load.place().kind() == Place.Kind.EXACT;
      case Effect.Opaque _ -> false;
      case Effect.Command _, Effect.CallTool _ -> true;
      case Effect.StartServer _, Effect.SendToModel _ -> true;
    };
  }

  /// Returns the variables for each reading of the effect: the path as written, and with its links
  /// resolved.
  static List<Map<String, Object>> of(Effect effect, Scene scene) {
    Map<String, Object> all = new HashMap<>();
    all.put("action", action(effect));
    all.put("argv", List.of());
    all.put("path", "");
    all.put("host", "");
    all.put("port", 0L);
    all.put("server", "");
    all.put("tool", "");
    all.put("args", Map.of());
    all.put("workspace", scene.situation().workspace());
    all.put("trusted", scene.situation().trust() == Trust.TRUSTED);
    all.put("wall", scene.situation().wall() == Wall.HELD ? "held" : "none");
    switch (effect) {
      case Effect.Command command -> all.put("argv", command.argv());
      case Effect.File(var _, Place place) -> {
        return paths(all, place, scene);
      }
      case Effect.LoadConfig load -> {
        return paths(all, load.place(), scene);
      }
      case Effect.Connect connect -> {
        if (Target.of(connect) instanceof Reading.Good<Target>(Target target)) {
          all.put("host", target.host().text());
          all.put("port", (long) target.port());
          all.put("path", target.path());
        }
      }
      case Effect.CallTool call -> {
        all.put("server", call.server());
        all.put("tool", call.tool());
        all.put("args", value(call.arguments(), 0));
      }
      case Effect.StartServer(String name) -> all.put("server", name);
      case Effect.SendToModel _, Effect.Opaque _ -> {}
    }
    return List.of(all);
  }

  private static String action(Effect effect) {
    ActionKind kind =
        switch (effect) {
          case Effect.Command _, Effect.Opaque _ -> ActionKind.RUN;
          case Effect.File file -> ActionKind.of(file.access());
          case Effect.Connect _ -> ActionKind.NET;
          case Effect.CallTool _ -> ActionKind.TOOL;
          case Effect.StartServer _ -> ActionKind.START_SERVER;
          case Effect.SendToModel _ -> ActionKind.MODEL;
          case Effect.LoadConfig _ -> ActionKind.LOAD;
        };
    return kind.key();
  }

  private static List<Map<String, Object>> paths(
      Map<String, Object> all, Place place, Scene scene) {
    Set<String> paths = new LinkedHashSet<>();
    paths.add(PathPattern.plain(place.path()));
    paths.add(PathPattern.plain(scene.facts().of(place.path()).real()));
    List<Map<String, Object>> readings = new ArrayList<>();
    for (String path : paths) {
      Map<String, Object> reading = new HashMap<>(all);
      reading.put("path", path);
      readings.add(reading);
    }
    return readings;
  }

  private static Object value(Node node, int depth) {
    if (depth > DEEPEST) {
      return NullValue.NULL_VALUE;
    }
    return switch (node) {
      case Node.Obj(Map<String, Node> fields, int _) -> {
        Map<String, Object> values = new HashMap<>();
        fields.forEach((key, field) -> values.put(key, value(field, depth + 1)));
        yield values;
      }
      case Node.Arr(List<Node> items, int _) -> {
        List<Object> values = new ArrayList<>();
        items.forEach(item -> values.add(value(item, depth + 1)));
        yield values;
      }
      case Node.Text(String text, int _) -> text;
      case Node.Bool(boolean value, int _) -> value;
      case Node.Num(String literal, int _) -> number(literal);
      case Node.Nothing _ -> NullValue.NULL_VALUE;
    };
  }

  private static Object number(String literal) {
    try {
      return Long.parseLong(literal);
    } catch (NumberFormatException e) {
      return Double.parseDouble(literal);
    }
  }
}
