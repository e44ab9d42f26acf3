// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.evidence;

import dev.redoubt.document.Node;
import dev.redoubt.secrets.Redaction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Masks the secrets in a payload: values under the names of secrets, and whatever in a text looks
/// like one. Names stay. Safe to share between threads.
///
/// The same rules, reasons and names come with every entry, so those in which nothing was masked
/// are remembered, some hundred of them. Nothing that holds a secret is.
final class Redactor {

  private static final int MOST_REMEMBERED = 512;
  private static final int LONGEST_REMEMBERED = 160;

  /* As long as the digests that differ in every entry. */
  private static final int DIGEST = 64;

  private final Set<Named> harmless = ConcurrentHashMap.newKeySet();

  /// A text under a name; of a text alone the name is empty.
  private record Named(String name, String text) {}

  Node.Obj redact(Node.Obj payload) {
    return object(payload.fields());
  }

  String text(String text) {
    Named alone = new Named("", text);
    return harmless.contains(alone) ? text : remembered(alone, Redaction.text(text));
  }

  private String value(String name, String text) {
    if (name.isEmpty()) {
      return Redaction.value(name, text);
    }
    Named named = new Named(name, text);
    return harmless.contains(named) ? text : remembered(named, Redaction.value(name, text));
  }

  private String remembered(Named named, String masked) {
    int length = named.text().length();
    if (length + named.name().length() <= LONGEST_REMEMBERED
        && length != DIGEST
        && masked.equals(named.text())) {
      if (harmless.size() >= MOST_REMEMBERED) {
        harmless.clear();
      }
      harmless.add(named);
    }
    return masked;
  }

  private Node.Obj object(Map<String, Node> fields) {
    Map<String, Node> shown = LinkedHashMap.newLinkedHashMap(fields.size());
    for (Map.Entry<String, Node> field : fields.entrySet()) {
      String name = field.getKey();
      String masked = text(name);
      String key = masked;
      for (int i = 2; shown.containsKey(key); i++) {
        key = masked + " " + i;
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
      case Node.Text(String text, int line) -> new Node.Text(value(name, text), line);
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
        fields.forEach((key, field) -> shown.put(text(key), masked(field)));
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
