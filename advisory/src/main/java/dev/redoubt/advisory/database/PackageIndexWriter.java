// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.advisory.database;

import dev.redoubt.advisory.files.ByteSink;
import dev.redoubt.advisory.osv.Affected;
import dev.redoubt.advisory.osv.OsvRange;
import dev.redoubt.advisory.versions.VersionOrder;
import dev.redoubt.advisory.versions.VersionOrder.Version;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Collects affected parts, record by record, and writes the two sections that [PackageIndex]
/// reads.
final class PackageIndexWriter {

  private final Map<String, Open> byName = new LinkedHashMap<>();
  private final StringTable.Writer strings;
  private final @Nullable VersionOrder order;

  /// @param order the order of the ecosystem's versions, or null when it has none here
  PackageIndexWriter(StringTable.Writer strings, @Nullable VersionOrder order) {
    this.strings = strings;
    this.order = order;
  }

  /// @param record not below that of any part added before
  /// @param name normalised
  void add(int record, String name, Affected affected) {
    Open open = byName.computeIfAbsent(name, _ -> new Open());
    ByteSink out = new ByteSink(16);
    out.varint(record - open.lastRecord);
    open.lastRecord = record;
    out.varint(strings.id(affected.coordinate().release()));
    out.varint(affected.ranges().size());
    for (OsvRange range : affected.ranges()) {
      out.octet(RecordCodec.code(range.type()));
      out.varint(range.events().size());
      for (OsvRange.Event event : range.events()) {
        out.varint(((long) strings.id(event.version()) << 2) | RecordCodec.code(event.kind()));
      }
    }
    int[] versions = affected.versions().stream().mapToInt(strings::id).toArray();
    open.parts.add(new Part(out.toArray(), versions));
  }

  /// Returns the section of packages and fills `slots`, of the size [#slotCount()], with offsets.
  ByteSink packages(int[] slots) {
    ByteSink packages = new ByteSink();
    byName.forEach((name, open) -> {
      int slot = PackageIndex.home(name, slots.length);
      while (slots[slot] != 0) {
        slot = slot + 1 == slots.length ? 0 : slot + 1;
      }
      slots[slot] = packages.length() + 1;
      packages.text(name);
      write(open, packages);
    });
    return packages;
  }

  /// Returns the size of the hash table: two thirds of it in use.
  int slotCount() {
    return byName.isEmpty() ? 0 : byName.size() + byName.size() / 2 + 1;
  }

  private void write(Open open, ByteSink out) {
    int[] pool =
        open.parts.stream().flatMapToInt(part -> Arrays.stream(part.versions)).distinct().toArray();
    int[] sorted = sorted(pool);
    Map<Integer, Integer> places = new HashMap<>();
    out.varint(sorted.length);
    int last = 0;
    for (int id : sorted) {
      places.put(id, places.size());
      out.signed(id - last);
      last = id;
    }
    out.varint(open.parts.size());
    for (Part part : open.parts) {
      out.raw(part.head, 0, part.head.length);
      runs(Arrays.stream(part.versions).map(places::get).sorted().distinct().toArray(), out);
    }
  }

  /* The versions of a record are mostly neighbours in the order of versions. */
  private int[] sorted(int[] pool) {
    VersionOrder known = order;
    if (known == null || pool.length < 2) {
      return pool;
    }
    record Placed(int id, Version version) {}
    List<Placed> placed = new ArrayList<>(pool.length);
    for (int id : pool) {
      placed.add(new Placed(id, known.parse(strings.text(id))));
    }
    placed.sort(Comparator.comparing(Placed::version));
    return placed.stream().mapToInt(Placed::id).toArray();
  }

  private static void runs(int[] places, ByteSink out) {
    int runs = 0;
    for (int i = 0; i < places.length; i++) {
      runs += i == 0 || places[i] != places[i - 1] + 1 ? 1 : 0;
    }
    out.varint(runs);
    int next = 0;
    for (int i = 0; i < places.length; ) {
      int end = i + 1;
      while (end < places.length && places[end] == places[end - 1] + 1) {
        end++;
      }
      out.varint(places[i] - next);
      out.varint(end - i - 1);
      next = places[end - 1] + 1;
      i = end;
    }
  }

  private static final class Part {
    final byte[] head;
    final int[] versions;

    /// @param head everything but the listed versions
    /// @param versions ids in the table of strings
    Part(byte[] head, int[] versions) {
      this.head = head;
      this.versions = versions;
    }
  }

  private static final class Open {
    final List<Part> parts = new ArrayList<>(1);
    int lastRecord;
  }
}
