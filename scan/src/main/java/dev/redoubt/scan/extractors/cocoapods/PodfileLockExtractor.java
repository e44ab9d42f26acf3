// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.cocoapods;

import dev.redoubt.document.DocumentException;
import dev.redoubt.document.Limits;
import dev.redoubt.document.Node;
import dev.redoubt.document.Yaml;
import dev.redoubt.model.Hash;
import dev.redoubt.model.Purl;
import dev.redoubt.model.Relation;
import dev.redoubt.model.Scope;
import dev.redoubt.scan.api.Extraction;
import dev.redoubt.scan.api.Extractor;
import dev.redoubt.scan.api.FileEntry;
import dev.redoubt.scan.api.PluginId;
import dev.redoubt.scan.api.SourceFile;
import dev.redoubt.scan.extractors.lock.LockGaps;
import dev.redoubt.scan.extractors.lock.LockGraph;
import dev.redoubt.scan.extractors.lock.Locked;
import dev.redoubt.scan.extractors.lock.VcsUrl;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads Podfile.lock.
///
/// Subspecs (`Pod/Core`) belong to their pod, which is one component. Pods from a local path are
/// part of the project; what they ask for is direct. The file does not say what only tests need.
public final class PodfileLockExtractor implements Extractor {

  private static final PluginId ID = new PluginId("podfile-lock");

  @Override
  public PluginId id() {
    return ID;
  }

  @Override
  public boolean wants(FileEntry file) {
    return file.name().equals("Podfile.lock");
  }

  @Override
  public Extraction extract(SourceFile file) throws IOException {
    Node root = Yaml.read(file.bytes(), Limits.SCAN);
    if (root.get("PODS").isEmpty()) {
      throw new DocumentException(root.line(), "has no PODS", "run pod install");
    }
    return new Reading(root, new LockGaps(file.entry().path(), "run pod install")).extraction();
  }

  /// A pod with its subspecs.
  private record Pod(String name, String version, int line, Set<String> needs) {}

  /// One lock file being read.
  private static final class Reading {

    private final Node root;
    private final LockGaps gaps;
    private final Map<String, Pod> pods = new LinkedHashMap<>();

    Reading(Node root, LockGaps gaps) {
      this.root = root;
      this.gaps = gaps;
    }

    Extraction extraction() {
      for (Node item : root.items("PODS")) {
        if (item instanceof Node.Obj) {
          item.fields().forEach((entry, needs) -> pod(entry, item.line(), needs.items()));
        } else {
          pod(item.scalar().orElse(""), item.line(), List.of());
        }
      }
      LockGraph graph = new LockGraph();
      pods.values().forEach(pod -> install(pod, graph));
      for (Node item : root.items("DEPENDENCIES")) {
        graph.ask(name(item.scalar().orElse("")), Scope.UNKNOWN);
      }
      boolean known = root.get("DEPENDENCIES").isPresent();
      return Extraction.of(
          graph.components(known ? Relation.TRANSITIVE : Relation.UNKNOWN), gaps.list());
    }

    private void pod(String entry, int line, List<Node> needs) {
      int open = entry.indexOf(" (");
      if (open < 1 || !entry.endsWith(")")) {
        gaps.add(line, "no pod with a version: \"%s\"".formatted(LockGaps.quote(entry)));
        return;
      }
      String name = name(entry);
      String version = entry.substring(open + 2, entry.length() - 1);
      Pod pod =
          pods.computeIfAbsent(name, _ -> new Pod(name, version, line, new LinkedHashSet<>()));
      needs.forEach(need -> need.scalar().map(Reading::name).ifPresent(pod.needs()::add));
    }

    private void install(Pod pod, LockGraph graph) {
      List<String> needs = List.copyOf(pod.needs());
      Optional<Node> external = root.get("EXTERNAL SOURCES").flatMap(it -> it.get(pod.name()));
      if (external.flatMap(it -> it.get(":path")).isPresent()) {
        graph.local(pod.name(), needs);
        return;
      }
      List<Hash> hashes =
          root.get("SPEC CHECKSUMS").flatMap(it -> it.scalar(pod.name())).stream()
              .map(it -> new Hash("sha1", it))
              .toList();
      gaps.purl(pod.line(), () -> purl(pod, external))
          .ifPresent(purl ->
              graph.install(new Locked(pod.name(), purl, gaps.at(pod.line()), hashes, needs)));
    }

    private Purl purl(Pod pod, Optional<Node> external) {
      Purl purl = Purl.of("cocoapods", null, pod.name(), pod.version());
      Optional<Node> checkout = root.get("CHECKOUT OPTIONS").flatMap(it -> it.get(pod.name()));
      Optional<String> git =
          checkout.flatMap(it -> it.text(":git")).or(() -> external.flatMap(it -> it.text(":git")));
      String commit =
          checkout
              .flatMap(it -> it.scalar(":commit"))
              .or(() -> external.flatMap(it -> it.scalar(":commit")))
              .orElse(null);
      return git.isEmpty() ? purl : VcsUrl.on(purl, git.get(), commit);
    }

    /* "Pod/Subspec (>= 1.0)" is the pod "Pod". */
    private static String name(String entry) {
      int open = entry.indexOf(" (");
      String full = open < 0 ? entry : entry.substring(0, open);
      int slash = full.indexOf('/');
      return slash < 0 ? full : full.substring(0, slash);
    }
  }
}
