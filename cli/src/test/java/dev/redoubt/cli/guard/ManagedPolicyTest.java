// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.guard.policy.Layers.Managed;
import dev.redoubt.guard.policy.Layers.Managed.Broken;
import dev.redoubt.guard.policy.Layers.Managed.InForce;
import dev.redoubt.guard.policy.Layers.Managed.NotEnrolled;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.LocalDate;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs({OS.LINUX, OS.MAC})
class ManagedPolicyTest {

  private static final LocalDate TODAY = LocalDate.of(2026, 11, 22);
  private static final String RULE =
      "[[guard.rules]]\neffect='deny'\naction='run'\ncommand='curl *'\nreason='no'\n";

  @TempDir private Path folder;
  private KeyPair keys;

  @BeforeEach
  void enroll() throws GeneralSecurityException, IOException {
    keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    write(
        "managed.pub",
        ("-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(keys.getPublic().getEncoded())
                + "\n-----END PUBLIC KEY-----\n")
            .getBytes(StandardCharsets.US_ASCII));
  }

  @Test
  void whatWasSignedIsInForce() throws Exception {
    sign("managed.toml", RULE);

    assertThat(state())
        .isInstanceOfSatisfying(
            InForce.class, inForce -> assertThat(inForce.rules().rules()).hasSize(1));
  }

  @Test
  void aMachineWithoutAKeyIsNotManaged() throws IOException {
    Files.delete(folder.resolve("managed.pub"));

    assertThat(state()).isEqualTo(new NotEnrolled());
  }

  @Test
  void aPolicyWithoutAKeyIsBroken() throws Exception {
    sign("managed.toml", RULE);
    Files.delete(folder.resolve("managed.pub"));

    assertBroken("managed.pub is missing, or no plain file");
  }

  @Test
  void aMissingPolicyDeniesEverything() {
    assertBroken("managed.toml is missing, or no plain file");
  }

  @Test
  void aMissingSignatureDeniesEverything() throws Exception {
    sign("managed.toml", RULE);
    Files.delete(folder.resolve("managed.toml.sig"));

    assertBroken("managed.toml.sig is missing, or no plain file");
  }

  @Test
  void oneAlteredByteDeniesEverything() throws Exception {
    sign("managed.toml", RULE);
    write("managed.toml", RULE.replace("curl", "curI").getBytes(StandardCharsets.UTF_8));

    assertBroken("managed.toml.sig is no signature of managed.toml");
  }

  @Test
  void anExpiredPolicyDeniesEverythingUnlessItSaidOtherwise() throws Exception {
    sign("managed.toml", RULE + "[guard.managed]\nexpires = 2026-11-21\n");
    assertBroken("managed.toml expired on 2026-11-21");

    sign(
        "managed.toml", RULE + "[guard.managed]\nexpires = 2026-11-21\nfail-mode = 'last-known'\n");
    assertThat(state()).isInstanceOf(InForce.class);
  }

  @Test
  void theLastKnownPolicyTakesThePlaceOfOneThatIsMissing() throws Exception {
    sign("managed.last.toml", RULE + "[guard.managed]\nfail-mode = 'last-known'\n");
    assertThat(state()).isInstanceOf(InForce.class);

    sign("managed.last.toml", RULE);
    assertBroken("managed.toml is missing, or no plain file");
  }

  @Test
  void whatOthersCanWriteIsNotTrusted() throws Exception {
    sign("managed.toml", RULE);
    Files.setPosixFilePermissions(
        folder.resolve("managed.toml"), PosixFilePermissions.fromString("rw-rw-r--"));

    assertBroken("managed.toml does not belong to root alone: chown root and chmod go-w");
  }

  @Test
  void aLinkIsNotFollowed() throws Exception {
    sign("managed.toml", RULE);
    Files.move(folder.resolve("managed.toml"), folder.resolve("other.toml"));
    Files.createSymbolicLink(folder.resolve("managed.toml"), Path.of("other.toml"));

    assertBroken("managed.toml is missing, or no plain file");
  }

  @Test
  void aPolicyThatIsNotUnderstoodDeniesEverything() throws Exception {
    sign("managed.toml", "[guard]\nruls = []\n");

    assertBroken("there is no key \"guard.ruls\"; did you mean \"rules\"?");
  }

  private void assertBroken(String reason) {
    assertThat(state())
        .isInstanceOfSatisfying(
            Broken.class, broken -> assertThat(broken.reason()).contains(reason));
  }

  private Managed state() {
    try {
      int owner = (int) Files.getAttribute(folder, "unix:uid");
      return ManagedPolicy.read(folder, TODAY, owner);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private void sign(String name, String text) throws GeneralSecurityException, IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    Signature signer = Signature.getInstance("Ed25519");
    signer.initSign(keys.getPrivate());
    signer.update(bytes);
    write(name, bytes);
    write(name + ".sig", Base64.getEncoder().encode(signer.sign()));
  }

  private void write(String name, byte[] bytes) throws IOException {
    Path file = folder.resolve(name);
    Files.write(file, bytes);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
  }
}
