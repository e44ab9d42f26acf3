// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.policy;

import static java.util.Objects.requireNonNull;

import dev.redoubt.guard.FileFacts;
import dev.redoubt.guard.Place;
import dev.redoubt.guard.Situation;
import dev.redoubt.guard.policy.TextPattern.Wildcards;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Paths: `*` and `?` inside one name, `**` for any number of folders, none included.
///
/// Relative to the workspace, to the home (`~/`) or absolute. `docs/**` means `docs` too.
/// Immutable.
///
/// @param root what it is relative to
/// @param names a pattern for each name; [#FOLDERS] stands for any number of them
record PathPattern(Root root, List<TextPattern> names) {

  /// What a pattern is relative to.
  enum Root {
    WORKSPACE,
    HOME,
    MACHINE
  }

  /* No name has a slash, so this cannot be written as a name. */
  static final TextPattern FOLDERS = TextPattern.literal("/**");

  PathPattern {
    requireNonNull(root, "root");
    names = List.copyOf(names);
  }

  /// Returns the pattern written as `glob`, or empty when it is none: empty, with `.`, `..` or a
  /// name in which `**` stands beside something, `[`, `{`, or a backslash at its end.
  static Optional<PathPattern> of(String glob) {
    Root root = Root.WORKSPACE;
    String rest = glob;
    if (glob.startsWith("/")) {
      root = Root.MACHINE;
      rest = glob.substring(1);
    } else if (glob.equals("~") || glob.startsWith("~/")) {
      root = Root.HOME;
      rest = glob.substring(Math.min(2, glob.length()));
    }
    if (rest.startsWith("./")) {
      rest = rest.substring(2);
    }
    if (rest.endsWith("/") && !rest.endsWith("\\/")) {
      rest = rest.substring(0, rest.length() - 1);
    }
    boolean whole = rest.isEmpty() ? glob.equals("~") || glob.equals("/") : glob.equals(".");
    if (whole || rest.equals(".")) {
      return Optional.of(new PathPattern(root, List.of()));
    }
    return names(rest).map(names -> new PathPattern(rootOf(glob), names));
  }

  private static Root rootOf(String glob) {
    return glob.startsWith("/") ? Root.MACHINE : glob.startsWith("~/") ? Root.HOME : Root.WORKSPACE;
  }

  private static Optional<List<TextPattern>> names(String rest) {
    List<TextPattern> names = new ArrayList<>();
    for (String name : rest.split("/", -1)) {
      if (name.equals("**")) {
        if (names.isEmpty() || !names.getLast().equals(FOLDERS)) {
          names.add(FOLDERS);
        }
        continue;
      }
      Optional<TextPattern> pattern = TextPattern.of(name, Wildcards.STAR_AND_QUESTION_MARK);
      boolean isName = !name.isEmpty() && !name.equals(".") && !name.equals("..");
      if (!isName || name.contains("**") || hasSet(name) || pattern.isEmpty()) {
        return Optional.empty();
      }
      names.add(pattern.get());
    }
    return Optional.of(names);
  }

  private static boolean hasSet(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c == '\\') {
        i++;
      } else if (c == '[' || c == '{') {
        return true;
      }
    }
    return false;
  }

  /// Returns whether `place` is certainly among the paths, with every link resolved as well as
  /// written. Never for a place that is itself a glob: nobody can say which links it will find.
  boolean isSure(Place place, Scene scene) {
    if (place.kind() == Place.Kind.GLOB) {
      return false;
    }
    FileFacts.Facts facts = scene.facts().of(place.path());
    List<String> written = namesOf(place.path());
    List<String> real = namesOf(facts.real());
    List<TextPattern> asWritten = from(written(scene.situation()));
    List<TextPattern> asReal = from(real(scene));
    return facts.links() <= 1
        && (matches(asWritten, written) || matches(asReal, written))
        && (matches(asWritten, real) || matches(asReal, real));
  }

  /// Returns whether `place`, or with `everything` something below it, may be among the paths.
  boolean isPossible(Place place, boolean everything, Scene scene) {
    List<List<TextPattern>> patterns =
        List.of(from(written(scene.situation())), from(real(scene)), resolved(scene));
    List<List<TextPattern>> candidates = new ArrayList<>();
    candidates.add(atLeast(place.path(), place.kind(), everything));
    String known = place.kind() == Place.Kind.EXACT ? place.path() : fixedPart(place.path());
    FileFacts.Facts facts = scene.facts().of(known);
    String rest = place.path().substring(known.length());
    candidates.add(atLeast(facts.real() + rest, place.kind(), everything));
    for (String alias : facts.aliases()) {
      candidates.add(atLeast(alias + rest, place.kind(), everything));
    }
    for (List<TextPattern> candidate : candidates) {
      for (List<TextPattern> pattern : patterns) {
        if (meet(pattern, candidate)) {
          return true;
        }
      }
    }
    return false;
  }

  /// Returns the path without the names that have wildcards, and whether it names anything at all:
  /// empty when the pattern is nothing but wildcards.
  Optional<String> named(Situation situation) {
    StringBuilder path = new StringBuilder();
    boolean any = false;
    for (TextPattern name : names) {
      if (!name.equals(FOLDERS) && name.isLiteral()) {
        path.append('/').append(name.example(""));
        any = true;
      }
    }
    String base = written(situation);
    return any ? Optional.of((base.equals("/") ? "" : base) + path) : Optional.empty();
  }

  boolean covers(PathPattern other) {
    return root == other.root && covers(names, other.names);
  }

  private String written(Situation situation) {
    return switch (root) {
      case WORKSPACE -> situation.workspace();
      case HOME -> situation.home();
      case MACHINE -> "/";
    };
  }

  private String real(Scene scene) {
    return root == Root.MACHINE ? "/" : scene.facts().of(written(scene.situation())).real();
  }

  private List<TextPattern> from(String base) {
    List<TextPattern> all = new ArrayList<>();
    for (String name : namesOf(base)) {
      all.add(TextPattern.literal(name));
    }
    all.addAll(names);
    return all;
  }

  /* The part without wildcards with its links resolved: a folder that is a link names two places. */
  private List<TextPattern> resolved(Scene scene) {
    StringBuilder path = new StringBuilder(written(scene.situation()));
    int fixed = 0;
    while (fixed < names.size()
        && !names.get(fixed).equals(FOLDERS)
        && names.get(fixed).isLiteral()) {
      path.append('/').append(names.get(fixed++).example(""));
    }
    List<TextPattern> all = new ArrayList<>();
    for (String name : namesOf(scene.facts().of(path.toString()).real())) {
      all.add(TextPattern.literal(name));
    }
    all.addAll(names.subList(fixed, names.size()));
    return all;
  }

  /* Up to and without the slash before the first name with a wildcard. */
  private static String fixedPart(String glob) {
    int end = 0;
    while (end < glob.length() && "*?[\\{".indexOf(glob.charAt(end)) < 0) {
      end++;
    }
    return end == glob.length() ? glob : glob.substring(0, Math.max(1, glob.lastIndexOf('/', end)));
  }

  private static List<TextPattern> atLeast(String path, Place.Kind kind, boolean everything) {
    List<TextPattern> all = new ArrayList<>();
    for (String name : namesOf(path)) {
      all.add(kind == Place.Kind.EXACT ? TextPattern.literal(name) : TextPattern.atLeast(name));
    }
    if (everything) {
      all.add(FOLDERS);
    }
    return all;
  }

  /// Returns the names of an absolute path, `.` and `..` taken out.
  static List<String> namesOf(String path) {
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
    return names;
  }

  private static boolean matches(List<TextPattern> pattern, List<String> names) {
    // Like the matching of one word: only the last ** is ever tried again.
    int p = 0;
    int n = 0;
    int star = -1;
    int retry = 0;
    while (n < names.size()) {
      if (p < pattern.size() && pattern.get(p).equals(FOLDERS)) {
        star = p++;
        retry = n;
      } else if (p < pattern.size() && pattern.get(p).matches(names.get(n), Certainty.SURE)) {
        p++;
        n++;
      } else if (star >= 0) {
        p = star + 1;
        n = ++retry;
      } else {
        return false;
      }
    }
    while (p < pattern.size() && pattern.get(p).equals(FOLDERS)) {
      p++;
    }
    return p == pattern.size();
  }

  private static boolean meet(List<TextPattern> a, List<TextPattern> b) {
    boolean[] row = new boolean[b.size() + 1];
    row[b.size()] = true;
    for (int j = b.size() - 1; j >= 0 && b.get(j).equals(FOLDERS); j--) {
      row[j] = true;
    }
    for (int i = a.size() - 1; i >= 0; i--) {
      boolean folders = a.get(i).equals(FOLDERS);
      boolean[] before = new boolean[b.size() + 1];
      before[b.size()] = folders && row[b.size()];
      for (int j = b.size() - 1; j >= 0; j--) {
        before[j] =
            (folders || b.get(j).equals(FOLDERS))
                ? row[j] || before[j + 1]
                : row[j + 1] && a.get(i).meets(b.get(j));
      }
      row = before;
    }
    return row[0];
  }

  /* row[n]: what is left of wide after the current name covers what is left of narrow from n. */
  private static boolean covers(List<TextPattern> wide, List<TextPattern> narrow) {
    boolean[] row = new boolean[narrow.size() + 1];
    row[narrow.size()] = true;
    for (int w = wide.size() - 1; w >= 0; w--) {
      boolean folders = wide.get(w).equals(FOLDERS);
      boolean[] before = new boolean[narrow.size() + 1];
      before[narrow.size()] = folders && row[narrow.size()];
      for (int n = narrow.size() - 1; n >= 0; n--) {
        before[n] =
            folders
                ? row[n] || before[n + 1]
                : row[n + 1] && !narrow.get(n).equals(FOLDERS) && wide.get(w).covers(narrow.get(n));
      }
      row = before;
    }
    return row[0];
  }
}
