// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.swift;

import dev.redoubt.scan.api.SourceFile;
import java.io.IOException;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// The repositories that a Package.swift asks for. The program is not run: every text after `url:`
/// counts.
final class SwiftManifest {

  private SwiftManifest() {}

  /// Returns the repositories of the Package.swift beside `lock` in lower case, or empty when there
  /// is none that can be read.
  static Optional<Set<String>> repositories(SourceFile lock) {
    Optional<SourceFile> manifest = lock.sibling("Package.swift");
    if (manifest.isEmpty()) {
      return Optional.empty();
    }
    Set<String> repositories = new HashSet<>();
    try {
      for (String row : (Iterable<String>) manifest.get().text().lines()::iterator) {
        if (!row.strip().startsWith("//")) {
          urls(row, repositories);
        }
      }
    } catch (IOException e) {
      return Optional.empty();
    }
    return Optional.of(repositories);
  }

  /// Returns `host/path` of the repository at `url`, without a user, a port and a final `.git`;
  /// empty when it is on no host.
  static Optional<String> repository(String url) {
    String rest = url.strip();
    int scheme = rest.indexOf("://");
    int colon = rest.indexOf(':');
    if (scheme >= 0) {
      rest = rest.substring(scheme + 3);
    } else if (colon > 0 && rest.lastIndexOf('/', colon) < 0) {
      rest = rest.substring(0, colon) + "/" + rest.substring(colon + 1);
    } else {
      return Optional.empty();
    }
    int slash = rest.indexOf('/');
    if (slash <= 0) {
      return Optional.empty();
    }
    String host = rest.substring(rest.lastIndexOf('@', slash) + 1, slash);
    int port = host.indexOf(':');
    host = (port < 0 ? host : host.substring(0, port)).toLowerCase(Locale.ROOT);
    String path = rest.substring(slash + 1);
    int end = path.length();
    while (end > 0 && path.charAt(end - 1) == '/') {
      end--;
    }
    path = path.substring(0, end);
    path = path.endsWith(".git") ? path.substring(0, path.length() - 4) : path;
    return host.isEmpty() || path.isEmpty() ? Optional.empty() : Optional.of(host + "/" + path);
  }

  private static void urls(String row, Set<String> into) {
    int at = row.indexOf("url:");
    while (at >= 0) {
      int open = row.indexOf('"', at);
      int close = open < 0 ? -1 : row.indexOf('"', open + 1);
      if (close < 0) {
        return;
      }
      repository(row.substring(open + 1, close))
          .ifPresent(it -> into.add(it.toLowerCase(Locale.ROOT)));
      at = row.indexOf("url:", close);
    }
  }
}
