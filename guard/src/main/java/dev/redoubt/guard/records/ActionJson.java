// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.records;

import dev.redoubt.document.Node;
import dev.redoubt.evidence.Payload;
import dev.redoubt.guard.Action;
import dev.redoubt.guard.Program;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// An action as a tree of values, with nothing left out: two actions that differ in anything have
/// different trees.
final class ActionJson {

  private ActionJson() {}

  static Node.Obj of(Action action) {
    Payload payload = new Payload().text("action", name(action));
    switch (action) {
      case Action.Run run -> run(payload, run, environment(run.environment()));
      case Action.Read(var path) -> payload.text("path", path.toString());
      case Action.Write(var path, var content) ->
          payload
              .text("path", path.toString())
              .text("sha256", content.sha256())
              .number("size", content.size());
      case Action.Delete(var path) -> payload.text("path", path.toString());
      case Action.ListFolder(var path) -> payload.text("path", path.toString());
      case Action.Search(var path, var pattern) ->
          payload.text("path", path.toString()).text("pattern", pattern);
      case Action.Connect(var scheme, var host, var port) ->
          payload.text("scheme", scheme).text("host", host).number("port", port);
      case Action.Fetch(var method, var url) -> payload.text("method", method).text("url", url);
      case Action.CallTool(var server, var tool, var arguments) ->
          payload.text("server", server).text("tool", tool).node("arguments", arguments);
      case Action.StartServer(var server, var run) ->
          payload.text("server", server).node("run", of(run));
      case Action.SendToModel(var provider, var residency) ->
          payload.text("provider", provider).text("residency", residency);
      case Action.LoadConfig(var kind, var path, var sha256) ->
          payload
              .text("config", kind.name().toLowerCase(Locale.ROOT))
              .text("path", path.toString())
              .text("sha256", sha256);
    }
    return payload.object();
  }

  /// Adds what `run` runs, with `environment` in place of its variables.
  static void run(Payload payload, Action.Run run, Node environment) {
    switch (run.program()) {
      case Program.Argv(var argv) -> payload.texts("argv", argv);
      case Program.Line(var shell, var text) ->
          payload.text("shell", shell.name().toLowerCase(Locale.ROOT)).text("line", text);
    }
    payload
        .text("folder", run.folder().toString())
        .node("environment", environment)
        .text("input", run.input().name().toLowerCase(Locale.ROOT));
  }

  /// Returns the kind of `action` as it stands in the log.
  static String name(Action action) {
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

  private static Node environment(Map<String, String> variables) {
    Payload payload = new Payload();
    new TreeMap<>(variables).forEach(payload::text);
    return payload.object();
  }
}
