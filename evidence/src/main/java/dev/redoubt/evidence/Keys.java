// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.evidence;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.redoubt.model.ErrorCode;
import dev.redoubt.model.RedoubtException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/// The folder of keys: `private.pem` signs; `ID.pub.pem` stays for every key there ever was; with
/// each new key comes `ID.certificate.json`, in which the key before vouches for it.
public final class Keys {

  private static final String PRIVATE = "private.pem";
  private static final String PUBLIC = ".pub.pem";
  private static final String CERTIFICATE = ".certificate.json";
  private static final int LARGEST = 1 << 16;

  /* Keys are made one at a time: file locks only work between processes. */
  private static final Object MAKING = new Object();

  private final Path folder;

  public Keys(Path folder) {
    this.folder = folder;
  }

  /// Returns the key that signs. Makes one on first use.
  ///
  /// @throws RedoubtException if it cannot be read or made, or others may read it
  SigningKey signing() {
    try {
      Path file = folder.resolve(PRIVATE);
      if (!Files.exists(file)) {
        locked(() -> {
          if (!Files.exists(file)) {
            store(SigningKey.generate());
          }
        });
      }
      if (OwnerOnly.isOpenToOthers(file)) {
        throw new RedoubtException(
            ErrorCode.UNREADABLE,
            "the signing key \"%s\" may be read by others: chmod 600 it, then redoubt evidence keys rotate"
                .formatted(file));
      }
      return SigningKey.readPem(text(file));
    } catch (IOException | IllegalArgumentException e) {
      throw new RedoubtException(
          ErrorCode.UNWRITABLE,
          "cannot use the signing key in \"%s\": %s".formatted(folder, e.getMessage()),
          e);
    }
  }

  /// Makes a new key that signs from now on, vouched for by the one before, whose private half is
  /// gone afterwards.
  ///
  /// @return the id of the new key
  public String rotate() {
    SigningKey before = signing();
    SigningKey next = SigningKey.generate();
    KeyCertificate unsigned = new KeyCertificate(before.id(), next.id(), next.open().base64(), "");
    KeyCertificate certificate = unsigned.signed(before.sign(unsigned.message()));
    try {
      locked(() -> {
        OwnerOnly.replace(folder.resolve(next.id() + CERTIFICATE), certificate.payload());
        store(next);
      });
    } catch (IOException e) {
      throw new RedoubtException(
          ErrorCode.UNWRITABLE,
          "cannot write the new key to \"%s\": %s".formatted(folder, RedoubtException.reason(e)),
          e);
    }
    return next.id();
  }

  /// Returns every public key that is kept, sorted by id; none when there is no folder.
  ///
  /// @throws RedoubtException if the folder cannot be read
  public List<VerifyKey> open() {
    List<VerifyKey> keys = new ArrayList<>();
    if (!Files.isDirectory(folder)) {
      return keys;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + PUBLIC)) {
      for (Path file : files) {
        keys.addAll(VerifyKey.readPem(text(file)));
      }
    } catch (IOException e) {
      throw new RedoubtException(
          ErrorCode.UNREADABLE,
          "cannot read the keys in \"%s\": %s".formatted(folder, RedoubtException.reason(e)),
          e);
    }
    keys.sort(Comparator.comparing(VerifyKey::id));
    return keys;
  }

  /// Returns the id of the key that signs, or empty when none was made yet.
  public Optional<String> current() {
    return Files.exists(folder.resolve(PRIVATE)) ? Optional.of(signing().id()) : Optional.empty();
  }

  /// Returns the certificates that lead from key `from` to key `to`, in order.
  ///
  /// @throws IOException if there is no such way
  List<KeyCertificate> way(String from, String to) throws IOException {
    Deque<KeyCertificate> way = new ArrayDeque<>();
    for (String id = to; !id.equals(from); id = way.getFirst().previous()) {
      Path file = folder.resolve(id + CERTIFICATE);
      if (way.size() > 1000 || !Files.exists(file)) {
        throw new IOException(
            "key %s does not vouch for key %s: put the old keys back, or move the stream aside"
                .formatted(from, to));
      }
      way.addFirst(
          KeyCertificate.read(text(file).getBytes(US_ASCII))
              .orElseThrow(() -> new IOException("\"%s\" is no certificate".formatted(file))));
    }
    return List.copyOf(way);
  }

  private void store(SigningKey key) throws IOException {
    OwnerOnly.replace(folder.resolve(key.id() + PUBLIC), key.open().pem().getBytes(US_ASCII));
    OwnerOnly.replace(folder.resolve(PRIVATE), key.pem().getBytes(US_ASCII));
  }

  private void locked(Making work) throws IOException {
    OwnerOnly.makeFolder(folder);
    synchronized (MAKING) {
      try (FileChannel channel =
              FileChannel.open(
                  folder.resolve(".lock"),
                  OwnerOnly.options(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                  OwnerOnly.file());
          FileLock _ = channel.lock()) {
        work.run();
      }
    }
  }

  private static String text(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(LARGEST);
      return new String(bytes, US_ASCII);
    }
  }

  private interface Making {
    void run() throws IOException;
  }
}
