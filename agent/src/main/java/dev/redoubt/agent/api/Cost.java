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

  public Cost {
    if (nanoUsd < 0) {
      throw new IllegalArgumentException("a cost below nothing");
    }
  }

  /// Returns `usd` dollars, rounded up to the next billionth.
  public static Cost usd(BigDecimal usd) {
    return new Cost(usd.setScale(SCALE, RoundingMode.UP).movePointRight(SCALE).longValueExact());
  }

  /// Returns both together.
  public Cost plus(Cost other) {
    return new Cost(Math.addExact(nanoUsd, other.nanoUsd));
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
