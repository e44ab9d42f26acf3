// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.document;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTextTest {

  private static final Limits LIMITS = new Limits(10_000, 20, 1000);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "{\"b\":[1,-2.50e3,true,false,null,{}],\"a\":\"x\"}",
        "\"\\\"\\\\\\n\\r\\t\\u0000\\u001f/\u00e9\uD83D\uDE00\"",
      })
  void whatWasReadIsWrittenAsItWas(String json) throws Exception {
    assertThat(JsonText.of(Json.read(json.getBytes(UTF_8), LIMITS))).isEqualTo(json);
  }

  @Test
  void halfOfAPairIsReplaced() {
    assertThat(JsonText.of(new Node.Text("a\uD83D", 1))).isEqualTo("\"a\uFFFD\"");
    assertThat(JsonText.of(new Node.Text("\uDE00\uD83Db", 1))).isEqualTo("\"\uFFFD\uFFFDb\"");
  }
}
