// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.redoubt.sandbox.ssh.KnownHashes.Stamp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KnownHashesTest {

  private static final String HASH = "a".repeat(64);
  private static final Stamp STAMP = Stamp.read("7 120 1000.5 1000.500000000");

  @TempDir Path folder;

  @Test
  void whatWasLookedAtIsKnownToTheNextSession() throws IOException {
    KnownHashes hashes = KnownHashes.read(folder.resolve("hashes"));
    hashes.learn("a b", STAMP, HASH, 1003_000_000_000L);
    hashes.keep();

    assertThat(KnownHashes.read(folder.resolve("hashes")).hash("a b", STAMP)).contains(HASH);
    assertThat(KnownHashes.read(folder.resolve("hashes")).hash("a", STAMP)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "8 120 1000.5 1000.5",
    "7 121 1000.5 1000.5",
    "7 120 1000.6 1000.5",
    "7 120 1000.5 1000.500000001"
  })
  void whatLooksInAnyWayDifferentIsNotKnown(String other) throws IOException {
    KnownHashes hashes = KnownHashes.read(folder.resolve("hashes"));
    hashes.learn("a", STAMP, HASH, 1003_000_000_000L);
    hashes.keep();

    assertThat(hashes.hash("a", Stamp.read(other))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"1000_500_000_000,false", "1002_499_999_999,false", "1002_500_000_000,true"})
  void whatChangedJustBeforeIsNotRemembered(String now, boolean known) throws IOException {
    KnownHashes hashes = KnownHashes.read(folder.resolve("hashes"));
    hashes.learn("a", STAMP, HASH, Long.parseLong(now.replace("_", "")));
    hashes.keep();

    assertThat(hashes.hash("a", STAMP).isPresent()).isEqualTo(known);
  }

  @Test
  void whatIsGoneIsForgotten() throws IOException {
    KnownHashes hashes = KnownHashes.read(folder.resolve("hashes"));
    hashes.learn("a", STAMP, HASH, Long.MAX_VALUE);
    hashes.keep();
    hashes.keep();

    assertThat(hashes.hash("a", STAMP)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "redoubt hashes 2\n", "redoubt hashes 1\nx\n", "redoubt hashes 1\na\tb\tc"})
  void aFileThatIsNotItsOwnCountsAsNone(String text) throws IOException {
    Files.writeString(folder.resolve("hashes"), text);

    assertThat(KnownHashes.read(folder.resolve("hashes")).hash("c", STAMP)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1 2 3", "1 2 3 x", "1 2 3 4 5", "a 2 3 4", "1 2 3 -", "1 2\t3 4"})
  void whatIsNoStampIsRefused(String text) {
    assertThatThrownBy(() -> Stamp.read(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
