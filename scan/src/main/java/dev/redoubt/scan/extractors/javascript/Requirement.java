// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.javascript;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What stands behind a name in `dependencies`: a range, another package's name, a repository, an
/// address or a path.
sealed interface Requirement {

  /// A version, range or tag of the registry.
  ///
  /// @param name the package that is really meant, or null when it is the one that is named
  record Range(@Nullable String name, String range) implements Requirement {}

  /// A package of the JSR registry; `name` as in [Range].
  record Jsr(@Nullable String name, String range) implements Requirement {}

  /// A git repository; `commit` is null when only a branch, a tag or nothing is named.
  record Git(@Nullable String commit) implements Requirement {}

  /// An archive behind an address.
  record Remote(String address) implements Requirement {}

  /// An archive beside the project.
  record Archive(String path) implements Requirement {}

  /// A folder of the project itself or beside it, and whatever links to one.
  record Local(String path) implements Requirement {}

  /// A range that is kept elsewhere, under the name of a catalogue.
  record Catalog(String catalog) implements Requirement {}

  /// Returns what `text` asks for. Every text asks for something: what looks like nothing else is a
  /// range.
  static Requirement of(String text) {
    String trimmed = text.strip();
    int colon = trimmed.indexOf(':');
    String scheme = colon < 0 ? "" : trimmed.substring(0, colon).toLowerCase(Locale.ROOT);
    String rest = trimmed.substring(colon + 1);
    return switch (scheme) {
      case "npm" -> Texts.range(rest);
      case "jsr" -> Texts.jsr(rest);
      case "catalog" -> new Catalog(rest);
      case "workspace", "link", "portal" -> new Local(rest);
      case "file" -> Texts.path(rest);
      case "patch" -> Texts.patched(rest);
      case "git",
          "git+ssh",
          "git+https",
          "git+http",
          "git+file",
          "ssh",
          "github",
          "gitlab",
          "bitbucket",
          "gist" ->
          Texts.git(rest);
      case "http", "https" -> Texts.address(trimmed);
      default -> Texts.plain(trimmed);
    };
  }

  /// Returns the version that `range` pins, or empty when it may move.
  static Optional<String> exact(String range) {
    String version = range.strip();
    if (version.startsWith("=")) {
      version = version.substring(1).strip();
    }
    if (version.startsWith("v")) {
      version = version.substring(1);
    }
    return version.length() <= 256 && Texts.VERSION.matcher(version).matches()
        ? Optional.of(version)
        : Optional.empty();
  }

  /// The readings of the single forms.
  final class Texts {

    private static final Pattern VERSION =
        Pattern.compile("\\d++\\.\\d++\\.\\d++(?:-[0-9A-Za-z.-]++)?+(?:\\+[0-9A-Za-z.-]++)?+");
    private static final Pattern REPOSITORY =
        Pattern.compile("[A-Za-z0-9][\\w.-]*+/[\\w.-]++(?:#.*+)?+");
    private static final List<String> ARCHIVES = List.of(".tgz", ".tar.gz", ".tar");
    private static final int COMMIT = 40;

    private Texts() {}

    private static Requirement range(String rest) {
      Optional<Descriptor> alias = Descriptor.of(rest);
      if (alias.isPresent()) {
        return new Range(alias.get().name(), alias.get().rest());
      }
      boolean name = NpmName.isValid(rest) && Character.isLetter(rest.codePointAt(0));
      boolean tag = rest.equals("latest") || rest.equals("next");
      boolean version = (rest.startsWith("v") && exact(rest).isPresent()) || rest.equals("x");
      return rest.startsWith("@") || (name && !tag && !version)
          ? new Range(rest, "")
          : new Range(null, rest);
    }

    private static Requirement jsr(String rest) {
      Optional<Descriptor> named = Descriptor.of(rest);
      if (rest.startsWith("@")) {
        return named.map(it -> new Jsr(it.name(), it.rest())).orElseGet(() -> new Jsr(rest, ""));
      }
      return new Jsr(null, rest);
    }

    private static Requirement path(String path) {
      return isArchive(path) ? new Archive(path) : new Local(path);
    }

    static boolean isArchive(String path) {
      int end = path.indexOf('#');
      String file = (end < 0 ? path : path.substring(0, end)).toLowerCase(Locale.ROOT);
      return ARCHIVES.stream().anyMatch(file::endsWith);
    }

    /* patch:name@npm%3A1.0.0#path: what is patched is what counts. */
    private static Requirement patched(String rest) {
      int end = rest.indexOf('#');
      String inner = end < 0 ? rest : rest.substring(0, end);
      try {
        inner = URLDecoder.decode(inner.replace("+", "%2B"), StandardCharsets.UTF_8);
      } catch (IllegalArgumentException e) {
        return new Range(null, rest);
      }
      Optional<Descriptor> patched = Descriptor.of(inner);
      return patched.isEmpty() || patched.get().rest().startsWith("patch:")
          ? new Range(null, inner)
          : of(patched.get().rest());
    }

    private static Requirement git(String rest) {
      int hash = rest.lastIndexOf('#');
      String fragment = hash < 0 ? "" : rest.substring(hash + 1);
      String commit = fragment.startsWith("commit=") ? fragment.substring(7) : fragment;
      int more = commit.indexOf('&');
      commit = more < 0 ? commit : commit.substring(0, more);
      return new Git(Integrity.isHex(commit, COMMIT) ? commit : null);
    }

    private static Requirement address(String address) {
      int hash = address.indexOf('#');
      String page = hash < 0 ? address : address.substring(0, hash);
      if (page.endsWith(".git")) {
        return git(address);
      }
      String last = page.substring(page.lastIndexOf('/') + 1);
      return Integrity.isHex(last, COMMIT) && page.contains("/tar.gz/")
          ? new Git(last)
          : new Remote(address);
    }

    private static Requirement plain(String text) {
      if (text.startsWith("./")
          || text.startsWith("../")
          || text.startsWith("/")
          || text.startsWith("~/")
          || text.equals(".")
          || text.equals("..")) {
        return path(text);
      }
      if (text.startsWith("git@") || REPOSITORY.matcher(text).matches()) {
        return git(text);
      }
      return new Range(null, text);
    }
  }
}
