// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.agents;

import dev.redoubt.document.DocumentException;
import dev.redoubt.document.Limits;
import dev.redoubt.document.Node;
import dev.redoubt.document.Yaml;
import dev.redoubt.model.Gap;
import dev.redoubt.scan.api.SourceFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What lies beside the Docker MCP Toolkit's list of servers: the catalogues that describe them and
/// the values that the user gave them.
///
/// Docker's own catalogue goes before the others, these by name. One that cannot be read is a gap
/// and the rest still counts.
final class ToolkitCatalogs {

  private static final String OWN = "docker-mcp.yaml";
  private static final int MOST_CATALOGS = 100;
  private static final int MOST_VALUES = 1_000;

  /* {{server.key|filter|filter}} */
  private static final Pattern PLACEHOLDER =
      Pattern.compile("\\{\\{\\s*+([^{}|\\s]++)([^{}]*+)\\}\\}");

  private final Map<String, Node> servers = new HashMap<>();
  private final List<Gap> gaps = new ArrayList<>();
  private Optional<Node> configuration = Optional.empty();

  private ToolkitCatalogs() {}

  /// Reads what lies beside `registry` and concerns the servers `enabled`.
  static ToolkitCatalogs beside(SourceFile registry, Set<String> enabled) {
    ToolkitCatalogs catalogs = new ToolkitCatalogs();
    List<String> names = new ArrayList<>(registry.siblings("catalogs"));
    names.removeIf(name -> !name.endsWith(".yaml") && !name.endsWith(".yml"));
    if (names.remove(OWN)) {
      names.addFirst(OWN);
    }
    for (String name : names.subList(0, Math.min(names.size(), MOST_CATALOGS))) {
      catalogs
          .read(registry, "catalogs/" + name)
          .ifPresent(root -> catalogs.keep(root.fields("registry"), enabled));
    }
    if (names.size() > MOST_CATALOGS) {
      catalogs.gaps.add(
          new Gap(
              registry.entry().path(),
              null,
              "only %d of the %d catalogues beside it were read"
                  .formatted(MOST_CATALOGS, names.size()),
              "remove the catalogues that are not used"));
    }
    catalogs.configuration = catalogs.read(registry, "config.yaml");
    return catalogs;
  }

  private void keep(Map<String, Node> described, Set<String> enabled) {
    described.forEach((name, node) -> {
      if (enabled.contains(name) && node instanceof Node.Obj) {
        servers.putIfAbsent(name, node);
      }
    });
  }

  private Optional<Node> read(SourceFile registry, String relative) {
    Optional<SourceFile> file = registry.sibling(relative);
    if (file.isEmpty()) {
      return Optional.empty();
    }
    String path = file.get().entry().path();
    try {
      return Optional.of(Yaml.read(file.get().bytes(), Limits.SCAN));
    } catch (DocumentException e) {
      gaps.add(new Gap(path, e.line(), String.valueOf(e.getMessage()), e.hint()));
    } catch (IOException e) {
      gaps.add(
          new Gap(
              path,
              null,
              "could not be read for the servers it describes",
              "make it readable and scan again"));
    }
    return Optional.empty();
  }

  List<Gap> gaps() {
    return List.copyOf(gaps);
  }

  /// Returns the description of the server `name`.
  Optional<Node> server(String name) {
    return Optional.ofNullable(servers.get(name));
  }

  /// Returns `definition` with the placeholders of its volumes and its environment filled in, as
  /// far as the user gave values for them. The command stays as written.
  Node configured(Node definition) {
    if (configuration.isEmpty() || !(definition instanceof Node.Obj)) {
      return definition;
    }
    Map<String, Node> fields = new LinkedHashMap<>(definition.fields());
    fields.computeIfPresent(
        "volumes",
        (_, volumes) ->
            new Node.Arr(
                volumes.items().stream().flatMap(item -> filled(item).stream()).toList(),
                volumes.line()));
    fields.computeIfPresent(
        "env",
        (_, env) -> env instanceof Node.Arr ? new Node.Arr(variables(env), env.line()) : env);
    return new Node.Obj(fields, definition.line());
  }

  private List<Node> variables(Node env) {
    List<Node> variables = new ArrayList<>();
    for (Node variable : env.items()) {
      Optional<Node> value = variable.get("value");
      List<Node> values = value.map(this::filled).orElse(List.of());
      if (values.size() == 1) {
        Map<String, Node> fields = new LinkedHashMap<>(variable.fields());
        fields.put("value", values.getFirst());
        variables.add(new Node.Obj(fields, variable.line()));
      } else {
        variables.add(variable);
      }
    }
    return variables;
  }

  /* One text may stand for several: a placeholder that is given a list. One without a value stays. */
  private List<Node> filled(Node node) {
    String text = node.scalar().orElse("");
    Matcher placeholder = PLACEHOLDER.matcher(text);
    if (!placeholder.find()) {
      return List.of(node);
    }
    List<String> values = values(placeholder.group(1));
    boolean volume = List.of(placeholder.group(2).strip().split("\\|", -1)).contains("volume");
    String before = text.substring(0, placeholder.start());
    String after = text.substring(placeholder.end());
    return values.isEmpty()
        ? List.of(node)
        : values.stream()
            .<Node>map(value ->
                new Node.Text(before + (volume ? value + ":" + value : value) + after, node.line()))
            .toList();
  }

  private List<String> values(String dotted) {
    Optional<Node> found = configuration;
    for (String key : dotted.split("\\.", -1)) {
      found = found.flatMap(node -> node.get(key));
    }
    return found.map(node -> Credentials.texts(List.of(node))).orElse(List.of()).stream()
        .filter(text -> !text.isBlank())
        .limit(MOST_VALUES)
        .toList();
  }
}
