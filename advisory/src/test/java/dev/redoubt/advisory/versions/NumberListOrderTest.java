// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.advisory.versions;

import org.junit.jupiter.api.Test;

class NumberListOrderTest {

  @Test
  void cranTakesHyphensForDots() {
    Ladder.check(
        NumberListOrder.CRAN,
        "0.01",
        "0.1-0 0.01.0 0-1-0",
        "0.9",
        "0.75",
        "1.0",
        "1.0-0 1.0.0",
        "1.0-1",
        "1.10");
  }

  @Test
  void hackageCountsEveryComponent() {
    Ladder.check(NumberListOrder.HACKAGE, "0", "0.11.3.0", "1", "1.0", "1.0.0", "1.0.1", "1.1");
  }

  @Test
  void whatIsNoIntegerComesBeforeIntegers() {
    Ladder.check(NumberListOrder.CRAN, "", "a", "a.1", "0", "1.0", "1.0.0a", "1.0.0b", "1.0.0");
  }
}
