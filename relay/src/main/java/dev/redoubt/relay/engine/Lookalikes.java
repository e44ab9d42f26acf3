// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.relay.engine;

import dev.redoubt.document.Node;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Finds keys that some readers take for another one.
///
/// The JSON reader of Go's standard library, with which many servers are written, matches keys
/// without regard to case, and of several that match the last stands (encoding/json, Unmarshal).
/// What is judged here would then not be what is done there.
final class Lookalikes {

  private static final Set<String> ENVELOPE =
      Set.of("jsonrpc", "id", "method", "params", "result", "error");
  private static final Set<String> PARAMS =
      Set.of(
          "name",
          "arguments",
          "uri",
          "ref",
          "argument",
          "_meta",
          "requestid",
          "cursor",
          "inputrequests",
          "inputresponses",
          "requeststate",
          "task",
          "taskid");
  private static final Set<String> RESULT =
      Set.of(
          "tools",
          "content",
          "resulttype",
          "inputrequests",
          "inputresponses",
          "requeststate",
          "task",
          "taskid");
  private static final Set<String> TOOL =
      Set.of("name", "title", "description", "inputschema", "outputschema", "annotations");

  private Lookalikes() {}

  /// Returns what is wrong with a message, or with one of several; empty when nothing is.
  static Optional<String> of(Node message) {
    if (message instanceof Node.Arr) {
      return message.items().stream().flatMap(each -> of(each).stream()).findFirst();
    }
    return in(message, ENVELOPE)
        .or(() -> message.get("params").flatMap(params -> in(params, PARAMS)))
        .or(() ->
            message.get("error").flatMap(error -> in(error, Set.of("code", "message", "data"))))
        .or(() -> message.get("result").flatMap(result -> in(result, RESULT)))
        .or(() ->
            Stream.of("params", "result")
                .flatMap(key -> message.get(key).stream())
                .flatMap(body -> inside(body).stream())
                .findFirst())
        .or(() ->
            message.get("result").stream()
                .flatMap(result -> result.items("tools").stream())
                .flatMap(tool -> in(tool, TOOL).stream())
                .findFirst());
  }

  /* What a result asks for is a request again, and a task has an id. */
  private static Optional<String> inside(Node body) {
    return body.get("task")
        .flatMap(task -> in(task, Set.of("taskid", "status")))
        .or(() ->
            body.fields("inputRequests").values().stream()
                .flatMap(wanted ->
                    in(wanted, ENVELOPE)
                        .or(() -> wanted.get("params").flatMap(params -> in(params, PARAMS)))
                        .stream())
                .findFirst());
  }

  /* `known` are the keys that mean something, in lower case. */
  private static Optional<String> in(Node object, Set<String> known) {
    Map<String, String> folded = new HashMap<>();
    for (String key : object.fields().keySet()) {
      String low = key.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
      String other = folded.put(low, key);
      if (other != null) {
        return Optional.of("has the keys \"%s\" and \"%s\"".formatted(other, key));
      }
      if (known.contains(low) && !isSpelled(key, low)) {
        return Optional.of("has the key \"%s\", which some read as another".formatted(key));
      }
    }
    return Optional.empty();
  }

  /* The keys that mean something have at most one capital, and that is written as here. */
  private static boolean isSpelled(String key, String low) {
    return switch (low) {
      case "inputschema" -> key.equals("inputSchema");
      case "outputschema" -> key.equals("outputSchema");
      case "inputrequests" -> key.equals("inputRequests");
      case "inputresponses" -> key.equals("inputResponses");
      case "requeststate" -> key.equals("requestState");
      case "resulttype" -> key.equals("resultType");
      case "taskid" -> key.equals("taskId");
      case "requestid" -> key.equals("requestId");
      default -> key.equals(low);
    };
  }
}
