// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.network;

import static dev.redoubt.guard.network.Readings.good;
import static dev.redoubt.guard.network.Readings.rule;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostPatternTest {

  @ParameterizedTest
  @CsvSource({
    "docs.example, docs.example",
    "docs.example, DOCS.Example",
    "*.docs.example, a.docs.example",
    "*.docs.example, a.b.docs.example",
    "*.Docs.Example, a.docs.example",
    "203.0.113.9, 203.0.113.9",
    "2001:db8::1, [2001:DB8::1]",
    "[2001:db8::1], [2001:db8::1]",
    "*, docs.example",
    "*, 203.0.113.9",
  })
  void aPatternMatches(String pattern, String host) {
    assertThat(good(HostPattern.parse(pattern)).matches(good(Host.read(host)))).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "docs.example, a.docs.example",
    "docs.example, evildocs.example",
    "docs.example, docs.example.evil",
    "docs.example, docs-example",
    "*.docs.example, docs.example",
    "*.docs.example, evildocs.example",
    "*.docs.example, a.docs.example.evil",
    "*.0.113.9x, 203.0.113.9",
    "203.0.113.9, 203.0.113.90",
    "::ffff:203.0.113.9, 203.0.113.9",
  })
  void aHostThatOnlyLooksAlikeDoesNotMatch(String pattern, String host) {
    Reading<HostPattern> parsed = HostPattern.parse(pattern);
    if (parsed instanceof Reading.Good<HostPattern>(HostPattern hosts)) {
      assertThat(hosts.matches(good(Host.read(host)))).isFalse();
    } else {
      assertThat(rule(parsed)).isEqualTo("net.malformed");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "*.",
        "*docs.example",
        "docs.*",
        "*.*.example",
        "a.*.example",
        "**",
        "*.203.0.113.9",
        "*.[::1]",
        "docs.example.",
        ".docs.example",
        "docs..example",
        "https://docs.example",
        "docs.example/x",
        "user@docs.example",
        "döcs.example",
        "127.1",
        "0x7f000001",
      })
  void aPatternThatIsNoHostIsRefused(String pattern) {
    assertThat(rule(HostPattern.parse(pattern))).startsWith("net.");
  }

  @ParameterizedTest
  @CsvSource({
    "*, *, true",
    "*, a.example, true",
    "*.example, *, false",
    "*.example, *.a.example, true",
    "*.example, *.example, true",
    "*.a.example, *.example, false",
    "*.example, a.example, true",
    "*.example, example, false",
    "a.example, *.a.example, false",
    "a.example, a.example, true",
  })
  void aPatternCoversWhatIsNarrower(String wide, String narrow, boolean covers) {
    assertThat(good(HostPattern.parse(wide)).covers(good(HostPattern.parse(narrow))))
        .isEqualTo(covers);
  }
}
