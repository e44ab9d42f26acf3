// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

  @Test
  void valuesKnowTheirLines() throws DocumentException {
    assertThat(read("{\n  \"a\": [1,\n    \"b\"],\n  \"c\": true, \"d\": null\n}"))
        .isEqualTo(
            new Node.Obj(
                Map.of(
                    "a",
                    new Node.Arr(List.of(new Node.Num("1", 2), new Node.Text("b", 3)), 2),
                    "c",
                    new Node.Bool(true, 4),
                    "d",
                    new Node.Nothing(4)),
                1));
  }

  @Test
  void fieldsKeepTheirOrderAndTheLastOfAKeyStands() throws DocumentException {
    assertThat(read("{\"z\": 1, \"a\": 2, \"z\": 3}").fields())
        .containsExactly(
            Map.entry("z", new Node.Num("3", 1)), Map.entry("a", new Node.Num("2", 1)));
  }

  @Test
  void commentsAndTrailingCommasAreRead() throws DocumentException {
    assertThat(read("// top\n{ \"a\": [1, /* two */ 2,], }").items("a")).hasSize(2);
  }

  @Test
  void numbersKeepTheirLiteral() throws DocumentException {
    assertThat(
            read("[1.10, 123456789012345678901234567890, 1e5]").items().stream()
                .map(n -> n.scalar().orElseThrow()))
        .containsExactly("1.10", "123456789012345678901234567890", "1e5");
  }

  @Test
  void aByteOrderMarkIsPassedOver() throws DocumentException {
    assertThat(read("\uFEFF{}")).isEqualTo(new Node.Obj(Map.of(), 1));
  }

  @Test
  void aMistakeIsNamedWithItsLine() {
    assertThatThrownBy(() -> read("{\n  \"a\": nope\n}"))
        .isInstanceOfSatisfying(
            DocumentException.class,
            e -> {
              assertThat(e.line()).isEqualTo(2);
              assertThat(e).hasMessageStartingWith("is not JSON: Unrecognized token 'nope'");
            });
  }

  @Test
  void textAfterTheEndIsAnError() {
    assertThatThrownBy(() -> read("{} {}")).hasMessage("text after the end of the JSON value");
  }

  @Test
  void nestingIsBounded() {
    assertThatThrownBy(() -> read("[".repeat(201) + "]".repeat(201)))
        .isInstanceOf(DocumentException.class)
        .hasMessageContaining("200");
  }

  private static Node read(String json) throws DocumentException {
    return Json.read(json.getBytes(StandardCharsets.UTF_8), Limits.SCAN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\": 1, \"a\": 2}",
        "{\"a\": {\"b\": 1, \"b\": 1}}",
        "{\"a\": 1,}",
        "{\"a\": 1} // said",
        "{\"a\": 1} {}",
        "{'a': 1}",
        ""
      })
  void whatTwoReadersCouldReadDifferentlyIsRefusedByTheStrictOne(String text) {
    assertThatThrownBy(() -> Json.readStrict(text.getBytes(StandardCharsets.UTF_8), Limits.SCAN))
        .isInstanceOf(DocumentException.class);
  }

  @Test
  void theStrictReaderReadsTheSameTree() throws Exception {
    byte[] text = "{\"a\": [1, true, null, \"b\"]}".getBytes(StandardCharsets.UTF_8);

    assertThat(Json.readStrict(text, Limits.SCAN)).isEqualTo(Json.read(text, Limits.SCAN));
  }
}
