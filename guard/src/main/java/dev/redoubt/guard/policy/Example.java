// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.policy;

import static java.util.Objects.requireNonNull;

import dev.redoubt.document.DocumentException;
import dev.redoubt.document.Json;
import dev.redoubt.document.Limits;
import dev.redoubt.document.Node;
import dev.redoubt.guard.Effect;
import dev.redoubt.guard.Effect.Access;
import dev.redoubt.guard.FileFacts;
import dev.redoubt.guard.Place;
import dev.redoubt.guard.Situation;
import dev.redoubt.guard.Situation.Trust;
import dev.redoubt.guard.Situation.Wall;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One effect, written like a short rule but without patterns: `run:mvn test`, `write:src/a`,
/// `net:GET https://docs.example/`, `tool:files/read {"path":"a"}`.
///
/// @param text as written
/// @param effect what it means in [#SCENE]
record Example(String text, Effect effect) {

  /// A trusted workspace at `/workspace` without a wall, the home at `/home/user`, nothing known of
  /// files.
  static final Scene SCENE =
      new Scene(
          new Situation("/workspace", Trust.TRUSTED, Wall.NONE, "/home/user"), FileFacts.NONE);

  private static final Limits LIMITS = new Limits(1 << 16, 20, 1_000);

  Example {
    requireNonNull(text, "text");
    requireNonNull(effect, "effect");
  }

  /// Returns the example written as `text`.
  ///
  /// @throws IllegalArgumentException if it is none; the message says why
  static Example of(String text) {
    int colon = text.indexOf(':');
    ActionKind kind =
        (colon < 0 ? Optional.<ActionKind>empty() : ActionKind.of(text.substring(0, colon)))
            .orElseThrow(() ->
                new IllegalArgumentException(
                    "example \"%s\": it starts with one of %s and a colon"
                        .formatted(text, String.join(", ", ActionKind.keys()))));
    String rest = text.substring(colon + 1);
    if (rest.isBlank()) {
      throw new IllegalArgumentException(
          "example \"%s\": nothing follows the colon".formatted(text));
    }
    return new Example(text, effect(kind, rest));
  }

  private static Effect effect(ActionKind kind, String rest) {
    return switch (kind) {
      case RUN ->
          new Effect.Command(Words.of(rest, Words.Form.TEXT), Effect.Nature.UNKNOWN, "an example");
      case READ -> new Effect.File(Access.READ, place(rest));
      case WRITE -> new Effect.File(Access.WRITE, place(rest));
      case DELETE -> new Effect.File(Access.DELETE, place(rest));
      case LIST -> new Effect.File(Access.LIST, place(rest));
      case SEARCH -> new Effect.File(Access.SEARCH, place(rest));
      case NET -> connection(rest);
      case TOOL -> call(rest);
      case START_SERVER -> new Effect.StartServer(rest);
      case MODEL -> {
        int slash = rest.indexOf('/');
        yield slash < 0
            ? new Effect.SendToModel(rest, "unknown")
            : new Effect.SendToModel(rest.substring(0, slash), rest.substring(slash + 1));
      }
      case LOAD -> {
        int colon = rest.indexOf(':');
        yield new Effect.LoadConfig(
            Patterns.kind(colon < 0 ? rest : rest.substring(0, colon)),
            place(colon < 0 ? "." : rest.substring(colon + 1)),
            "0".repeat(64));
      }
    };
  }

  /// Returns the place that `path` means: absolute, in the home, or in the workspace.
  private static Place place(String path) {
    Situation situation = SCENE.situation();
    String absolute =
        path.startsWith("/")
            ? path
            : path.equals("~") || path.startsWith("~/")
                ? situation.home() + path.substring(1)
                : situation.workspace() + "/" + path;
    return new Place(path, absolute, Place.Kind.EXACT);
  }

  private static Effect connection(String rest) {
    int space = rest.indexOf(' ');
    if (space > 0) {
      return new Effect.Connect(rest.substring(0, space), rest.substring(space + 1).strip());
    }
    return new Effect.Connect(rest.contains("://") ? "GET" : "", rest);
  }

  private static Effect call(String rest) {
    int slash = rest.indexOf('/');
    int space = rest.indexOf(' ');
    int end = space < 0 ? rest.length() : space;
    if (slash < 1 || slash + 1 >= end) {
      throw new IllegalArgumentException(
          "a tool is written SERVER/TOOL, not \"%s\"".formatted(rest));
    }
    Node arguments = new Node.Obj(Map.of(), 1);
    if (space > 0) {
      try {
        arguments = Json.readStrict(rest.substring(space).getBytes(StandardCharsets.UTF_8), LIMITS);
      } catch (DocumentException e) {
        throw new IllegalArgumentException(
            "the arguments of \"%s\" are no JSON: %s".formatted(rest, e.getMessage()), e);
      }
    }
    return new Effect.CallTool(rest.substring(0, slash), rest.substring(slash + 1, end), arguments);
  }

  /// Returns the argv of an example of a command, or none.
  List<String> argv() {
    return effect instanceof Effect.Command command ? command.argv() : List.of();
  }
}
