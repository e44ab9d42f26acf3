// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.landlock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.sandbox.kernel.LandlockAbi;
import dev.redoubt.sandbox.wall.Claim;
import dev.redoubt.sandbox.wall.EscapeCheck;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LandlockBackendTest {

  private static final String SIGNALS = "other programs of the user can be signalled";

  @ParameterizedTest
  @CsvSource({"3, false", "4, false", "5, false", "6, true", "7, true"})
  void whatSignalsReachIsClosedOnlyWhereTheKernelHoldsThem(int version, boolean held) {
    LandlockAbi abi = new LandlockAbi(version);

    assertThat(LandlockBackend.claim(EscapeCheck.SIGNAL_OUTSIDE, abi))
        .isEqualTo(held ? new Claim.Blocked() : new Claim.Gap(SIGNALS));
    assertThat(LandlockBackend.claim(EscapeCheck.ORPHAN, abi))
        .isEqualTo(
            held
                ? new Claim.Blocked()
                : new Claim.Gap("a command can kill its supervisor, and what it left goes on"));
    assertThat(LandlockBackend.gaps(abi).contains(SIGNALS)).isNotEqualTo(held);
    assertThat(LandlockBackend.claim(EscapeCheck.WRITE_OUTSIDE, abi))
        .isEqualTo(new Claim.Blocked());
  }
}
