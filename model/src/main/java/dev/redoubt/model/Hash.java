// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.model;

import static java.util.Objects.requireNonNull;

/// An integrity hash as a lock file states it.
///
/// @param algorithm the lower-case name without separators in the manner of `sha256`, `sha512`,
///   `sha1`, `md5`, or `h1` for a Go module hash
/// @param value the digest exactly as written, hexadecimal or Base64
public record Hash(String algorithm, String value) implements Comparable<Hash> {
  public Hash {
    requireNonNull(algorithm, "algorithm");
    requireNonNull(value, "value");
  }

  @Override
  public int compareTo(Hash other) {
    int byAlgorithm = algorithm.compareTo(other.algorithm);
    return byAlgorithm != 0 ? byAlgorithm : value.compareTo(other.value);
  }

  /// Returns `algorithm:value`.
  @Override
  public String toString() {
    return algorithm + ":" + value;
  }
}
