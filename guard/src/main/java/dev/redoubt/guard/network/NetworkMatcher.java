// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.network;

import static java.util.Objects.requireNonNull;

import java.util.Locale;
import java.util.Set;

/// Which connections a rule means.
///
/// @param hosts which machines
/// @param port the port, or 0 for every one
/// @param methods the HTTP methods in capitals; empty for every one, and for what is no HTTP
/// @param path the path, and everything below it at a slash; empty for every one. Read as a path of
///   a URL is: dot segments removed, escapes in one form
public record NetworkMatcher(HostPattern hosts, int port, Set<String> methods, String path) {

  public NetworkMatcher {
    requireNonNull(hosts, "hosts");
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("port %d is not from 0 to 65535".formatted(port));
    }
    methods = Set.copyOf(methods);
    for (String method : methods) {
      if (method.isEmpty() || !method.equals(method.toUpperCase(Locale.ROOT))) {
        throw new IllegalArgumentException("\"%s\" is no method in capitals".formatted(method));
      }
    }
    path = path.isEmpty() ? "" : canonical(path);
  }

  /// Returns every connection to the hosts of `hosts`.
  public static NetworkMatcher of(HostPattern hosts) {
    return new NetworkMatcher(hosts, 0, Set.of(), "");
  }

  /// Returns the connections that `HOST` or `HOST:PORT` means, in the manner of the short rule
  /// `net:HOST[:PORT]` without its first word.
  public static Reading<NetworkMatcher> parse(String text) {
    int bracket = text.lastIndexOf(']');
    int colon = text.indexOf(':', bracket + 1);
    String host = colon < 0 ? text : text.substring(0, colon);
    int port = colon < 0 ? 0 : port(text.substring(colon + 1));
    if (port < 0) {
      return new Reading.Bad<>(
          "net.malformed", "the port in \"%s\" is not from 1 to 65535".formatted(text));
    }
    return switch (HostPattern.parse(host)) {
      case Reading.Bad<HostPattern>(String rule, String reason) -> new Reading.Bad<>(rule, reason);
      case Reading.Good<HostPattern>(HostPattern hosts) ->
          new Reading.Good<>(new NetworkMatcher(hosts, port, Set.of(), ""));
    };
  }

  /// Says whether all of `target` is surely meant: for rules that allow. What is not known about
  /// the target does not match, and every way a server could read its path has to.
  public boolean surelyMatches(Target target) {
    return hosts.matches(target.host())
        && (port == 0 || port == target.port())
        && (methods.isEmpty() || methods.contains(target.method()))
        && (path.isEmpty() || (!target.path().isEmpty() && allReadingsBelow(target.path())));
  }

  /// Says whether `target` may be meant: for rules that deny or ask. What is not known about the
  /// target matches, and one way a server could read its path suffices.
  public boolean possiblyMatches(Target target) {
    return hosts.matches(target.host())
        && (port == 0 || target.port() == 0 || port == target.port())
        && (methods.isEmpty() || target.method().isEmpty() || methods.contains(target.method()))
        && (path.isEmpty() || target.path().isEmpty() || anyReadingBelow(target.path()));
  }

  private boolean allReadingsBelow(String asked) {
    for (String reading : UrlPath.readings(asked)) {
      if (!isBelow(reading, path) && !isBelow(reading, UrlPath.decodedOnce(path))) {
        return false;
      }
    }
    return true;
  }

  private boolean anyReadingBelow(String asked) {
    String denied = path.toLowerCase(Locale.ROOT);
    for (String reading : UrlPath.readings(asked)) {
      String folded = reading.toLowerCase(Locale.ROOT);
      if (isBelow(folded, denied) || isBelow(folded, UrlPath.decodedOnce(denied))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isBelow(String reading, String path) {
    return reading.startsWith(path)
        && (reading.length() == path.length()
            || path.endsWith("/")
            || reading.charAt(path.length()) == '/');
  }

  private static String canonical(String path) {
    if (!path.startsWith("/")) {
      throw new IllegalArgumentException("the path \"%s\" starts with no slash".formatted(path));
    }
    try {
      StrictUrl.requireClean(path);
      return UrlPath.canonical(path);
    } catch (Refusal e) {
      throw new IllegalArgumentException(
          "the path \"%s\" is malformed: %s".formatted(path, e.getMessage()), e);
    }
  }

  private static int port(String text) {
    if (text.isEmpty() || text.length() > 5 || text.charAt(0) == '0') {
      return -1;
    }
    int port = 0;
    for (int i = 0; i < text.length(); i++) {
      if (!HostReader.isDigit(text.charAt(i))) {
        return -1;
      }
      port = port * 10 + text.charAt(i) - '0';
    }
    return port > 65_535 ? -1 : port;
  }
}
