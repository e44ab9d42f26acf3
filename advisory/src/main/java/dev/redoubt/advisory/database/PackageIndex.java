// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.advisory.database;

import dev.redoubt.advisory.files.ByteSource;
import dev.redoubt.advisory.files.CorruptFileException;
import dev.redoubt.advisory.files.SectionFile;
import dev.redoubt.advisory.osv.Affected;
import dev.redoubt.advisory.osv.OsvRange;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Finds the affected parts of a package by its normalised name: an open hash table over the names.
///
/// A package is its name, its pool (every listed version once, in the order of versions) and its
/// parts: record, release, ranges, and the listed versions as runs in the pool.
///
/// A name that is not there costs no allocation. Stateless and safe to share.
final class PackageIndex {

  private final ByteBuffer slots;
  private final ByteBuffer packages;
  private final int slotCount;
  private final StringTable strings;

  PackageIndex(SectionFile file, StringTable strings) {
    this.slots = file.section(AdvisoryFile.SLOTS);
    this.packages = file.section(AdvisoryFile.PACKAGES);
    this.slotCount = slots.limit() / 4;
    this.strings = strings;
  }

  /// One affected part of one record.
  ///
  /// @param record the index of the record
  record Part(int record, Affected affected) {}

  /// Returns the parts about `name`, in the order of the records; empty when there is none.
  List<Part> find(String name) {
    int at = offset(name);
    return at < 0 ? List.of() : parts(at, name);
  }

  /// Reads every package once.
  ///
  /// @return how many there are
  int verify(int records) {
    int found = 0;
    for (int slot = 0; slot < slotCount; slot++) {
      int offset = slots.getInt(4 * slot) - 1;
      if (offset < 0) {
        continue;
      }
      found++;
      ByteSource in = new ByteSource(packages.duplicate().position(offset));
      for (Part part : parts(offset, in.text())) {
        if (part.record() >= records) {
          throw new CorruptFileException("a package names a record that is not there");
        }
      }
    }
    return found;
  }

  private int offset(String name) {
    if (slotCount == 0) {
      return -1;
    }
    int slot = home(name, slotCount);
    for (int tried = 0; tried < slotCount; tried++) {
      int offset = slots.getInt(4 * slot) - 1;
      if (offset < 0) {
        return -1;
      }
      if (isNamed(offset, name)) {
        return offset;
      }
      slot = slot + 1 == slotCount ? 0 : slot + 1;
    }
    return -1;
  }

  private boolean isNamed(int offset, String name) {
    int at = offset;
    int length = 0;
    for (int shift = 0; ; shift += 7) {
      int next = packages.get(at++);
      length |= (next & 0x7F) << shift;
      if (next >= 0) {
        break;
      }
      if (shift > 28) {
        throw new CorruptFileException("a name is too long");
      }
    }
    if (length < name.length()) {
      return false;
    }
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c > 0x7F) {
        return isNamedBeyondAscii(at, length, name);
      }
      if (packages.get(at + i) != c) {
        return false;
      }
    }
    return length == name.length();
  }

  private boolean isNamedBeyondAscii(int at, int length, String name) {
    byte[] utf8 = new byte[length];
    packages.get(at, utf8);
    return new String(utf8, StandardCharsets.UTF_8).equals(name);
  }

  private List<Part> parts(int offset, String name) {
    ByteSource in = new ByteSource(packages.duplicate().position(offset));
    in.text();
    List<String> pool = pool(in);
    int count = in.count();
    List<Part> parts = new ArrayList<>(count);
    int record = 0;
    for (int i = 0; i < count; i++) {
      record += in.varint();
      parts.add(new Part(record, affected(in, name, pool)));
    }
    return parts;
  }

  private List<String> pool(ByteSource in) {
    int count = in.count();
    List<String> pool = new ArrayList<>(count);
    int id = 0;
    for (int i = 0; i < count; i++) {
      id += in.signed();
      pool.add(strings.get(id));
    }
    return pool;
  }

  private Affected affected(ByteSource in, String name, List<String> pool) {
    String release = strings.get(in.varint());
    int rangeCount = in.count();
    List<OsvRange> ranges = new ArrayList<>(rangeCount);
    for (int i = 0; i < rangeCount; i++) {
      ranges.add(range(in));
    }
    int runs = in.count();
    List<String> versions = new ArrayList<>();
    int next = 0;
    for (int run = 0; run < runs; run++) {
      int from = next + in.varint();
      next = from + in.varint() + 1;
      versions.addAll(pool.subList(from, next));
    }
    return new Affected(new Affected.Coordinate("", release, name), ranges, versions, List.of());
  }

  private OsvRange range(ByteSource in) {
    OsvRange.Type type = RecordCodec.type(in.octet());
    int count = in.count();
    List<OsvRange.Event> events = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int packed = in.varint();
      events.add(new OsvRange.Event(RecordCodec.kind(packed & 3), strings.get(packed >>> 2)));
    }
    return new OsvRange(type, events);
  }

  static int home(String name, int slotCount) {
    int hash = name.hashCode();
    hash ^= hash >>> 16;
    hash *= 0x85EBCA6B;
    hash ^= hash >>> 13;
    hash *= 0xC2B2AE35;
    hash ^= hash >>> 16;
    return (int) ((Integer.toUnsignedLong(hash) * slotCount) >>> 32);
  }
}
