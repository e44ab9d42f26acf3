// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.inspect;

import static java.util.Objects.requireNonNull;

import dev.redoubt.document.Node;
import dev.redoubt.model.Purl;
import dev.redoubt.scan.commands.PackageLaunch;
import dev.redoubt.scan.commands.Word;
import dev.redoubt.secrets.Redaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// One server of a registry: a `server.json` of the official registry, the same as its interface
/// answers with it, or an entry of the catalogue that container images have.
///
/// @param server what it says
/// @param packages what would be installed for it
record RegistryEntry(InspectedServer server, List<Purl> packages) {

  RegistryEntry {
    requireNonNull(server, "server");
    packages = List.copyOf(packages);
  }

  /// Returns the entries in `root`; none when it is something else.
  static List<RegistryEntry> in(Node root) {
    List<RegistryEntry> entries = new ArrayList<>();
    Stream.concat(Stream.of(root), root.items("servers").stream())
        .map(each -> each.get("server").orElse(each))
        .forEach(each -> read(each).ifPresent(entries::add));
    return entries;
  }

  private static Optional<RegistryEntry> read(Node entry) {
    boolean official =
        entry.items("packages").stream().anyMatch(each -> each.text("identifier").isPresent())
            || entry.items("remotes").stream().anyMatch(each -> each.text("url").isPresent());
    boolean catalogue =
        entry.get("about").isPresent()
            && (entry.text("image").isPresent() || entry.get("remote").isPresent());
    if (entry.text("name").isEmpty() || !(official || catalogue)) {
      return Optional.empty();
    }
    List<String> places = new ArrayList<>();
    List<Purl> packages = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    for (Node each : entry.items("packages")) {
      launch(each, places, packages, notes);
    }
    entry.text("image").ifPresent(image -> image(image, places, packages, notes));
    Stream.concat(entry.items("remotes").stream(), entry.get("remote").stream())
        .flatMap(each -> each.text("url").stream())
        .forEach(url -> places.add(Redaction.text(url)));
    Node about = entry.get("about").orElse(entry);
    InspectedServer.Self self =
        new InspectedServer.Self(
            about.text("title").or(() -> entry.text("name")).orElse(""),
            entry.scalar("version").orElse(""),
            "",
            about.text("description").orElse(""));
    return Optional.of(
        new RegistryEntry(
            new InspectedServer(
                entry.text("name").orElse(""),
                InspectedServer.Origin.REGISTRY,
                String.join(", ", places),
                Optional.of(self),
                Listing.of(entry).items(),
                notes),
            packages));
  }

  private static void launch(
      Node node, List<String> places, List<Purl> packages, List<String> notes) {
    String name = node.text("identifier").or(() -> node.text("name")).orElse("");
    String type =
        node.text("registryType")
            .or(() -> node.text("registry_type"))
            .or(() -> node.text("registry_name"))
            .orElse("")
            .toLowerCase(Locale.ROOT);
    String version = node.scalar("version").orElse("");
    List<String> words =
        switch (type) {
          case "npm" -> List.of("npx", "-y", version.isEmpty() ? name : name + "@" + version);
          case "pypi" -> List.of("uvx", version.isEmpty() ? name : name + "==" + version);
          case "oci", "docker" -> List.of("docker", "run", tagged(name, version));
          default -> List.of();
        };
    List<String> wanted =
        node.items("environmentVariables").stream()
            .flatMap(each ->
                each.text("name").stream()
                    .map(it -> each.isTrue("isSecret") ? it + " (secret)" : it))
            .toList();
    if (!wanted.isEmpty()) {
      notes.add("it wants the variables " + String.join(", ", wanted));
    }
    places.add(Redaction.text("%s %s %s".formatted(type, name, version).strip()));
    add(words, name, packages, notes);
  }

  private static String tagged(String image, String version) {
    boolean has = image.indexOf('@') >= 0 || image.lastIndexOf(':') > image.lastIndexOf('/');
    return has || version.isEmpty() ? image : image + ":" + version;
  }

  private static void image(
      String image, List<String> places, List<Purl> packages, List<String> notes) {
    places.add("image " + image);
    add(List.of("docker", "run", image), image, packages, notes);
  }

  private static void add(
      List<String> words, String name, List<Purl> packages, List<String> notes) {
    List<Purl> found =
        PackageLaunch.of(words.stream().map(word -> new Word(word, 1)).toList())
            .map(PackageLaunch::packages)
            .orElse(List.of())
            .stream()
            .map(PackageLaunch.Named::purl)
            .toList();
    packages.addAll(found);
    if (found.isEmpty()) {
      notes.add("not checked: what kind of package %s is, is not known".formatted(name));
    }
  }
}
