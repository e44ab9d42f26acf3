// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.models;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// The ids of calls as a provider accepts them. Most of its own are left as they are; one of
/// another provider, which a conversation has after a change of models, becomes a digest.
/// Immutable.
final class CallIds {

  private static final int LONGEST = 64;
  private static final int SHORT = 9;

  private final boolean isShort;

  /// @param isShort whether ids have nine letters and digits
  CallIds(boolean isShort) {
    this.isShort = isShort;
  }

  /// Returns `id`, or what stands for it.
  String of(String id) {
    if (isShort ? id.length() == SHORT && isPlain(id, "") : isPlain(id, "_-")) {
      return id;
    }
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(id.getBytes(UTF_8));
      String text = HexFormat.of().formatHex(digest);
      return isShort ? text.substring(0, SHORT) : "call_" + text.substring(0, 24);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static boolean isPlain(String id, String more) {
    return !id.isEmpty()
        && id.length() <= LONGEST
        && id.chars()
            .allMatch(c ->
                (c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || (c >= '0' && c <= '9')
                    || more.indexOf(c) >= 0);
  }
}
