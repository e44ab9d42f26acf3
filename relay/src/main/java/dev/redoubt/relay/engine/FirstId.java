// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.relay.engine;

import dev.redoubt.document.DocumentException;
import dev.redoubt.document.Json;
import dev.redoubt.document.Limits;
import dev.redoubt.mcp.rpc.RpcId;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Finds the id of a message that cannot be read, or not to its end.
final class FirstId {

  private static final Limits LIMITS = new Limits(2_000, 2, 5);
  private static final int LONGEST = 1_000;

  private FirstId() {}

  /// Returns the first id of the object that `json` begins with; empty when none is found.
  static Optional<RpcId> of(byte[] json) {
    // Bytes become characters one by one: what is looked for is ASCII.
    String text = new String(json, StandardCharsets.ISO_8859_1);
    int depth = 0;
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '"') {
        int end = endOfText(text, at);
        if (depth == 1 && text.startsWith("\"id\"", at) && end == at + "\"id\"".length()) {
          Optional<RpcId> id = value(text, end);
          if (id.isPresent()) {
            return id;
          }
        }
        at = end;
        continue;
      }
      depth += c == '{' || c == '[' ? 1 : 0;
      depth -= c == '}' || c == ']' ? 1 : 0;
      at++;
    }
    return Optional.empty();
  }

  /* The place after the quote that ends it. */
  private static int endOfText(String text, int start) {
    int at = start + 1;
    while (at < text.length() && text.charAt(at) != '"') {
      at += text.charAt(at) == '\\' ? 2 : 1;
    }
    return at + 1;
  }

  private static Optional<RpcId> value(String text, int from) {
    int at = from;
    while (at < text.length() && (text.charAt(at) == ':' || text.charAt(at) <= ' ')) {
      at++;
    }
    int end = at;
    if (at < text.length() && text.charAt(at) == '"') {
      end = endOfText(text, at);
    } else {
      while (end < text.length() && "-+.eE0123456789".indexOf(text.charAt(end)) >= 0) {
        end++;
      }
    }
    if (end == at || end >= text.length() || end - at > LONGEST) {
      return Optional.empty(); // What is cut off may have been longer.
    }
    try {
      return RpcId.of(
          Json.readStrict(text.substring(at, end).getBytes(StandardCharsets.ISO_8859_1), LIMITS));
    } catch (DocumentException e) {
      return Optional.empty();
    }
  }
}
