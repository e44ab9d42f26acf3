// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.guard;

import static java.util.Objects.requireNonNull;

import dev.redoubt.guard.policy.Layers.Managed;
import dev.redoubt.guard.policy.Origin;
import dev.redoubt.guard.policy.Policy;
import dev.redoubt.guard.policy.Policy.FailMode;
import dev.redoubt.guard.policy.PolicyFile;
import dev.redoubt.model.RedoubtException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.LocalDate;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads the policy of whoever manages the machine.
///
/// `managed.pub` (an Ed25519 key in PEM) enrolls the machine. From then on `managed.toml` has to be
/// there, signed over its exact bytes by `managed.toml.sig`, and not expired; the folder and its
/// files have to belong to root and be writable by nobody else. When something is wrong everything
/// is denied, unless a policy that was signed says `fail-mode = "last-known"`: then the one that
/// expired goes on, or the signed copy `managed.last.toml` takes the place of one that is missing.
final class ManagedPolicy {

  /// What a broken policy means at a start.
  static final String CONSEQUENCE = ", so everything is denied";

  /// The files that make it up.
  static final List<String> FILES =
      List.of(
          "managed.pub",
          "managed.toml",
          "managed.toml.sig",
          "managed.last.toml",
          "managed.last.toml.sig");

  private static final int LARGEST_KEY = 8_192;
  private static final int SIGNATURE = 64;

  private final Path folder;
  private final LocalDate today;
  private final int owner;

  private ManagedPolicy(Path folder, LocalDate today, int owner) {
    this.folder = requireNonNull(folder, "folder");
    this.today = requireNonNull(today, "today");
    this.owner = owner;
  }

  /// Returns what the policy in `folder` means on the day `today`. Never fails: what cannot be read
  /// is broken.
  ///
  /// @param owner the number of the user whom the folder has to belong to
  static Managed read(Path folder, LocalDate today, int owner) {
    return new ManagedPolicy(folder, today, owner).state();
  }

  private Managed state() {
    if (!exists("managed.pub") && !exists("managed.toml")) {
      return new Managed.NotEnrolled();
    }
    PublicKey key;
    try {
      requireOwned(folder);
      key = key();
    } catch (NotGoodException e) {
      return broken(String.valueOf(e.getMessage()));
    }
    try {
      Policy policy = signed("managed.toml", key);
      boolean expired = policy.expires().filter(last -> today.isAfter(last)).isPresent();
      return expired && policy.failMode() == FailMode.DENY
          ? broken("managed.toml expired on " + policy.expires().orElseThrow())
          : new Managed.InForce(policy.rules());
    } catch (NotGoodException e) {
      return lastKnown(key, String.valueOf(e.getMessage()));
    }
  }

  private Managed lastKnown(PublicKey key, String reason) {
    try {
      Policy last = signed("managed.last.toml", key);
      return last.failMode() == FailMode.LAST_KNOWN
          ? new Managed.InForce(last.rules())
          : broken(reason);
    } catch (NotGoodException e) {
      return broken(reason);
    }
  }

  private Managed broken(String reason) {
    return new Managed.Broken(
        "this machine has a managed policy that cannot be used"
            + CONSEQUENCE
            + ": "
            + reason
            + "; ask whoever manages it to put a signed managed.toml into "
            + folder);
  }

  private boolean exists(String name) {
    // What cannot be looked at counts as there: the answer is then an error, not "not managed".
    return !Files.notExists(folder.resolve(name), LinkOption.NOFOLLOW_LINKS);
  }

  private PublicKey key() throws NotGoodException {
    String pem = new String(bytes("managed.pub", LARGEST_KEY), StandardCharsets.US_ASCII);
    String base64 =
        pem.replace("-----BEGIN PUBLIC KEY-----", "")
            .replace("-----END PUBLIC KEY-----", "")
            .replaceAll("\\s", "");
    try {
      return KeyFactory.getInstance("Ed25519")
          .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(base64)));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new NotGoodException("managed.pub is no Ed25519 key in PEM", e);
    }
  }

  private Policy signed(String name, PublicKey key) throws NotGoodException {
    byte[] text = bytes(name, PolicyFile.LARGEST);
    byte[] signature = signature(bytes(name + ".sig", LARGEST_KEY));
    try {
      Signature verifier = Signature.getInstance("Ed25519");
      verifier.initVerify(key);
      verifier.update(text);
      if (!verifier.verify(signature)) {
        throw new NotGoodException(name + ".sig is no signature of " + name, null);
      }
      return PolicyFile.read(text, folder.resolve(name).toString(), Origin.MANAGED, today);
    } catch (GeneralSecurityException e) {
      throw new NotGoodException(name + ".sig is no signature of " + name, e);
    } catch (RedoubtException e) {
      throw new NotGoodException(String.valueOf(e.getMessage()), e);
    }
  }

  /* As 64 bytes, or as text in Base64. */
  private static byte[] signature(byte[] bytes) throws NotGoodException {
    if (bytes.length == SIGNATURE) {
      return bytes;
    }
    try {
      return Base64.getDecoder().decode(new String(bytes, StandardCharsets.US_ASCII).strip());
    } catch (IllegalArgumentException e) {
      throw new NotGoodException("the signature is neither 64 bytes nor Base64", e);
    }
  }

  private byte[] bytes(String name, int most) throws NotGoodException {
    Path file = folder.resolve(name);
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new NotGoodException(name + " is missing, or no plain file", null);
    }
    requireOwned(file);
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      byte[] bytes = in.readNBytes(most + 1);
      if (bytes.length > most) {
        throw new NotGoodException("%s is over %,d bytes".formatted(name, most), null);
      }
      return bytes;
    } catch (IOException e) {
      throw new NotGoodException("%s cannot be read: %s".formatted(name, e.getMessage()), e);
    }
  }

  private void requireOwned(Path path) throws NotGoodException {
    try {
      Object uid = Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS);
      Set<PosixFilePermission> permissions =
          Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS);
      boolean open =
          permissions.contains(PosixFilePermission.GROUP_WRITE)
              || permissions.contains(PosixFilePermission.OTHERS_WRITE);
      if (open || !Integer.valueOf(owner).equals(uid)) {
        throw new NotGoodException(
            "%s does not belong to root alone: chown root and chmod go-w".formatted(path), null);
      }
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
      throw new NotGoodException(
          "whom %s belongs to cannot be told: %s".formatted(path, e.getMessage()), e);
    }
  }

  private static final class NotGoodException extends Exception {
    private static final long serialVersionUID = 1L;

    NotGoodException(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }
}
