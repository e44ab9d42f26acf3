// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.records;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.redoubt.document.Node;
import dev.redoubt.evidence.CanonicalJson;
import dev.redoubt.evidence.Payload;
import dev.redoubt.guard.Action;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/// The SHA-256 of an action: of its arguments, folder, variables and content, with nothing left
/// out.
public final class ActionDigest {

  private static final byte[] DOMAIN = "redoubt-action/1\n".getBytes(UTF_8);

  private ActionDigest() {}

  /// Returns 64 lower-case hex digits for exactly `action`.
  public static String of(Action action) {
    return of(ActionJson.of(action));
  }

  /// Returns 64 lower-case hex digits for `action` and what was shown beside it, in the manner of
  /// the schema of a tool.
  ///
  /// @param shown the SHA-256 of each by its name
  public static String of(Action action, Map<String, String> shown) {
    Payload beside = new Payload();
    new TreeMap<>(shown).forEach(beside::text);
    return of(
        new Payload()
            .node("action", ActionJson.of(action))
            .node("shown", beside.object())
            .object());
  }

  static String of(Node value) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(DOMAIN);
      return HexFormat.of().formatHex(digest.digest(CanonicalJson.of(value)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
