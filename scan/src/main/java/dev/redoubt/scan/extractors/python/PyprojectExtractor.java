// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.python;

import dev.redoubt.document.Limits;
import dev.redoubt.document.Node;
import dev.redoubt.document.Toml;
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
import java.util.Set;

/// Reads what pyproject.toml asks for, where no lock file says what is installed.
///
/// With a lock file beside it, or as a member of a workspace of uv whose lock is above, it adds
/// nothing. What builds the project itself (`build-system`) is not listed.
public final class PyprojectExtractor implements Extractor {

  private static final PluginId ID = new PluginId("pyproject");
  private static final Set<String> LOCKS =
      Set.of("poetry.lock", "uv.lock", "pdm.lock", "Pipfile.lock", "pylock.toml");
  private static final String LOCK = "commit a lock file, in the manner of uv.lock or pylock.toml";

  @Override
  public PluginId id() {
    return ID;
  }

  @Override
  public boolean wants(FileEntry file) {
    return file.name().equals("pyproject.toml");
  }

  @Override
  public Extraction extract(SourceFile file) throws IOException {
    Node root = Toml.read(file.bytes(), Limits.SCAN);
    String path = file.entry().path();
    if (isLocked(file)) {
      return Extraction.EMPTY;
    }
    PyProject project = PyProject.of(root, path);
    List<Gap> gaps = new ArrayList<>(project.gaps());
    List<Component> components = new ArrayList<>();
    for (PyProject.Declared declared : project.declared()) {
      component(declared, path, gaps).ifPresent(components::add);
    }
    dynamic(root, file)
        .ifPresent(line ->
            gaps.add(
                new Gap(
                    path,
                    line,
                    "the dependencies are made by the build and not stated here",
                    LOCK)));
    if (!components.isEmpty()) {
      gaps.add(new Gap(path, null, "no lock file: what the dependencies need is not known", LOCK));
    }
    return Extraction.of(components, gaps);
  }

  private static boolean isReadAnyway(SourceFile file, String requirements) {
    return file.sibling(requirements)
        .filter(it -> new PipRequirementsExtractor().wants(it.entry()))
        .isPresent();
  }

  private static Optional<Component> component(
      PyProject.Declared declared, String path, List<Gap> gaps) {
    Requirement requirement = declared.requirement();
    Location at = new Location(path, declared.line());
    String url = requirement.url();
    if (url != null && Link.isLocal(url)) {
      return Optional.empty();
    }
    Purl purl =
        url == null
            ? PypiName.purl(requirement.name(), requirement.pinned().orElse(null))
            : Link.parse(url).purl(requirement.name());
    if (purl.version() == null) {
      gaps.add(
          Gap.at(
              at,
              url == null
                  ? "\"%s\" is not pinned".formatted(requirement)
                  : "\"%s\" is installed from a link that does not state its version"
                      .formatted(requirement),
              LOCK));
    }
    return Optional.of(Component.of(purl, declared.scope(), Relation.DIRECT, at));
  }

  private static boolean isGenerated(SourceFile requirements) {
    try {
      return RequirementsFile.parse(requirements.text()).generated();
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean isLocked(SourceFile file) {
    for (String name : file.siblings()) {
      if (LOCKS.contains(name) || (name.startsWith("pylock.") && name.endsWith(".toml"))) {
        return true;
      }
    }
    Optional<SourceFile> compiled = file.sibling("requirements.txt");
    if (compiled.isPresent() && isGenerated(compiled.get())) {
      return true;
    }
    return UvWorkspace.holds(file);
  }

  /* The file that setuptools reads them from is a requirements file, and read as one when it is
  called so. */
  private static Optional<Integer> dynamic(Node root, SourceFile file) {
    Optional<Node> stated =
        root.get("tool")
            .flatMap(it -> it.get("setuptools"))
            .flatMap(it -> it.get("dynamic"))
            .flatMap(it -> it.get("dependencies"))
            .flatMap(it -> it.get("file"));
    List<Node> files =
        stated.map(it -> it instanceof Node.Arr ? it.items() : List.of(it)).orElse(List.of());
    boolean fromFile =
        !files.isEmpty()
            && files.stream().allMatch(it -> isReadAnyway(file, it.scalar().orElse("")));
    return root.get("project").stream()
        .flatMap(it -> it.items("dynamic").stream())
        .filter(it -> !fromFile && it.scalar().orElse("").equals("dependencies"))
        .map(Node::line)
        .findFirst();
  }
}
