// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.run;

import static java.util.Objects.requireNonNull;

import dev.redoubt.guard.Action;
import dev.redoubt.guard.Decision;
import dev.redoubt.guard.Guard;
import dev.redoubt.guard.Program;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Asks the guard of a workspace about what is done in a copy of it, as if it were done there: so a
/// rule about a path of the workspace holds in the copy too, and so do the rules of the checkout.
///
/// In a command the copy is known by its path as it is written; one that comes by it in another way
/// is judged as it stands.
///
/// @param guard of the workspace
/// @param copy a real path
/// @param workspace a real path
record MirroredGuard(Guard guard, Path copy, Path workspace) implements Guard {

  MirroredGuard {
    requireNonNull(guard, "guard");
    requireNonNull(copy, "copy");
    requireNonNull(workspace, "workspace");
  }

  @Override
  public String name() {
    return guard.name();
  }

  @Override
  public Decision review(Action action) {
    return guard.review(there(action));
  }

  private Action there(Action action) {
    return switch (action) {
      case Action.Run run -> run(run);
      case Action.Read(Path path) -> new Action.Read(there(path));
      case Action.Write(Path path, var content) -> new Action.Write(there(path), content);
      case Action.Delete(Path path) -> new Action.Delete(there(path));
      case Action.ListFolder(Path path) -> new Action.ListFolder(there(path));
      case Action.Search(Path path, String pattern) -> new Action.Search(there(path), pattern);
      case Action.StartServer(String server, Action.Run run) ->
          new Action.StartServer(server, run(run));
      case Action.LoadConfig(var kind, Path path, String digest) ->
          new Action.LoadConfig(kind, there(path), digest);
      case Action.Connect _, Action.Fetch _, Action.CallTool _, Action.SendToModel _ -> action;
    };
  }

  private Action.Run run(Action.Run run) {
    Program program =
        switch (run.program()) {
          case Program.Argv(List<String> argv) ->
              new Program.Argv(argv.stream().map(this::there).toList());
          case Program.Line(var shell, String text) -> new Program.Line(shell, there(text));
        };
    Map<String, String> environment = new LinkedHashMap<>();
    run.environment().forEach((name, value) -> environment.put(name, there(value)));
    return new Action.Run(program, there(run.folder()), environment, run.input());
  }

  private String there(String text) {
    return text.replace(copy.toString(), workspace.toString());
  }

  private Path there(Path path) {
    Path plain = path.normalize();
    return plain.startsWith(copy) ? workspace.resolve(copy.relativize(plain)) : path;
  }
}
