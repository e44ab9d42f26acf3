// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.reports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.model.Hash;
import dev.redoubt.scan.reports.HashHex.Algorithm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HashHexTest {

  private static final String EMPTY_SHA256 =
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

  @ParameterizedTest
  @CsvSource({
    "sha256, e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "sha256, E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855",
    "sha256, 47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
    "SHA-256, 47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="
  })
  void hexadecimalAndBase64AreTheSameDigest(String algorithm, String value) {
    assertThat(HashHex.of(new Hash(algorithm, value)))
        .contains(new HashHex(Algorithm.SHA256, EMPTY_SHA256));
  }

  @ParameterizedTest
  @CsvSource({
    "h1, 47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
    "sha512, 47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
    "sha256, 10c0/47DEQpj8HBSa",
    "sha256, '%%%'",
    "crc32, 00000000"
  })
  void whatIsNoDigestOfAKnownAlgorithmIsLeftOut(String algorithm, String value) {
    assertThat(HashHex.of(new Hash(algorithm, value))).isEmpty();
  }

  @Test
  void md5InHexadecimalIsNotTakenForBase64() {
    assertThat(HashHex.of(new Hash("md5", "d41d8cd98f00b204e9800998ecf8427e")))
        .contains(new HashHex(Algorithm.MD5, "d41d8cd98f00b204e9800998ecf8427e"));
  }
}
