// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.paths;

import static java.util.Objects.requireNonNull;

import dev.redoubt.guard.paths.SensitivePaths.Entry.Anchor;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The sensitive places every judgement knows, whether or not they exist.
///
/// Names are compared in their folded form, so neither case nor Unicode forms make a difference.
/// Immutable and safe to share.
final class SensitivePaths {

  private static final SensitivePaths BUILT_IN =
      new SensitivePaths(
          List.of(SecretPaths.OF_PEOPLE, SecretPaths.OF_MACHINES, ProtectedPaths.TABLE));

  /// How far a sensitive place is closed.
  enum Protection {
    /// Looks sensitive and is not: lifts the other entries of its kind.
    ORDINARY,
    /// Reading asks.
    PRIVATE,
    /// Writing and deleting ask.
    CAREFUL,
    /// Writing and deleting are denied.
    PROTECTED,
    /// Everything is denied.
    SECRET
  }

  /// One pattern of the table. Immutable to who asks.
  static final class Entry {

    /// From where a pattern counts.
    enum Anchor {
      ROOT,
      HOME,
      /// Every folder.
      ANYWHERE
    }

    private final Section section;
    private final Anchor anchor;
    private final String text;
    /* Read when first asked for: a judgement asks for a few of some 600, and reading all of them
    costs a start 5 ms. Threads that read it at the same time read the same. */
    private @Nullable List<NamePattern> pattern;
    private @Nullable NamePattern first;

    private Entry(Section section, Anchor anchor, String text) {
      this.section = section;
      this.anchor = anchor;
      this.text = text;
    }

    /// Returns the class of what lies there, a part of the rule's id.
    String kind() {
      return section.kind();
    }

    Protection protection() {
      return section.protection();
    }

    /// Returns the class in words.
    String what() {
      return section.what();
    }

    /// Returns from where the pattern counts.
    Anchor anchor() {
      return anchor;
    }

    /// Returns the names from the anchor on.
    List<NamePattern> pattern() {
      List<NamePattern> known = pattern;
      if (known == null) {
        known = Glob.of(text).names();
        pattern = known;
      }
      return known;
    }

    /// Returns the first of these names.
    NamePattern first() {
      NamePattern known = first;
      if (known == null) {
        known = pattern().getFirst();
        first = known;
      }
      return known;
    }

    /// Returns the text of the first of these names.
    String firstName() {
      int slash = text.indexOf('/');
      return slash < 0 ? text : text.substring(0, slash);
    }

    boolean isOneName() {
      return text.indexOf('/') < 0;
    }

    /// Returns the pattern from the anchor on as it stands in the table.
    @Override
    public String toString() {
      return text;
    }
  }

  /* What the entries below one line of the table have in common. */
  private record Section(String kind, Protection protection, String what) {}

  private final Map<Anchor, SensitiveIndex> sensitive = indexes();
  /* What lifts the others, looked at only when one of them is met. */
  private final Map<Anchor, SensitiveIndex> ordinary = indexes();

  private SensitivePaths(List<String> tables) {
    for (String table : tables) {
      new TableReader(table).readInto(this);
    }
  }

  private static Map<Anchor, SensitiveIndex> indexes() {
    Map<Anchor, SensitiveIndex> indexes = new EnumMap<>(Anchor.class);
    for (Anchor anchor : Anchor.values()) {
      indexes.put(anchor, new SensitiveIndex());
    }
    return indexes;
  }

  static SensitivePaths builtIn() {
    return BUILT_IN;
  }

  private static SensitiveIndex index(Map<Anchor, SensitiveIndex> indexes, Anchor anchor) {
    return requireNonNull(indexes.get(anchor));
  }

  private void add(Entry entry) {
    boolean lifts = entry.protection() == Protection.ORDINARY;
    index(lifts ? ordinary : sensitive, entry.anchor()).add(entry);
  }

  /// Returns every entry, in no order that means anything.
  List<Entry> all() {
    List<Entry> all = new ArrayList<>();
    for (Anchor anchor : Anchor.values()) {
      all.addAll(index(sensitive, anchor).all());
      all.addAll(index(ordinary, anchor).all());
    }
    return all;
  }

  /// Returns the entries that `spot` is or, as a glob, could be. What an ordinary entry lifts is
  /// left out.
  List<Entry> at(Spot spot) {
    List<Entry> found = at(spot, sensitive);
    return found.isEmpty() ? found : without(at(spot, ordinary), found);
  }

  private static List<Entry> at(Spot spot, Map<Anchor, SensitiveIndex> indexes) {
    List<Entry> found = new ArrayList<>();
    collect(indexes, Anchor.ROOT, spot, 0, found);
    for (int home : spot.homes()) {
      collect(indexes, Anchor.HOME, spot, home, found);
    }
    for (int from = 0; from < spot.size(); from++) {
      collect(indexes, Anchor.ANYWHERE, spot, from, found);
    }
    return found;
  }

  private static void collect(
      Map<Anchor, SensitiveIndex> indexes, Anchor anchor, Spot spot, int from, List<Entry> found) {
    if (from >= spot.size()) {
      return;
    }
    boolean wild = anchor != Anchor.ANYWHERE || from == spot.size() - 1 || spot.isGlob();
    index(indexes, anchor).collect(spot, from, wild, found);
  }

  private static List<Entry> without(List<Entry> lifting, List<Entry> found) {
    List<Entry> left = new ArrayList<>(found);
    for (Entry ordinary : lifting) {
      left.removeIf(entry -> entry.kind().equals(ordinary.kind()));
    }
    return left;
  }

  /// Returns the entries that lie below the folder `spot`, as far as the path alone tells: a secret
  /// of a home below `/home`, the hooks below `.git`, but not an environment file below `src`.
  List<Entry> below(Spot spot) {
    Spot all = spot.withAllBelow();
    List<Entry> found = below(spot, all, sensitive);
    return found.isEmpty() ? found : without(below(spot, all, ordinary), found);
  }

  private static List<Entry> below(Spot spot, Spot all, Map<Anchor, SensitiveIndex> indexes) {
    List<Entry> found = new ArrayList<>();
    collect(indexes, Anchor.ROOT, all, 0, found);
    for (int home : all.homes()) {
      collect(indexes, Anchor.HOME, all, home, found);
    }
    SensitiveIndex index = index(indexes, Anchor.ANYWHERE);
    for (int from = 0; from < spot.size(); from++) {
      index.collectDotted(all, from, found);
    }
    return found;
  }

  /* Reads the form SecretPaths describes. A mistake in it is ours, so it is an exception. */
  private static final class TableReader {
    private final String table;
    private @Nullable Section section;

    TableReader(String table) {
      this.table = table;
    }

    void readInto(SensitivePaths paths) {
      int start = 0;
      while (start < table.length()) {
        int end = table.indexOf('\n', start);
        if (table.charAt(start) == ' ') {
          patterns(table.substring(start, end), paths);
        } else {
          section = section(table.substring(start, end));
        }
        start = end + 1;
      }
    }

    private static Section section(String line) {
      int first = line.indexOf(' ');
      int second = line.indexOf(' ', first + 1);
      return new Section(
          line.substring(0, first),
          Protection.valueOf(line.substring(first + 1, second).toUpperCase(Locale.ROOT)),
          line.substring(second + 1));
    }

    private void patterns(String line, SensitivePaths paths) {
      int start = 0;
      for (int i = 0; i <= line.length(); i++) {
        if (i == line.length() || line.charAt(i) == ' ') {
          if (i > start) {
            paths.add(entry(line.substring(start, i)));
          }
          start = i + 1;
        }
      }
    }

    private Entry entry(String pattern) {
      if (section == null) {
        throw new IllegalStateException("\"" + pattern + "\" stands before the first section");
      }
      if (pattern.startsWith("~/")) {
        return new Entry(section, Anchor.HOME, pattern.substring(2));
      }
      if (pattern.startsWith("**/")) {
        return new Entry(section, Anchor.ANYWHERE, pattern.substring(3));
      }
      if (pattern.startsWith("/")) {
        return new Entry(section, Anchor.ROOT, pattern.substring(1));
      }
      throw new IllegalStateException("\"" + pattern + "\" starts nowhere");
    }
  }
}
