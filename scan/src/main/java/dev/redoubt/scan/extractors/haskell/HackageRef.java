// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.haskell;

import dev.redoubt.model.Hash;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A package as `name-1.2.3@sha256:<hash>,<size>` or `name-1.2.3@rev:<n>`.
///
/// @param version null when there is none
/// @param hashes the hash of the package description
record HackageRef(String name, @Nullable String version, List<Hash> hashes) {

  HackageRef {
    hashes = List.copyOf(hashes);
  }

  static HackageRef parse(String text) {
    int at = text.indexOf('@');
    String full = at < 0 ? text : text.substring(0, at);
    String revision = at < 0 ? "" : text.substring(at + 1);
    int dash = full.lastIndexOf('-');
    boolean versioned = dash > 0 && isVersion(full.substring(dash + 1));
    List<Hash> hashes = List.of();
    if (revision.startsWith("sha256:")) {
      int comma = revision.indexOf(',');
      String digest = revision.substring("sha256:".length(), comma < 0 ? revision.length() : comma);
      hashes = List.of(new Hash("sha256", digest));
    }
    return new HackageRef(
        versioned ? full.substring(0, dash) : full,
        versioned ? full.substring(dash + 1) : null,
        hashes);
  }

  private static boolean isVersion(String text) {
    return !text.isEmpty() && text.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'));
  }
}
