// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.install;

import static java.util.Objects.requireNonNull;

import dev.redoubt.model.ErrorCode;
import dev.redoubt.model.RedoubtException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/// A configuration of a client on the disk. Written at once or not at all, with the mode and the
/// owner it had; a link to it stays one.
final class ConfigurationFile {

  private static final int LARGEST = 64 << 20;

  private final Path file;

  ConfigurationFile(Path file) {
    this.file = requireNonNull(file, "file");
  }

  Path path() {
    return file;
  }

  /// Returns where what was there before the first change lies.
  Path backup() {
    return file.resolveSibling(file.getFileName() + ".before-redoubt");
  }

  /// Returns what it says.
  ///
  /// @throws RedoubtException UNREADABLE if it cannot be read or is no UTF-8
  String text() {
    return text(file)
        .orElseThrow(() ->
            new RedoubtException(
                ErrorCode.UNREADABLE, "\"%s\" is not there any more".formatted(file)));
  }

  /// Returns what the backup says; empty when there is none.
  Optional<String> before() {
    return text(backup());
  }

  private static Optional<String> text(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(LARGEST + 1);
      if (bytes.length > LARGEST) {
        throw new RedoubtException(
            ErrorCode.UNREADABLE, "\"%s\" is larger than %d bytes".formatted(file, LARGEST));
      }
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (CharacterCodingException e) {
      throw new RedoubtException(
          ErrorCode.UNREADABLE, "\"%s\" is not UTF-8: nothing was changed".formatted(file), e);
    } catch (IOException e) {
      throw new RedoubtException(
          ErrorCode.UNREADABLE,
          "cannot read \"%s\": %s".formatted(file, RedoubtException.reason(e)),
          e);
    }
  }

  /// Writes `after` in the place of `before`, which is kept as the backup when `keeping`.
  ///
  /// @throws RedoubtException UNWRITABLE if it cannot be written, or says something else than
  ///   `before` by now
  void replace(String before, String after, boolean keeping) {
    try {
      Path real = file.toRealPath();
      if (keeping) {
        write(backup(), before, real);
      }
      if (!text().equals(before)) {
        throw new RedoubtException(
            ErrorCode.UNWRITABLE,
            "\"%s\" was changed by somebody else meanwhile: nothing was written".formatted(file));
      }
      write(real, after, real);
    } catch (IOException e) {
      throw new RedoubtException(
          ErrorCode.UNWRITABLE,
          "cannot write \"%s\": %s".formatted(file, RedoubtException.reason(e)),
          e);
    }
  }

  /// Removes the backup.
  void forget() {
    try {
      Files.deleteIfExists(backup());
    } catch (IOException e) {
      throw new RedoubtException(
          ErrorCode.UNWRITABLE,
          "cannot remove \"%s\": %s".formatted(backup(), RedoubtException.reason(e)),
          e);
    }
  }

  private static void write(Path target, String text, Path like) throws IOException {
    Path folder = requireNonNull(target.getParent(), "a folder");
    PosixFileAttributeView view = Files.getFileAttributeView(like, PosixFileAttributeView.class);
    Path part =
        view == null
            ? Files.createTempFile(folder, ".redoubt", ".part")
            : Files.createTempFile(
                folder,
                ".redoubt",
                ".part",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try {
      try (FileChannel out = FileChannel.open(part, StandardOpenOption.WRITE)) {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
          out.write(bytes);
        }
        out.force(true);
      }
      if (view != null) {
        own(part, view.readAttributes());
      }
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private static void own(Path part, PosixFileAttributes like) throws IOException {
    PosixFileAttributeView view = Files.getFileAttributeView(part, PosixFileAttributeView.class);
    PosixFileAttributes now = view.readAttributes();
    if (!now.owner().equals(like.owner())) {
      view.setOwner(like.owner());
    }
    if (!now.group().equals(like.group())) {
      view.setGroup(like.group());
    }
    view.setPermissions(like.permissions());
  }
}
