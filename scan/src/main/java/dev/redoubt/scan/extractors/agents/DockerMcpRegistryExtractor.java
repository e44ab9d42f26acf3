// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.agents;

import dev.redoubt.document.Limits;
import dev.redoubt.document.Node;
import dev.redoubt.document.Yaml;
import dev.redoubt.model.Agent;
import dev.redoubt.model.Gap;
import dev.redoubt.model.Inventory;
import dev.redoubt.scan.api.Extraction;
import dev.redoubt.scan.api.Extractor;
import dev.redoubt.scan.api.FileEntry;
import dev.redoubt.scan.api.PluginId;
import dev.redoubt.scan.api.SourceFile;
import dev.redoubt.secrets.Fingerprints;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Reads definitions of the Docker MCP registry, one server a file: a container image (`server`),
/// an address (`remote`) or a tool that is one container run (`poci`).
///
/// A container is written as the `docker run` that the definition stands for, so that rules see one
/// kind of command line. Whether a YAML file is a definition is decided by its content; another one
/// gives nothing.
public final class DockerMcpRegistryExtractor implements Extractor {

  private static final PluginId ID = new PluginId("docker-mcp-registry");
  private static final Set<String> TYPES = Set.of("server", "remote", "poci");

  private final Fingerprints fingerprints;

  public DockerMcpRegistryExtractor(Fingerprints fingerprints) {
    this.fingerprints = fingerprints;
  }

  @Override
  public PluginId id() {
    return ID;
  }

  @Override
  public boolean wants(FileEntry file) {
    String folder = file.folder();
    String parent = folder.substring(folder.lastIndexOf('/') + 1);
    boolean yaml = file.name().endsWith(".yaml") || file.name().endsWith(".yml");
    return (yaml && parent.equals("mcp-registry"))
        || PathEnding.matches(file.path(), "servers/*/server.yaml")
        || PathEnding.matches(file.path(), "mcp-registry/*/server.yaml");
  }

  @Override
  public Extraction extract(SourceFile file) throws IOException {
    Node root = Yaml.read(file.bytes(), Limits.SCAN);
    String type = root.text("type").orElse("");
    if (root.text("name").isEmpty() || !TYPES.contains(type)) {
      return Extraction.EMPTY;
    }
    Agent agent = new Agent("Docker MCP registry", "docker-mcp-registry", file.entry().path());
    ServerReader reader = new ServerReader(agent, fingerprints);
    String name = root.text("name").orElseThrow();
    if (type.equals("poci")) {
      for (Node tool : root.items("tools")) {
        String tooled = name + "/" + tool.text("name").orElse("tool");
        container(tooled, tool.get("container").orElse(tool), tool, reader);
      }
    } else if (type.equals("remote")) {
      remote(name, root, reader);
    } else {
      container(name, root.get("run").orElse(root), root, reader);
    }
    return new Extraction(
        new Inventory(reader.components, List.of(), reader.servers, List.of()), reader.gaps);
  }

  private static void container(String name, Node run, Node definition, ServerReader reader) {
    ContainerDefinition container = ContainerDefinition.of(run, definition);
    if (container.image().isEmpty()) {
      reader.gaps.add(
          new Gap(
              reader.path(),
              definition.line(),
              "server \"%s\" names no image".formatted(name),
              "give it an image"));
      return;
    }
    reader.read(new ServerSections.Entry(name, container.declaration(), true));
  }

  private static void remote(String name, Node root, ServerReader reader) {
    Node remote = root.get("remote").orElseGet(() -> new Node.Nothing(root.line()));
    Map<String, Node> fields = new LinkedHashMap<>(remote.fields());
    root.get("oauth").ifPresent(oauth -> fields.put("oauth", oauth));
    root.get("config")
        .flatMap(config -> config.get("secrets"))
        .ifPresent(secrets -> fields.put("secrets", secrets));
    reader.read(new ServerSections.Entry(name, new Node.Obj(fields, remote.line()), true));
  }
}
