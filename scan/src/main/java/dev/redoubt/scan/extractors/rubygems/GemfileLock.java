// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.rubygems;

import dev.redoubt.document.DocumentException;
import dev.redoubt.model.Hash;
import dev.redoubt.model.Purl;
import dev.redoubt.model.Relation;
import dev.redoubt.scan.api.Extraction;
import dev.redoubt.scan.extractors.lock.LockGaps;
import dev.redoubt.scan.extractors.lock.LockGraph;
import dev.redoubt.scan.extractors.lock.Locked;
import dev.redoubt.scan.extractors.lock.VcsUrl;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One lock file of Bundler being read, line by line: the indentation says what a line is.
final class GemfileLock {

  private static final Map<String, Section> SECTIONS =
      Map.of(
          "GEM", Section.GEM,
          "PLUGIN SOURCE", Section.GEM,
          "GIT", Section.GIT,
          "PATH", Section.PATH,
          "DEPENDENCIES", Section.DEPENDENCIES,
          "CHECKSUMS", Section.CHECKSUMS,
          "PLATFORMS", Section.IGNORED,
          "RUBY VERSION", Section.IGNORED,
          "BUNDLED WITH", Section.IGNORED);

  private enum Section {
    GEM,
    GIT,
    PATH,
    DEPENDENCIES,
    CHECKSUMS,
    IGNORED,
    UNKNOWN;

    boolean hasSpecs() {
      return this == GEM || this == GIT || this == PATH;
    }
  }

  /// A gem at a version, as a line `name (version-platform)` says.
  private record Spec(Section section, String name, String version, Purl purl, int line) {}

  private final LockGaps gaps;
  private final Gemfile gemfile;
  private final List<Spec> specs = new ArrayList<>();
  private final List<List<String>> needs = new ArrayList<>();
  private final List<String> asked = new ArrayList<>();
  private final Map<String, List<Hash>> hashes = new HashMap<>();
  private Section section = Section.UNKNOWN;
  private String remote = "";
  private String revision = "";
  private boolean inSpec;
  private boolean known;
  private boolean dependenciesGiven;

  GemfileLock(String path, Gemfile gemfile) {
    this.gaps = new LockGaps(path, "run bundle lock");
    this.gemfile = gemfile;
  }

  Extraction read(String text) throws DocumentException {
    int line = 0;
    for (String row : (Iterable<String>) text.lines()::iterator) {
      line++;
      String content = row.strip();
      if (!content.isEmpty()) {
        line(indentation(row), content, line);
      }
    }
    if (!known) {
      throw new DocumentException(
          1, "has none of the sections of a Gemfile.lock", "run bundle lock");
    }
    return Extraction.of(
        graph().components(dependenciesGiven ? Relation.TRANSITIVE : Relation.UNKNOWN),
        gaps.list());
  }

  private static int indentation(String row) {
    int spaces = 0;
    while (spaces < row.length() && row.charAt(spaces) == ' ') {
      spaces++;
    }
    return spaces;
  }

  private void line(int indentation, String content, int line) {
    if (indentation == 0) {
      begin(content, line);
    } else if (section.hasSpecs()) {
      source(indentation, content, line);
    } else if (section == Section.DEPENDENCIES) {
      asked.add(name(content.endsWith("!") ? content.substring(0, content.length() - 1) : content));
    } else if (section == Section.CHECKSUMS) {
      checksum(content);
    }
  }

  private void begin(String content, int line) {
    section = SECTIONS.getOrDefault(content, Section.UNKNOWN);
    remote = "";
    revision = "";
    inSpec = false;
    dependenciesGiven |= section == Section.DEPENDENCIES;
    if (section == Section.UNKNOWN) {
      gaps.add(line, "no section of a Gemfile.lock: \"%s\"".formatted(LockGaps.quote(content)));
    } else {
      known = true;
    }
  }

  private void source(int indentation, String content, int line) {
    if (indentation >= 6) {
      if (inSpec) {
        needs.getLast().add(name(content));
      }
    } else if (indentation >= 4) {
      inSpec = spec(content, line);
    } else if (content.startsWith("remote:")) {
      remote = content.substring("remote:".length()).strip();
    } else if (content.startsWith("revision:")) {
      revision = content.substring("revision:".length()).strip();
    }
  }

  private boolean spec(String content, int line) {
    int open = content.indexOf(" (");
    if (open < 1 || !content.endsWith(")")) {
      gaps.add(line, "no gem with a version: \"%s\"".formatted(LockGaps.quote(content)));
      return false;
    }
    String name = content.substring(0, open);
    String full = content.substring(open + 2, content.length() - 1);
    int dash = full.indexOf('-');
    String version = dash < 0 ? full : full.substring(0, dash);
    Optional<Purl> purl = gaps.purl(line, () -> purl(name, version));
    if (purl.isEmpty()) {
      return false;
    }
    specs.add(new Spec(section, name, full, purl.get(), line));
    needs.add(new ArrayList<>());
    return true;
  }

  private Purl purl(String name, String version) {
    Purl purl = Purl.of("gem", null, name, version);
    return section == Section.GIT ? VcsUrl.on(purl, remote, revision) : purl;
  }

  /* "name (version-platform) sha256=…,sha512=…"; without a digest when none was recorded. */
  private void checksum(String content) {
    int end = content.indexOf(") ");
    if (end < 0) {
      return;
    }
    List<Hash> stated = new ArrayList<>();
    for (String digest : content.substring(end + 2).split(",", -1)) {
      int equals = digest.indexOf('=');
      if (equals > 0) {
        stated.add(
            new Hash(digest.substring(0, equals).strip(), digest.substring(equals + 1).strip()));
      }
    }
    hashes.put(content.substring(0, end + 1), stated);
  }

  private static String name(String content) {
    int open = content.indexOf(" (");
    return open < 0 ? content : content.substring(0, open);
  }

  private LockGraph graph() {
    LockGraph graph = new LockGraph();
    for (int i = 0; i < specs.size(); i++) {
      Spec spec = specs.get(i);
      if (spec.section() == Section.PATH) {
        graph.local(spec.name(), needs.get(i));
      } else {
        String full = "%s (%s)".formatted(spec.name(), spec.version());
        graph.install(
            new Locked(
                spec.name(),
                spec.purl(),
                gaps.at(spec.line()),
                hashes.getOrDefault(full, List.of()),
                needs.get(i)));
      }
    }
    for (String name : asked) {
      graph.ask(name, gemfile.scope(name, graph.isLocal(name)));
    }
    return graph;
  }
}
