// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.advisory.database;

import dev.redoubt.advisory.files.AtomicFile;
import dev.redoubt.advisory.files.ByteSink;
import dev.redoubt.advisory.files.ByteSource;
import dev.redoubt.advisory.files.SectionFile;
import dev.redoubt.advisory.osv.Affected;
import dev.redoubt.advisory.osv.OsvRecord;
import dev.redoubt.advisory.versions.VersionOrders;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.Deflater;

/// The next advisory file of one ecosystem while its records come in.
///
/// Records are kept as bytes, a few hundred each. Of the copies of a record within one source the
/// newest stays; copies of several sources stay all, and the newest decides whether the record
/// matches. Between copies of the same age a withdrawn one stands. Not safe to share.
public final class Draft {

  private static final Comparator<Kept> NEWEST_FIRST =
      Comparator.comparing(Kept::modified)
          .reversed()
          .thenComparing(Comparator.comparing(Kept::withdrawn).reversed())
          .thenComparing(Kept::source);

  private final String ecosystem;
  private final NameRule names;
  private final Map<String, Source> sources = new TreeMap<>();
  private final Map<String, Map<String, Kept>> recordsBySource = new HashMap<>();
  private final ByteSink scratch = new ByteSink();

  public Draft(String ecosystem) {
    this.ecosystem = ecosystem;
    this.names = NameRule.of(ecosystem);
  }

  /// A record as bytes.
  private record Kept(
      String id, Instant modified, boolean withdrawn, String source, ByteBuffer bytes) {}

  /// Adds a record that names a package of this ecosystem.
  public void add(String source, OsvRecord record) {
    Map<String, Kept> records = recordsBySource.computeIfAbsent(source, _ -> new HashMap<>());
    Kept before = records.get(record.id());
    if (before != null && before.modified().isAfter(record.life().modified())) {
      return;
    }
    scratch.clear();
    RecordCodec.write(record.about(ecosystem), scratch);
    records.put(
        record.id(),
        new Kept(
            record.id(),
            record.life().modified(),
            record.life().withdrawn(),
            source,
            ByteBuffer.wrap(scratch.toArray())));
  }

  /// Adds what is known about a source, once all its records were added; the counts and the age are
  /// this draft's own.
  public void add(String name, Source.Rejected rejected, Instant imported, Source.Origin origin) {
    Collection<Kept> records = recordsBySource.getOrDefault(name, Map.of()).values();
    Instant asOf =
        records.stream().map(Kept::modified).max(Comparator.naturalOrder()).orElse(Instant.EPOCH);
    sources.put(name, new Source(name, records.size(), rejected, asOf, imported, origin));
  }

  /// Adds every source of `file` but `replaced`.
  public void addAllBut(String replaced, AdvisoryFile file) {
    for (Source source : file.sources()) {
      if (!source.name().equals(replaced)) {
        sources.put(source.name(), source);
      }
    }
    for (int i = 0; i < file.size(); i++) {
      String source = file.source(i);
      if (!source.equals(replaced)) {
        add(source, file.record(i));
      }
    }
  }

  /// Returns whether no source is left.
  public boolean isEmpty() {
    return sources.isEmpty();
  }

  /// Returns the ecosystem, without a release.
  public String ecosystem() {
    return ecosystem;
  }

  /// Returns how many records it holds of one source.
  public int size(String source) {
    return recordsBySource.getOrDefault(source, Map.of()).size();
  }

  /// Returns how many records it holds.
  public int size() {
    return recordsBySource.values().stream().mapToInt(Map::size).sum();
  }

  /// Writes the file beside `target`; it takes its place when the result is published.
  public AtomicFile stage(Path target) {
    List<String> sourceNames = List.copyOf(sources.keySet());
    StringTable.Writer strings = new StringTable.Writer();
    strings.id("");
    PackageIndexWriter packages =
        new PackageIndexWriter(strings, VersionOrders.forEcosystem(ecosystem).orElse(null));
    ByteSink states = new ByteSink();
    Blocks blocks = new Blocks();
    int index = 0;
    String id = "";
    for (Kept kept : sorted()) {
      boolean newest = !kept.id().equals(id);
      id = kept.id();
      states.octet(newest && !kept.withdrawn() ? AdvisoryFile.ACTIVE : 0);
      blocks.add(sourceNames.indexOf(kept.source()), kept.bytes());
      OsvRecord record = RecordCodec.read(new ByteSource(kept.bytes()));
      for (Affected part : record.affected()) {
        packages.add(index, names.normalise(part.coordinate().name()), part);
      }
      index++;
    }
    int[] slots = new int[packages.slotCount()];
    ByteSink packageSection = packages.packages(slots);
    ByteSink slotSection = new ByteSink(4 * slots.length);
    for (int slot : slots) {
      slotSection.int32(slot);
    }
    return SectionFile.stage(
        target,
        AdvisoryFile.FORMAT,
        List.of(meta(), strings.section(), slotSection, packageSection, states, blocks.section()));
  }

  private List<Kept> sorted() {
    List<Kept> all = new ArrayList<>(size());
    recordsBySource.values().forEach(records -> all.addAll(records.values()));
    all.sort(Comparator.comparing(Kept::id).thenComparing(NEWEST_FIRST));
    return all;
  }

  private ByteSink meta() {
    ByteSink meta = new ByteSink();
    meta.text(ecosystem);
    meta.varint(sources.size());
    sources.values().forEach(source -> source.write(meta));
    return meta;
  }

  /// Deflates records, so many at a time.
  private static final class Blocks {

    private final ByteSink table = new ByteSink();
    private final ByteSink deflated = new ByteSink();
    private final ByteSink raw = new ByteSink();
    private int blocks;
    private int records;

    void add(int source, ByteBuffer bytes) {
      raw.varint(source);
      raw.varint(bytes.limit());
      raw.raw(bytes.array(), bytes.arrayOffset(), bytes.limit());
      if (++records == AdvisoryFile.PER_BLOCK) {
        flush();
      }
    }

    ByteSink section() {
      flush();
      ByteSink section = new ByteSink(4 + table.length() + deflated.length());
      section.int32(blocks);
      int shift = 4 + table.length();
      ByteBuffer entries = table.view();
      for (int i = 0; i < blocks; i++) {
        section.int32(shift + entries.getInt());
        section.int32(entries.getInt());
        section.int32(entries.getInt());
      }
      section.append(deflated);
      return section;
    }

    private void flush() {
      if (records == 0) {
        return;
      }
      int from = deflated.length();
      try (Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true)) {
        deflater.setInput(raw.view());
        deflater.finish();
        byte[] buffer = new byte[1 << 14];
        while (!deflater.finished()) {
          deflated.raw(buffer, 0, deflater.deflate(buffer));
        }
      }
      table.int32(from);
      table.int32(deflated.length() - from);
      table.int32(raw.length());
      raw.clear();
      records = 0;
      blocks++;
    }
  }
}
