// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.lock;

import dev.redoubt.model.Purl;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The purl qualifier of a package that comes straight from a repository and not from the registry
/// of its ecosystem.
public final class VcsUrl {

  private static final String KEY = "vcs_url";

  private VcsUrl() {}

  /// Returns `purl` with the repository it comes from: `git+<url>@<commit>`, the commit left out
  /// when it is null. `host:path` is written as an ssh URL; user names and passwords are dropped.
  public static Purl on(Purl purl, String url, @Nullable String commit) {
    String bare = withoutUser(url.startsWith("git+") ? url.substring(4) : url);
    Map<String, String> qualifiers = new TreeMap<>(purl.qualifiers());
    String value = "git+" + bare + (commit == null || commit.isEmpty() ? "" : "@" + commit);
    qualifiers.put(KEY, value);
    return new Purl(
        purl.type(), purl.namespace(), purl.name(), purl.version(), qualifiers, purl.subpath());
  }

  private static String withoutUser(String url) {
    int scheme = url.indexOf("://");
    if (scheme < 0) {
      int colon = url.indexOf(':');
      boolean scp = colon > 0 && url.indexOf('/') != 0 && url.lastIndexOf('/', colon) < 0;
      return scp
          ? "ssh://"
              + url.substring(url.lastIndexOf('@', colon) + 1, colon)
              + "/"
              + url.substring(colon + 1)
          : url;
    }
    int authority = scheme + 3;
    int end = url.indexOf('/', authority);
    int at = url.lastIndexOf('@', end < 0 ? url.length() : end);
    return at < authority ? url : url.substring(0, authority) + url.substring(at + 1);
  }
}
