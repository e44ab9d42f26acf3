// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.javascript;

import dev.redoubt.document.DocumentException;
import dev.redoubt.document.Node;
import dev.redoubt.model.Component;
import dev.redoubt.model.Gap;
import dev.redoubt.model.Location;
import dev.redoubt.model.Purl;
import dev.redoubt.model.Relation;
import dev.redoubt.scan.api.Extraction;
import dev.redoubt.scan.api.Extractor;
import dev.redoubt.scan.api.FileEntry;
import dev.redoubt.scan.api.PluginId;
import dev.redoubt.scan.api.SourceFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads package.json where no lock file covers it.
///
/// Nothing says then what is installed: an exact version counts as it stands, everything else is a
/// component without a version and a gap.
public final class NpmPackageJsonExtractor implements Extractor {

  private static final PluginId ID = new PluginId("npm-package-json");
  private static final String HINT = "run npm install --package-lock-only and keep the lock file";

  @Override
  public PluginId id() {
    return ID;
  }

  @Override
  public boolean wants(FileEntry file) {
    return file.name().equals("package.json") && !("/" + file.path()).contains("/node_modules/");
  }

  @Override
  public Extraction extract(SourceFile file) throws IOException {
    if (LockCover.covers(file)) {
      return Extraction.EMPTY;
    }
    Manifest manifest = Manifest.read(file);
    if (!(manifest.root() instanceof Node.Obj)) {
      throw new DocumentException(
          manifest.root().line(), "is no JSON object", "correct package.json");
    }
    List<Component> components = new ArrayList<>();
    List<Gap> gaps = new ArrayList<>(manifest.flaws());
    for (Manifest.Asked asked : manifest.asked().values()) {
      add(asked, new Location(file.entry().path(), asked.line()), components, gaps);
    }
    return Extraction.of(components, gaps);
  }

  private static void add(
      Manifest.Asked asked, Location at, List<Component> components, List<Gap> gaps) {
    Requirement requirement = Requirement.of(asked.text());
    if (requirement instanceof Requirement.Local) {
      return;
    }
    String version = version(requirement);
    Optional<Purl> purl = purl(asked.name(), requirement, version);
    if (purl.isEmpty()) {
      gaps.add(
          Gap.at(
              at,
              "\"%s\" at \"%s\" names no package".formatted(asked.name(), asked.text()),
              "correct package.json"));
      return;
    }
    if (version == null) {
      gaps.add(
          Gap.at(
              at,
              "\"%s\" is asked for as \"%s\", which pins no version, and no lock file covers it"
                  .formatted(asked.name(), asked.text()),
              HINT));
    }
    components.add(Component.of(purl.get(), asked.scope(), Relation.DIRECT, at));
  }

  private static @Nullable String version(Requirement requirement) {
    return switch (requirement) {
      case Requirement.Range(String _, String range) -> Requirement.exact(range).orElse(null);
      case Requirement.Jsr(String _, String range) -> Requirement.exact(range).orElse(null);
      case Requirement.Git(String commit) -> commit;
      case Requirement.Remote _,
          Requirement.Archive _,
          Requirement.Local _,
          Requirement.Catalog _ ->
          null;
    };
  }

  private static Optional<Purl> purl(
      String name, Requirement requirement, @Nullable String version) {
    return switch (requirement) {
      case Requirement.Range(String alias, String _) ->
          NpmName.purl(alias == null ? name : alias, version);
      case Requirement.Jsr(String real, String _) ->
          NpmName.jsr(real == null ? name : real, version);
      case Requirement.Git _,
          Requirement.Remote _,
          Requirement.Archive _,
          Requirement.Local _,
          Requirement.Catalog _ ->
          NpmName.purl(name, version);
    };
  }
}
