// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.engine;

import dev.redoubt.document.DocumentException;
import dev.redoubt.scan.api.FileEntry;
import dev.redoubt.scan.api.SourceFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/// One regular file of a [FileTree].
final class DiskFile implements SourceFile {

  private static final int MOST_SIBLINGS = 10_000;

  private final FileTree tree;
  private final FileEntry entry;

  DiskFile(FileTree tree, FileEntry entry) {
    this.tree = tree;
    this.entry = entry;
  }

  @Override
  public FileEntry entry() {
    return entry;
  }

  @Override
  public byte[] bytes() throws IOException {
    long limit = tree.limits().fileBytes();
    if (entry.size() > limit) {
      throw tooLarge(entry.size(), limit);
    }
    Path path = tree.resolve(entry);
    if (!Files.isRegularFile(path)) {
      throw new DocumentException(null, "is no longer a regular file", "scan again");
    }
    try (InputStream in = Files.newInputStream(path)) {
      byte[] bytes = in.readNBytes((int) Math.min(limit + 1, Integer.MAX_VALUE - 8));
      if (bytes.length > limit) {
        throw tooLarge(Files.size(path), limit);
      }
      return bytes;
    }
  }

  @Override
  public String text() throws IOException {
    byte[] bytes = bytes();
    Charset charset = StandardCharsets.UTF_8;
    int mark = 0;
    if (startsWith(bytes, 0xEF, 0xBB, 0xBF)) {
      mark = 3;
    } else if (startsWith(bytes, 0xFF, 0xFE)) {
      charset = StandardCharsets.UTF_16LE;
      mark = 2;
    } else if (startsWith(bytes, 0xFE, 0xFF)) {
      charset = StandardCharsets.UTF_16BE;
      mark = 2;
    }
    return charset
        .newDecoder()
        .decode(ByteBuffer.wrap(bytes, mark, bytes.length - mark))
        .toString();
  }

  @Override
  public Optional<SourceFile> sibling(String relative) {
    return tree.find(entry, relative);
  }

  @Override
  public List<String> siblings() {
    return siblings("");
  }

  @Override
  public List<String> siblings(String relative) {
    Optional<Path> folder = tree.folder(entry, relative);
    if (folder.isEmpty()) {
      return List.of();
    }
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder.get())) {
      for (Path path : entries) {
        if (names.size() == MOST_SIBLINGS) {
          break;
        }
        Path name = path.getFileName();
        if (name != null) {
          names.add(Files.isDirectory(path) ? name + "/" : name.toString());
        }
      }
    } catch (IOException e) {
      return List.of();
    }
    Collections.sort(names);
    return names;
  }

  private static boolean startsWith(byte[] bytes, int... prefix) {
    if (bytes.length < prefix.length) {
      return false;
    }
    for (int i = 0; i < prefix.length; i++) {
      if ((bytes[i] & 0xFF) != prefix[i]) {
        return false;
      }
    }
    return true;
  }

  private static DocumentException tooLarge(long size, long limit) {
    return new DocumentException(
        null,
        "%,d bytes is over the limit of %,d".formatted(size, limit),
        "raise scan.max-file-size, or remove the file from what is scanned");
  }
}
