// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.tools;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.agent.api.Tool;
import dev.redoubt.document.Node;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// One name gives everything: class, text, schema and page.
class BuiltInToolsTest {

  private static final Path ROOT = Path.of(System.getProperty("redoubt.root", ".."));
  private static final int MOST_BYTES = 9_700;

  private final List<Tool> tools =
      BuiltInTools.of(Path.of("/workspace"), Offered.services(new LatestOutputs()));

  @Test
  void everyToolHasTheClassOfItsNameAndAPage() {
    for (Tool tool : tools) {
      String name = tool.spec().name();
      StringBuilder type = new StringBuilder();
      for (String word : List.of(name.split("_", -1))) {
        type.append(Character.toUpperCase(word.charAt(0))).append(word.substring(1));
      }
      assertThat(tool.getClass().getSimpleName()).isEqualTo(type + "Tool");
      assertThat(ROOT.resolve("docs/catalog/tools/%s.md".formatted(name))).exists();
    }
  }

  @Test
  void everyPageAndEverySchemaBelongsToATool() throws IOException {
    Set<String> names = new TreeSet<>(tools.stream().map(tool -> tool.spec().name()).toList());
    assertThat(names).hasSameSizeAs(tools);
    Path resources = ROOT.resolve("agent/src/main/resources/dev/redoubt/agent/tools");
    assertThat(names(resources, ".json")).isEqualTo(names);
    assertThat(names(resources, ".md")).isEqualTo(names);
  }

  @Test
  void everyToolThatAModelMayMeetHasAPageAndEveryPageATool() throws IOException {
    // Tools of servers have the names that servers gave them; a checked tool is another one.
    Set<String> nameless = Set.of("", "Mcp", "Checked");
    Set<String> named = new TreeSet<>();
    try (Stream<Path> files = Files.walk(ROOT.resolve("agent/src/main/java"))) {
      files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith("Tool.java"))
          .map(name -> name.substring(0, name.length() - "Tool.java".length()))
          .filter(name -> !nameless.contains(name))
          .forEach(
              name -> named.add(name.replaceAll("(?<=.)([A-Z])", "_$1").toLowerCase(Locale.ROOT)));
    }

    assertThat(named).contains("bash", "lsp", "skill", "tool_search");
    assertThat(names(ROOT.resolve("docs/catalog/tools"), ".md")).isEqualTo(named);
    for (String name : named) {
      assertThat(Files.readString(ROOT.resolve("docs/catalog/tools/%s.md".formatted(name))))
          .startsWith("# %s\n".formatted(name))
          .contains("\n| access | ");
    }
  }

  private static Set<String> names(Path folder, String ending) throws IOException {
    Set<String> names = new TreeSet<>();
    try (Stream<Path> files = Files.list(folder)) {
      files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(ending))
          .forEach(name -> names.add(name.substring(0, name.length() - ending.length())));
    }
    return names;
  }

  @Test
  void everySchemaIsOneThatAllProvidersTake() {
    for (Tool tool : tools) {
      assertThat(complaints(tool.spec().name(), tool.spec().parameters())).isEmpty();
    }
  }

  private static List<String> complaints(String at, Node schema) {
    List<String> complaints = new ArrayList<>();
    String type = schema.text("type").orElse("");
    if (!List.of("object", "array", "string", "integer", "boolean").contains(type)) {
      complaints.add(at + " has no known type");
    }
    if (type.equals("object")
        && !schema.scalar("additionalProperties").equals(Optional.of("false"))) {
      complaints.add(at + " takes anything");
    }
    for (Map.Entry<String, Node> field : schema.fields("properties").entrySet()) {
      if (field.getValue().text("description").isEmpty()) {
        complaints.add(at + "." + field.getKey() + " is not described");
      }
      complaints.addAll(complaints(at + "." + field.getKey(), field.getValue()));
    }
    schema.get("items").ifPresent(items -> complaints.addAll(complaints(at + "[]", items)));
    return complaints;
  }

  @Test
  void allToolsTogetherCostAModelLittle() {
    int bytes = 0;
    for (Tool tool : tools) {
      bytes += tool.spec().name().length() + tool.spec().description().length();
      bytes += size(tool.spec().parameters());
    }
    assertThat(bytes).isLessThan(MOST_BYTES);
  }

  /* As compact JSON. */
  private static int size(Node node) {
    return switch (node) {
      case Node.Obj(Map<String, Node> fields, int _) ->
          2
              + fields.entrySet().stream()
                  .mapToInt(f -> f.getKey().length() + 4 + size(f.getValue()))
                  .sum();
      case Node.Arr(List<Node> items, int _) ->
          2 + items.stream().mapToInt(item -> 1 + size(item)).sum();
      case Node.Text(String text, int _) -> text.length() + 2;
      case Node.Num(String literal, int _) -> literal.length();
      case Node.Bool _, Node.Nothing _ -> 5;
    };
  }
}
