// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.network;

import static dev.redoubt.guard.network.Refusal.quoted;
import static java.util.Objects.requireNonNull;

import dev.redoubt.guard.Effect;
import java.util.EnumSet;
import org.jspecify.annotations.Nullable;

/// Where a connection leads, as far as its effect says.
///
/// @param method the HTTP method in capitals; empty when it is no HTTP
/// @param scheme in lower case, or empty when only a host and a port were named
/// @param port from 1 to 65535, or 0 when none was named
/// @param path canonical; empty when it is no HTTP
public record Target(String method, String scheme, Host host, int port, String path) {

  public Target {
    requireNonNull(method, "method");
    requireNonNull(scheme, "scheme");
    requireNonNull(host, "host");
    requireNonNull(path, "path");
  }

  /// Returns what `connect` names: a URL of the web as [StrictUrl] reads it, `host:port`, or a host
  /// alone. Without a method, the addresses of remote shells, repositories and files are read too,
  /// `ssh://git@host/path` for example; their user names count for nothing.
  public static Reading<Target> of(Effect.Connect connect) {
    String text = connect.target();
    if (!looksLikeUrl(text)) {
      return bare(connect.method(), text);
    }
    if (connect.method().isEmpty() && otherPort(StrictUrl.schemeName(text)) > 0) {
      return remote(text);
    }
    return switch (StrictUrl.read(text, EnumSet.allOf(Scheme.class))) {
      case Reading.Bad<StrictUrl>(String rule, String reason) -> new Reading.Bad<>(rule, reason);
      case Reading.Good<StrictUrl>(StrictUrl url) -> new Reading.Good<>(of(connect.method(), url));
    };
  }

  /// Returns `url` asked with `method`.
  public static Target of(String method, StrictUrl url) {
    return new Target(method, url.scheme().text(), url.host(), url.port(), url.path());
  }

  /// Returns the narrowest short rule that means this host and port.
  public String shortRule() {
    return port == 0 ? "net:" + host.text() : "net:" + host.text() + ":" + port;
  }

  /// Anything with a slash, and a scheme without (`file:x`, `https:x`), which must not be read as
  /// host and port.
  private static boolean looksLikeUrl(String text) {
    int colon = text.indexOf(':');
    return text.indexOf('/') >= 0
        || (colon > 0
            && StrictUrl.schemeName(text) != null
            && (colon + 1 == text.length() || !HostReader.isDigit(text.charAt(colon + 1))));
  }

  private static Reading<Target> bare(String method, String text) {
    try {
      StrictUrl.requireClean(text);
      boolean hasPort = text.startsWith("[") ? !text.endsWith("]") : text.indexOf(':') >= 0;
      if (hasPort) {
        HostAndPort at = HostAndPort.authority(text, 0);
        return new Reading.Good<>(new Target(method, "", at.host(), at.port(), ""));
      }
      return new Reading.Good<>(new Target(method, "", HostReader.read(text), 0, ""));
    } catch (Refusal e) {
      return e.reading();
    }
  }

  private static Reading<Target> remote(String text) {
    try {
      StrictUrl.requireClean(text);
      String scheme = requireNonNull(StrictUrl.schemeName(text));
      int start = scheme.length() + 3;
      if (!text.startsWith("://", scheme.length())) {
        throw Refusal.malformed("two slashes are missing after the scheme in " + quoted(text));
      }
      int slash = text.indexOf('/', start);
      String authority = slash < 0 ? text.substring(start) : text.substring(start, slash);
      HostAndPort at = HostAndPort.authority(withoutUser(authority), otherPort(scheme));
      return new Reading.Good<>(new Target("", scheme, at.host(), at.port(), ""));
    } catch (Refusal e) {
      return e.reading();
    }
  }

  /// Takes away one plain user name; anything else before an `@` stays and is refused.
  private static String withoutUser(String authority) {
    int at = authority.indexOf('@');
    for (int i = 0; i < at; i++) {
      char c = authority.charAt(i);
      if (!HostReader.isLetter(c) && !HostReader.isDigit(c) && "-_.".indexOf(c) < 0) {
        return authority;
      }
    }
    return authority.substring(at + 1);
  }

  private static int otherPort(@Nullable String scheme) {
    if (scheme == null) {
      return 0;
    }
    return switch (scheme) {
      case "ssh", "sftp", "git+ssh", "ssh+git", "svn+ssh" -> 22;
      case "git" -> 9418;
      case "rsync" -> 873;
      case "svn" -> 3690;
      default -> 0;
    };
  }
}
