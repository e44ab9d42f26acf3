// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.cargo;

import dev.redoubt.document.Node;
import dev.redoubt.model.Component;
import dev.redoubt.model.Purl;
import dev.redoubt.model.Relation;
import dev.redoubt.scan.api.Extraction;
import dev.redoubt.scan.api.Extractor;
import dev.redoubt.scan.api.FileEntry;
import dev.redoubt.scan.api.PluginId;
import dev.redoubt.scan.api.SourceFile;
import dev.redoubt.scan.extractors.lock.LockGaps;
import dev.redoubt.scan.extractors.lock.VcsUrl;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Reads Cargo.toml where no Cargo.lock beside or above says what is installed.
///
/// Only `=1.2.3` and a git `rev` pin a requirement; any other is a component without a version and
/// a gap. Requirements on a local `path` are part of the project.
public final class CargoTomlExtractor implements Extractor {

  private static final PluginId ID = new PluginId("cargo-toml");
  private static final Pattern EXACT = Pattern.compile("=\\s*(\\d+\\.\\d+\\.\\d+[0-9A-Za-z.+-]*)");
  private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");

  @Override
  public PluginId id() {
    return ID;
  }

  @Override
  public boolean wants(FileEntry file) {
    return file.name().equals("Cargo.toml");
  }

  @Override
  public Extraction extract(SourceFile file) throws IOException {
    if (isLocked(file)) {
      return Extraction.EMPTY;
    }
    CargoManifest manifest = CargoManifest.read(file);
    List<Component> components = new ArrayList<>();
    LockGaps gaps =
        new LockGaps(file.entry().path(), "run cargo generate-lockfile and commit Cargo.lock");
    for (CargoManifest.Requirement requirement : manifest.requirements(manifest.workspace())) {
      if (requirement.spec().text("path").isPresent()) {
        continue;
      }
      Optional<Purl> named = gaps.purl(requirement.line(), () -> purl(requirement));
      if (named.isEmpty()) {
        continue;
      }
      Purl purl = named.get();
      components.add(
          Component.of(purl, requirement.scope(), Relation.DIRECT, gaps.at(requirement.line())));
      if (purl.version() == null) {
        gaps.add(
            requirement.line(),
            "\"%s\" is not pinned: %s".formatted(requirement.name(), wording(requirement.spec())));
      }
    }
    return Extraction.of(components, gaps.list());
  }

  private static boolean isLocked(SourceFile file) {
    String at = "Cargo.lock";
    for (int left = (int) file.entry().path().chars().filter(c -> c == '/').count();
        left >= 0;
        left--) {
      if (file.sibling(at).isPresent()) {
        return true;
      }
      at = "../" + at;
    }
    return false;
  }

  private static Purl purl(CargoManifest.Requirement requirement) {
    Optional<String> git = requirement.spec().text("git");
    if (git.isPresent()) {
      String rev =
          requirement.spec().text("rev").filter(it -> COMMIT.matcher(it).matches()).orElse(null);
      return VcsUrl.on(Purl.of("cargo", null, requirement.name(), rev), git.get(), rev);
    }
    var exact = EXACT.matcher(version(requirement.spec()).orElse("").strip());
    return Purl.of("cargo", null, requirement.name(), exact.matches() ? exact.group(1) : null);
  }

  private static Optional<String> version(Node spec) {
    return spec instanceof Node.Text(String value, int _)
        ? Optional.of(value)
        : spec.text("version");
  }

  private static String wording(Node spec) {
    if (spec.text("git").isPresent()) {
      return "no commit is named";
    }
    return version(spec)
        .map("\"%s\" allows more than one version"::formatted)
        .orElse("it names no version");
  }
}
