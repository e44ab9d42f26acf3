// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.policy;

import dev.redoubt.document.Node;
import dev.redoubt.guard.Effect;
import dev.redoubt.guard.Effect.Access;
import dev.redoubt.guard.Situation;
import dev.redoubt.guard.paths.PathText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// The folders an agent says it works in, when a request carries that answer to its server.
///
/// Each has a `file:` address, which is the name of a folder and nothing to connect with: the paths
/// it may mean are judged, and an address that is anything else stays among the other arguments.
final class AnsweredRoots {

  private static final String BESIDE = "@params";
  private static final String RESPONSES = "inputResponses";
  private static final String ROOTS = "roots";
  private static final String URI = "uri";
  private static final String SCHEME = "file:///";
  private static final Set<String> METHODS = Set.of("prompts/get", "resources/read");

  private final Situation situation;
  private final List<Effect> named = new ArrayList<>();

  private AnsweredRoots(Situation situation) {
    this.situation = situation;
  }

  /// Returns `arguments` without the addresses of such folders, and what these name.
  ///
  /// @param tool what is called with them
  static ResourceUri.Asked in(String tool, Node.Obj arguments, Situation situation) {
    AnsweredRoots roots = new AnsweredRoots(situation);
    Node.Obj others =
        METHODS.contains(tool)
            ? roots.inside(arguments, RESPONSES, roots::responses)
            : roots.inside(
                arguments, BESIDE, beside -> roots.inside(beside, RESPONSES, roots::responses));
    return new ResourceUri.Asked(others, roots.named);
  }

  private interface Change {
    Node.Obj of(Node.Obj object);
  }

  private Node.Obj inside(Node.Obj object, String key, Change change) {
    return object.fields().get(key) instanceof Node.Obj inner
        ? with(object, key, change.of(inner))
        : object;
  }

  private static Node.Obj with(Node.Obj object, String key, Node value) {
    Map<String, Node> fields = new LinkedHashMap<>(object.fields());
    fields.put(key, value);
    return new Node.Obj(fields, object.line());
  }

  private Node.Obj responses(Node.Obj responses) {
    Map<String, Node> fields = new LinkedHashMap<>();
    responses
        .fields()
        .forEach((key, response) ->
            fields.put(key, response instanceof Node.Obj one ? response(one) : response));
    return new Node.Obj(fields, responses.line());
  }

  private Node.Obj response(Node.Obj response) {
    if (!(response.fields().get(ROOTS) instanceof Node.Arr(List<Node> items, int line))) {
      return response;
    }
    List<Node> others = new ArrayList<>();
    for (Node item : items) {
      others.add(item instanceof Node.Obj root ? root(root) : item);
    }
    return with(response, ROOTS, new Node.Arr(others, line));
  }

  private Node.Obj root(Node.Obj root) {
    if (!(root.fields().get(URI) instanceof Node.Text(String uri, int _)) || !isFolder(uri)) {
      return root;
    }
    Map<String, Node> others = new LinkedHashMap<>(root.fields());
    others.remove(URI);
    return new Node.Obj(others, root.line());
  }

  /* In every form that a server may make of it. */
  private boolean isFolder(String uri) {
    List<Effect> folders = new ArrayList<>();
    for (String reading : ArgumentMatcher.readings(uri)) {
      if (!reading.toLowerCase(Locale.ROOT).startsWith(SCHEME)
          || reading.indexOf("://", SCHEME.length()) >= 0
          || reading.indexOf('\\') >= 0
          || !(PathText.read(reading, situation.workspace(), situation.home())
              instanceof PathText.Known(var place))) {
        return false;
      }
      folders.add(new Effect.File(Access.READ, place));
    }
    return named.addAll(folders);
  }
}
