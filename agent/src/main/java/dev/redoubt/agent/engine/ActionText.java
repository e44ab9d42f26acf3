// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.engine;

import dev.redoubt.guard.Action;
import dev.redoubt.guard.Program;
import java.util.List;

/// What an action is about, in one line for a person.
final class ActionText {

  private ActionText() {}

  static String kind(Action action) {
    return switch (action) {
      case Action.Run _ -> "run";
      case Action.Read _ -> "read";
      case Action.Write _ -> "write";
      case Action.Delete _ -> "delete";
      case Action.ListFolder _ -> "list";
      case Action.Search _ -> "search";
      case Action.Connect _ -> "connect";
      case Action.Fetch _ -> "fetch";
      case Action.CallTool _ -> "call-tool";
      case Action.StartServer _ -> "start-server";
      case Action.SendToModel _ -> "send-to-model";
      case Action.LoadConfig _ -> "load-config";
    };
  }

  static String of(Action action) {
    return switch (action) {
      case Action.Run run -> run(run);
      case Action.Read(var path) -> path.toString();
      case Action.Write(var path, var _) -> path.toString();
      case Action.Delete(var path) -> path.toString();
      case Action.ListFolder(var path) -> path.toString();
      case Action.Search(var path, var pattern) -> pattern + " in " + path;
      case Action.Connect(var scheme, var host, var port) -> scheme + "://" + host + ":" + port;
      case Action.Fetch(var method, var url) -> method + " " + url;
      case Action.CallTool(var server, var tool, var _) -> server + "/" + tool;
      case Action.StartServer(var name, var run) -> name + ": " + run(run);
      case Action.SendToModel(var provider, var residency) -> provider + " (" + residency + ")";
      case Action.LoadConfig(var _, var path, var _) -> path.toString();
    };
  }

  private static String run(Action.Run run) {
    return switch (run.program()) {
      case Program.Argv(List<String> argv) -> String.join(" ", argv);
      case Program.Line(var _, String text) -> text;
    };
  }
}
