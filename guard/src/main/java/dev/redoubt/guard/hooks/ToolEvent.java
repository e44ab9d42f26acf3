// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.hooks;

import dev.redoubt.document.Node;
import dev.redoubt.guard.Action;
import dev.redoubt.guard.Content;
import dev.redoubt.guard.Program;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// The part of an event all three agents share: a tool, its input, a folder.
///
/// @param tool the tool's name
/// @param input its arguments
/// @param folder where relative paths start, absolute
/// @param workspace where the agent works, absolute
record ToolEvent(String tool, Node input, Path folder, Path workspace) {

  /// A field that should be there and is not, or is no path.
  static final class MalformedException extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedException(String message) {
      super(message);
    }
  }

  /// Returns the event in `event`.
  ///
  /// @throws MalformedException if it is not an event of the kind `expected`
  static ToolEvent of(Node event, String expected, Path workspace) throws MalformedException {
    String kind = event.text("hook_event_name").orElse("");
    if (!kind.equals(expected)) {
      throw new MalformedException("hook_event_name \"%s\" is not %s".formatted(kind, expected));
    }
    String tool =
        event
            .text("tool_name")
            .filter(name -> !name.isBlank())
            .orElseThrow(() -> new MalformedException("the event names no tool"));
    Node input = event.get("tool_input").orElse(new Node.Obj(Map.of(), 1));
    if (!(input instanceof Node.Obj)) {
      throw new MalformedException("tool_input is no object");
    }
    Path folder = resolved(event.text("cwd").orElse(workspace.toString()), workspace);
    return new ToolEvent(tool, input, folder, workspace);
  }

  /// Returns the text `field` of the input.
  String text(String field) throws MalformedException {
    return input
        .text(field)
        .orElseThrow(() -> new MalformedException("%s has no text \"%s\"".formatted(tool, field)));
  }

  /// Returns the path in the text `field` of the input, against the event's folder.
  Path path(String field) throws MalformedException {
    return resolved(text(field), folder);
  }

  /// Returns the path in `field`, or `otherwise` when it is not given.
  Path path(String field, Path otherwise) throws MalformedException {
    Optional<Node> value = input.get(field);
    return value.isEmpty() ? otherwise : path(field);
  }

  /// Returns the path in `field`, which other versions of the agent call `other`; the event's
  /// folder when neither is given.
  ///
  /// @throws MalformedException if both are given: nobody knows which one the agent obeys
  Path folder(String field, String other) throws MalformedException {
    if (input.get(field).isPresent() && input.get(other).isPresent()) {
      throw new MalformedException("%s has both %s and %s".formatted(tool, field, other));
    }
    return path(field, path(other, folder));
  }

  /// Returns `text` against `folder`.
  ///
  /// @throws MalformedException if it is no path, or starts with `~`, which agents read differently
  static Path resolved(String text, Path folder) throws MalformedException {
    if (text.startsWith("~")) {
      throw new MalformedException("\"%s\": write the path in full".formatted(text));
    }
    try {
      return folder.resolve(text);
    } catch (InvalidPathException e) {
      throw new MalformedException("\"%s\" is no path: %s".formatted(text, e.getReason()));
    }
  }

  /// Returns the shell line in `field`, run in `where`.
  Action line(String field, Path where) throws MalformedException {
    return new Action.Run(
        new Program.Line(Program.Shell.BASH, text(field)), where, Map.of(), Action.Input.NOTHING);
  }

  /// Returns the writing of `content` to the path in `field`.
  Action write(String field, String content) throws MalformedException {
    return new Action.Write(path(field), Content.of(content));
  }

  /// Returns the search for the names in the field `pattern` that starts in `where`, or where the
  /// pattern itself leads.
  Action glob(Path where) throws MalformedException {
    String pattern = input.text("pattern").orElse("");
    return new Action.Search(GlobFolder.of(pattern, where), pattern);
  }

  /// Returns the call of a tool nobody knows more about.
  Action call(String server, String name) {
    return new Action.CallTool(server, name, input);
  }
}
