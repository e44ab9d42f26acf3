// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.javascript;

import dev.redoubt.document.Node;
import dev.redoubt.scan.api.SourceFile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/// The patterns that say which folders below a project belong to its workspace.
///
/// Patterns know `*` and `?` within one segment, `**` for any number of segments, `{a,b}` and a
/// leading `!` that takes folders out again; the last pattern that fits a folder decides.
final class Workspaces {

  private static final int MOST_PATTERNS = 256;
  private static final int MOST_FOLDERS = 10_000;
  private static final int DEEPEST = 16;

  private final List<Pattern> patterns;

  private Workspaces(List<Pattern> patterns) {
    this.patterns = patterns;
  }

  /// Returns the workspace of the texts in `patterns`; of more than 256 patterns the first ones
  /// count.
  static Workspaces of(List<Node> patterns) {
    List<Pattern> read = new ArrayList<>();
    for (Node node : patterns) {
      String text = node.scalar().orElse("");
      boolean out = text.startsWith("!");
      for (String single : alternatives(out ? text.substring(1) : text)) {
        if (read.size() < MOST_PATTERNS && single.length() <= 1024) {
          read.add(new Pattern(segments(single), out));
        }
      }
    }
    return new Workspaces(read);
  }

  boolean isEmpty() {
    return patterns.isEmpty();
  }

  /// Returns whether the folder `path`, relative to the project, is a member.
  boolean claims(String path) {
    List<String> segments = segments(path);
    boolean member = false;
    for (Pattern pattern : patterns) {
      if (matches(pattern.segments, segments)) {
        member = !pattern.out;
      }
    }
    return member;
  }

  /// Returns the members' package.json files, sorted by path, found from a file that lies in the
  /// folder of the project. At most 10,000 folders are looked at, 16 levels deep; `node_modules`
  /// and folders whose name starts with a dot hold no members.
  List<SourceFile> members(SourceFile from) {
    Search search = new Search();
    for (Pattern pattern : patterns) {
      if (!pattern.out) {
        collect(from, "", pattern, 0, search);
      }
    }
    return search.found.stream()
        .filter(this::claims)
        .flatMap(folder -> from.sibling(folder + "/package.json").stream())
        .toList();
  }

  /// What one look for members has found and how often it may still look into a folder.
  private static final class Search {
    final TreeSet<String> found = new TreeSet<>();
    int budget = MOST_FOLDERS;
    int depth;
  }

  private static void collect(
      SourceFile from, String folder, Pattern pattern, int index, Search search) {
    if (index == pattern.segments.size()) {
      if (!folder.isEmpty()) {
        search.found.add(folder);
      }
      return;
    }
    String segment = pattern.segments.get(index);
    boolean anyDepth = segment.equals("**");
    if (anyDepth) {
      collect(from, folder, pattern, index + 1, search);
    }
    if (segment.indexOf('*') < 0 && segment.indexOf('?') < 0) {
      collect(from, join(folder, segment), pattern, index + 1, search);
      return;
    }
    if (search.depth >= DEEPEST || search.budget-- <= 0) {
      return;
    }
    search.depth++;
    for (String entry : from.siblings(folder)) {
      String name = entry.endsWith("/") ? entry.substring(0, entry.length() - 1) : "";
      boolean member = !name.isEmpty() && !name.startsWith(".") && !name.equals("node_modules");
      if (member && (anyDepth || fits(segment, name))) {
        collect(from, join(folder, name), pattern, anyDepth ? index : index + 1, search);
      }
    }
    search.depth--;
  }

  private static String join(String folder, String name) {
    return folder.isEmpty() ? name : folder + "/" + name;
  }

  private static List<String> segments(String path) {
    return Arrays.stream(path.split("/", -1))
        .filter(segment -> !segment.isEmpty() && !segment.equals("."))
        .toList();
  }

  /* One row of the usual table for each segment of the pattern, so the time is the product of both
  lengths however many stars there are. */
  private static boolean matches(List<String> pattern, List<String> path) {
    boolean[] reached = new boolean[path.size() + 1];
    reached[0] = true;
    for (String segment : pattern) {
      boolean[] next = new boolean[path.size() + 1];
      if (segment.equals("**")) {
        boolean any = false;
        for (int i = 0; i <= path.size(); i++) {
          any |= reached[i];
          next[i] = any;
        }
      } else {
        for (int i = 0; i < path.size(); i++) {
          next[i + 1] = reached[i] && fits(segment, path.get(i));
        }
      }
      reached = next;
    }
    return reached[path.size()];
  }

  /// Returns whether `name` fits a pattern of letters, `?` and `*`, in time that only the product
  /// of both lengths bounds.
  static boolean fits(String pattern, String name) {
    int p = 0;
    int n = 0;
    int star = -1;
    int resume = 0;
    while (n < name.length()) {
      if (p < pattern.length() && pattern.charAt(p) == '*') {
        star = p++;
        resume = n;
      } else if (p < pattern.length()
          && (pattern.charAt(p) == '?' || pattern.charAt(p) == name.charAt(n))) {
        p++;
        n++;
      } else if (star >= 0) {
        p = star + 1;
        n = ++resume;
      } else {
        return false;
      }
    }
    while (p < pattern.length() && pattern.charAt(p) == '*') {
      p++;
    }
    return p == pattern.length();
  }

  /* a{b,c}d becomes abd and acd; braces within braces stay as they are. */
  private static List<String> alternatives(String pattern) {
    List<String> open = List.of(pattern);
    for (int round = 0; round < 4; round++) {
      List<String> next = new ArrayList<>();
      for (String text : open) {
        int start = text.indexOf('{');
        int end = text.indexOf('}', start + 1);
        if (start < 0 || end < 0 || next.size() > MOST_PATTERNS) {
          next.add(text);
        } else {
          for (String word : text.substring(start + 1, end).split(",", -1)) {
            next.add(text.substring(0, start) + word + text.substring(end + 1));
          }
        }
      }
      open = next;
    }
    return open;
  }

  private record Pattern(List<String> segments, boolean out) {
    private Pattern {
      segments = List.copyOf(segments);
    }
  }
}
