// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.advisory.enrichment;

import dev.redoubt.advisory.files.AtomicFile;
import dev.redoubt.advisory.files.ByteSink;
import dev.redoubt.advisory.files.ByteSource;
import dev.redoubt.advisory.files.CorruptFileException;
import dev.redoubt.advisory.files.SectionFile;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.SortedMap;

/// A mapped file of numbers by CVE: a sorted array of keys beside an array of values.
///
/// Immutable and safe to share.
final class CveTable {

  private final SectionFile file;
  private final Feed feed;
  private final ByteBuffer keys;
  private final ByteBuffer values;

  private CveTable(SectionFile file, SectionFile.Format format) {
    this.file = file;
    try {
      ByteSource meta = new ByteSource(file.section(0));
      feed = new Feed(meta.text(), meta.instant(), meta.instant(), meta.varint(), meta.text());
    } catch (CorruptFileException | BufferUnderflowException e) {
      throw SectionFile.refused(file.path(), format, "it is corrupted: " + e.getMessage());
    }
    keys = file.section(1);
    values = file.section(2);
    if (keys.limit() % 8 != 0 || values.limit() != keys.limit() / 2) {
      throw SectionFile.refused(file.path(), format, "its tables differ in length");
    }
  }

  static CveTable open(Path path, SectionFile.Format format) {
    return new CveTable(SectionFile.open(path, format), format);
  }

  /// Writes a table beside `target`.
  static AtomicFile stage(
      Path target, SectionFile.Format format, Feed feed, SortedMap<Long, Integer> entries) {
    ByteSink meta = new ByteSink();
    meta.text(feed.source());
    meta.instant(feed.asOf());
    meta.instant(feed.imported());
    meta.varint(feed.rejected());
    meta.text(feed.sha256());
    ByteSink keys = new ByteSink(8 * entries.size());
    ByteSink values = new ByteSink(4 * entries.size());
    entries.forEach((key, value) -> {
      keys.int64(key);
      values.int32(value);
    });
    return SectionFile.stage(target, format, List.of(meta, keys, values));
  }

  Feed feed() {
    return feed;
  }

  int size() {
    return keys.limit() / 8;
  }

  void verify(SectionFile.Format format) {
    file.verify(format);
  }

  OptionalInt value(long key) {
    int low = 0;
    int high = size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      long found = keys.getLong(8 * middle);
      if (found == key) {
        return OptionalInt.of(values.getInt(4 * middle));
      }
      if (found < key) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return OptionalInt.empty();
  }
}
