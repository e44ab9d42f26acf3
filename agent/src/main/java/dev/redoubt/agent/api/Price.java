// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.api;

import java.math.BigDecimal;

/// What a model costs, in US dollars for a million tokens of each kind.
///
/// @param input what is sent and neither comes from a cache nor goes into it
/// @param cacheRead what comes from the cache
/// @param cacheWrite what goes into it
/// @param output what is made
public record Price(
    BigDecimal input, BigDecimal cacheRead, BigDecimal cacheWrite, BigDecimal output) {

  private static final int MILLION = 6;

  public Price {
    for (BigDecimal price : new BigDecimal[] {input, cacheRead, cacheWrite, output}) {
      if (price.signum() < 0) {
        throw new IllegalArgumentException("a price below nothing");
      }
    }
  }

  /// Returns what `usage` costs.
  public Cost of(Usage usage) {
    long plain = Math.max(0, usage.input() - usage.cacheRead() - usage.cacheWrite());
    BigDecimal sum =
        input
            .multiply(BigDecimal.valueOf(plain))
            .add(cacheRead.multiply(BigDecimal.valueOf(usage.cacheRead())))
            .add(cacheWrite.multiply(BigDecimal.valueOf(usage.cacheWrite())))
            .add(output.multiply(BigDecimal.valueOf(usage.output())));
    return Cost.usd(sum.movePointLeft(MILLION));
  }
}
