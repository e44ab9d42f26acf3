// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.advisory.database;

import dev.redoubt.advisory.files.ByteSource;
import dev.redoubt.advisory.files.CorruptFileException;
import dev.redoubt.advisory.files.SectionFile;
import dev.redoubt.advisory.osv.OsvRecord;
import dev.redoubt.model.RedoubtException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/// The compiled advisories of one ecosystem, mapped into memory.
///
/// Holds every copy of every record, also those that never match (withdrawn, or older than another
/// source's copy), so that the next import needs nothing but this file. Immutable and safe to
/// share; a file that replaces it on disk does not change what this one answers.
public final class AdvisoryFile {

  /* Sections. META: ecosystem, sources. STRINGS: count, end offsets, UTF-8. SLOTS: hash table of
   * offsets into PACKAGES, plus one; zero is free. PACKAGES: per name the name and its affected
   * parts. STATES: one byte per record. BLOCKS: the records, deflated 64 at a time. */
  static final int META = 0;
  static final int STRINGS = 1;
  static final int SLOTS = 2;
  static final int PACKAGES = 3;
  static final int STATES = 4;
  static final int BLOCKS = 5;

  /// Records in one deflated block.
  static final int PER_BLOCK = 64;

  /// The state of a record that matches; any other never does.
  static final int ACTIVE = 1;

  static final SectionFile.Format FORMAT =
      new SectionFile.Format("RDBTADVS", 1, "run redoubt db import … or redoubt db sync");

  private static final int MAX_BLOCK = 1 << 30;
  private static final int CACHED_BLOCKS = 128;

  private final SectionFile file;
  private final String ecosystem;
  private final List<Source> sources;
  private final StringTable strings;
  private final ByteBuffer blocks;
  private final ByteBuffer states;

  /* The blocks inflated last, each at its number modulo the size; a few megabytes at most. */
  private final AtomicReferenceArray<@Nullable Block> inflated =
      new AtomicReferenceArray<>(CACHED_BLOCKS);

  private AdvisoryFile(SectionFile file) {
    this.file = file;
    ByteSource meta = new ByteSource(file.section(META));
    ecosystem = meta.text();
    int count = meta.count();
    List<Source> read = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      read.add(Source.read(meta));
    }
    sources = List.copyOf(read);
    strings = new StringTable(file.section(STRINGS));
    blocks = file.section(BLOCKS);
    states = file.section(STATES);
  }

  /// Opens `path` and checks it from end to end.
  ///
  /// @throws RedoubtException with code `ADVISORY_FILE` if it is not exactly what was written
  public static AdvisoryFile open(Path path) {
    SectionFile file = SectionFile.open(path, FORMAT);
    return guarded(path, () -> new AdvisoryFile(file));
  }

  /// Returns the ecosystem, as OSV names it, without a release.
  public String ecosystem() {
    return ecosystem;
  }

  /// Returns where its records came from.
  public List<Source> sources() {
    return sources;
  }

  /// Returns how many records it holds, every copy counted.
  public int size() {
    return states.limit();
  }

  /// Returns how many of them can match.
  public int active() {
    int active = 0;
    for (int i = 0; i < size(); i++) {
      active += isActive(i) ? 1 : 0;
    }
    return active;
  }

  /// Returns where the file lies, or lay when it was opened.
  public Path path() {
    return file.path();
  }

  /// Returns the size of the file in bytes.
  public long length() {
    return file.length();
  }

  /// Returns the SHA-256 of its content, in hexadecimal.
  public String sha256() {
    return file.sha256();
  }

  /// Checks the SHA-256 and that every record and every package can be read.
  ///
  /// @throws RedoubtException with code `ADVISORY_FILE` if not
  public void verify() {
    file.verify(FORMAT);
    for (int i = 0; i < size(); i++) {
      record(i);
    }
    guarded(path(), () -> new PackageIndex(file, strings).verify(size()));
  }

  /// Returns record `index`, counted from 0.
  OsvRecord record(int index) {
    return guarded(path(), () -> block(index / PER_BLOCK).record(index % PER_BLOCK));
  }

  /// Returns the name of the source that record `index` came from.
  String source(int index) {
    int source = guarded(path(), () -> block(index / PER_BLOCK).source(index % PER_BLOCK));
    if (source >= sources.size()) {
      throw SectionFile.refused(path(), FORMAT, "a record has no source");
    }
    return sources.get(source).name();
  }

  boolean isActive(int index) {
    return states.get(index) == ACTIVE;
  }

  PackageIndex packages() {
    return guarded(path(), () -> new PackageIndex(file, strings));
  }

  /// Returns what `read` returns, with every sign of malformed bytes turned into an error that
  /// names the file.
  static <T> T guarded(Path path, Supplier<T> read) {
    try {
      return read.get();
    } catch (CorruptFileException | BufferUnderflowException | IndexOutOfBoundsException e) {
      throw SectionFile.refused(path, FORMAT, "it is corrupted: " + e.getMessage());
    }
  }

  private Block block(int number) {
    if (number < 0 || number >= blocks.getInt(0)) {
      throw new CorruptFileException("it has no block " + number);
    }
    Block cached = inflated.get(number % CACHED_BLOCKS);
    if (cached != null && cached.number == number) {
      return cached;
    }
    int entry = 4 + 12 * number;
    int from = blocks.getInt(entry);
    int length = blocks.getInt(entry + 4);
    int raw = blocks.getInt(entry + 8);
    if (raw < 0 || raw > MAX_BLOCK) {
      throw new CorruptFileException("a block is too large");
    }
    Block block = new Block(number, inflate(blocks.slice(from, length), raw));
    inflated.set(number % CACHED_BLOCKS, block);
    return block;
  }

  private static ByteBuffer inflate(ByteBuffer deflated, int length) {
    try (Inflater inflater = new Inflater(true)) {
      inflater.setInput(deflated);
      ByteBuffer raw = ByteBuffer.allocate(length);
      while (raw.hasRemaining() && inflater.inflate(raw) > 0) {
        // Until the block is full or the input is at its end.
      }
      if (raw.hasRemaining()) {
        throw new CorruptFileException("a block ends too early");
      }
      return raw.flip();
    } catch (DataFormatException e) {
      throw new CorruptFileException("a block cannot be inflated");
    }
  }

  /// An inflated block: per record its source, its length and its bytes.
  private static final class Block {

    private final int number;
    private final List<ByteBuffer> records = new ArrayList<>();
    private final List<Integer> sources = new ArrayList<>();

    Block(int number, ByteBuffer raw) {
      this.number = number;
      ByteSource in = new ByteSource(raw);
      while (in.remaining() > 0) {
        sources.add(in.varint());
        records.add(in.slice(in.count()));
      }
    }

    OsvRecord record(int index) {
      return RecordCodec.read(new ByteSource(records.get(index)));
    }

    int source(int index) {
      return sources.get(index);
    }
  }
}
