// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.matchers.mcp;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads scheme and host from an address as written, which need not be a valid URI.
///
/// @param scheme lower case
/// @param host lower case, without user information and port; an IPv6 address keeps its brackets
record RemoteHost(String scheme, String host) {

  private static final Pattern ADDRESS =
      Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*)://(?:[^/?#]*@)?(\\[[^\\]]*]|[^/?#:]*).*");
  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|(?:.+\\.)?localhost|127(?:\\.\\d{1,3}){3}|0\\.0\\.0\\.0|\\[::1]");

  /// Returns the parts of `url`; both are empty when it is no address.
  static RemoteHost of(String url) {
    Matcher matcher = ADDRESS.matcher(url.strip());
    return matcher.matches()
        ? new RemoteHost(
            matcher.group(1).toLowerCase(Locale.ROOT), matcher.group(2).toLowerCase(Locale.ROOT))
        : new RemoteHost("", "");
  }

  /// Returns whether the host is this machine by its very name, without asking anybody.
  boolean isLoopback() {
    return LOOPBACK.matcher(host).matches();
  }

  /// Returns whether the host is told at run time.
  boolean isUnknown() {
    return host.isEmpty()
        || host.indexOf('$') >= 0
        || host.indexOf('{') >= 0
        || host.indexOf('%') >= 0
        || host.indexOf('<') >= 0;
  }
}
