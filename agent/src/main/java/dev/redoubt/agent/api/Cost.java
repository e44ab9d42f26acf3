// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.api;

import java.math.BigDecimal;
import java.math.RoundingMode;

/// Money.
///
/// @param nanoUsd billionths of a US dollar, not below nothing
public record Cost(long nanoUsd) implements Comparable<Cost> {

  /// Nothing.
  public static final Cost NONE = new Cost(0);

  private static final int SCALE = 9;
  private static final BigDecimal MOST = BigDecimal.valueOf(Long.MAX_VALUE);

  public Cost {
    if (nanoUsd < 0) {
      throw new IllegalArgumentException("a cost below nothing");
    }
  }

  /// Returns `usd` dollars, rounded up to the next billionth; the most there can be when it is
  /// more.
  public static Cost usd(BigDecimal usd) {
    BigDecimal nano = usd.setScale(SCALE, RoundingMode.UP).movePointRight(SCALE);
    return new Cost(nano.min(MOST).longValueExact());
  }

  /// Returns both together; the most there can be when they are more.
  public Cost plus(Cost other) {
    long sum = nanoUsd + other.nanoUsd;
    return new Cost(sum < 0 ? Long.MAX_VALUE : sum);
  }

  /// Returns the dollars.
  public BigDecimal toUsd() {
    BigDecimal usd = BigDecimal.valueOf(nanoUsd, SCALE).stripTrailingZeros();
    return usd.scale() < 0 ? usd.setScale(0) : usd;
  }

  @Override
  public int compareTo(Cost other) {
    return Long.compare(nanoUsd, other.nanoUsd);
  }

  @Override
  public String toString() {
    return "$" + toUsd().toPlainString();
  }
}
