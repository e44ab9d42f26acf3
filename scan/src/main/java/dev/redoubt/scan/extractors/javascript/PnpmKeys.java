// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.javascript;

import org.jspecify.annotations.Nullable;

/// How a pnpm lock file spells the key of a package.
///
/// The peers that a package was resolved with follow its version and are no part of its identity:
/// `_react@18.0.0` or a hash in the oldest form, `(react@18.0.0)` in the others, where
/// `(patch_hash=…)` stands there too.
enum PnpmKeys {
  /// `/name/1.0.0_peers`, lockfileVersion 5.
  SLASHES("/"),
  /// `/name@1.0.0(peers)`, lockfileVersion 6.
  SLASH_AND_AT("@"),
  /// `name@1.0.0(peers)`, lockfileVersion 9.
  AT("@");

  private final String separator;

  PnpmKeys(String separator) {
    this.separator = separator;
  }

  /// A name and what stands where the version is: a version, or the address or path of something
  /// that is not from a registry.
  record Parts(String name, String version) {}

  /// Returns the key of the package `name` at `reference`.
  String key(String name, String reference) {
    return (this == AT ? "" : "/") + name + separator + reference;
  }

  /// Returns `key` without peers and patches.
  String withoutPeers(String key) {
    if (this != SLASHES) {
      int peers = key.indexOf('(');
      return peers < 0 ? key : key.substring(0, peers);
    }
    return key;
  }

  /// Returns the parts of `key`, or null when it has none, as a path or address has.
  @Nullable Parts parts(String key) {
    String text = withoutPeers(key);
    if (this == AT) {
      return split(text, text.indexOf('@', 1));
    }
    if (text.indexOf(':') >= 0 && !text.startsWith("/")) {
      return null;
    }
    String path = text;
    if (text.startsWith("/")) {
      path = text.substring(1);
    } else if (!text.startsWith("@")) {
      // registry.example/name/1.0.0: the host of a registry other than the usual one
      path = text.substring(text.indexOf('/') + 1);
    }
    if (this == SLASH_AND_AT) {
      return split(path, path.indexOf('@', 1));
    }
    int slash = path.indexOf('/');
    int end = path.startsWith("@") ? path.indexOf('/', slash + 1) : slash;
    Parts parts = split(path, end);
    return parts == null ? null : new Parts(parts.name, plainVersion(parts.version));
  }

  private static @Nullable Parts split(String text, int at) {
    return at < 1 || at == text.length() - 1
        ? null
        : new Parts(text.substring(0, at), text.substring(at + 1));
  }

  /* 1.0.0_react@18.0.0, 1.0.0_0123abcd, and 1.0.0/react@18.0.0 of the oldest. */
  private static String plainVersion(String version) {
    for (int i = 0; i < version.length(); i++) {
      if (version.charAt(i) == '_' || version.charAt(i) == '/') {
        return version.substring(0, i);
      }
    }
    return version;
  }
}
