// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.reports;

import dev.redoubt.model.Hash;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/// A hash in the form that bills of materials ask for: a well-known algorithm and its digest in
/// hexadecimal.
///
/// @param algorithm what it was made with
/// @param digest lower-case hexadecimal
record HashHex(Algorithm algorithm, String digest) {

  /// The algorithms that both CycloneDX and SPDX know and lock files use.
  enum Algorithm {
    MD5("MD5", "MD5", 16),
    SHA1("SHA-1", "SHA1", 20),
    SHA256("SHA-256", "SHA256", 32),
    SHA384("SHA-384", "SHA384", 48),
    SHA512("SHA-512", "SHA512", 64);

    private final String cyclonedx;
    private final String spdx;
    private final int bytes;

    Algorithm(String cyclonedx, String spdx, int bytes) {
      this.cyclonedx = cyclonedx;
      this.spdx = spdx;
      this.bytes = bytes;
    }

    String cyclonedx() {
      return cyclonedx;
    }

    String spdx() {
      return spdx;
    }
  }

  /// Returns `hash` when its algorithm is known and its value is a digest of the right length, in
  /// hexadecimal or Base64; empty for everything else, Go's `h1` included, which is the digest of a
  /// list of files and not of the package.
  static Optional<HashHex> of(Hash hash) {
    String name = hash.algorithm().toLowerCase(Locale.ROOT).replace("-", "");
    for (Algorithm algorithm : Algorithm.values()) {
      if (algorithm.name().toLowerCase(Locale.ROOT).equals(name)) {
        return digest(hash.value(), algorithm.bytes).map(hex -> new HashHex(algorithm, hex));
      }
    }
    return Optional.empty();
  }

  private static Optional<String> digest(String value, int bytes) {
    if (value.length() == bytes * 2) {
      String hex = value.toLowerCase(Locale.ROOT);
      if (hex.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) {
        return Optional.of(hex);
      }
    }
    try {
      byte[] decoded = Base64.getDecoder().decode(value);
      return decoded.length == bytes
          ? Optional.of(HexFormat.of().formatHex(decoded))
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
