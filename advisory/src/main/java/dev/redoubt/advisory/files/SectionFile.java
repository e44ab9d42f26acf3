// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.advisory.files;

import dev.redoubt.model.ErrorCode;
import dev.redoubt.model.RedoubtException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32C;

/// A read-only file of numbered sections, mapped into memory.
///
/// Layout, big-endian: 8 bytes magic · int32 format version · int32 number of sections · int64
/// length of the file · per section int64 offset and int64 length · the sections · SHA-256 of all
/// that precedes it · CRC-32C of all that precedes it. Opening checks lengths and the CRC-32C,
/// which finds every flipped byte and every cut; [#verify()] checks the SHA-256 too.
///
/// @param path where it was opened
/// @param whole the mapped file
/// @param sections parts of it, each from position 0 to its limit
/// @param sha256 the checksum stored in the file, in hexadecimal
public record SectionFile(Path path, ByteBuffer whole, List<ByteBuffer> sections, String sha256) {

  private static final int FIXED = 24;
  private static final int DIGEST = 32;
  private static final int TRAILER = DIGEST + 4;
  private static final int MAX_SECTIONS = 64;

  /// What the sections of a file mean, and since which version.
  ///
  /// @param magic exactly eight ASCII characters
  /// @param version written into new files; a file with another one is refused
  /// @param remedy what a person runs to get a good file, as in `run redoubt db import …`
  public record Format(String magic, int version, String remedy) {
    public Format {
      if (magic.length() != 8) {
        throw new IllegalArgumentException("the magic has eight characters");
      }
    }

    long magicNumber() {
      long number = 0;
      for (int i = 0; i < 8; i++) {
        number = (number << 8) | magic.charAt(i);
      }
      return number;
    }
  }

  public SectionFile {
    sections = List.copyOf(sections);
  }

  /// Returns the length of the file in bytes.
  public long length() {
    return whole.limit();
  }

  /// Returns section `number` at position 0, with a position of its own.
  public ByteBuffer section(int number) {
    return sections.get(number).duplicate();
  }

  /// Writes a file beside `target`; it takes its place with [AtomicFile#publish()].
  public static AtomicFile stage(Path target, Format format, List<ByteSink> sections) {
    ByteSink header = new ByteSink();
    header.int64(format.magicNumber());
    header.int32(format.version());
    header.int32(sections.size());
    long offset = FIXED + 16L * sections.size();
    long length = offset + TRAILER;
    for (ByteSink section : sections) {
      length += section.length();
    }
    if (length > Integer.MAX_VALUE) {
      throw new RedoubtException(
          ErrorCode.UNWRITABLE,
          "\"%s\" would be %,d bytes, over the limit of 2 GB: import fewer records"
              .formatted(target, length));
    }
    header.int64(length);
    for (ByteSink section : sections) {
      header.int64(offset);
      header.int64(section.length());
      offset += section.length();
    }
    List<ByteBuffer> parts = new ArrayList<>();
    parts.add(header.view());
    sections.forEach(section -> parts.add(section.view()));
    MessageDigest digest = newDigest();
    CRC32C crc = new CRC32C();
    for (ByteBuffer part : parts) {
      digest.update(part.duplicate());
      crc.update(part.duplicate());
    }
    byte[] hash = digest.digest();
    crc.update(hash);
    ByteSink trailer = new ByteSink();
    trailer.raw(hash, 0, hash.length);
    trailer.int32((int) crc.getValue());
    parts.add(trailer.view());
    return AtomicFile.stage(target, parts);
  }

  /// Opens `path`.
  ///
  /// @throws RedoubtException with [ErrorCode#ADVISORY_FILE] if it is unreadable, cut, corrupted,
  ///   of another kind or of a newer format
  public static SectionFile open(Path path, Format format) {
    ByteBuffer all = map(path, format);
    if (all.limit() < FIXED + TRAILER) {
      throw refused(path, format, "it is cut short");
    }
    if (all.getLong(0) != format.magicNumber()) {
      throw refused(path, format, "it is of another kind");
    }
    int version = all.getInt(8);
    if (version != format.version()) {
      throw refused(
          path,
          format,
          version > format.version()
              ? "its format %d is newer than %d, the newest this redoubt reads"
                  .formatted(version, format.version())
              : "its format %d is no longer read".formatted(version));
    }
    if (all.getLong(16) != all.limit()) {
      throw refused(
          path, format, "it has %,d bytes instead of %,d".formatted(all.limit(), all.getLong(16)));
    }
    CRC32C crc = new CRC32C();
    crc.update(all.duplicate().limit(all.limit() - 4));
    if ((int) crc.getValue() != all.getInt(all.limit() - 4)) {
      throw refused(path, format, "it is corrupted: its checksum does not match");
    }
    return new SectionFile(path, all, sections(path, format, all), storedDigest(all));
  }

  /// Reads the whole file once more and compares its SHA-256.
  ///
  /// @throws RedoubtException with [ErrorCode#ADVISORY_FILE] if it does not match
  public void verify(Format format) {
    MessageDigest digest = newDigest();
    digest.update(whole.duplicate().limit(whole.limit() - TRAILER));
    if (!hex(digest.digest()).equals(sha256)) {
      throw refused(path, format, "it is corrupted: its SHA-256 does not match");
    }
  }

  /// Returns the error for a file whose sections do not say what `format` promises.
  public static RedoubtException refused(Path path, Format format, String what) {
    return new RedoubtException(
        ErrorCode.ADVISORY_FILE,
        "cannot use \"%s\": %s: %s".formatted(path, what, format.remedy()));
  }

  private static List<ByteBuffer> sections(Path path, Format format, ByteBuffer all) {
    int count = all.getInt(12);
    int from = FIXED + 16 * count;
    if (count < 0 || count > MAX_SECTIONS || from > all.limit() - TRAILER) {
      throw refused(path, format, "its table of sections is wrong");
    }
    List<ByteBuffer> sections = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      long offset = all.getLong(FIXED + 16 * i);
      long length = all.getLong(FIXED + 16 * i + 8);
      if (offset < from || length < 0 || offset > all.limit() - TRAILER - length) {
        throw refused(path, format, "its table of sections is wrong");
      }
      sections.add(all.slice((int) offset, (int) length));
    }
    return sections;
  }

  private static ByteBuffer map(Path path, Format format) {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      long size = channel.size();
      if (size > Integer.MAX_VALUE) {
        throw refused(path, format, "it is over 2 GB");
      }
      return channel.map(FileChannel.MapMode.READ_ONLY, 0, size);
    } catch (IOException e) {
      throw new RedoubtException(
          ErrorCode.ADVISORY_FILE,
          "cannot read \"%s\": %s: %s".formatted(path, RedoubtException.reason(e), format.remedy()),
          e);
    }
  }

  private static String storedDigest(ByteBuffer all) {
    byte[] stored = new byte[DIGEST];
    all.get(all.limit() - TRAILER, stored);
    return hex(stored);
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private static MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new RedoubtException(ErrorCode.BUG, "the JDK has no SHA-256", e);
    }
  }
}
