// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.network;

import static dev.redoubt.guard.network.Refusal.quoted;
import static java.util.Objects.requireNonNull;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The address of something on the web, in the one reading that is both judged and dialled.
///
/// Anything two readers could take for different things is refused: credentials before the host,
/// backslashes, white space, control and invisible characters anywhere, a host that [Host#read]
/// refuses, ports with leading zeros, a missing `//`. A fragment is dropped. What remains is
/// brought into one spelling: see [#text()].
///
/// @param host the machine, never empty
/// @param port from 1 to 65535, the default put in
/// @param path starts with `/`; dot segments removed, only ASCII, escapes in capitals and never of
///   a character that needs none
/// @param query without the question mark, only ASCII; null when there is none
public record StrictUrl(Scheme scheme, Host host, int port, String path, @Nullable String query) {

  private static final int MAX_LENGTH = 8192;
  private static final Set<Scheme> WEB = EnumSet.of(Scheme.HTTP, Scheme.HTTPS);

  public StrictUrl {
    requireNonNull(scheme, "scheme");
    requireNonNull(host, "host");
    requireNonNull(path, "path");
  }

  /// Returns the reading of `text` as an http or https address.
  public static Reading<StrictUrl> read(String text) {
    return read(text, WEB);
  }

  /// Returns the reading of `text` as an address with one of the schemes in `accepted`.
  public static Reading<StrictUrl> read(String text, Set<Scheme> accepted) {
    try {
      return new Reading.Good<>(parse(text, accepted));
    } catch (Refusal e) {
      return e.reading();
    }
  }

  /// Returns where `reference` leads from here, in the manner of a redirect. Nothing of this
  /// address but what the reference leaves out is taken over; schemes other than http and https are
  /// refused.
  public Reading<StrictUrl> resolve(String reference) {
    int stop = 0;
    while (stop < reference.length() && ":/?#".indexOf(reference.charAt(stop)) < 0) {
      stop++;
    }
    if (stop < reference.length() && reference.charAt(stop) == ':') {
      return read(reference);
    }
    String base = scheme.text() + ":";
    if (reference.startsWith("//")) {
      return read(base + reference);
    }
    base += "//" + authority();
    if (reference.startsWith("/")) {
      return read(base + reference);
    }
    if (reference.startsWith("?")) {
      return read(base + path + reference);
    }
    if (reference.isEmpty() || reference.startsWith("#")) {
      return read(text() + reference);
    }
    return read(base + path.substring(0, path.lastIndexOf('/') + 1) + reference);
  }

  /// Returns the canonical text: what is shown, judged and dialled.
  public String text() {
    return scheme.text() + "://" + authority() + pathAndQuery();
  }

  /// Returns host and port as they stand in a URL and in the `Host` header: a default port is left
  /// out.
  public String authority() {
    return port == scheme.defaultPort() ? host.text() : host.text() + ":" + port;
  }

  /// Returns what a server is asked for.
  public String pathAndQuery() {
    return query == null ? path : path + "?" + query;
  }

  /// Says whether `other` has the same scheme, host and port.
  public boolean sameOrigin(StrictUrl other) {
    return scheme == other.scheme && host.equals(other.host) && port == other.port;
  }

  @Override
  public String toString() {
    return text();
  }

  private static StrictUrl parse(String text, Set<Scheme> accepted) throws Refusal {
    requireClean(text);
    Scheme scheme = scheme(text, accepted);
    int start = scheme.text().length() + 1;
    if (!text.startsWith("//", start)) {
      throw Refusal.malformed("two slashes are missing after the scheme in " + quoted(text));
    }
    start += 2;
    int end = start;
    while (end < text.length() && "/?#".indexOf(text.charAt(end)) < 0) {
      end++;
    }
    HostAndPort at = HostAndPort.authority(text.substring(start, end), scheme.defaultPort());
    requireUnambiguousEnd(text, end);
    int fragment = text.indexOf('#', end);
    String rest = text.substring(end, fragment < 0 ? text.length() : fragment);
    int question = rest.indexOf('?');
    return new StrictUrl(
        scheme,
        at.host(),
        at.port(),
        UrlPath.canonical(question < 0 ? rest : rest.substring(0, question)),
        question < 0 ? null : UrlPath.canonicalQuery(rest.substring(question + 1)));
  }

  private static Scheme scheme(String text, Set<Scheme> accepted) throws Refusal {
    String name = schemeName(text);
    if (name == null) {
      throw Refusal.malformed(quoted(text) + " has no scheme: write https:// before the host");
    }
    Scheme scheme = Scheme.named(name);
    if (scheme == null || !accepted.contains(scheme)) {
      throw new Refusal(
          Refusal.SCHEME, "the scheme \"%s\" is not one of %s".formatted(name, names(accepted)));
    }
    return scheme;
  }

  /// Returns what stands before the first colon in lower case, or null when that is no scheme.
  static @Nullable String schemeName(String text) {
    int colon = text.indexOf(':');
    if (colon < 1 || colon > 32 || !HostReader.isLetter(text.charAt(0))) {
      return null;
    }
    for (int i = 1; i < colon; i++) {
      char c = text.charAt(i);
      if (!HostReader.isLetter(c) && !HostReader.isDigit(c) && "+-.".indexOf(c) < 0) {
        return null;
      }
    }
    return text.substring(0, colon).toLowerCase(Locale.ROOT);
  }

  private static String names(Set<Scheme> accepted) {
    StringBuilder names = new StringBuilder();
    for (Scheme scheme : accepted) {
      names.append(names.isEmpty() ? "" : ", ").append(scheme.text());
    }
    return names.toString();
  }

  /// A host that ends at `?` or `#` with an `@` behind is a user name for other readers.
  private static void requireUnambiguousEnd(String text, int end) throws Refusal {
    if (end < text.length() && text.charAt(end) != '/') {
      int slash = text.indexOf('/', end);
      int at = text.indexOf('@', end);
      if (at >= 0 && (slash < 0 || at < slash)) {
        throw Refusal.malformed(
            "some readers take what stands before the @ in %s for a user: put a slash after the host"
                .formatted(quoted(text)));
      }
    }
  }

  /// Refuses what readers drop, trim or turn: white space, controls, backslashes, the invisible.
  static void requireClean(String text) throws Refusal {
    if (text.length() > MAX_LENGTH) {
      throw Refusal.malformed("it is longer than %d characters".formatted(MAX_LENGTH));
    }
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      if (c == '\\') {
        throw Refusal.malformed("there is a backslash in " + quoted(text));
      }
      if (c <= ' ' || (c >= 0x7F && !isVisible(c))) {
        throw Refusal.malformed("there is white space or a control character in " + quoted(text));
      }
      i += Character.charCount(c);
    }
  }

  private static boolean isVisible(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.UNASSIGNED,
          Character.SPACE_SEPARATOR,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
