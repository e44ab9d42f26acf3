// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.python;

import dev.redoubt.model.Component;
import dev.redoubt.model.Gap;
import dev.redoubt.model.Hash;
import dev.redoubt.model.Location;
import dev.redoubt.model.Purl;
import dev.redoubt.model.Relation;
import dev.redoubt.model.Scope;
import dev.redoubt.scan.api.Extraction;
import dev.redoubt.scan.api.Extractor;
import dev.redoubt.scan.api.FileEntry;
import dev.redoubt.scan.api.PluginId;
import dev.redoubt.scan.api.SourceFile;
import dev.redoubt.scan.extractors.python.RequirementsFile.Include;
import dev.redoubt.scan.extractors.python.RequirementsFile.Kind;
import dev.redoubt.scan.extractors.python.RequirementsFile.Linked;
import dev.redoubt.scan.extractors.python.RequirementsFile.Local;
import dev.redoubt.scan.extractors.python.RequirementsFile.Malformed;
import dev.redoubt.scan.extractors.python.RequirementsFile.Wanted;
import dev.redoubt.scan.extractors.python.RequirementsTree.Placed;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Reads the requirements and constraints files of pip, and the `.in` files of pip-compile.
///
/// A requirement is pinned by `==` without a wildcard, by `===`, by the file name of an archive it
/// links to, or by a constraint; any other is a component without a version and a gap. An `.in`
/// file with its compiled `.txt` beside it adds nothing, and a constraint is no component.
public final class PipRequirementsExtractor implements Extractor {

  private static final PluginId ID = new PluginId("pip-requirements");
  private static final String PIN = "pin it with ==, or lock it with pip-compile or uv pip compile";
  private static final int MOST_INCLUDERS = 50;
  private static final Set<String> DEV_WORDS =
      Set.of(
          "dev",
          "devel",
          "develop",
          "development",
          "test",
          "tests",
          "testing",
          "lint",
          "linting",
          "linters",
          "doc",
          "docs",
          "ci",
          "qa",
          "typing",
          "mypy",
          "style",
          "format",
          "coverage",
          "bench",
          "benchmark",
          "benchmarks",
          "build",
          "tox",
          "precommit");

  @Override
  public PluginId id() {
    return ID;
  }

  @Override
  public boolean wants(FileEntry file) {
    String name = file.name().toLowerCase(Locale.ROOT);
    if (!name.endsWith(".txt") && !name.endsWith(".in")) {
      return false;
    }
    String stem = name.substring(0, name.lastIndexOf('.'));
    String folder = file.folder();
    return stem.startsWith("requirements")
        || stem.endsWith("requirements")
        || stem.startsWith("constraints")
        || folder.substring(folder.lastIndexOf('/') + 1).equals("requirements");
  }

  @Override
  public Extraction extract(SourceFile file) throws IOException {
    Kind kind = isConstraints(file.entry()) ? Kind.CONSTRAINTS : Kind.REQUIREMENTS;
    RequirementsTree tree = RequirementsTree.of(file, kind, this::isReadOnItsOwn);
    if (isCompiledBeside(file)) {
      return Extraction.EMPTY;
    }
    return new Reading(file, tree).extraction();
  }

  private boolean isReadOnItsOwn(FileEntry entry, Kind kind) {
    return wants(entry) && (kind == Kind.CONSTRAINTS || !isConstraints(entry));
  }

  private static boolean isConstraints(FileEntry entry) {
    return entry.name().toLowerCase(Locale.ROOT).startsWith("constraints");
  }

  /* requirements.in is what requirements.txt was compiled from, unless the latter includes it. */
  private static boolean isCompiledBeside(SourceFile file) {
    String name = file.entry().name();
    if (!name.endsWith(".in")) {
      return false;
    }
    Optional<SourceFile> compiled =
        file.sibling(name.substring(0, name.length() - ".in".length()) + ".txt");
    try {
      return compiled.isPresent()
          && RequirementsFile.parse(compiled.get().text()).lines().stream()
              .noneMatch(it -> it instanceof Include include && include.target().endsWith(name));
    } catch (IOException e) {
      return false;
    }
  }

  static Scope scope(FileEntry entry) {
    String name = entry.name().toLowerCase(Locale.ROOT);
    for (String word : name.split("[^a-z]+", -1)) {
      if (DEV_WORDS.contains(word)) {
        return Scope.DEV;
      }
      if (word.equals("optional")) {
        return Scope.OPTIONAL;
      }
    }
    return Scope.PROD;
  }

  /// The components of one tree.
  private final class Reading {
    private final SourceFile file;
    private final RequirementsTree tree;
    private final List<Gap> gaps;
    private final List<Component> components = new ArrayList<>();
    private final Scope scope;
    private final Map<String, Set<Purl>> needs = new LinkedHashMap<>();
    private final Set<String> inputs;

    Reading(SourceFile file, RequirementsTree tree) {
      this.file = file;
      this.tree = tree;
      this.gaps = new ArrayList<>(tree.gaps());
      this.scope = scope(file.entry());
      this.inputs = inputs();
    }

    Extraction extraction() {
      List<RequirementsTree> includers = new ArrayList<>();
      boolean open =
          tree.listed().stream()
              .anyMatch(it -> it.line() instanceof Wanted && versions(it, tree).isEmpty());
      if (open) {
        includers.addAll(includers());
      }
      for (Placed placed : tree.listed()) {
        Location at = new Location(placed.path(), placed.line().line());
        switch (placed.line()) {
          case Wanted wanted -> wanted(placed, wanted, at, includers);
          case Linked(Link link, List<Hash> hashes, int _) -> linked(link, hashes, at);
          case Local(String path, int _) -> local(path, at);
          case Include _, Malformed _ -> {}
        }
      }
      return Extraction.of(components.stream().map(this::withNeeds).toList(), gaps);
    }

    private void wanted(
        Placed placed, Wanted wanted, Location at, List<RequirementsTree> includers) {
      Requirement requirement = wanted.requirement();
      Map<String, Placed> versions = versions(placed, tree);
      for (RequirementsTree includer : includers) {
        versions = versions.isEmpty() ? versions(placed, includer) : versions;
      }
      String url = requirement.url();
      List<Purl> purls = new ArrayList<>();
      if (url != null && Link.isLocal(url)) {
        local(url, at);
      } else if (url != null) {
        Link link = Link.parse(url);
        List<Hash> hashes =
            Stream.concat(link.hashes().stream(), wanted.hashes().stream()).toList();
        purls.add(add(link.purl(requirement.name()), relation(wanted, at), List.of(at), hashes));
      } else if (versions.isEmpty()) {
        purls.add(
            add(
                PypiName.purl(requirement.name(), null),
                relation(wanted, at),
                List.of(at),
                wanted.hashes()));
        gaps.add(Gap.at(at, "\"%s\" is not pinned".formatted(requirement), PIN));
      }
      versions.forEach((version, by) -> purls.add(pinned(version, by, wanted, at)));
      for (String via : wanted.via()) {
        if (PypiName.isName(via) && !PypiName.normal(via).equals(requirement.normalName())) {
          needs.computeIfAbsent(PypiName.normal(via), _ -> new LinkedHashSet<>()).addAll(purls);
        }
      }
    }

    private Purl pinned(String version, Placed by, Wanted wanted, Location at) {
      Location byAt = new Location(by.path(), by.line().line());
      List<Hash> hashes =
          by.line() instanceof Wanted it && wanted.hashes().isEmpty()
              ? it.hashes()
              : wanted.hashes();
      return add(
          PypiName.purl(wanted.requirement().name(), version),
          relation(wanted, at),
          byAt.equals(at) ? List.of(at) : List.of(at, byAt),
          hashes);
    }

    /* The pinned versions of a requirement and the line that pins each: its own, or else those of
    the constraints on it. */
    private static Map<String, Placed> versions(Placed placed, RequirementsTree constraining) {
      Map<String, Placed> versions = new LinkedHashMap<>();
      if (!(placed.line() instanceof Wanted wanted) || wanted.requirement().url() != null) {
        return versions;
      }
      Requirement requirement = wanted.requirement();
      Optional<String> own = requirement.pinned();
      if (own.isPresent()) {
        versions.put(own.get(), placed);
        return versions;
      }
      for (Placed constraint : constraining.constraints(requirement.normalName())) {
        if (constraint.line() instanceof Wanted it) {
          String url = it.requirement().url();
          Optional<String> version =
              url == null
                  ? it.requirement().pinned()
                  : Optional.ofNullable(Link.parse(url).purl(requirement.name()).version());
          version.ifPresent(pin -> versions.putIfAbsent(pin, constraint));
        }
      }
      return versions;
    }

    private Purl add(Purl purl, Relation relation, List<Location> at, List<Hash> hashes) {
      if (purl.version() == null && !purl.qualifiers().isEmpty()) {
        gaps.add(
            Gap.at(
                at.getFirst(),
                "\"%s\" is installed from a link that does not state its version"
                    .formatted(purl.name()),
                "install a released version"));
      }
      components.add(new Component(purl, scope, relation, at, hashes, List.of()));
      return purl;
    }

    private void linked(Link link, List<Hash> hashes, Location at) {
      Optional<Purl> purl = link.purl();
      if (purl.isPresent()) {
        add(purl.get(), Relation.DIRECT, List.of(at), hashes);
      } else {
        gaps.add(
            Gap.at(
                at,
                "the link %s names no package".formatted(PypiName.quotable(link.url())),
                "write it as name @ link"));
      }
    }

    private void local(String path, Location at) {
      if (Link.isArchive(path)) {
        gaps.add(
            Gap.at(
                at,
                "the local archive \"%s\" is not looked into".formatted(PypiName.quotable(path)),
                "name the package and its version instead"));
      }
    }

    private Relation relation(Wanted wanted, Location at) {
      if (!wanted.via().isEmpty()) {
        boolean direct =
            wanted.via().stream().anyMatch(it -> it.startsWith("-r ") || it.endsWith(")"));
        return direct ? Relation.DIRECT : Relation.TRANSITIVE;
      }
      if (!tree.isGenerated(at.path())) {
        return Relation.DIRECT;
      }
      if (inputs.isEmpty()) {
        return Relation.UNKNOWN;
      }
      return inputs.contains(wanted.requirement().normalName())
          ? Relation.DIRECT
          : Relation.TRANSITIVE;
    }

    private Component withNeeds(Component it) {
      Set<Purl> needed = needs.get(it.purl().name());
      return needed == null
          ? it
          : new Component(
              it.purl(),
              it.scope(),
              it.relation(),
              it.locations(),
              it.hashes(),
              List.copyOf(needed));
    }

    /* The names in the .in file that this one was compiled from, when it lies beside it. */
    private Set<String> inputs() {
      String name = file.entry().name();
      Set<String> names = new HashSet<>();
      if (!name.endsWith(".txt")) {
        return names;
      }
      Optional<SourceFile> input =
          file.sibling(name.substring(0, name.length() - ".txt".length()) + ".in");
      if (input.isEmpty()) {
        return names;
      }
      try {
        RequirementsTree.of(input.get(), Kind.REQUIREMENTS, (_, _) -> false).listed().stream()
            .flatMap(it -> it.line() instanceof Wanted wanted ? Stream.of(wanted) : Stream.empty())
            .forEach(it -> names.add(it.requirement().normalName()));
      } catch (IOException e) {
        names.clear();
      }
      return names;
    }

    /* Files that include this one may bring the constraints for it. */
    private List<RequirementsTree> includers() {
      List<RequirementsTree> found = new ArrayList<>();
      for (String folder : List.of("", "../")) {
        file.siblings(folder.isEmpty() ? "." : folder).stream()
            .filter(it -> !it.endsWith("/"))
            .filter(it -> isReadOnItsOwn(new FileEntry(in(folder) + it, 0), Kind.REQUIREMENTS))
            .limit(MOST_INCLUDERS)
            .forEach(it -> includer(folder + it).ifPresent(found::add));
      }
      return found;
    }

    private String in(String folder) {
      String own = file.entry().folder();
      String parent = own.substring(0, Math.max(0, own.lastIndexOf('/')));
      String path = folder.isEmpty() ? own : parent;
      return path.isEmpty() ? "" : path + "/";
    }

    private Optional<RequirementsTree> includer(String relative) {
      Optional<SourceFile> candidate = file.sibling(relative);
      if (candidate.isEmpty() || tree.holds(candidate.get().entry().path())) {
        return Optional.empty();
      }
      try {
        RequirementsTree including =
            RequirementsTree.of(
                candidate.get(), Kind.REQUIREMENTS, PipRequirementsExtractor.this::isReadOnItsOwn);
        return including.holds(file.entry().path()) ? Optional.of(including) : Optional.empty();
      } catch (IOException e) {
        // The scan meets that file by itself and says there why it cannot be read.
        return Optional.empty();
      }
    }
  }
}
