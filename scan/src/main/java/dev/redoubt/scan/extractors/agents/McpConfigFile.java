// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.agents;

import dev.redoubt.document.Node;
import dev.redoubt.model.Agent;
import dev.redoubt.model.Inventory;
import dev.redoubt.scan.api.Extraction;
import dev.redoubt.scan.api.FileEntry;
import dev.redoubt.secrets.Fingerprints;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Turns the tree of a client's configuration, whatever its syntax was, into an extraction.
final class McpConfigFile {

  /* A file that is only guessed from its name is read when it is of a size that people write. */
  private static final long MOST_GUESSED = 1 << 20;

  private McpConfigFile() {}

  /// Returns whether `file` is a configuration in one of the syntaxes that end so.
  static boolean isWanted(FileEntry file, Set<String> extensions) {
    String name = file.name();
    int dot = name.lastIndexOf('.');
    if (dot < 0 || !extensions.contains(name.substring(dot + 1))) {
      return false;
    }
    Optional<McpClient> client = McpClients.of(file.path());
    return client.isPresent()
        && (!client.get().equals(McpClients.ANY) || file.size() <= MOST_GUESSED);
  }

  /// Returns what `root`, the tree of `file`, declares. A file that has no place for servers gives
  /// nothing, but its agent when the file proves one.
  static Extraction read(FileEntry file, Node root, Fingerprints fingerprints) {
    McpClient client = McpClients.of(file.path()).orElse(McpClients.ANY);
    ServerSections sections = ServerSections.in(root, client, file.name());
    boolean proven = sections.present() || client.presence() == McpClient.Presence.AGENT;
    boolean guessed = client.equals(McpClients.ANY) && sections.entries().isEmpty();
    if (!proven || guessed) {
      return Extraction.EMPTY;
    }
    Agent agent = client.agent(file.path());
    ServerReader reader = new ServerReader(agent, fingerprints);
    sections.entries().forEach(reader::read);
    return new Extraction(
        new Inventory(reader.components, List.of(agent), reader.servers, List.of()), reader.gaps);
  }
}
