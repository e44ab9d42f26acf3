// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

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

  private static Node read(String toml) throws DocumentException {
    return Toml.read(toml.getBytes(StandardCharsets.UTF_8), Limits.SCAN);
  }
}
