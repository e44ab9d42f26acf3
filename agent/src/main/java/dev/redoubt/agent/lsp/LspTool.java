// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.lsp;

import static java.util.Objects.requireNonNull;

import dev.redoubt.agent.api.Step;
import dev.redoubt.agent.api.Tool;
import dev.redoubt.agent.api.ToolSpec;
import dev.redoubt.document.Node;
import dev.redoubt.evidence.Payload;
import dev.redoubt.guard.Action;
import dev.redoubt.guard.Content;
import dev.redoubt.sandbox.Manner;
import dev.redoubt.sandbox.Outcome;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The tool `lsp`: asks the language server of a file.
final class LspTool implements Tool {

  private static final int MOST_LINES = 100;
  private static final int LARGEST = 4 << 20;
  private static final int DEEPEST = 8;
  private static final List<String> OPERATIONS =
      List.of("diagnostics", "definition", "references", "hover", "symbols");

  private final LanguageServers servers;
  private final ToolSpec spec;

  LspTool(LanguageServers servers) {
    this.servers = requireNonNull(servers, "servers");
    this.spec =
        new ToolSpec(
            "lsp",
            "Asks the language server of a file: diagnostics (errors and warnings) and symbols of"
                + " the file; definition, references and hover of a name, which is given with its"
                + " line.",
            parameters());
  }

  private static Node.Obj parameters() {
    Node operation =
        new Payload()
            .text("type", "string")
            .texts("enum", OPERATIONS)
            .text("description", "what is asked")
            .object();
    Node.Obj properties =
        new Payload()
            .node("operation", operation)
            .node("path", text("file, relative to the workspace"))
            .node(
                "line",
                new Payload()
                    .text("type", "integer")
                    .number("minimum", 1)
                    .text("description", "the line in which the name stands")
                    .object())
            .node("symbol", text("the name as it stands in that line"))
            .object();
    return new Payload()
        .text("type", "object")
        .node("properties", properties)
        .texts("required", List.of("operation", "path"))
        .flag("additionalProperties", false)
        .object();
  }

  private static Node text(String description) {
    return new Payload().text("type", "string").text("description", description).object();
  }

  @Override
  public ToolSpec spec() {
    return spec;
  }

  @Override
  public Access access() {
    return Access.RUNS;
  }

  @Override
  public Step plan(Node.Obj arguments) {
    String operation = arguments.text("operation").orElse("");
    String written = arguments.text("path").orElse("");
    if (!OPERATIONS.contains(operation) || written.isBlank()) {
      return Step.Done.failed(
          "lsp: give \"operation\" (%s) and \"path\"".formatted(String.join(", ", OPERATIONS)));
    }
    Path file;
    try {
      file = servers.workspace().resolve(written).normalize();
    } catch (InvalidPathException e) {
      return Step.Done.failed("lsp: \"%s\" is no path".formatted(written));
    }
    return new Step.Perform(
        new Action.Read(file),
        Manner.quiet(),
        outcome ->
            outcome instanceof Outcome.ReadFile(Content content, long size) && size <= LARGEST
                ? asked(operation, file, content, arguments)
                : Step.Done.failed("\"%s\" cannot be read, or is too large".formatted(written)));
  }

  private Step asked(String operation, Path file, Content content, Node.Obj arguments) {
    String text = new String(content.bytes(), StandardCharsets.UTF_8);
    try {
      if (operation.equals("diagnostics")) {
        return diagnostics(file, text);
      }
      Optional<LanguageServer> server = servers.server(file);
      if (server.isEmpty()) {
        return none(file);
      }
      server.get().show(file, text);
      return asked(server.get(), operation, file, text, arguments);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Step.Done.failed("it was cancelled");
    }
  }

  private Step none(Path file) {
    return Step.Done.failed(
        "no language server works for %s; use grep and view".formatted(shown(file)));
  }

  private Step diagnostics(Path file, String text) throws InterruptedException {
    Optional<List<Diagnostic>> found = servers.check(file, text);
    if (found.isEmpty()) {
      return none(file);
    }
    List<String> lines = found.get().stream().map(one -> one.text(shown(file))).toList();
    return said(lines, "no errors and no warnings");
  }

  private Step asked(
      LanguageServer server, String operation, Path file, String text, Node.Obj arguments)
      throws InterruptedException {
    Payload params =
        new Payload()
            .node("textDocument", new Payload().text("uri", LanguageServer.uri(file)).object());
    if (!operation.equals("symbols")) {
      Optional<Node> position = position(text, arguments);
      if (position.isEmpty()) {
        return Step.Done.failed(
            "lsp: give \"line\" and a \"symbol\" that stands in that line of %s"
                .formatted(shown(file)));
      }
      params.node("position", position.get());
    }
    if (operation.equals("references")) {
      params.node("context", new Payload().flag("includeDeclaration", true).object());
    }
    String method = operation.equals("symbols") ? "documentSymbol" : operation;
    return switch (server.ask("textDocument/" + method, params.object())) {
      case LanguageServer.Reply.Nothing(String reason) ->
          Step.Done.failed("the language server gave no answer: %s".formatted(reason));
      case LanguageServer.Reply.Said(Node result) -> told(operation, result);
    };
  }

  private Step told(String operation, Node result) {
    List<String> lines = new ArrayList<>();
    switch (operation) {
      case "hover" -> lines.addAll(hover(result.get("contents").orElse(result)));
      case "symbols" -> symbols(result, 0, lines);
      default -> {
        List<Node> places = result instanceof Node.Obj ? List.of(result) : result.items();
        places.forEach(place -> lines.add(place(place)));
      }
    }
    return said(lines, "nothing was found");
  }

  private static Step said(List<String> lines, String otherwise) {
    List<String> first = lines.subList(0, Math.min(MOST_LINES, lines.size()));
    String text = lines.isEmpty() ? otherwise : String.join("\n", first);
    return Step.Done.said(
        lines.size() > MOST_LINES
            ? text + "\n… and %d more".formatted(lines.size() - MOST_LINES)
            : text,
        new Payload().number("lines", lines.size()).object());
  }

  private static Optional<Node> position(String text, Node.Obj arguments) {
    int line = Place.number(arguments, "line", 0);
    String symbol = arguments.text("symbol").orElse("");
    List<String> lines = text.lines().toList();
    if (line < 1 || line > lines.size() || symbol.isEmpty()) {
      return Optional.empty();
    }
    int column = lines.get(line - 1).indexOf(symbol);
    return column < 0
        ? Optional.empty()
        : Optional.of(new Payload().number("line", line - 1L).number("character", column).object());
  }

  private static List<String> hover(Node contents) {
    List<Node> parts = contents instanceof Node.Arr ? contents.items() : List.of(contents);
    return parts.stream()
        .flatMap(part -> part.text("value").or(part::scalar).stream())
        .flatMap(String::lines)
        .toList();
  }

  private void symbols(Node list, int depth, List<String> lines) {
    for (Node symbol : list.items()) {
      Node range =
          symbol
              .get("selectionRange")
              .or(() -> symbol.get("range"))
              .or(() -> symbol.get("location").flatMap(place -> place.get("range")))
              .orElse(symbol);
      lines.add(
          "%s%s (line %d)"
              .formatted(
                  "  ".repeat(depth), symbol.text("name").orElse("?"), Place.of(range).line()));
      Optional<Node> children = symbol.get("children");
      if (children.isPresent() && depth < DEEPEST) {
        symbols(children.get(), depth + 1, lines);
      }
    }
  }

  private String place(Node place) {
    Node range = place.get("range").or(() -> place.get("targetSelectionRange")).orElse(place);
    Place start = Place.of(range);
    String uri = place.text("uri").or(() -> place.text("targetUri")).orElse("");
    return "%s:%d:%d".formatted(file(uri), start.line(), start.column());
  }

  private String file(String uri) {
    try {
      return shown(Path.of(URI.create(uri)));
    } catch (IllegalArgumentException | FileSystemNotFoundException e) {
      return uri;
    }
  }

  private String shown(Path file) {
    return file.startsWith(servers.workspace())
        ? servers.workspace().relativize(file).toString()
        : file.toString();
  }
}
