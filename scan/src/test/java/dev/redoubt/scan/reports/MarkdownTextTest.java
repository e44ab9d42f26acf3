// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.reports;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MarkdownTextTest {

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      value = {
        "[a](b) => \\[a\\](b)",
        "<b>&amp; => &lt;b&gt;&amp;amp;",
        "a|b => a\\|b",
        "see https://a.example => see https\\://a.example",
        "www.a.example => www\\.a.example",
        "`x` *y* _z_ => \\`x\\` \\*y\\* \\_z\\_",
        "at 10:30 => at 10:30"
      })
  void markupIsEscaped(String text, String expected) {
    assertThat(MarkdownText.plain(text)).isEqualTo(expected);
  }

  @Test
  void everythingBecomesOneLine() {
    assertThat(MarkdownText.plain("a\r\n# b\n\n- c")).isEqualTo("a \\# b - c");
    assertThat(MarkdownText.code("a\n\nb")).isEqualTo("`a b`");
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      value = {
        "a.lock => `a.lock`",
        "a`b => ``a`b``",
        "`a => `` `a ``",
        "a|b => `a\\|b`",
        "a<b => a&lt;b"
      })
  void aCodeSpanCannotBeLeft(String text, String expected) {
    assertThat(MarkdownText.code(text)).isEqualTo(expected);
  }
}
