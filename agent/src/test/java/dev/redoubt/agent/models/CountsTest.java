// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.models;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.agent.api.Cost;
import dev.redoubt.agent.api.Price;
import dev.redoubt.agent.api.Usage;
import dev.redoubt.document.Json;
import dev.redoubt.document.Limits;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CountsTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "12, 12",
    "1e3, 1000",
    "1000000001, 1000000000",
    "999999999999999, 1000000000",
    "1e400, 1000000000",
    "-1, ",
    "null, ",
    "{}, "
  })
  void aCountIsBoundedAndNeverNegative(String literal, @Nullable Long count) throws Exception {
    byte[] json = "{\"n\":%s}".formatted(literal).getBytes(UTF_8);

    assertThat(Counts.at(Json.read(json, new Limits(1000, 5, 10)), "n").orElse(null))
        .isEqualTo(count);
  }

  @Test
  void aCostEndsWhereItCannotBeCountedAnyMore() {
    BigDecimal dear = new BigDecimal("1e12");
    Cost most = new Cost(Long.MAX_VALUE);

    assertThat(new Price(dear, dear, dear, dear).of(new Usage(1_000_000_000, 0, 0, 1)))
        .isEqualTo(most);
    assertThat(most.plus(new Cost(1))).isEqualTo(most);
    assertThat(most.plus(most).toUsd()).isEqualTo(new BigDecimal("9223372036.854775807"));
  }
}
