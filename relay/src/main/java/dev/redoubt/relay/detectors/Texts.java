// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.relay.detectors;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.redoubt.document.Node;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Collects the texts of a tree: values at any depth, and names that a server chose.
final class Texts {

  private final List<Piece> pieces = new ArrayList<>();

  private Texts() {}

  /// Returns the texts of `node`, found under `path`.
  static List<Piece> of(Node node, String path) {
    Texts texts = new Texts();
    texts.walk(node, path, path.substring(path.lastIndexOf('.') + 1));
    return texts.pieces;
  }

  private void walk(Node node, String path, String name) {
    switch (node) {
      case Node.Text(String value, int _) -> pieces.add(new Piece(path, name, value));
      case Node.Arr(List<Node> items, int _) -> {
        for (int i = 0; i < items.size(); i++) {
          walk(items.get(i), path + "[" + i + "]", name);
        }
      }
      case Node.Obj(Map<String, Node> fields, int _) -> fields(node, fields, path);
      case Node.Num _, Node.Bool _, Node.Nothing _ -> {}
    }
  }

  private void fields(Node node, Map<String, Node> fields, String path) {
    for (Map.Entry<String, Node> field : fields.entrySet()) {
      String key = field.getKey();
      String below = path.isEmpty() ? key : path + "." + key;
      if (key.length() > 24 || key.chars().anyMatch(c -> c >= 0x80 || c < ' ')) {
        pieces.add(new Piece(below, "", key));
      }
      if (isPicture(node, key)) {
        continue;
      }
      if (key.equals("blob") && field.getValue() instanceof Node.Text(String value, int _)) {
        blob(node, value, below);
      } else {
        walk(field.getValue(), below, key);
      }
    }
  }

  /* Bytes of a picture or of sound say nothing that is read here. */
  static boolean isPicture(Node node, String key) {
    String type = node.text("type").orElse("");
    return key.equals("data") && (type.equals("image") || type.equals("audio"));
  }

  private void blob(Node node, String value, String path) {
    String type = node.text("mimeType").orElse("").toLowerCase(Locale.ROOT);
    boolean media =
        type.startsWith("image/")
            || type.startsWith("audio/")
            || type.startsWith("video/")
            || type.startsWith("font/");
    if (media) {
      return;
    }
    try {
      pieces.add(new Piece(path, "blob", new String(Base64.getDecoder().decode(value), UTF_8)));
    } catch (IllegalArgumentException e) {
      pieces.add(new Piece(path, "blob", value));
    }
  }
}
