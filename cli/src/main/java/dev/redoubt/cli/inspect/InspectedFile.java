// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.inspect;

import static java.util.Objects.requireNonNull;

import dev.redoubt.cli.Call;
import dev.redoubt.cli.UsageException;
import dev.redoubt.document.DocumentException;
import dev.redoubt.document.Json;
import dev.redoubt.document.Limits;
import dev.redoubt.document.Node;
import dev.redoubt.document.Toml;
import dev.redoubt.document.Yaml;
import dev.redoubt.model.ErrorCode;
import dev.redoubt.model.RedoubtException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A file that says something of MCP servers: the configuration of a client, saved answers of a
/// server, or an entry of a registry. One that is several of them counts as all.
public final class InspectedFile {

  private static final Limits LIMITS = new Limits(64L << 20, 200, 2_000_000);

  private final Call call;
  private final Path file;

  public InspectedFile(Call call, Path file) {
    this.call = requireNonNull(call, "call");
    this.file = requireNonNull(file, "file");
  }

  /// Returns what it says.
  ///
  /// @throws UsageException if it says nothing of servers
  /// @throws RedoubtException UNREADABLE if it cannot be read or understood
  public Inspection inspection() {
    byte[] bytes = bytes();
    String name = String.valueOf(file.getFileName());
    String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    List<InspectedServer> servers = new ArrayList<>();
    List<Flaw> flaws = new ArrayList<>();
    try {
      Node root = root(extension, bytes);
      Listing listing = listing(extension, root, bytes);
      List<RegistryEntry> entries = RegistryEntry.in(root);
      if (!listing.isEmpty() && entries.isEmpty()) {
        add(Inspection.of(listed(name, listing), List.of()), servers, flaws);
      }
      for (RegistryEntry entry : entries) {
        add(registered(entry), servers, flaws);
      }
      if (entries.isEmpty()) {
        add(
            new Configured(call).read(file.toString().replace('\\', '/'), extension, bytes),
            servers,
            flaws);
      }
    } catch (IOException e) {
      throw new RedoubtException(
          ErrorCode.UNREADABLE,
          "\"%s\" cannot be read: %s".formatted(file, RedoubtException.reason(e)),
          e);
    }
    if (servers.isEmpty()) {
      throw new UsageException(
          ("\"%s\" has no servers and no tools: it is no configuration of a client, no saved"
                  + " tools/list and no server.json")
              .formatted(file));
    }
    return new Inspection(servers, flaws);
  }

  private static void add(Inspection more, List<InspectedServer> servers, List<Flaw> flaws) {
    servers.addAll(more.servers());
    flaws.addAll(more.flaws());
  }

  private static InspectedServer listed(String name, Listing listing) {
    return new InspectedServer(
        listing.self().map(InspectedServer.Self::name).filter(it -> !it.isEmpty()).orElse(name),
        InspectedServer.Origin.LISTING,
        "",
        listing.self(),
        listing.items(),
        List.of());
  }

  private Inspection registered(RegistryEntry entry) {
    InspectedServer server = entry.server();
    PackageFlaws packages = PackageFlaws.of(call, server.name(), entry.packages());
    List<String> notes = new ArrayList<>(server.notes());
    notes.addAll(packages.notes());
    return Inspection.of(
        new InspectedServer(
            server.name(), server.origin(), server.place(), server.self(), server.items(), notes),
        packages.flaws());
  }

  private static Node root(String extension, byte[] bytes) throws DocumentException {
    return switch (extension) {
      case "toml" -> Toml.read(bytes, LIMITS);
      case "yaml", "yml" -> Yaml.read(bytes, LIMITS);
      default -> Json.read(bytes, LIMITS);
    };
  }

  /* Of a key given twice a client may see the other one. */
  private static Listing listing(String extension, Node root, byte[] bytes)
      throws DocumentException {
    Listing listing = Listing.of(root);
    boolean json = !List.of("toml", "yaml", "yml").contains(extension);
    if (json && !listing.isEmpty()) {
      Json.readStrict(bytes, LIMITS);
    }
    return listing;
  }

  private byte[] bytes() {
    Optional<RedoubtException> missing =
        Files.isRegularFile(file)
            ? Optional.empty()
            : Optional.of(
                new RedoubtException(
                    ErrorCode.UNREADABLE,
                    ("\"%s\" is no file; to start a server: redoubt mcp inspect -- CMD, to ask"
                            + " one: --url URL")
                        .formatted(file)));
    if (missing.isPresent()) {
      throw missing.get();
    }
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes((int) LIMITS.bytes() + 1);
    } catch (IOException e) {
      throw new RedoubtException(
          ErrorCode.UNREADABLE,
          "\"%s\" cannot be read: %s".formatted(file, RedoubtException.reason(e)),
          e);
    }
  }
}
