// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.agents;

import dev.redoubt.document.Node;
import dev.redoubt.model.Agent;
import dev.redoubt.model.Gap;
import dev.redoubt.model.Inventory;
import dev.redoubt.scan.api.Extraction;
import dev.redoubt.scan.api.FileEntry;
import dev.redoubt.scan.api.SourceFile;
import dev.redoubt.secrets.Fingerprints;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads the servers that the Docker MCP Toolkit has switched on.
///
/// `registry.yaml` only lists their names; what each of them is, the catalogues beside it say, and
/// `config.yaml` fills in their placeholders. A server is located at its entry in `registry.yaml`,
/// because that is what one edits. One that no catalogue describes is listed with an unknown
/// endpoint and a gap.
final class DockerToolkit {

  private static final String ID = "docker-mcp-toolkit";

  private final ToolkitCatalogs catalogs;
  private final ServerReader reader;

  private DockerToolkit(ToolkitCatalogs catalogs, ServerReader reader) {
    this.catalogs = catalogs;
    this.reader = reader;
  }

  /// Returns whether `file` is the Toolkit's list of servers.
  static boolean isRegistry(FileEntry file) {
    return McpClients.of(file.path()).filter(client -> client.id().equals(ID)).isPresent();
  }

  /// Returns what `root`, the tree of `file`, switches on.
  static Extraction read(SourceFile file, Node root, Fingerprints fingerprints) {
    McpClient client = McpClients.of(file.entry().path()).orElseThrow();
    Agent agent = client.agent(file.entry().path());
    ServerReader reader = new ServerReader(agent, fingerprints);
    Map<String, Integer> enabled = enabled(root.get("registry"), reader);
    if (!enabled.isEmpty()) {
      ToolkitCatalogs catalogs = ToolkitCatalogs.beside(file, enabled.keySet());
      reader.gaps.addAll(catalogs.gaps());
      DockerToolkit toolkit = new DockerToolkit(catalogs, reader);
      enabled.forEach(toolkit::server);
    }
    return new Extraction(
        new Inventory(reader.components, List.of(agent), reader.servers, List.of()), reader.gaps);
  }

  /* The names with their lines, an object by name or a list of names. */
  private static Map<String, Integer> enabled(Optional<Node> registry, ServerReader reader) {
    Map<String, Integer> names = new LinkedHashMap<>();
    if (registry.isEmpty()) {
      return names;
    }
    Node node = registry.get();
    node.fields().forEach((name, value) -> names.put(name, value.line()));
    for (Node item : node.items()) {
      Optional<String> name = item.scalar().or(() -> item.scalar("name"));
      if (name.isPresent()) {
        names.putIfAbsent(name.get(), item.line());
      } else {
        reader.gaps.add(
            new Gap(
                reader.path(),
                item.line(),
                "an entry of the registry has no name",
                "list the server by its name"));
      }
    }
    if (node.scalar().filter(text -> !text.isBlank()).isPresent()) {
      reader.gaps.add(
          new Gap(
              reader.path(),
              node.line(),
              "the registry is no list of servers",
              "write it as an object by server name"));
    }
    return names;
  }

  private void server(String name, int line) {
    Optional<Node> described = catalogs.server(name);
    if (described.isEmpty()) {
      reader.unknown(
          new ServerSections.Entry(name, new Node.Nothing(line), true),
          "no catalogue beside it describes server \"%s\"".formatted(name),
          "update the catalogues or remove the server, and scan again");
      return;
    }
    Node definition = Placed.at(line, described.get());
    List<Node> tools = definition.items("tools");
    boolean everyToolIsAContainer =
        !tools.isEmpty() && tools.stream().allMatch(tool -> tool.get("container").isPresent());
    if (definition.text("type").filter("poci"::equals).isPresent() && everyToolIsAContainer) {
      for (Node tool : tools) {
        String tooled = name + "/" + tool.text("name").orElse("tool");
        container(tooled, tool.get("container").orElse(tool), with(definition, tool));
      }
    } else if (address(definition).isPresent()) {
      remote(name, definition);
    } else {
      container(name, definition, definition);
    }
  }

  /* A tool that is one container is given what the whole server is given. */
  private static Node with(Node definition, Node tool) {
    Map<String, Node> fields = new LinkedHashMap<>();
    for (String shared : List.of("secrets", "env", "oauth")) {
      definition.get(shared).ifPresent(node -> fields.put(shared, node));
    }
    fields.putAll(tool.fields());
    return new Node.Obj(fields, tool.line());
  }

  private void container(String name, Node run, Node definition) {
    ContainerDefinition container =
        ContainerDefinition.of(catalogs.configured(run), catalogs.configured(definition));
    ServerSections.Entry entry = new ServerSections.Entry(name, container.declaration(), true);
    if (container.image().isPresent()) {
      reader.read(entry);
    } else {
      reader.unknown(
          entry,
          "the catalogue names neither an image nor an address for server \"%s\"".formatted(name),
          "update the catalogues or remove the server, and scan again");
    }
  }

  /* Where a remote server is: in "remote", or in the field that came before it. */
  private static Optional<Node> address(Node definition) {
    return definition
        .get("remote")
        .filter(remote -> remote.scalar("url").filter(url -> !url.isBlank()).isPresent())
        .or(() ->
            definition
                .get("sseEndpoint")
                .filter(url -> url.scalar().filter(text -> !text.isBlank()).isPresent())
                .map(url -> new Node.Obj(Map.of("sseUrl", url), url.line())));
  }

  private void remote(String name, Node definition) {
    Node remote = address(definition).orElseThrow();
    Map<String, Node> fields = new LinkedHashMap<>(remote.fields());
    for (String more : List.of("oauth", "secrets", "env", "tools")) {
      catalogs.configured(definition).get(more).ifPresent(node -> fields.put(more, node));
    }
    reader.read(new ServerSections.Entry(name, new Node.Obj(fields, remote.line()), true));
  }
}
