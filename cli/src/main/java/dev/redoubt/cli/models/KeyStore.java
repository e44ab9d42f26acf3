// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.models;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;

import dev.redoubt.agent.models.ApiKey;
import dev.redoubt.cli.GlobalOptions;
import dev.redoubt.cli.Surroundings;
import dev.redoubt.model.ErrorCode;
import dev.redoubt.model.RedoubtException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/// The keys that `redoubt auth add` was given: in the keyring of the desktop where there is one
/// that works, else each in a file of mode 0600 beside the user's configuration.
///
/// @param folder of the files, and of the notes that say which keys are in the keyring
record KeyStore(Path folder, Optional<Keyring> keyring) {

  private static final int LONGEST = 16 * 1024;

  /// Where a key is.
  sealed interface Place {

    /// In the keyring.
    record InKeyring() implements Place {}

    /// In a file.
    record InFile(Path file) implements Place {}
  }

  /// Which places may be used.
  enum Wanted {
    ANY,
    FILE
  }

  KeyStore {
    requireNonNull(folder, "folder");
    requireNonNull(keyring, "keyring");
  }

  static KeyStore of(Surroundings world) {
    Path beside = requireNonNull(GlobalOptions.userConfig(world).getParent());
    return new KeyStore(beside.resolve("keys"), Keyring.of(world));
  }

  /// Keeps `key` in place of what was kept before, and returns where.
  Place put(String provider, ApiKey key, Wanted wanted) throws InterruptedException {
    boolean ring = wanted == Wanted.ANY && keyring.isPresent() && keyring.get().put(provider, key);
    try {
      makeFolder();
      if (ring) {
        write(note(provider), "");
        Files.deleteIfExists(file(provider));
        return new Place.InKeyring();
      }
      write(file(provider), key.reveal() + "\n");
      Files.deleteIfExists(note(provider));
      return new Place.InFile(file(provider));
    } catch (IOException e) {
      throw new RedoubtException(
          ErrorCode.UNWRITABLE,
          "cannot keep a key in \"%s\": %s".formatted(folder, RedoubtException.reason(e)),
          e);
    }
  }

  /// Returns where the key of `provider` is; empty when there is none.
  Optional<Place> place(String provider) {
    if (Files.exists(note(provider))) {
      return Optional.of(new Place.InKeyring());
    }
    return Files.exists(file(provider))
        ? Optional.of(new Place.InFile(file(provider)))
        : Optional.empty();
  }

  /// Returns the key of `provider`; empty when there is none.
  ///
  /// @throws RedoubtException UNREADABLE if there is one that cannot be had, or that others can
  ///   read
  Optional<ApiKey> get(String provider) throws InterruptedException {
    Optional<Place> place = place(provider);
    if (place.isEmpty()) {
      return Optional.empty();
    }
    return switch (place.get()) {
      case Place.InKeyring() -> {
        Optional<ApiKey> key = keyring.isPresent() ? keyring.get().get(provider) : Optional.empty();
        if (key.isEmpty()) {
          throw new RedoubtException(
              ErrorCode.UNREADABLE,
              "the key of %s is in the keyring, which does not give it: unlock it or run redoubt auth add %s"
                  .formatted(provider, provider));
        }
        yield key;
      }
      case Place.InFile(Path file) -> Optional.of(read(file));
    };
  }

  private static ApiKey read(Path file) {
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      if (isPosix()) {
        Set<PosixFilePermission> rights = Files.getPosixFilePermissions(file);
        if (rights.contains(PosixFilePermission.GROUP_READ)
            || rights.contains(PosixFilePermission.OTHERS_READ)) {
          throw new RedoubtException(
              ErrorCode.UNREADABLE,
              "others can read the key in \"%s\": chmod 600 it, or add it anew".formatted(file));
        }
      }
      return ApiKey.of(new String(in.readNBytes(LONGEST), US_ASCII));
    } catch (IOException e) {
      throw new RedoubtException(
          ErrorCode.UNREADABLE,
          "cannot read the key in \"%s\": %s".formatted(file, RedoubtException.reason(e)),
          e);
    } catch (IllegalArgumentException e) {
      throw new RedoubtException(
          ErrorCode.UNREADABLE, "there is no key in \"%s\": add it anew".formatted(file), e);
    }
  }

  /// Forgets the key of `provider`; returns whether there was one.
  boolean remove(String provider) throws InterruptedException {
    Optional<Place> place = place(provider);
    if (place.isEmpty()) {
      return false;
    }
    if (place.get() instanceof Place.InKeyring
        && !(keyring.isPresent() && keyring.get().remove(provider))) {
      throw new RedoubtException(
          ErrorCode.UNWRITABLE,
          "the keyring did not let the key of %s be removed: unlock it".formatted(provider));
    }
    try {
      Files.deleteIfExists(note(provider));
      Files.deleteIfExists(file(provider));
    } catch (IOException e) {
      throw new RedoubtException(
          ErrorCode.UNWRITABLE,
          "cannot remove \"%s\": %s".formatted(file(provider), RedoubtException.reason(e)),
          e);
    }
    return true;
  }

  private Path file(String provider) {
    return folder.resolve(provider + ".key");
  }

  private Path note(String provider) {
    return folder.resolve(provider + ".keyring");
  }

  private void makeFolder() throws IOException {
    Files.createDirectories(requireNonNull(folder.getParent()));
    if (Files.notExists(folder)) {
      Files.createDirectory(folder, owner("rwx------"));
    }
  }

  /// Writes a file that nobody else could ever open, and then puts it in its place.
  private void write(Path file, String text) throws IOException {
    Path fresh = folder.resolve(file.getFileName() + ".new");
    Files.deleteIfExists(fresh);
    Set<StandardOpenOption> create =
        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try (SeekableByteChannel channel = Files.newByteChannel(fresh, create, owner("rw-------"))) {
      ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(US_ASCII));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static FileAttribute<?>[] owner(String rights) {
    return isPosix()
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(rights))
        }
        : new FileAttribute<?>[0];
  }

  private static boolean isPosix() {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
  }
}
