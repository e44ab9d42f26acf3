// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.testkit.Hostile;
import dev.redoubt.testkit.Seeded;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProofTest {

  @TempDir private Path data;
  private Streams streams;

  @BeforeEach
  void write() {
    streams = new Streams(data);
    streams.write(Streams.every(5, 1 << 20), 12);
  }

  @Test
  void everyEntryButACheckpointCanBeProved() throws IOException {
    List<VerifyKey> keys = new Keys(streams.folder().keys()).open();
    for (long seq = 1; seq <= streams.verify().head().seq(); seq++) {
      Optional<Proof> proof = proof(seq);
      if (Streams.kind(streams.lines(1).get((int) seq - 1)).equals("checkpoint")) {
        assertThat(proof).isEmpty();
      } else {
        Proof read = Proof.read(proof.orElseThrow().json());
        assertThat(read).isEqualTo(proof.get());
        assertThat(read.check(keys))
            .isEqualTo(
                new Proof.Answer(
                    Optional.empty(), "guard", seq, keys.getFirst().id(), Proof.Pinned.GIVEN));
        assertThat(read.check(List.of()).pinned()).isEqualTo(Proof.Pinned.SELF_STATED);
      }
    }
  }

  @Test
  void aBentProofProvesNothing() throws IOException {
    Proof proof = proof(4).orElseThrow();
    Proof another = proof(8).orElseThrow();
    List<Proof> bent =
        List.of(
            with(proof, another.entry(), proof.path(), proof.checkpoint()),
            with(proof, proof.entry(), another.path(), proof.checkpoint()),
            with(proof, proof.entry(), proof.path(), another.checkpoint()),
            with(proof, proof.entry().replace("ls", "lt"), proof.path(), proof.checkpoint()),
            with(proof, proof.entry(), List.of(), proof.checkpoint()),
            with(proof, proof.entry(), List.of("zz"), proof.checkpoint()),
            with(proof, "", List.of(), ""));
    for (Proof one : bent) {
      assertThat(one.check(List.of()).reason()).as(one.toString()).isPresent();
    }
  }

  @Test
  void aProofUnderAnotherKeyProvesNothingToWhoPinnedOne() throws IOException {
    VerifyKey other = SigningKey.generate().open();
    assertThat(proof(4).orElseThrow().check(List.of(other)).reason())
        .hasValueSatisfying(reason -> assertThat(reason).contains("none of the keys given"));
  }

  @Test
  void aKeyThatWasGivenVouchesForTheOnesAfterIt() throws IOException {
    Keys keys = new Keys(streams.folder().keys());
    List<VerifyKey> first = keys.open();
    keys.rotate();
    streams.write(Streams.every(5, 1 << 20), 3);
    long last = streams.verify().head().seq() - 1;

    assertThat(proof(last).orElseThrow().check(first).reason()).isEmpty();
  }

  @Test
  void hostileFilesAreNoProof() {
    Hostile.inputs()
        .forEach((name, bytes) -> {
          try {
            assertThat(Proof.read(bytes).check(List.of()).reason()).as(name).isPresent();
          } catch (IOException e) {
            assertThat(e.getMessage()).as(name).isNotNull();
          }
        });
  }

  @Test
  void noByteOfAProofIsFree() throws IOException {
    byte[] good = proof(4).orElseThrow().json();
    List<VerifyKey> keys = new Keys(streams.folder().keys()).open();
    String claimed = proof(4).orElseThrow().entry();
    Seeded.check(
        300,
        random -> {
          byte[] bent = good.clone();
          bent[random.nextInt(bent.length)] ^= (byte) (1 << random.nextInt(7));
          try {
            Proof read = Proof.read(bent);
            if (read.check(keys).reason().isEmpty()) {
              assertThat(read.entry()).isEqualTo(claimed);
            }
          } catch (IOException e) {
            assertThat(e).isNotNull();
          }
        });
  }

  private Optional<Proof> proof(long seq) throws IOException {
    return Proof.of(StreamSource.of(streams.folder(), "guard"), entry -> entry.seq() == seq);
  }

  private static Proof with(Proof from, String entry, List<String> path, String checkpoint) {
    return new Proof(entry, path, checkpoint, from.keys(), from.certificates());
  }
}
