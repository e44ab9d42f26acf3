// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.trust;

import static java.util.Objects.requireNonNull;

import dev.redoubt.advisory.files.AtomicFile;
import dev.redoubt.document.Json;
import dev.redoubt.document.Limits;
import dev.redoubt.document.Node;
import dev.redoubt.guard.Action.ConfigKind;
import dev.redoubt.guard.trust.TrustItem;
import dev.redoubt.guard.trust.TrustRecord;
import dev.redoubt.model.ErrorCode;
import dev.redoubt.model.RedoubtException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;

/// The kept yes to one checkout: a file of its own under `DATA/trust`, mode 0600.
///
/// It is complete or not there: it is written aside, forced to the disk and moved into place. One
/// that others may write, or that is damaged, counts as not there, with the reason.
final class TrustFile {

  private static final Limits LIMITS = new Limits(8 << 20, 10, 100_000);
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private final Path folder;
  private final Path file;

  private TrustFile(Path file) {
    this.file = file;
    this.folder = requireNonNull(file.getParent(), "a file lies in a folder");
  }

  /// What was found.
  sealed interface Kept {
    record Nothing() implements Kept {}

    record Found(TrustRecord record) implements Kept {}

    /// It cannot be used.
    record Broken(String problem) implements Kept {}
  }

  /// Returns the file of the checkout at `workspace`, a real path, whether or not it exists.
  static TrustFile of(Path dataDir, Path workspace) {
    String name = CheckoutReader.sha256(workspace.toString()).substring(0, 32);
    return new TrustFile(dataDir.resolve("trust").resolve(name + ".json"));
  }

  /// Returns every file, by name.
  static List<TrustFile> all(Path dataDir) {
    List<TrustFile> all = new ArrayList<>();
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(dataDir.resolve("trust"), "*.json")) {
      for (Path file : files) {
        all.add(new TrustFile(file));
      }
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException e) {
      throw new RedoubtException(
          ErrorCode.UNREADABLE, "cannot list \"%s\"".formatted(dataDir.resolve("trust")), e);
    }
    all.sort((left, right) -> left.file.compareTo(right.file));
    return all;
  }

  Path path() {
    return file;
  }

  /// Returns what is kept for the checkout at `workspace`.
  Kept read(Path workspace) {
    return switch (read()) {
      case Kept.Found(TrustRecord record) when !record.workspace().equals(workspace.toString()) ->
          new Kept.Broken("\"%s\" is about another folder".formatted(file));
      case Kept kept -> kept;
    };
  }

  /// Returns what is kept, whichever checkout it is about.
  Kept read() {
    try {
      if (Files.notExists(file, LinkOption.NOFOLLOW_LINKS)) {
        return new Kept.Nothing();
      }
      Optional<String> open = openTo(file).or(() -> openTo(folder));
      if (open.isPresent()) {
        return new Kept.Broken(open.get());
      }
      byte[] bytes;
      try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
        bytes = in.readNBytes((int) LIMITS.bytes() + 1);
      }
      return new Kept.Found(record(Json.read(bytes, LIMITS)));
    } catch (IOException | IllegalArgumentException | DateTimeException e) {
      return new Kept.Broken("\"%s\" cannot be used: %s".formatted(file, e.getMessage()));
    }
  }

  /* Whoever may write the file, or replace it in its folder, could grant trust. */
  private static Optional<String> openTo(Path path) {
    try {
      PosixFileAttributes attributes =
          Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      if (attributes.isSymbolicLink()) {
        return Optional.of("\"%s\" is a link".formatted(path));
      }
      boolean others =
          attributes.permissions().contains(PosixFilePermission.GROUP_WRITE)
              || attributes.permissions().contains(PosixFilePermission.OTHERS_WRITE);
      return others ? Optional.of("others may write \"%s\"".formatted(path)) : Optional.empty();
    } catch (UnsupportedOperationException e) {
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of("\"%s\" cannot be read".formatted(path));
    }
  }

  private static TrustRecord record(Node node) {
    if (!node.scalar("version").equals(Optional.of("1"))) {
      throw new IllegalArgumentException("it is not of version 1");
    }
    List<TrustItem> items = new ArrayList<>();
    for (Node item : node.items("items")) {
      items.add(
          new TrustItem(
              ConfigKind.valueOf(text(item, "kind")),
              text(item, "path"),
              text(item, "sha256"),
              text(item, "what")));
    }
    return new TrustRecord(text(node, "workspace"), Instant.parse(text(node, "trusted")), items);
  }

  private static String text(Node node, String key) {
    return node.text(key)
        .orElseThrow(() -> new IllegalArgumentException("\"%s\" is missing".formatted(key)));
  }

  /// Keeps `record` in place of what was kept before.
  void write(TrustRecord record) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
      json.writeStartObject();
      json.writeNumberProperty("version", 1);
      json.writeStringProperty("workspace", record.workspace());
      json.writeStringProperty("trusted", record.since().toString());
      TrustOutput.items(json, record.items());
      json.writeEndObject();
    }
    makeFolder();
    ByteBuffer content = ByteBuffer.wrap(bytes.toByteArray());
    try (AtomicFile staged = AtomicFile.stage(file, List.of(content))) {
      staged.publish();
    }
  }

  private void makeFolder() {
    try {
      Files.createDirectories(requireNonNull(folder.getParent()));
      if (Files.notExists(folder)) {
        Files.createDirectory(
            folder,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      }
    } catch (UnsupportedOperationException e) {
      // Without POSIX rights the folder inherits those of the data folder.
    } catch (IOException e) {
      throw new RedoubtException(
          ErrorCode.UNWRITABLE, "cannot make the folder \"%s\"".formatted(folder), e);
    }
  }

  /// Forgets the checkout; returns whether there was something to forget.
  boolean delete() {
    try {
      return Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new RedoubtException(ErrorCode.UNWRITABLE, "cannot delete \"%s\"".formatted(file), e);
    }
  }
}
