// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.document;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class YamlTest {

  @Test
  void aBlockUnderAKeyHasTheLineOfTheKey() throws DocumentException {
    Node root = read("a:\n\n  b: 1\n  c:\n    - x\n    - k:\n        v: 2\n");

    assertThat(root.get("a").orElseThrow().line()).isEqualTo(1);
    Node list = root.get("a").orElseThrow().get("c").orElseThrow();
    assertThat(list.line()).isEqualTo(4);
    assertThat(list.items().get(0).line()).isEqualTo(5);
    assertThat(list.items().get(1).line()).isEqualTo(6);
    assertThat(list.items().get(1).get("k").orElseThrow().line()).isEqualTo(6);
  }

  @Test
  void onlyTheFirstDocumentIsReadUnlessAllAreAskedFor() throws DocumentException {
    String stream = "---\na: 1\n---\nb: 2\n";

    assertThat(read(stream).fields().keySet()).containsExactly("a");
    assertThat(
            Yaml.readAll(stream.getBytes(UTF_8), Limits.SCAN).stream()
                .map(document -> List.copyOf(document.fields().keySet()))
                .toList())
        .isEqualTo(List.of(List.of("a"), List.of("b")));
  }

  @Test
  void anEmptyStreamIsOneEmptyDocument() throws DocumentException {
    assertThat(Yaml.readAll(new byte[0], Limits.SCAN)).isEqualTo(List.of(new Node.Nothing(1)));
  }

  @Test
  void theNodesOfAllDocumentsCountTogether() {
    assertThatThrownBy(() ->
            Yaml.readAll("--- 1\n--- 2\n--- 3\n--- 4\n".getBytes(UTF_8), new Limits(99, 9, 4)))
        .isInstanceOf(DocumentException.class)
        .hasMessageContaining("4 values");
  }

  private static Node read(String document) throws DocumentException {
    return Yaml.read(document.getBytes(UTF_8), Limits.SCAN);
  }

  @Test
  void plainScalarsFollowTheJsonSchemaAndKeepTheirLiteral() throws DocumentException {
    Node root = read("a: 1.10\nb: yes\nc: true\nd:\ne: '1'\nf: null\n");

    assertThat(root.get("a")).contains(new Node.Num("1.10", 1));
    assertThat(root.get("b")).contains(new Node.Text("yes", 2));
    assertThat(root.get("c")).contains(new Node.Bool(true, 3));
    assertThat(root.get("d")).contains(new Node.Nothing(4));
    assertThat(root.get("e")).contains(new Node.Text("1", 5));
    assertThat(root.get("f")).contains(new Node.Nothing(6));
  }

  @Test
  void anAliasIsTheTreeItStandsFor() throws DocumentException {
    Node root = read("a: &x\n  b: c\nd: *x\n");

    assertThat(root.get("d")).isEqualTo(root.get("a"));
  }

  @Test
  void everyUseOfAnAliasCountsAgainstTheLimit() {
    StringBuilder laughs = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 9; i++) {
      laughs.append("a%d: &a%d [%s]\n".formatted(i, i, ("*a" + (i - 1) + ", ").repeat(10)));
    }

    assertThatThrownBy(() -> read(laughs.toString()))
        .hasMessage("holds more than 5,000,000 values, aliases counted at each use");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a: 1\nb: \"\\x\"\n", "a: 1\nb: \"\\UFFFFFFFF\"\n", "a: 1\nb: \"\\uZZ\"\n"})
  void aMalformedEscapeIsRefused(String document) {
    assertThatThrownBy(() -> read(document))
        .isInstanceOf(DocumentException.class)
        .hasMessageStartingWith("is not YAML: ")
        .extracting(failure -> ((DocumentException) failure).line())
        .isEqualTo(2);
  }

  @Test
  void anAliasInsideItsOwnAnchorIsRefused() {
    assertThatThrownBy(() -> read("a: &x\n  b: *x\n"))
        .hasMessage("alias \"x\" stands for nothing, or for itself");
  }

  @Test
  void tagsConstructNothing() throws DocumentException {
    assertThat(read("a: !!javax.script.ScriptEngineManager [x]\n").items("a"))
        .containsExactly(new Node.Text("x", 1));
  }

  @Test
  void aMistakeIsNamedWithItsLine() {
    assertThatThrownBy(() -> read("a: 1\nb: [1\nc: 2\n"))
        .isInstanceOfSatisfying(DocumentException.class, e -> assertThat(e.line()).isEqualTo(3));
  }
}
