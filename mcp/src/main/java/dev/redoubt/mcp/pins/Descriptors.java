// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.mcp.pins;

import dev.redoubt.document.JsonText;
import dev.redoubt.document.Node;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/// Descriptors as they are compared: the order of keys says nothing, everything else does.
final class Descriptors {

  private Descriptors() {}

  static Node.Obj sorted(Node.Obj object) {
    Map<String, Node> fields = new TreeMap<>();
    object.fields().forEach((key, value) -> fields.put(key, sorted(value)));
    return new Node.Obj(fields, 1);
  }

  private static Node sorted(Node node) {
    return switch (node) {
      case Node.Obj object -> sorted(object);
      case Node.Arr(var items, int _) ->
          new Node.Arr(items.stream().map(Descriptors::sorted).toList(), 1);
      case Node.Text _, Node.Num _, Node.Bool _, Node.Nothing _ -> node;
    };
  }

  /// Returns the SHA-256 of a descriptor as 64 lower-case hex digits.
  static String sha256(Node.Obj descriptor) {
    return sha256(JsonText.of(sorted(descriptor)));
  }

  static String sha256(String text) {
    try {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
