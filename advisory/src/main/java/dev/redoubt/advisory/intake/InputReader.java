// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.advisory.intake;

import dev.redoubt.advisory.osv.OsvReader;
import dev.redoubt.advisory.osv.OsvRecord;
import dev.redoubt.document.DocumentException;
import dev.redoubt.model.ErrorCode;
import dev.redoubt.model.RedoubtException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/// Reads every record of an archive, of a folder with all folders below it, or of a single file.
///
/// Archives are read in place and nothing is extracted, so names of entries are never paths. Links
/// and hidden folders are not followed; files that are neither `.json`, `.yaml`, `.yml` nor `.zip`
/// are passed over. What one record has wrong is told to the sink and the next is read; an archive
/// that is broken as a whole, or an input over its bounds, ends the import.
final class InputReader {

  private static final int PROGRESS_EVERY = 256;

  private final Bounds bounds;
  private final ImportProgress progress;
  private final MessageDigest digest;
  private final Sink sink;
  private long total;
  private int files;

  InputReader(Bounds bounds, ImportProgress progress, MessageDigest digest, Sink sink) {
    this.bounds = bounds;
    this.progress = progress;
    this.digest = digest;
    this.sink = sink;
  }

  /// Takes what was read.
  interface Sink {
    /// Takes a record.
    ///
    /// @param container the archive or folder it came from
    void record(String container, OsvRecord record);

    void rejected(String container, String entry, String reason);
  }

  /// Reads `input` from end to end.
  ///
  /// @throws RedoubtException with code `UNREADABLE` or `ADVISORY_INPUT`
  void read(Path input) {
    try {
      if (Files.isDirectory(input)) {
        folder(input);
      } else {
        file(input, folderOf(input));
      }
    } catch (IOException e) {
      throw new RedoubtException(
          ErrorCode.UNREADABLE,
          "cannot read \"%s\": %s: check the path and its permissions"
              .formatted(input, RedoubtException.reason(e)),
          e);
    }
  }

  private void folder(Path root) throws IOException {
    List<Path> found = new ArrayList<>();
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            boolean hidden =
                !folder.equals(root) && folder.getFileName().toString().startsWith(".");
            return hidden ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isRegularFile() && !extension(file.getFileName().toString()).isEmpty()) {
              count(root);
              found.add(file);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    found.sort(null);
    long loose = found.stream().filter(file -> !isArchive(file)).count();
    long done = 0;
    for (Path file : found) {
      digest.update(root.relativize(file).toString().getBytes(StandardCharsets.UTF_8));
      file(file, folderOf(file));
      if (!isArchive(file) && ++done % PROGRESS_EVERY == 0) {
        progress.at(root.toString(), done, loose);
      }
    }
  }

  private void file(Path file, Path folder) throws IOException {
    if (isArchive(file) || startsAsArchive(file)) {
      digestOf(file);
      archive(file);
      return;
    }
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = bounded(in);
    }
    digest.update(bytes);
    document(folder.toString(), file.getFileName().toString(), bytes);
  }

  private void archive(Path path) {
    try (ZipFile zip = new ZipFile(path.toFile())) {
      long compressed = Files.size(path);
      long before = total;
      int done = 0;
      Enumeration<? extends ZipEntry> entries = zip.entries();
      while (entries.hasMoreElements()) {
        ZipEntry entry = entries.nextElement();
        count(path);
        if (!entry.isDirectory() && isDocument(entry.getName())) {
          entry(path, zip, entry);
        }
        if (total - before > bounds.ratioFrom() && total - before > compressed * bounds.ratio()) {
          throw refused(
              path,
              "its records are over %d times its size, as in a zip bomb".formatted(bounds.ratio()),
              "get the archive again from its source");
        }
        if (++done % PROGRESS_EVERY == 0) {
          progress.at(path.toString(), done, zip.size());
        }
      }
      progress.at(path.toString(), done, zip.size());
    } catch (IOException e) {
      throw refused(path, "is no readable zip archive: " + e.getMessage(), "get it again");
    }
  }

  private void entry(Path path, ZipFile zip, ZipEntry entry) {
    byte[] bytes;
    try (InputStream in = zip.getInputStream(entry)) {
      bytes = bounded(in);
    } catch (ZipException e) {
      sink.rejected(path.toString(), entry.getName(), "cannot be inflated: " + e.getMessage());
      return;
    } catch (IOException e) {
      sink.rejected(path.toString(), entry.getName(), "cannot be read: " + e.getMessage());
      return;
    }
    CRC32 crc = new CRC32();
    crc.update(bytes);
    if (bytes.length <= bounds.record()
        && entry.getCrc() != -1
        && entry.getCrc() != crc.getValue()) {
      sink.rejected(path.toString(), entry.getName(), "is damaged: its CRC-32 does not match");
      return;
    }
    document(path.toString(), entry.getName(), bytes);
  }

  private void document(String container, String name, byte[] bytes) {
    if (bytes.length > bounds.record()) {
      sink.rejected(container, name, "is over the limit of %,d bytes".formatted(bounds.record()));
      return;
    }
    OsvReader.Syntax syntax =
        extension(name).equals("yaml") ? OsvReader.Syntax.YAML : OsvReader.Syntax.JSON;
    OsvRecord record;
    try {
      record = OsvReader.read(bytes, syntax);
    } catch (DocumentException e) {
      String at = e.line() == null ? "" : " (line %d)".formatted(e.line());
      sink.rejected(container, name, e.getMessage() + at);
      return;
    }
    sink.record(container, record);
  }

  /* One byte more than allowed tells that there is more. */
  private byte[] bounded(InputStream in) throws IOException {
    byte[] bytes = in.readNBytes((int) Math.min(Integer.MAX_VALUE - 8, bounds.record() + 1));
    total += bytes.length;
    if (total > bounds.total()) {
      throw new RedoubtException(
          ErrorCode.ADVISORY_INPUT,
          "the records are over %,d bytes in all: import them in parts".formatted(bounds.total()));
    }
    return bytes;
  }

  private void count(Path path) {
    if (++files > bounds.files()) {
      throw refused(path, "it has over %,d files".formatted(bounds.files()), "import it in parts");
    }
  }

  private void digestOf(Path file) throws IOException {
    byte[] buffer = new byte[1 << 16];
    try (InputStream in = Files.newInputStream(file)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
      }
    }
  }

  private static boolean startsAsArchive(Path file) throws IOException {
    if (!extension(file.getFileName().toString()).isEmpty()) {
      return false;
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] first = in.readNBytes(2);
      return first.length == 2 && first[0] == 'P' && first[1] == 'K';
    }
  }

  private static Path folderOf(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    return folder == null ? file : folder;
  }

  private static boolean isArchive(Path file) {
    return extension(file.getFileName().toString()).equals("zip");
  }

  private static boolean isDocument(String name) {
    String extension = extension(name);
    return !extension.isEmpty() && !extension.equals("zip");
  }

  /// Returns `json`, `yaml` or `zip`, or empty for any other kind of name.
  private static String extension(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (lower.endsWith(".json")) {
      return "json";
    }
    if (lower.endsWith(".yaml") || lower.endsWith(".yml")) {
      return "yaml";
    }
    return lower.endsWith(".zip") ? "zip" : "";
  }

  private static RedoubtException refused(Path path, String what, String remedy) {
    return new RedoubtException(
        ErrorCode.ADVISORY_INPUT, "cannot import \"%s\": %s: %s".formatted(path, what, remedy));
  }
}
