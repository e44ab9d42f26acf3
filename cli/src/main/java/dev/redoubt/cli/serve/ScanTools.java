// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.serve;

import static java.util.Objects.requireNonNull;

import dev.redoubt.document.JsonText;
import dev.redoubt.document.Node;
import dev.redoubt.mcp.server.ServerAnswer;
import dev.redoubt.mcp.server.Tree;
import dev.redoubt.model.ErrorCode;
import dev.redoubt.model.RedoubtException;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// The tools that scan: each scans anew, so what they say holds now.
final class ScanTools {

  private static final int PAGE = 50;

  private final InnerCommand redoubt;
  private final Path workspace;

  ScanTools(InnerCommand redoubt, ServeOptions options) {
    this.redoubt = requireNonNull(redoubt, "redoubt");
    this.workspace = options.workspace();
  }

  /// Returns what a scan found, in short.
  ServerAnswer scan(Node arguments) {
    Node report = report(arguments);
    Tree result = new Tree();
    for (String field : List.of("target", "summary", "verdict", "advisories", "gaps")) {
      report.get(field).map(Shown::of).ifPresent(value -> result.and(field, value));
    }
    return ServedTools.structured(
        result.and("findings", Shown.of(Tree.list(report.items("findings")))));
  }

  /// Returns a part of what there is.
  ServerAnswer inventory(Node arguments) {
    String what = Arguments.text(arguments, "what").orElse("components");
    Optional<String> name = lower(arguments, "name");
    List<Node> items =
        report(arguments).items(what).stream()
            .filter(item ->
                name.isEmpty()
                    || Stream.of("name", "purl", "package")
                        .flatMap(field -> item.scalar(field).stream())
                        .anyMatch(value -> contains(value, name.get())))
            .toList();
    return page(what, items, arguments);
  }

  /// Returns a part of the findings.
  ServerAnswer findings(Node arguments) {
    Node report = report(arguments);
    Optional<String> severity = Arguments.text(arguments, "severity");
    Optional<String> component = lower(arguments, "component");
    List<Node> items =
        report.items("findings").stream()
            .filter(finding -> severity.isEmpty() || finding.scalar("severity").equals(severity))
            .filter(finding ->
                component.isEmpty()
                    || Stream.of("component", "server", "id")
                        .flatMap(field -> finding.get(field).stream())
                        .anyMatch(value -> contains(JsonText.of(value), component.get())))
            .toList();
    return page("findings", items, arguments);
  }

  /// Returns the paths from a weakness to what it can reach that go through a node.
  ServerAnswer reach(Node arguments) {
    String wanted = lower(arguments, "node").orElse("");
    List<Node> paths = new ArrayList<>();
    for (Node finding : report(arguments).items("findings")) {
      for (Node path : finding.items("reach")) {
        if (path.items().stream().anyMatch(node -> contains(node.scalar().orElse(""), wanted))) {
          paths.add(
              new Tree()
                  .and("finding", finding.scalar("id").orElse(""))
                  .and("severity", finding.scalar("severity").orElse("unknown"))
                  .and("path", path)
                  .object());
        }
      }
    }
    return page("paths", paths, arguments);
  }

  private static ServerAnswer page(String field, List<Node> items, Node arguments) {
    return ServedTools.structured(
        Shown.page(
            field,
            items,
            Arguments.number(arguments, "offset", 0),
            Arguments.number(arguments, "limit", PAGE)));
  }

  private static Optional<String> lower(Node arguments, String key) {
    return Arguments.text(arguments, key).map(text -> text.toLowerCase(Locale.ROOT));
  }

  private static boolean contains(String text, String lower) {
    return text.toLowerCase(Locale.ROOT).contains(lower);
  }

  private Node report(Node arguments) {
    Path folder = inside(Arguments.text(arguments, "path").orElse("."));
    Path below = workspace.relativize(folder);
    return redoubt.run("scan", "./" + below, "--format=json", "--no-machine").json();
  }

  /* Links are followed first, so that one that leads out of the workspace leads nowhere. */
  private Path inside(String path) {
    try {
      Path real = workspace.resolve(path).toRealPath();
      if (real.startsWith(workspace)) {
        return real;
      }
    } catch (IOException | InvalidPathException e) {
      // The answer is the same: what lies outside is not told from what does not exist.
    }
    throw new RedoubtException(
        ErrorCode.USAGE, "there is no \"%s\" in the served folder".formatted(path));
  }
}
