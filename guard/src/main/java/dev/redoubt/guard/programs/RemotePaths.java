// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import org.jspecify.annotations.Nullable;

/// The notation `[user@]host:path` of scp(1), rsync(1) and git-clone(1).
final class RemotePaths {

  private RemotePaths() {}

  /// Returns the host of `[user@]host:path`; null for a local path.
  ///
  /// As in scp(1), a slash in front of the first colon makes it a local path.
  static @Nullable String hostOf(String text) {
    int from = text.startsWith("[") || text.contains("@[") ? text.indexOf(']') : 0;
    int colon = text.indexOf(':', Math.max(from, 0));
    int slash = text.indexOf('/');
    if (colon <= 0 || (slash >= 0 && slash < colon)) {
      return null;
    }
    String login = text.substring(0, colon);
    String host = login.substring(login.lastIndexOf('@') + 1);
    return host.isEmpty() ? null : host;
  }
}
