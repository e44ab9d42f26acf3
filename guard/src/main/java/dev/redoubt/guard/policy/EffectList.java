// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.policy;

import dev.redoubt.guard.Action;
import dev.redoubt.guard.Effect;
import dev.redoubt.guard.Effect.Access;
import dev.redoubt.guard.FileFacts;
import dev.redoubt.guard.Place;
import dev.redoubt.guard.Situation;
import dev.redoubt.guard.commands.Analysis;
import dev.redoubt.guard.commands.LineAnalysis;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Every effect an action has.
final class EffectList {

  private EffectList() {}

  /// Returns what `action` would do; never empty.
  static Analysis of(Action action, Situation situation, FileFacts facts) {
    return switch (action) {
      case Action.Run run -> LineAnalysis.of(run, situation, facts);
      case Action.Read(Path path) -> file(Access.READ, path);
      case Action.Write(Path path, _) -> file(Access.WRITE, path);
      case Action.Delete(Path path) -> file(Access.DELETE, path);
      case Action.ListFolder(Path path) -> file(Access.LIST, path);
      case Action.Search(Path path, String _) -> file(Access.SEARCH, path);
      case Action.Connect(String _, String host, int port) ->
          one(
              new Effect.Connect(
                  "",
                  host.indexOf(':') >= 0
                      ? "[%s]:%s".formatted(host, Integer.toString(port))
                      : host + ":" + port));
      case Action.Fetch(String method, String url) -> one(new Effect.Connect(method, url));
      case Action.CallTool call ->
          one(new Effect.CallTool(call.server(), call.tool(), call.arguments()));
      case Action.StartServer(String name, Action.Run run) -> {
        Analysis command = LineAnalysis.of(run, situation, facts);
        List<Effect> effects = new ArrayList<>();
        effects.add(new Effect.StartServer(name));
        effects.addAll(command.effects());
        yield new Analysis(effects, command.steps());
      }
      case Action.SendToModel(String provider, String residency) ->
          one(new Effect.SendToModel(provider, residency));
      case Action.LoadConfig load ->
          one(new Effect.LoadConfig(load.kind(), place(load.path()), load.sha256()));
    };
  }

  private static Analysis file(Access access, Path path) {
    return one(new Effect.File(access, place(path)));
  }

  private static Analysis one(Effect effect) {
    return new Analysis(List.of(effect), List.of());
  }

  /* The path of another system, C:\a, is looked at as /C:/a. */
  private static Place place(Path path) {
    String text = path.toString();
    return text.startsWith("/")
        ? Place.at(text)
        : new Place(text, "/" + text.replace('\\', '/'), Place.Kind.EXACT);
  }
}
