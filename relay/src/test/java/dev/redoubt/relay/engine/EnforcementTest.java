// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.relay.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.relay.engine.Enforcement.Mode;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnforcementTest {

  private static final Enforcement OBSERVING =
      new Enforcement(
          Mode.OBSERVE,
          Map.of(
              "policy.files.*", Mode.ENFORCE,
              "policy.files.odd", Mode.OBSERVE,
              "policy.files.inner.*", Mode.OBSERVE,
              "plain", Mode.ENFORCE));

  @ParameterizedTest
  @CsvSource({
    "policy.files.keys, true",
    "policy.files.deep.keys, true",
    "policy.files.odd, false",
    "policy.files.inner.keys, false",
    "policy.files, false",
    "policy.filesystem.keys, false",
    "plain, true",
    "other, false",
    "relay.malformed, true",
    "relay.stopped, true",
    "gate.guard-failed, true",
    "gate.log-failed, true",
    "gates.open, false",
  })
  void theNarrowestModeOfARuleCountsAndWhatIsNoRuleAlwaysHolds(String rule, boolean enforced) {
    assertThat(OBSERVING.enforces(rule)).isEqualTo(enforced);
  }
}
