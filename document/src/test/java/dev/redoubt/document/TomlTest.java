// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TomlTest {

  @Test
  void tablesArraysAndValuesKnowTheirLines() throws DocumentException {
    Node root = read("a = 1\n\n[b]\nc = \"d\"\n\n[[e]]\nf = [1,\n  2]\n[[e]]\nf = []\n");

    assertThat(root.get("a")).contains(new Node.Num("1", 1));
    assertThat(root.get("b").orElseThrow().get("c")).contains(new Node.Text("d", 4));
    assertThat(root.items("e").stream().map(Node::line)).containsExactly(6, 9);
    assertThat(root.items("e").getFirst().items("f").get(1)).isEqualTo(new Node.Num("2", 8));
  }

  @Test
  void datesAreTexts() throws DocumentException {
    assertThat(read("d = 2026-01-31\n").text("d")).contains("2026-01-31");
  }

  @Test
  void aMistakeIsNamedWithItsLine() {
    assertThatThrownBy(() -> read("a = 1\nb = \n"))
        .isInstanceOfSatisfying(
            DocumentException.class,
            e -> {
              assertThat(e.line()).isEqualTo(2);
              assertThat(e).hasMessageStartingWith("is not TOML: ");
            });
  }

  @Test
  void anUnclosedStringIsAMistakeNotAValue() {
    assertThatThrownBy(() -> read("[[package]]\nversion = \"2.1.0\nname = \"x\"\n"))
        .isInstanceOf(DocumentException.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          1_000       | 1000
          +5          | 5
          -0          | -0
          0xFF        | 255
          0o17        | 15
          0b101       | 5
          1.5e3       | 1.5e3
          -1_0.2_5    | -10.25
          inf         | inf
          """)
  void numbersAreDecimalWithoutUnderscores(String written, String literal)
      throws DocumentException {
    assertThat(read("n = " + written).get("n")).contains(new Node.Num(literal, 1));
  }

  @Test
  void stringsAreUnescaped() throws DocumentException {
    assertThat(read("s = \"a\\tb\\u00e9\\U0001F600\\\"\"").text("s"))
        .contains("a\tb\u00e9" + Character.toString(0x1F600) + "\"");
    assertThat(read("s = 'lit\\eral'").text("s")).contains("lit\\eral");
    assertThat(read("s = \"\"").text("s")).contains("");
  }

  @Test
  void stringsInThreeQuotesKeepTheirLinesAndQuotes() throws DocumentException {
    String quotes = "\"\"\"";
    String toml =
        "a = " + quotes + "\none\\\n   two\r\n\"x\"" + quotes + "\nb = ''''q''''\nc = 1\n";

    assertThat(read(toml).text("a")).contains("onetwo\n\"x\"");
    assertThat(read(toml).text("b")).contains("'q'");
    assertThat(read(toml).get("c")).contains(new Node.Num("1", 6));
  }

  @Test
  void keysReachIntoTablesAndSeries() throws DocumentException {
    Node root =
        read(
            """
            "quoted.key".'x' = 1
            [[f]]
            n.m = 1
            [f.sub]
            k = {a.b = 2, c = [{d = 3},]}
            [[f]]
            [super.table]
            [super]
            """);

    assertThat(root.get("quoted.key").orElseThrow().get("x")).contains(new Node.Num("1", 1));
    assertThat(root.items("f").getFirst().get("n").orElseThrow().scalar("m")).contains("1");
    Node k = root.items("f").getFirst().get("sub").orElseThrow().get("k").orElseThrow();
    assertThat(k.get("a").orElseThrow().scalar("b")).contains("2");
    assertThat(k.items("c").getFirst().scalar("d")).contains("3");
    assertThat(root.items("f")).hasSize(2);
    assertThat(root.get("super").map(Node::line)).contains(8);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a=1\na=2",
        "[a]\n[a]",
        "[[a]]\n[a]",
        "[a.b]\n[[a]]",
        "f=[]\n[[f]]",
        "a={b=1}\n[a.c]",
        "a={b=1}\na.c=2",
        "a.b=1\na.b.c=2",
        "[a.b.c]\nz=9\n[a]\nb.c.t=1",
        "[f]\na.c=1\n[f.a]",
        "a=1 b=2",
        "a=\"x\ny\"",
        "a=\"\\q\"",
        "a=\"\\ud800\"",
        "a=[1,,2]",
        "a=[1 2]",
        "a=01",
        "a=1__0",
        "a=.5",
        "a=True",
        "a=0xFFFFFFFFFFFFFFFFF",
        "=1",
        "a",
        "[a",
        "[]",
        "[a.]",
        "[[a]",
        "[[a] ]",
        "[a]b=1",
        "x=1\ry=2"
      })
  void whatTheLanguageForbidsIsAMistake(String toml) {
    assertThatThrownBy(() -> read(toml))
        .isInstanceOf(DocumentException.class)
        .hasMessageStartingWith("is not TOML: ");
  }

  @Test
  void depthCountsKeysTablesAndLists() throws DocumentException {
    Limits limits = new Limits(1000, 4, 1000);

    assertThat(Toml.read("[a.b.c]\nd=1".getBytes(StandardCharsets.UTF_8), limits)).isNotNull();
    for (String toml :
        List.of("a.b.c.d.e.f=1", "[a.b.c.d.e]", "[a.b]\nc={d={e={}}}", "a=[[[[[1]]]]]")) {
      assertThatThrownBy(() -> Toml.read(toml.getBytes(StandardCharsets.UTF_8), limits))
          .hasMessage("nested deeper than 4 levels");
    }
  }

  @Test
  void valuesAreCounted() {
    Limits limits = new Limits(1000, 9, 5);

    assertThatThrownBy(() -> Toml.read("a=[1,2,3,4,5]".getBytes(StandardCharsets.UTF_8), limits))
        .hasMessage("holds more than 5 values");
  }

  private static Node read(String toml) throws DocumentException {
    return Toml.read(toml.getBytes(StandardCharsets.UTF_8), Limits.SCAN);
  }
}
