// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.conan;

import dev.redoubt.document.DocumentException;
import dev.redoubt.document.Json;
import dev.redoubt.document.Limits;
import dev.redoubt.document.Node;
import dev.redoubt.model.Component;
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
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads conan.lock: the graphs of Conan 1 and the lists of Conan 2.
///
/// A graph says who asks for what. The lists do not; there a conanfile.txt beside the lock says
/// what is direct. What only building needs (`build_requires`, `python_requires`) is dev.
public final class ConanLockExtractor implements Extractor {

  private static final PluginId ID = new PluginId("conan-lock");

  @Override
  public PluginId id() {
    return ID;
  }

  @Override
  public boolean wants(FileEntry file) {
    return file.name().equals("conan.lock");
  }

  @Override
  public Extraction extract(SourceFile file) throws IOException {
    Node root = Json.read(file.bytes(), Limits.SCAN);
    LockGaps gaps = new LockGaps(file.entry().path(), "run conan lock create");
    Optional<Node> nodes = root.get("graph_lock").flatMap(it -> it.get("nodes"));
    if (nodes.isPresent()) {
      return Extraction.of(graph(nodes.get(), gaps), gaps.list());
    }
    boolean lists =
        ConanList.ALL.stream().map(ConanList::field).anyMatch(it -> root.get(it).isPresent());
    if (!lists) {
      throw new DocumentException(
          root.line(), "has neither a graph nor lists of requirements", "run conan lock create");
    }
    return Extraction.of(lists(root, ConanFile.beside(file), gaps), gaps.list());
  }

  private static List<Component> lists(Node root, ConanFile asked, LockGaps gaps) {
    List<Component> components = new ArrayList<>();
    for (ConanList list : ConanList.ALL) {
      for (Node item : root.items(list.field())) {
        reference(item.scalar().orElse(""), item.line(), gaps)
            .ifPresent(purl ->
                components.add(
                    Component.of(purl, list.scope(), asked.relation(purl), gaps.at(item.line()))));
      }
    }
    return components;
  }

  /// One list of a lock file of Conan 2.
  private record ConanList(String field, Scope scope) {
    static final List<ConanList> ALL =
        List.of(
            new ConanList("requires", Scope.PROD),
            new ConanList("build_requires", Scope.DEV),
            new ConanList("python_requires", Scope.DEV),
            new ConanList("config_requires", Scope.DEV));
  }

  private static List<Component> graph(Node nodes, LockGaps gaps) {
    LockGraph graph = new LockGraph();
    nodes.fields().forEach((key, node) -> install(key, node, graph, gaps));
    nodes
        .fields()
        .forEach((key, node) -> {
          List<String> build = keys(node, "build_requires");
          if (graph.isLocal(key)) {
            keys(node, "requires").forEach(it -> graph.ask(it, Scope.PROD));
            build.forEach(it -> graph.ask(it, Scope.DEV));
          } else {
            build.forEach(it -> graph.reach(it, Scope.DEV));
          }
        });
    return graph.components(Relation.TRANSITIVE);
  }

  /* The project itself has a path, or no reference at all. */
  private static void install(String key, Node node, LockGraph graph, LockGaps gaps) {
    Optional<String> reference = node.text("ref").or(() -> node.text("pref"));
    List<String> needs = keys(node, "requires");
    if (reference.isEmpty() || node.text("path").isPresent()) {
      graph.local(key, needs);
      return;
    }
    int line = node.get("ref").or(() -> node.get("pref")).map(Node::line).orElse(node.line());
    reference(reference.get(), line, gaps)
        .ifPresent(purl -> graph.install(new Locked(key, purl, gaps.at(line), List.of(), needs)));
  }

  private static List<String> keys(Node node, String field) {
    return node.items(field).stream().flatMap(it -> it.scalar().stream()).toList();
  }

  /* name/version[@user[/channel]][#revision][%time][:package] */
  private static Optional<Purl> reference(String text, int line, LockGaps gaps) {
    int end = text.length();
    for (char mark : new char[] {'#', '%', ':'}) {
      int at = text.indexOf(mark);
      end = at >= 0 && at < end ? at : end;
    }
    String bare = text.substring(0, end);
    int at = bare.indexOf('@');
    String place = at < 0 ? "" : bare.substring(at + 1);
    String[] words = (at < 0 ? bare : bare.substring(0, at)).split("/", -1);
    if (words.length != 2 || words[0].isBlank() || words[1].isBlank()) {
      gaps.add(line, "no reference of a package: \"%s\"".formatted(LockGaps.quote(text)));
      return Optional.empty();
    }
    Map<String, String> qualifiers = new HashMap<>();
    int slash = place.indexOf('/');
    String user = slash < 0 ? place : place.substring(0, slash);
    if (!user.isEmpty() && !user.equals("_")) {
      qualifiers.put("user", user);
      qualifiers.put("channel", slash < 0 ? "" : place.substring(slash + 1));
    }
    return gaps.purl(line, () -> new Purl("conan", null, words[0], words[1], qualifiers, null));
  }
}
