// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.secrets;

import dev.redoubt.model.Credential;
import dev.redoubt.model.Credential.Channel;
import dev.redoubt.model.Credential.Form;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Finds the secrets inside an address: user information, query and fragment parameters, and path
/// segments that are tokens.
///
/// Works on the text, since an address with a reference such as `${HOST}` in it is no valid URI.
public final class SecretUrl {

  /// An address without its secrets, and what was found in it.
  public record Shown(String text, List<Credential> credentials) {
    public Shown {
      credentials = List.copyOf(credentials);
    }
  }

  /* A key as hosted servers put it into their address; also a checksum, so it is hidden but no
  credential. */
  private static final Pattern HEX = Pattern.compile("(?i)[0-9a-f]{32,128}");

  private final int line;
  private final Fingerprints fingerprints;
  private final List<Credential> found = new ArrayList<>();

  private SecretUrl(int line, Fingerprints fingerprints) {
    this.line = line;
    this.fingerprints = fingerprints;
  }

  /// Returns `url` as it may be shown, and the credentials that it carries: a query parameter under
  /// its name, the user information as `userinfo`, a token in the path as `path`.
  public static Shown read(String url, int line, Fingerprints fingerprints) {
    SecretUrl reader = new SecretUrl(line, fingerprints);
    String shown = reader.shown(url);
    return new Shown(shown, reader.found);
  }

  static String redact(String url) {
    return read(url, 1, Fingerprints.NONE).text();
  }

  /// Returns the strongest form that a part of `url` has.
  static Form form(String url) {
    return read(url, 1, Fingerprints.NONE).credentials().stream()
        .map(Credential::form)
        .min(Form::compareTo)
        .orElse(Form.PLAIN);
  }

  private String shown(String url) {
    int scheme = url.indexOf("://");
    if (scheme < 0) {
      return url;
    }
    int authority = scheme + 3;
    int end = indexOfAny(url, "/?#", authority);
    int at = url.lastIndexOf('@', end - 1);
    StringBuilder out = new StringBuilder(url.substring(0, authority));
    if (at >= authority) {
      out.append(userInfo(url.substring(authority, at))).append('@');
      out.append(url, at + 1, end);
    } else {
      out.append(url, authority, end);
    }
    int query = indexOfAny(url, "?#", end);
    out.append(path(url.substring(end, query)));
    parameters(url.substring(query), out);
    return out.toString();
  }

  private String userInfo(String info) {
    int colon = info.indexOf(':');
    if (colon < 0) {
      Form form = SecretText.form("user", info);
      return form == Form.PLAIN ? info : keep("userinfo", form, info, info);
    }
    String password = info.substring(colon + 1);
    Form form = SecretText.form("password", decoded(password));
    if (form == Form.PLAIN) {
      form = Form.LITERAL_SECRET;
    }
    return info.substring(0, colon + 1) + keep("userinfo", form, password, password);
  }

  private String path(String path) {
    String shown = TokenShapes.known(path).replaceAll(Matcher.quoteReplacement(SecretText.MASK));
    if (!shown.equals(path)) {
      found.add(credential("path", Form.LITERAL_SECRET, path));
      return shown;
    }
    StringBuilder out = new StringBuilder();
    for (String segment : path.split("(?<=/)", -1)) {
      String bare = segment.endsWith("/") ? segment.substring(0, segment.length() - 1) : segment;
      boolean random = TokenShapes.isRandom(bare);
      if (random) {
        out.append(keep("path", Form.LITERAL_SECRET, bare, bare));
      } else {
        out.append(HEX.matcher(bare).matches() ? SecretText.MASK : bare);
      }
      out.append(segment, bare.length(), segment.length());
    }
    return out.toString();
  }

  private void parameters(String query, StringBuilder out) {
    int from = 0;
    while (from < query.length()) {
      char c = query.charAt(from);
      if (c == '?' || c == '&' || c == '#' || c == ';') {
        out.append(c);
        from++;
        continue;
      }
      int end = indexOfAny(query, "&#", from);
      String parameter = query.substring(from, end);
      int equals = parameter.indexOf('=');
      out.append(equals < 0 ? parameter : parameter(parameter, equals));
      from = end;
    }
  }

  private String parameter(String parameter, int equals) {
    String name = parameter.substring(0, equals);
    String value = parameter.substring(equals + 1);
    Form form = SecretText.form(name, decoded(value));
    boolean shortKey = name.equalsIgnoreCase("key") && form == Form.PLAIN && value.length() >= 8;
    if (shortKey) {
      form = Form.LITERAL_SECRET;
    }
    if (form != Form.PLAIN) {
      return name + "=" + keep(name, form, decoded(value), value);
    }
    boolean hidden = SecretText.shown(name, decoded(value)).equals(SecretText.MASK);
    return hidden ? name + "=" + SecretText.MASK : parameter;
  }

  private String keep(String name, Form form, String secret, String written) {
    found.add(credential(name, form, secret));
    String rest = Placeholders.withoutReferences(SecretText.bare(secret));
    boolean reference =
        form != Form.LITERAL_SECRET && (rest.isBlank() || Placeholders.isVariableName(rest));
    return reference ? written : SecretText.MASK;
  }

  private Credential credential(String name, Form form, String secret) {
    return new Credential(
        name,
        Channel.URL,
        form,
        form == Form.LITERAL_SECRET ? fingerprints.of(SecretText.bare(secret)) : null,
        line);
  }

  private static String decoded(String value) {
    try {
      return URLDecoder.decode(value, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return value;
    }
  }

  private static int indexOfAny(String text, String characters, int from) {
    for (int i = from; i < text.length(); i++) {
      if (characters.indexOf(text.charAt(i)) >= 0) {
        return i;
      }
    }
    return text.length();
  }
}
