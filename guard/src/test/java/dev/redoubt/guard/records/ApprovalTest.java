// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.redoubt.guard.Action;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApprovalTest {

  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  private static final String READ = ActionDigest.of(new Action.Read(Path.of("/a")));
  private static final String OTHER = ActionDigest.of(new Action.Read(Path.of("/b")));
  private static final Approval HOUR = new Approval(READ, "me", NOON, NOON.plusSeconds(3600));

  @Test
  void anApprovalCountsForExactlyWhatWasShownAndNotAfterItsEnd() {
    assertThat(HOUR.covers(READ, NOON)).isTrue();
    assertThat(HOUR.covers(READ, NOON.plusSeconds(3599))).isTrue();
    assertThat(HOUR.covers(READ, NOON.plusSeconds(3600))).isFalse();
    assertThat(HOUR.covers(READ, NOON.minusSeconds(1))).isFalse();
    assertThat(HOUR.covers(OTHER, NOON)).isFalse();
  }

  @Test
  void anApprovalWithoutADigestOrAnEndIsNone() {
    assertThatThrownBy(() -> new Approval("", "me", NOON, NOON.plusSeconds(1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Approval(READ, "me", NOON, NOON))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 64, true",
    "9, 64, true",
    "a, 64, true",
    "f, 64, true",
    "g, 64, false",
    "/, 64, false",
    ":, 64, false",
    "`, 64, false",
    "A, 64, false",
    "a, 63, false",
    "a, 65, false",
  })
  void aDigestIsSixtyFourSmallHexadecimalDigits(String digit, int length, boolean good) {
    String digest = digit.repeat(length);
    if (good) {
      assertThat(new Approval(digest, "me", NOON, NOON.plusSeconds(1)).digest()).isEqualTo(digest);
    } else {
      assertThatThrownBy(() -> new Approval(digest, "me", NOON, NOON.plusSeconds(1)))
          .isInstanceOf(IllegalArgumentException.class);
      String first = digit.repeat(1) + "a".repeat(length - 1);
      assertThatThrownBy(() -> new Approval(first, "me", NOON, NOON.plusSeconds(1)))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void aSessionForgetsWhatEndedOrWasTakenBack() {
    Approvals approvals = new SessionApprovals();
    approvals.add(HOUR);

    assertThat(approvals.find(READ, NOON)).contains(HOUR);
    assertThat(approvals.find(READ, NOON.minusSeconds(1))).isEmpty();
    assertThat(approvals.find(OTHER, NOON)).isEmpty();
    assertThat(approvals.find(READ, NOON.plusSeconds(3600))).isEmpty();
    assertThat(approvals.find(READ, NOON)).isEmpty();

    approvals.add(HOUR);
    approvals.revoke(READ);
    assertThat(approvals.find(READ, NOON)).isEmpty();
  }
}
