// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.policy;

import static java.util.Objects.requireNonNull;

import dev.redoubt.guard.FileFacts;
import dev.redoubt.guard.Place;
import dev.redoubt.guard.Situation;
import dev.redoubt.guard.paths.Glob;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Paths of a rule: a [Glob] relative to the workspace, to the home (`~/`) or absolute.
///
/// Immutable; equal when written the same.
///
/// @param glob as written
record PathPattern(String glob) {

  private enum Root {
    WORKSPACE,
    HOME,
    MACHINE
  }

  PathPattern {
    requireNonNull(glob, "glob");
  }

  /// Returns the pattern written as `glob`.
  ///
  /// @throws IllegalArgumentException if it is none; the message says why
  static PathPattern of(String glob) {
    if (glob.isBlank()) {
      throw new IllegalArgumentException("it is empty; \"**\" means everything in the workspace");
    }
    Glob.of(glob);
    return new PathPattern(glob);
  }

  /// Returns whether `place` is certainly among the paths, as written and with every link resolved.
  /// Never for a place that is itself a glob, because nobody can say which links it will find, and
  /// never for a file that has a second name.
  boolean isSure(Place place, Scene scene) {
    if (place.kind() == Place.Kind.GLOB) {
      return false;
    }
    Glob asWritten = Glob.of(absolute(written(scene.situation())));
    Glob asReal = Glob.of(absolute(real(scene)));
    String written = plain(place.path());
    if (!asWritten.matches(written) && !asReal.matches(written)) {
      return false;
    }
    FileFacts.Facts facts = scene.facts().of(place.path());
    String real = plain(facts.real());
    return facts.links() <= 1 && (asWritten.matches(real) || asReal.matches(real));
  }

  /// Returns whether `place`, or with `everything` something below it, may be among the paths:
  /// without regard to case and Unicode form, under any name of the file.
  boolean isPossible(Place place, boolean everything, Scene scene) {
    Set<String> patterns = new LinkedHashSet<>();
    for (String folder : List.of(written(scene.situation()), real(scene))) {
      addPatterns(patterns, absolute(folder), everything);
    }
    addPatterns(patterns, resolved(scene), everything);
    for (String path : paths(place, scene)) {
      List<Glob> places = places(path, place.kind());
      for (String pattern : patterns) {
        if (meets(Glob.of(pattern), places)) {
          return true;
        }
      }
    }
    return false;
  }

  /// Returns whether the pattern has no name or part of one: nothing but stars, below some root.
  boolean isEverything() {
    for (int i = 0; i < glob.length(); i++) {
      if ("*?/~.".indexOf(glob.charAt(i)) < 0) {
        return false;
      }
    }
    return true;
  }

  private static boolean meets(Glob pattern, List<Glob> places) {
    for (Glob place : places) {
      if (pattern.intersects(place)) {
        return true;
      }
    }
    return false;
  }

  /* Something below a folder is meant when a folder on the way to it is that folder. */
  private static void addPatterns(Set<String> patterns, String absolute, boolean everything) {
    patterns.add(absolute);
    patterns.add(TextPattern.folded(absolute));
    int slash = everything ? absolute.lastIndexOf('/') : 0;
    for (; slash > 0; slash = absolute.lastIndexOf('/', slash - 1)) {
      patterns.add(absolute.substring(0, slash));
      patterns.add(TextPattern.folded(absolute.substring(0, slash)));
    }
  }

  private static Set<String> paths(Place place, Scene scene) {
    String fixed = place.kind() == Place.Kind.EXACT ? place.path() : fixedPart(place.path());
    String rest = place.path().substring(fixed.length());
    FileFacts.Facts facts = scene.facts().of(fixed);
    Set<String> paths = new LinkedHashSet<>();
    paths.add(place.path());
    paths.add(facts.real() + rest);
    facts.aliases().forEach(alias -> paths.add(alias + rest));
    return paths;
  }

  private static List<Glob> places(String path, Place.Kind kind) {
    return switch (kind) {
      case EXACT -> List.of(exactly(path), exactly(TextPattern.folded(path)));
      case GLOB -> List.of(Glob.ofShell(path), Glob.ofShell(TextPattern.folded(path)));
    };
  }

  private static Glob exactly(String path) {
    return Glob.exactly(plain(path));
  }

  /// Returns the path without the names that have wildcards, or empty when the pattern is nothing
  /// but wildcards: what it names.
  Optional<String> named(Situation situation) {
    StringBuilder path = new StringBuilder();
    for (String name : names()) {
      if (isLiteral(name) && !name.equals(".")) {
        path.append('/').append(unquoted(name));
      }
    }
    String folder = written(situation);
    return path.isEmpty()
        ? Optional.empty()
        : Optional.of((folder.equals("/") ? "" : folder) + path);
  }

  /// Returns a path that matches: `folders` in the place of each `**`, `filling` of each `*`.
  String example(Situation situation, String folders, String filling) {
    StringBuilder path = new StringBuilder(plain(written(situation)));
    for (String name : names()) {
      String text = name.equals("**") ? folders : unquoted(filled(name, filling));
      if (!text.isEmpty()) {
        path.append('/').append(text);
      }
    }
    return plain(path.toString());
  }

  private static String filled(String name, String filling) {
    StringBuilder text = new StringBuilder(name.length());
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      switch (c) {
        case '\\' -> text.append(c).append(i + 1 < name.length() ? name.charAt(++i) : c);
        case '*' -> text.append(filling);
        case '?' -> text.append('x');
        default -> text.append(c);
      }
    }
    return text.toString();
  }

  /// Returns whether it is certain that every path of `other` is one of this pattern.
  boolean covers(PathPattern other) {
    // A set may exclude a letter whose other case the other pattern means as well.
    boolean comparable = isPlain() && other.isPlain();
    return equals(other)
        || (comparable
            && root() == other.root()
            && Glob.of("/" + String.join("/", names()))
                .covers(Glob.of("/" + String.join("/", other.names()))));
  }

  private boolean isPlain() {
    for (int i = 0; i < glob.length(); i++) {
      char c = glob.charAt(i);
      if (c > '~' || c == '[') {
        return false;
      }
    }
    return true;
  }

  private Root root() {
    return glob.startsWith("/")
        ? Root.MACHINE
        : glob.equals("~") || glob.startsWith("~/") ? Root.HOME : Root.WORKSPACE;
  }

  /* The names of the pattern below its root. */
  private List<String> names() {
    List<String> names = new ArrayList<>();
    for (String name : (root() == Root.HOME ? glob.substring(1) : glob).split("/", -1)) {
      if (!name.isEmpty()) {
        names.add(name);
      }
    }
    return names;
  }

  private static boolean isLiteral(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c == '\\') {
        i++;
      } else if (c == '*' || c == '?' || c == '[') {
        return false;
      }
    }
    return true;
  }

  private static String unquoted(String name) {
    StringBuilder text = new StringBuilder(name.length());
    for (int i = 0; i < name.length(); i++) {
      if (name.charAt(i) == '\\' && i + 1 < name.length()) {
        i++;
      }
      text.append(name.charAt(i));
    }
    return text.toString();
  }

  private String written(Situation situation) {
    return switch (root()) {
      case WORKSPACE -> situation.workspace();
      case HOME -> situation.home();
      case MACHINE -> "/";
    };
  }

  private String real(Scene scene) {
    String written = written(scene.situation());
    return root() == Root.MACHINE ? written : scene.facts().of(written).real();
  }

  private String absolute(String folder) {
    StringBuilder text = new StringBuilder(Glob.quote(plain(folder)));
    for (String name : names()) {
      if (text.charAt(text.length() - 1) != '/') {
        text.append('/');
      }
      text.append(name);
    }
    return text.toString();
  }

  /* The part without wildcards with its links resolved: a folder that is a link names two places. */
  private String resolved(Scene scene) {
    List<String> names = names();
    StringBuilder path = new StringBuilder(plain(written(scene.situation())));
    int fixed = 0;
    while (fixed < names.size() && isLiteral(names.get(fixed))) {
      path.append('/').append(unquoted(names.get(fixed++)));
    }
    StringBuilder text = new StringBuilder(Glob.quote(scene.facts().of(path.toString()).real()));
    names.subList(fixed, names.size()).forEach(name -> text.append('/').append(name));
    return text.toString();
  }

  /* Up to and without the slash before the first name with a wildcard. */
  private static String fixedPart(String glob) {
    int end = 0;
    while (end < glob.length() && "*?[\\{(".indexOf(glob.charAt(end)) < 0) {
      end++;
    }
    return end == glob.length() ? glob : glob.substring(0, Math.max(0, glob.lastIndexOf('/', end)));
  }

  /// Returns an absolute path with `.`, `..` and doubled slashes taken out, links not looked at.
  static String plain(String path) {
    List<String> names = new ArrayList<>();
    for (String name : path.split("/", -1)) {
      if (name.equals("..")) {
        if (!names.isEmpty()) {
          names.removeLast();
        }
      } else if (!name.isEmpty() && !name.equals(".")) {
        names.add(name);
      }
    }
    return "/" + String.join("/", names);
  }
}
