// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;

import dev.redoubt.guard.policy.Origin;
import dev.redoubt.guard.policy.PolicyFile;
import java.io.IOException;
import java.io.InputStream;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The targets of the fuzzer hold for their seeds, and for every seed cut short anywhere.
class FuzzTargetsTest {

  @ParameterizedTest
  @MethodSource("lines")
  void linesOfTheCorporaHoldWhole(String line) {
    assertDoesNotThrow(() -> ShellFuzz.check(line));
  }

  @ParameterizedTest
  @MethodSource("urls")
  void urlsHoldHoweverTheyAreCut(String url) {
    for (int end = 0; end <= url.length(); end++) {
      String cut = url.substring(0, end);
      assertDoesNotThrow(() -> UrlFuzz.check(cut));
    }
  }

  @Test
  void aPolicyHoldsHoweverItIsCut() throws IOException {
    byte[] policy = bytes("/fuzz/policy.toml");
    assertThat(
            PolicyFile.read(policy, "p", Origin.USER, LocalDate.parse("2026-06-15"))
                .rules()
                .rules())
        .hasSize(4);

    for (int end = 0; end <= policy.length; end += 7) {
      byte[] cut = Arrays.copyOf(policy, end);
      assertDoesNotThrow(() -> PolicyFuzz.check(cut));
    }
  }

  static List<String> lines() throws IOException {
    return texts("/evaluation/hostile.txt");
  }

  static List<String> urls() throws IOException {
    return texts("/fuzz/urls.txt");
  }

  private static List<String> texts(String name) throws IOException {
    return new String(bytes(name), UTF_8)
        .lines()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .toList();
  }

  private static byte[] bytes(String name) throws IOException {
    try (InputStream in = FuzzTargetsTest.class.getResourceAsStream(name)) {
      return in.readAllBytes();
    }
  }
}
