// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.inspect;

import static java.util.Objects.requireNonNull;

import dev.redoubt.cli.Call;
import dev.redoubt.model.Component;
import dev.redoubt.model.Endpoint;
import dev.redoubt.model.Finding;
import dev.redoubt.model.Gap;
import dev.redoubt.model.Inventory;
import dev.redoubt.model.McpServer;
import dev.redoubt.model.Purl;
import dev.redoubt.model.Subject;
import dev.redoubt.scan.api.Extraction;
import dev.redoubt.scan.api.Extractor;
import dev.redoubt.scan.api.FileEntry;
import dev.redoubt.scan.api.Matcher;
import dev.redoubt.scan.api.SourceFile;
import dev.redoubt.scan.extractors.agents.McpConfigJsonExtractor;
import dev.redoubt.scan.extractors.agents.McpConfigTomlExtractor;
import dev.redoubt.scan.extractors.agents.McpConfigYamlExtractor;
import dev.redoubt.scan.matchers.BuiltInMatchers;
import dev.redoubt.secrets.Fingerprints;
import dev.redoubt.secrets.Redaction;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The servers that the configuration of a client names, and what can be told of them without
/// starting one.
final class Configured {

  private final Call call;

  Configured(Call call) {
    this.call = requireNonNull(call, "call");
  }

  /// Returns what the configuration says; no servers when it is none.
  ///
  /// @param path absolute, with `/`
  /// @param extension of the file, which decides how it is read
  /// @throws IOException if it cannot be understood
  Inspection read(String path, String extension, byte[] bytes) throws IOException {
    Extractor extractor =
        switch (extension) {
          case "toml" -> new McpConfigTomlExtractor(Fingerprints.NONE);
          case "yaml", "yml" -> new McpConfigYamlExtractor(Fingerprints.NONE);
          default -> new McpConfigJsonExtractor(Fingerprints.NONE);
        };
    // Where a client keeps its servers follows from the path; a copy lies anywhere.
    List<String> paths =
        List.of(path.replaceFirst("^/+", ""), "mcp.json", ".goose/config.yaml", "mcp");
    for (String each : paths) {
      Extraction read = extractor.extract(new Held(new FileEntry(each, bytes.length), bytes));
      if (!read.inventory().servers().isEmpty() || !read.gaps().isEmpty()) {
        return inspection(read);
      }
    }
    return new Inspection(List.of(), List.of());
  }

  private Inspection inspection(Extraction read) {
    Inventory inventory = read.inventory();
    List<Flaw> flaws = new ArrayList<>();
    for (Matcher matcher : BuiltInMatchers.all()) {
      for (Finding finding : matcher.match(inventory).findings()) {
        if (finding.subject() instanceof Subject.OfServer(String server, String _)) {
          flaws.add(PackageFlaws.flaw(server, finding));
        }
      }
    }
    List<InspectedServer> servers = new ArrayList<>();
    List<Gap> left = new ArrayList<>(read.gaps());
    for (McpServer server : inventory.servers()) {
      PackageFlaws packages = PackageFlaws.of(call, server.name(), packages(server, inventory));
      flaws.addAll(packages.flaws());
      List<String> notes = new ArrayList<>(packages.notes());
      for (Gap gap : read.gaps()) {
        Integer line = gap.line();
        if (line != null && line.equals(server.location().line()) && left.remove(gap)) {
          notes.add(words(gap));
        }
      }
      servers.add(inspected(server, notes));
    }
    if (!left.isEmpty()) {
      servers.add(
          new InspectedServer(
              "(elsewhere in the file)",
              InspectedServer.Origin.CONFIGURATION,
              "",
              Optional.empty(),
              List.of(),
              left.stream()
                  .map(gap ->
                      gap.line() == null
                          ? words(gap)
                          : "line %d: %s".formatted(gap.line(), words(gap)))
                  .toList()));
    }
    return new Inspection(servers, flaws);
  }

  private static String words(Gap gap) {
    return "%s; %s".formatted(gap.reason(), gap.hint());
  }

  private static List<Purl> packages(McpServer server, Inventory inventory) {
    List<Purl> packages = new ArrayList<>();
    for (Component component : inventory.components()) {
      boolean sameEntry =
          component.locations().stream().anyMatch(at -> at.equals(server.location()));
      if (sameEntry) {
        packages.add(component.purl());
      }
    }
    Purl launched = server.launched();
    if (launched != null && !packages.contains(launched)) {
      packages.add(launched);
    }
    return packages;
  }

  private static InspectedServer inspected(McpServer server, List<String> known) {
    List<String> notes = new ArrayList<>(known);
    if (!server.settings().enabled()) {
      notes.add("switched off in the configuration");
    }
    List<String> given =
        server.settings().credentials().stream()
            .map(credential -> credential.name())
            .distinct()
            .toList();
    if (!given.isEmpty()) {
      notes.add("it is given " + String.join(", ", given));
    }
    if (!server.settings().mounts().isEmpty()) {
      notes.add("it may reach " + String.join(", ", server.settings().mounts()));
    }
    String place =
        switch (server.endpoint()) {
          case Endpoint.Local(String command, List<String> args, var _) -> {
            List<String> words = new ArrayList<>(List.of(command));
            words.addAll(args);
            yield String.join(" ", Redaction.arguments(words));
          }
          case Endpoint.Remote(String url, String _) -> Redaction.text(url);
          case Endpoint.Unknown() -> "";
        };
    return new InspectedServer(
        server.name(),
        InspectedServer.Origin.CONFIGURATION,
        place,
        Optional.empty(),
        List.of(),
        notes);
  }

  /* A file that was read, with nothing beside it. */
  private static final class Held implements SourceFile {

    private final FileEntry entry;
    private final byte[] bytes;

    Held(FileEntry entry, byte[] bytes) {
      this.entry = entry;
      this.bytes = bytes;
    }

    @Override
    public FileEntry entry() {
      return entry;
    }

    @Override
    public byte[] bytes() {
      return bytes;
    }

    @Override
    public String text() {
      return new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public Optional<SourceFile> sibling(String relative) {
      return Optional.empty();
    }

    @Override
    public List<String> siblings() {
      return List.of();
    }

    @Override
    public List<String> siblings(String relative) {
      return List.of();
    }
  }
}
