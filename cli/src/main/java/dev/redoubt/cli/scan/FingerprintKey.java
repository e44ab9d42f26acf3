// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.scan;

import dev.redoubt.secrets.Fingerprints;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Set;

/// The key under which this machine's secrets are fingerprinted. Made once, readable by its owner
/// only.
final class FingerprintKey {

  private static final int BYTES = 32;

  private FingerprintKey() {}

  /// Returns fingerprints under the key in `dataDir`; none when it can be neither read nor made,
  /// since a scan is worth more than its fingerprints.
  static Fingerprints in(Path dataDir) {
    Path file = dataDir.resolve("fingerprint.key");
    try {
      if (!Files.exists(file)) {
        make(file);
      }
      try (InputStream in = Files.newInputStream(file)) {
        byte[] key = in.readNBytes(BYTES);
        return key.length == BYTES ? Fingerprints.withKey(key) : Fingerprints.NONE;
      }
    } catch (IOException e) {
      return Fingerprints.NONE;
    }
  }

  private static void make(Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    byte[] key = new byte[BYTES];
    new SecureRandom().nextBytes(key);
    boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    FileAttribute<?>[] ownerOnly =
        posix
            ? new FileAttribute<?>[] {
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
            }
            : new FileAttribute<?>[0];
    Set<OpenOption> createNew = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try (SeekableByteChannel channel = Files.newByteChannel(file, createNew, ownerOnly)) {
      channel.write(ByteBuffer.wrap(key));
    } catch (FileAlreadyExistsException e) {
      // Another scan made it first; its key is as good.
      return;
    }
  }
}
