// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.document;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

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
}
