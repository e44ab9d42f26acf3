// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.python;

import dev.redoubt.model.Hash;
import dev.redoubt.model.Purl;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A place a package comes from: a repository at a revision, or an archive.
///
/// User names, passwords and query texts are dropped as soon as a link is read: they may be
/// secrets.
///
/// @param url without user, query and fragment; for a repository without the revision
/// @param repository whether it is a repository and no archive
/// @param revision the branch, tag or commit, or null
/// @param name stated by the fragment or the file name, or null
/// @param version stated by the file name, or null
/// @param hashes stated by the fragment
record Link(
    String url,
    boolean repository,
    @Nullable String revision,
    @Nullable String name,
    @Nullable String version,
    List<Hash> hashes) {

  private static final List<String> REPOSITORY_SCHEMES = List.of("git", "hg", "svn", "bzr");
  private static final List<String> ARCHIVES =
      List.of(".whl", ".tar.gz", ".zip", ".tar.bz2", ".tgz", ".tar.xz", ".tar", ".egg");
  private static final List<String> FORGES = List.of("github", "gitlab", "bitbucket");

  Link {
    hashes = List.copyOf(hashes);
  }

  /// Returns whether `text` names a place by a scheme.
  static boolean isLink(String text) {
    int colon = text.indexOf(':');
    String scheme = colon < 0 ? "" : text.substring(0, colon);
    return text.startsWith("file:")
        || (text.startsWith("://", Math.max(0, colon)) && !scheme.isEmpty() && isScheme(scheme))
        || REPOSITORY_SCHEMES.stream().anyMatch(it -> text.startsWith(it + "+"));
  }

  /// Returns whether `text` is a place on this machine: nothing that is fetched.
  static boolean isLocal(String text) {
    String place = withoutScheme(text);
    return place.startsWith("file:") || (!isLink(text) && !text.contains("@"));
  }

  static boolean isArchive(String path) {
    String lower = path.toLowerCase(Locale.ROOT);
    return ARCHIVES.stream().anyMatch(lower::endsWith);
  }

  static Link parse(String text) {
    int hash = text.indexOf('#');
    String fragment = hash < 0 ? "" : text.substring(hash + 1);
    String place = hash < 0 ? text : text.substring(0, hash);
    int query = place.indexOf('?');
    place = withoutUser(query < 0 ? place : place.substring(0, query));
    String named = null;
    List<Hash> hashes = List.of();
    for (String part : fragment.split("&", -1)) {
      if (part.startsWith("egg=")) {
        named = eggName(part.substring(4));
      } else if (part.startsWith("sha") || part.startsWith("md5=")) {
        hashes = PypiName.hash(part.replaceFirst("=", ":")).stream().toList();
      }
    }
    boolean repository =
        REPOSITORY_SCHEMES.stream()
            .anyMatch(it -> text.startsWith(it + "+") || text.startsWith(it + "://"));
    if (repository) {
      int at = revisionMark(place);
      String revision = at < 0 ? null : place.substring(at + 1);
      return new Link(at < 0 ? place : place.substring(0, at), true, revision, named, null, hashes);
    }
    String file = place.substring(place.lastIndexOf('/') + 1).replace("%2B", "+");
    FileName parts = FileName.parse(file.replace("%2b", "+"));
    return new Link(place, false, null, named == null ? parts.name : named, parts.version, hashes);
  }

  /// Returns what `name` from here is called: by name and version when the file name states them,
  /// else by name and place.
  Purl purl(String wanted) {
    String stated = name;
    if (version != null && stated != null && sameName(stated, wanted)) {
      return PypiName.purl(wanted, version);
    }
    Purl bare = PypiName.purl(wanted, null);
    Map<String, String> place =
        repository
            ? Map.of("vcs_url", revision == null ? url : url + "@" + revision)
            : Map.of("download_url", url);
    return new Purl(bare.type(), bare.namespace(), bare.name(), null, place, null);
  }

  /// Returns what a link without a wanted name is called: by its own name, else as a repository of
  /// a known forge, else nothing.
  Optional<Purl> purl() {
    String stated = name;
    if (stated != null) {
      return Optional.of(purl(stated));
    }
    String[] path = withoutScheme(url).replaceFirst("^[a-z+]+://", "").split("[/:]", -1);
    String at = revision;
    for (String forge : FORGES) {
      if (repository
          && at != null
          && path.length == 3
          && path[0].endsWith(forge + hostEnd(forge))) {
        String repo =
            path[2].endsWith(".git") ? path[2].substring(0, path[2].length() - 4) : path[2];
        return Optional.of(Purl.of(forge, path[1], repo, at));
      }
    }
    return Optional.empty();
  }

  private static String hostEnd(String forge) {
    return forge.equals("bitbucket") ? ".org" : ".com";
  }

  private static boolean sameName(String a, String b) {
    return PypiName.normal(a).equals(PypiName.normal(b));
  }

  private static @Nullable String eggName(String egg) {
    int bracket = egg.indexOf('[');
    String name = bracket < 0 ? egg : egg.substring(0, bracket);
    int pin = name.indexOf("==");
    name = pin < 0 ? name : name.substring(0, pin);
    return PypiName.isName(name) ? name : null;
  }

  /* "git+https://host/x" → "https://host/x" */
  private static String withoutScheme(String text) {
    for (String scheme : REPOSITORY_SCHEMES) {
      if (text.startsWith(scheme + "+")) {
        return text.substring(scheme.length() + 1);
      }
    }
    return text;
  }

  private static boolean isScheme(String scheme) {
    return scheme.chars().allMatch(c -> PypiName.isAlphanumeric(c) || c == '+' || c == '-');
  }

  private static int pathStart(String place) {
    int authority = place.indexOf("://");
    if (authority < 0) {
      return Math.max(0, place.indexOf(':'));
    }
    int slash = place.indexOf('/', authority + 3);
    return slash < 0 ? place.length() : slash;
  }

  private static int revisionMark(String place) {
    return place.indexOf('@', pathStart(place));
  }

  private static String withoutUser(String place) {
    int end = pathStart(place);
    int start = place.indexOf("://");
    start = start < 0 ? place.indexOf('+') + 1 : start + 3;
    int at = place.lastIndexOf('@', end);
    return at >= start && at < end ? place.substring(0, start) + place.substring(at + 1) : place;
  }

  /// What the name of an archive states.
  private record FileName(@Nullable String name, @Nullable String version) {

    private static final FileName NOTHING = new FileName(null, null);

    /* A wheel is name-version-…-…-….whl, a source archive name-version.tar.gz. */
    static FileName parse(String file) {
      String lower = file.toLowerCase(Locale.ROOT);
      Optional<String> ending = ARCHIVES.stream().filter(lower::endsWith).findFirst();
      if (ending.isEmpty()) {
        return NOTHING;
      }
      String stem = file.substring(0, file.length() - ending.get().length());
      String[] parts = stem.split("-", -1);
      if (ending.get().equals(".whl") && parts.length >= 5 && PypiName.isName(parts[0])) {
        return new FileName(parts[0], parts[1]);
      }
      int dash = stem.lastIndexOf('-');
      boolean versioned =
          dash > 0 && dash < stem.length() - 1 && Character.isDigit(stem.charAt(dash + 1));
      return versioned && PypiName.isName(stem.substring(0, dash))
          ? new FileName(stem.substring(0, dash), stem.substring(dash + 1))
          : NOTHING;
    }
  }
}
