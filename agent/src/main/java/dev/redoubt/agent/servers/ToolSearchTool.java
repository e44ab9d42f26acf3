// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.servers;

import dev.redoubt.agent.api.Step;
import dev.redoubt.agent.api.Tool;
import dev.redoubt.agent.api.ToolSpec;
import dev.redoubt.document.Node;
import dev.redoubt.evidence.Payload;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// The tool `tool_search`: finds tools of servers that a model was not told of, and tells of them
/// from then on. So a hundred tools cost a request as much as those that are used.
final class ToolSearchTool implements Tool {

  static final String NAME = "tool_search";

  private static final int MOST_FOUND = 6;
  private static final int LONGEST_LINE = 240;
  private static final int MOST_NAMES = 40;
  private static final int IN_NAME = 4;
  private static final int EXACT = 1_000;
  private static final int SHORTEST = 4;

  private final List<McpTool> tools;
  private final ToolSpec spec;

  /// @param tools what can be found, in a stable order
  ToolSearchTool(List<McpTool> tools) {
    this.tools = List.copyOf(tools);
    this.spec = new ToolSpec(NAME, description(tools), parameters());
  }

  /* Names only, and not of everything: enough to know that a search is worth it. */
  private static String description(List<McpTool> tools) {
    Map<String, List<String>> servers = new TreeMap<>();
    for (McpTool tool : tools) {
      String prefix = "mcp__" + tool.server() + "__";
      servers
          .computeIfAbsent(tool.server(), _ -> new ArrayList<>())
          .add(tool.spec().name().substring(prefix.length()));
    }
    StringBuilder text =
        new StringBuilder(
            "Finds tools of MCP servers by what they do. Only tools that were found can be called."
                + " Search with a few words, or with the name of a tool.\n");
    servers.forEach((server, names) -> {
      text.append("\n- ").append(server).append(" (").append(names.size()).append(" tools): ");
      text.append(String.join(", ", names.subList(0, Math.min(MOST_NAMES, names.size()))));
      text.append(names.size() > MOST_NAMES ? ", …" : "");
    });
    return text.toString();
  }

  private static Node.Obj parameters() {
    Node query =
        new Payload()
            .text("type", "string")
            .text("description", "what the tool is to do, in a few words")
            .object();
    return new Payload()
        .text("type", "object")
        .node("properties", new Payload().node("query", query).object())
        .texts("required", List.of("query"))
        .flag("additionalProperties", false)
        .object();
  }

  @Override
  public ToolSpec spec() {
    return spec;
  }

  @Override
  public Access access() {
    return Access.THINKS;
  }

  @Override
  public Step plan(Node.Obj arguments) {
    String query = arguments.text("query").orElse("");
    if (query.isBlank()) {
      return Step.Done.failed("%s: say in \"query\" what the tool is to do".formatted(NAME));
    }
    List<McpTool> found = found(query);
    if (found.isEmpty()) {
      return Step.Done.said(
          "no tool fits \"%s\"; try other words".formatted(query), new Payload().object());
    }
    StringBuilder text = new StringBuilder("These can be called from now on:\n");
    for (McpTool tool : found) {
      tool.show();
      text.append("- ").append(tool.spec().name()).append(": ").append(line(tool)).append('\n');
    }
    return Step.Done.said(
        text.toString(),
        new Payload()
            .texts("found", found.stream().map(one -> one.spec().name()).toList())
            .object());
  }

  @Override
  public void recall(Node.Obj facts) {
    Set<String> names = new LinkedHashSet<>();
    facts.items("found").forEach(name -> name.scalar().ifPresent(names::add));
    tools.stream().filter(tool -> names.contains(tool.spec().name())).forEach(McpTool::show);
  }

  private static String line(McpTool tool) {
    String first = tool.spec().description().lines().findFirst().orElse("");
    return first.length() > LONGEST_LINE ? first.substring(0, LONGEST_LINE) + "…" : first;
  }

  private List<McpTool> found(String query) {
    Map<McpTool, Integer> scores = new LinkedHashMap<>();
    int best = 0;
    for (McpTool tool : tools) {
      int score = score(tool, query.strip().toLowerCase(Locale.ROOT));
      best = Math.max(best, score);
      scores.put(tool, score);
    }
    int least = Math.max(1, best / 3);
    return scores.entrySet().stream()
        .filter(entry -> entry.getValue() >= least)
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .limit(MOST_FOUND)
        .map(Map.Entry::getKey)
        .toList();
  }

  private static int score(McpTool tool, String query) {
    String name = tool.spec().name().toLowerCase(Locale.ROOT);
    if (name.equals(query) || name.endsWith("__" + query)) {
      return EXACT;
    }
    Set<String> inName = words(name);
    Set<String> inText = words(tool.spec().description().toLowerCase(Locale.ROOT));
    int score = 0;
    for (String word : words(query)) {
      score += (fits(word, inName) ? IN_NAME : 0) + (fits(word, inText) ? 1 : 0);
    }
    return score;
  }

  /* Also one that begins alike: invoice and invoices, commit and committed. */
  private static boolean fits(String word, Set<String> words) {
    if (words.contains(word)) {
      return true;
    }
    return word.length() >= SHORTEST
        && words.stream()
            .filter(one -> one.length() >= SHORTEST)
            .anyMatch(one -> one.startsWith(word) || word.startsWith(one));
  }

  private static Set<String> words(String text) {
    Set<String> words = new LinkedHashSet<>();
    StringBuilder word = new StringBuilder();
    for (int i = 0; i <= text.length(); i++) {
      char c = i < text.length() ? text.charAt(i) : ' ';
      if (Character.isLetterOrDigit(c)) {
        word.append(c);
      } else if (!word.isEmpty()) {
        if (word.length() > 1) {
          words.add(word.toString());
        }
        word.setLength(0);
      }
    }
    return words;
  }
}
