// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.paths;

import dev.redoubt.guard.paths.SensitivePaths.Entry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Entries of the table of sensitive places by their first name, so that a judgement looks at a few
/// of some 600 only. Filled once, then safe to share.
final class SensitiveIndex {

  private final Sieve all = new Sieve();
  private final Map<String, List<Entry>> byFirst = new HashMap<>();
  private final Sieve wild = new Sieve();
  private final Sieve deepWild = new Sieve();
  private final List<Entry> dotted = new ArrayList<>();

  void add(Entry entry) {
    all.entries.add(entry);
    String first = entry.firstName();
    if (first.startsWith(".")) {
      dotted.add(entry);
    }
    if (GlobReader.isPlain(first)) {
      byFirst.computeIfAbsent(first, _ -> new ArrayList<>()).add(entry);
    } else if (entry.isOneName()) {
      wild.entries.add(entry);
    } else {
      deepWild.entries.add(entry);
    }
  }

  List<Entry> all() {
    return all.entries;
  }

  /// Adds to `found` the entries that `spot` is or could be, counted from the name at `from`.
  ///
  /// @param withWild whether patterns of one name are asked too
  void collect(Spot spot, int from, boolean withWild, List<Entry> found) {
    NamePattern name = spot.names().get(from);
    String first = name.only();
    if (first == null) {
      all.collect(name, spot, from, found);
      return;
    }
    collect(byFirst.getOrDefault(first, List.of()), spot, from, found);
    deepWild.collect(name, spot, from, found);
    if (withWild) {
      wild.collect(name, spot, from, found);
    }
  }

  /// Adds to `found` the entries that start with a written dot and that `spot` could be.
  void collectDotted(Spot spot, int from, List<Entry> found) {
    String first = spot.names().get(from).only();
    if (first == null) {
      collect(dotted, spot, from, found);
    } else if (first.startsWith(".")) {
      collect(byFirst.getOrDefault(first, List.of()), spot, from, found);
    }
  }

  private static void collect(List<Entry> entries, Spot spot, int from, List<Entry> found) {
    for (Entry entry : entries) {
      if (spot.isAt(entry, from)) {
        found.add(entry);
      }
    }
  }

  /* Entries of which nearly all are turned away by how their first name starts and ends. */
  private static final class Sieve {
    private final List<Entry> entries = new ArrayList<>();
    /* Made when first asked for; threads that make it at the same time make the same. */
    private @Nullable Edges edges;

    void collect(NamePattern name, Spot spot, int from, List<Entry> found) {
      Edges known = edges;
      if (known == null) {
        known = new Edges(entries);
        edges = known;
      }
      int start = name.start();
      int end = name.end();
      for (int at = 0; at < entries.size(); at++) {
        if (known.allow(at, start, end) && spot.isAt(entries.get(at), from)) {
          found.add(entries.get(at));
        }
      }
    }
  }

  /* How the first names of entries start and end, -1 where a wildcard does. */
  private static final class Edges {
    private final int[] starts;
    private final int[] ends;

    Edges(List<Entry> entries) {
      starts = new int[entries.size()];
      ends = new int[entries.size()];
      for (int at = 0; at < entries.size(); at++) {
        String first = entries.get(at).firstName();
        NamePattern name =
            GlobReader.isPlain(first) ? NamePattern.literal(first) : entries.get(at).first();
        starts[at] = name.start();
        ends[at] = name.end();
      }
    }

    /// Returns false when no name starts and ends in both ways.
    boolean allow(int at, int start, int end) {
      return (starts[at] < 0 || start < 0 || starts[at] == start)
          && (ends[at] < 0 || end < 0 || ends[at] == end);
    }
  }
}
