// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.trust;

import static java.util.Objects.requireNonNull;

import dev.redoubt.guard.Action.ConfigKind;

/// One thing a checkout would switch on.
///
/// @param kind what it is
/// @param path where it lies, relative to the checkout, with `/`
/// @param sha256 of its content, 64 lower-case hex digits
/// @param what a few words for people
public record TrustItem(ConfigKind kind, String path, String sha256, String what) {
  public TrustItem {
    requireNonNull(kind, "kind");
    requireNonNull(path, "path");
    requireNonNull(what, "what");
    if (sha256.length() != 64) {
      throw new IllegalArgumentException("\"%s\" is no SHA-256".formatted(sha256));
    }
  }
}
