// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.advisory.versions;

import dev.redoubt.advisory.versions.VersionOrder.Version;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// The parsed form of a version in every order: bytes whose unsigned lexicographic order is the
/// order of the versions.
///
/// Comparing bytes cannot be anything but total, so no order can contain a cycle, whatever the
/// input. Two keys of one order are equal exactly if their versions compare as equal.
final class SortKey implements Version {

  private final byte[] bytes;

  SortKey(byte[] bytes) {
    this.bytes = bytes;
  }

  @Override
  public int compareTo(Version other) {
    return Arrays.compareUnsigned(bytes, ((SortKey) other).bytes);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof SortKey key && Arrays.equals(bytes, key.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return HexFormat.of().formatHex(bytes);
  }
}
