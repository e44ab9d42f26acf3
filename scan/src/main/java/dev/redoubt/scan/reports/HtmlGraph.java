// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.reports;

import dev.redoubt.scan.reach.RankedFinding;
import dev.redoubt.scan.reports.ReachGraph.Edge;
import dev.redoubt.scan.reports.ReachGraph.Node;
import dev.redoubt.scan.thresholds.Judgement;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// The reach graph of the HTML report as SVG. Boxes can be reached and pressed with the keyboard;
/// the same paths are in the details of each finding as text.
final class HtmlGraph {

  private static final int BOX_WIDTH = 188;
  private static final int BOX_HEIGHT = 42;
  private static final int COLUMN = BOX_WIDTH + 58;
  private static final int ROW = BOX_HEIGHT + 14;
  private static final int MARGIN = 12;
  private static final int LONGEST_LABEL = 25;

  private final ReachGraph graph;

  private HtmlGraph(ReachGraph graph) {
    this.graph = graph;
  }

  static void write(HtmlWriter html, Judgement judgement) {
    List<RankedFinding> findings = Words.forPeople(judgement.findings());
    long reaching = findings.stream().filter(one -> !one.paths().isEmpty()).count();
    html.open("section", "id", "reach").line().element("h2", "Reach").line();
    if (reaching == 0) {
      html.element("p", "No finding reaches an agent, a credential or a tool.", "class", "muted");
    } else {
      ReachGraph graph = new ReachGraph(findings);
      html.element(
          "p",
          graph.findings() == reaching
              ? "What findings can reach. Press a box to follow its paths; Escape lets go."
              : "What the worst %d of %d findings with reach can get to; the others have it in their details. Press a box to follow its paths; Escape lets go."
                  .formatted(graph.findings(), reaching),
          "class",
          "muted");
      html.element("p", "", "id", "followed", "role", "status", "class", "needs-script");
      new HtmlGraph(graph).svg(html);
    }
    html.close("section").line();
  }

  private void svg(HtmlWriter html) {
    int width = graph.columns() * COLUMN - (COLUMN - BOX_WIDTH) + 2 * MARGIN;
    int height = graph.rows() * ROW - (ROW - BOX_HEIGHT) + 2 * MARGIN;
    html.open("div", "class", "scroll graph");
    html.open(
            "svg",
            "id",
            "graph",
            "role",
            "group",
            "aria-label",
            "Reach graph",
            "width",
            String.valueOf(width),
            "height",
            String.valueOf(height),
            "viewBox",
            "0 0 %d %d".formatted(width, height))
        .line();
    graph.edges().forEach(edge -> edge(html, edge));
    graph.nodes().forEach(node -> node(html, node));
    html.close("svg").close("div").line();
  }

  private int x(Node node) {
    return MARGIN + node.column() * COLUMN;
  }

  /* Each column is centred beside the fullest one. */
  private int y(Node node) {
    int free = (graph.rows() - graph.rows(node.column())) * ROW / 2;
    return MARGIN + free + node.row() * ROW;
  }

  private void edge(HtmlWriter html, Edge edge) {
    boolean back = edge.to().column() < edge.from().column();
    int fromX = back ? x(edge.from()) : x(edge.from()) + BOX_WIDTH;
    int toX = back ? x(edge.to()) + BOX_WIDTH : x(edge.to());
    int fromY = y(edge.from()) + BOX_HEIGHT / 2;
    int toY = y(edge.to()) + BOX_HEIGHT / 2;
    int bend = Math.max(24, Math.abs(toX - fromX) / 2) * (back ? -1 : 1);
    html.open(
        "path",
        "class",
        "edge",
        "data-paths",
        numbers(edge.paths()),
        "d",
        "M%d %dC%d %d %d %d %d %d"
            .formatted(fromX, fromY, fromX + bend, fromY, toX - bend, toY, toX, toY));
    if (edge.between() > 0) {
      html.element("title", "through " + Words.count(edge.between(), "more package"));
    }
    html.close("path").line();
  }

  private void node(HtmlWriter html, Node node) {
    boolean finding = node.column() == 0 && !node.id().contains(":");
    html.open(
        "g",
        "class",
        "node " + (finding ? "finding " + node.kind() : "kind-" + node.kind()),
        "transform",
        "translate(%d %d)".formatted(x(node), y(node)),
        "tabindex",
        "0",
        "role",
        "button",
        "aria-pressed",
        "false",
        "aria-label",
        node.kind() + " " + node.label(),
        "data-id",
        node.id(),
        "data-paths",
        numbers(node.paths()));
    html.element("title", node.kind() + " " + node.label());
    html.open(
            "rect",
            "width",
            String.valueOf(BOX_WIDTH),
            "height",
            String.valueOf(BOX_HEIGHT),
            "rx",
            "7")
        .close("rect");
    html.open("rect", "class", "stripe", "width", "5", "height", String.valueOf(BOX_HEIGHT))
        .close("rect");
    html.element("text", node.kind(), "class", "kind", "x", "14", "y", "16");
    html.element(
        "text", Words.shortened(Printable.of(node.label()), LONGEST_LABEL), "x", "14", "y", "33");
    html.close("g").line();
  }

  private static String numbers(Set<Integer> paths) {
    return paths.stream().map(String::valueOf).collect(Collectors.joining(" "));
  }
}
