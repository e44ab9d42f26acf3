// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.records;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/// A person's yes to exactly one thing, for a while. Only a surface that asked the person makes
/// one; nothing that a model says does.
///
/// @param digest of what was shown, as [ActionDigest] makes it
/// @param who said yes
/// @param from when
/// @param until from when on it counts no more
public record Approval(String digest, String who, Instant from, Instant until) {

  public Approval {
    requireNonNull(who, "who");
    if (!isDigest(digest)) {
      throw new IllegalArgumentException("\"%s\" is no SHA-256".formatted(digest));
    }
    if (!until.isAfter(from)) {
      throw new IllegalArgumentException("an approval ends after it begins");
    }
  }

  /// Returns whether it counts for what has `shown` as its digest, at `now`.
  public boolean covers(String shown, Instant now) {
    return digest.equals(shown) && !now.isBefore(from) && now.isBefore(until);
  }

  private static boolean isDigest(String digest) {
    if (digest.length() != 64) {
      return false;
    }
    for (int i = 0; i < digest.length(); i++) {
      char c = digest.charAt(i);
      if (!(c >= '0' && c <= '9') && !(c >= 'a' && c <= 'f')) {
        return false;
      }
    }
    return true;
  }
}
