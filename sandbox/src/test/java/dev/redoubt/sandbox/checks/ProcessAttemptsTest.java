// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProcessAttemptsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1 2 3 4|''|4",
        "1 2|sh: 0: Cannot fork|2",
        "1 2|sh: can't fork: Resource temporarily unavailable|2",
      })
  void whatCouldStartIsCounted(String output, String errors, int ran) throws Exception {
    assertThat(ProcessAttempts.forks(output.replace(' ', '\n'), errors, 4)).isEqualTo(ran);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"''|''", "''|sh: 0: Cannot fork", "1 2|''", "1 2|Killed", "''|sleep: not found"})
  void aScriptThatBrokeOffIsNoEvidence(String output, String errors) {
    assertThatThrownBy(() -> ProcessAttempts.forks(output.replace(' ', '\n'), errors, 4))
        .isInstanceOf(CheckFailedException.class)
        .hasMessageContaining("the script broke off after");
  }
}
