// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.redoubt.testkit.Seeded;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StrictJsonTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        " [ ] ",
        "0",
        "-0",
        "-12.50e+3",
        "1E400",
        "\"\"",
        "null",
        "{\"\": {\"\": []}}",
        "[1, -2.5, true, false, null, \"b\", {\"c\": [[]]}]",
        "\t{\n\"a\"\r\n:\r1\n,\"b\":\n[\n2]}\n\n",
        "\"\\\" \\\\ \\/ \\b \\f \\n \\r \\t \\u0041 \\u00e9 \\uD83D\\uDE00 \\ud800\"",
        "\"plain é 😀 \u007f \u2028\"",
        "\uFEFF{\"a\": 1}"
      })
  void whatIsJsonIsReadAsTheOtherReaderDoes(String text) throws Exception {
    assertThat(read(text)).isEqualTo(Json.read(bytes(text), Limits.SCAN));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        " ",
        "{",
        "[",
        "[1",
        "[1,",
        "[1,]",
        "[,1]",
        "[1 2]",
        "[1}",
        "{]",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\" 1}",
        "{\"a\":1,}",
        "{,\"a\":1}",
        "{\"a\":1 \"b\":2}",
        "{a:1}",
        "{1:1}",
        "{\"a\":1,\"\\u0061\":2}",
        "01",
        "-",
        "+1",
        ".5",
        "1.",
        "1e",
        "1e+",
        "0x1",
        "1_000",
        "NaN",
        "Infinity",
        "tru",
        "True",
        "truefalse",
        "nul",
        "undefined",
        "'a'",
        "\"a",
        "\"\\x41\"",
        "\"\\u12\"",
        "\"\\u12g4\"",
        "\"\\u١٢٣٤\"",
        "\"\\",
        "\"a\nb\"",
        "\"a\tb\"",
        "\"a\u0000b\"",
        "\u0000",
        "{}\u0000",
        "{} {}",
        "1 2",
        "// a\n1",
        "1 # a",
        "\u00a01",
        "\u000b1",
        "\uFEFF\uFEFF1"
      })
  void whatIsNoJsonIsRefused(String text) {
    assertThatThrownBy(() -> read(text)).isInstanceOf(DocumentException.class);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "{~ \"a\": 1,~ \"a\": 2}|3|is not JSON: the key \"a\" is given twice",
        "[1~~ 2]|3|is not JSON: expected \",\" or \"]\", not \"2\"",
        "{\"a\": nope}|1|is not JSON: expected a value, not \"n\"",
        "[1|1|is not JSON: expected \",\" or \"]\", not the end",
        "{}~x|2|text after the end of the JSON value"
      })
  void aMistakeIsNamedWithItsLine(String text, int line, String message) {
    assertThat(catchThrowable(() -> read(text.replace('~', '\n'))))
        .isInstanceOfSatisfying(
            DocumentException.class,
            e -> {
              assertThat(e.line()).isEqualTo(line);
              assertThat(e).hasMessage(message);
            });
  }

  @Test
  void aValueKnowsTheLineItStartsOn() throws Exception {
    assertThat(read("[\r\n1,\r2,\n\n[]]").items()).extracting(Node::line).containsExactly(2, 3, 5);
  }

  @Test
  void whatIsNoUtf8IsRefused() {
    for (byte[] document :
        List.of(
            new byte[] {'"', (byte) 0xff, '"'},
            new byte[] {'"', (byte) 0xc0, (byte) 0xaf, '"'},
            new byte[] {'"', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '"'},
            "{}".getBytes(StandardCharsets.UTF_16))) {
      assertThatThrownBy(() -> Json.readStrict(document, Limits.SCAN))
          .isInstanceOf(DocumentException.class);
    }
  }

  @Test
  void limitsHold() {
    Limits small = new Limits(100, 3, 5);

    assertThatThrownBy(() -> Json.readStrict(bytes("[[[[]]]]"), small))
        .hasMessageContaining("deeper than 3");
    assertThatThrownBy(() -> Json.readStrict(bytes("[1,2,3,4,5]"), small))
        .hasMessageContaining("more than 5 values");
    assertThatThrownBy(() -> read("1".repeat(1_001))).hasMessageContaining("1,000 characters");
  }

  @Test
  void whatItReadsTheOtherReaderReadsTheSame() {
    Seeded.check(
        5_000,
        random -> {
          String text = Seeded.text(random, "[]{}\"\":,,01.-eE\\u/ntfalse \n\ra", 12);
          Node strict;
          try {
            strict = read(text);
          } catch (DocumentException e) {
            return;
          }
          try {
            assertThat(strict).as(text).isEqualTo(Json.read(bytes(text), Limits.SCAN));
          } catch (DocumentException e) {
            throw new AssertionError(text, e);
          }
        });
  }

  private static Node read(String text) throws DocumentException {
    return Json.readStrict(bytes(text), Limits.SCAN);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
