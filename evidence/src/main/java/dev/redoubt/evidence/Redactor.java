// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.evidence;

import dev.redoubt.document.Node;
import dev.redoubt.secrets.Redaction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Masks the secrets in a payload: values under the names of secrets, and whatever in a text looks
/// like one. Names stay.
final class Redactor {

  Node.Obj redact(Node.Obj payload) {
    return object(payload.fields());
  }

  String text(String text) {
    return Redaction.text(text);
  }

  private Node.Obj object(Map<String, Node> fields) {
    Map<String, Node> shown = LinkedHashMap.newLinkedHashMap(fields.size());
    for (Map.Entry<String, Node> field : fields.entrySet()) {
      String name = field.getKey();
      String key = Redaction.text(name);
      for (int i = 2; shown.containsKey(key); i++) {
        key = Redaction.text(name) + " " + i;
      }
      shown.put(key, named(name, field.getValue()));
    }
    return new Node.Obj(shown, 1);
  }

  private Node named(String name, Node value) {
    return switch (value) {
      case Node.Obj(Map<String, Node> fields, int _) ->
          Redaction.isSecretName(name) ? masked(value) : object(fields);
      case Node.Arr(List<Node> items, int _) ->
          Redaction.isSecretName(name) ? masked(value) : list(name, items);
      case Node.Text(String text, int line) -> new Node.Text(Redaction.value(name, text), line);
      case Node.Num(String literal, int line) ->
          Redaction.isSecretName(name) ? new Node.Text(Redaction.MASK, line) : value;
      case Node.Bool _, Node.Nothing _ -> value;
    };
  }

  /* A list of texts may be a command line, in which one word says what the next one is. */
  private Node list(String name, List<Node> items) {
    List<String> words = new ArrayList<>(items.size());
    for (Node item : items) {
      if (item instanceof Node.Text(String text, int _)) {
        words.add(text);
      }
    }
    List<Node> shown = new ArrayList<>(items.size());
    if (words.size() == items.size()) {
      for (String word : Redaction.arguments(words)) {
        shown.add(new Node.Text(Redaction.value(name, word), 1));
      }
    } else {
      for (Node item : items) {
        shown.add(named(name, item));
      }
    }
    return new Node.Arr(shown, 1);
  }

  /// Returns the same shape with every text and number masked: what is under the name of a secret.
  private Node masked(Node value) {
    return switch (value) {
      case Node.Obj(Map<String, Node> fields, int line) -> {
        Map<String, Node> shown = LinkedHashMap.newLinkedHashMap(fields.size());
        fields.forEach((key, field) -> shown.put(Redaction.text(key), masked(field)));
        yield new Node.Obj(shown, line);
      }
      case Node.Arr(List<Node> items, int line) ->
          new Node.Arr(items.stream().map(this::masked).toList(), line);
      case Node.Text(String text, int line) ->
          new Node.Text(text.isEmpty() ? text : Redaction.MASK, line);
      case Node.Num(String _, int line) -> new Node.Text(Redaction.MASK, line);
      case Node.Bool _, Node.Nothing _ -> value;
    };
  }
}
