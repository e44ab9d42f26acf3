// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.evidence;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.document.Json;
import dev.redoubt.document.Limits;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CanonicalJsonTest {

  /* RFC 8785, appendix B, and ECMA-262, Number::toString. */
  @ParameterizedTest
  @CsvSource({
    "0,0",
    "-0,0",
    "0.0,0",
    "1,1",
    "1.0,1",
    "-12,-12",
    "1e3,1000",
    "1.50,1.5",
    "333333333.33333329,333333333.33333329",
    "333333333.3333333,333333333.3333333",
    "1E30,1e+30",
    "4.50,4.5",
    "2e-3,0.002",
    "0.000001,0.000001",
    "0.0000001,1e-7",
    "0.000000000000000000000000001,1e-27",
    "2.2250738585072014e-308,2.2250738585072014e-308",
    "1.7976931348623157e308,1.7976931348623157e+308",
    "999999999999999900000,999999999999999900000",
    "1e21,1e+21",
    "9007199254740992,9007199254740992",
    "9007199254740993,9007199254740993",
    "1e400,1E+400"
  })
  void aNumberIsWrittenAsEcmaScriptDoesUnlessThatWouldChangeIt(String literal, String written)
      throws IOException {
    assertThat(canonical(literal)).isEqualTo(written);
  }

  @Test
  void keysAreSortedByCodeUnitsAndBlanksAreGone() throws IOException {
    assertThat(
            canonical("{ \"b\": [1, {\"z\": null, \"a\": true}], \"😀\": 1, \"ﬃ\": 2, \"a\": 0 }"))
        .isEqualTo("{\"a\":0,\"b\":[1,{\"a\":true,\"z\":null}],\"😀\":1,\"ﬃ\":2}");
  }

  @Test
  void textsHaveTheShortestEscapes() throws IOException {
    assertThat(
            canonical(
                "\"\\u0000\\u001f\\b\\t\\n\\f\\r\\\"\\\\\\/\\u007f\\u00e9€\\ud83d\\ude00\\ud800\""))
        .isEqualTo("\"\\u0000\\u001f\\b\\t\\n\\f\\r\\\"\\\\/\u007fé€😀\uFFFD\"");
  }

  private static String canonical(String json) throws IOException {
    return new String(CanonicalJson.of(Json.read(json.getBytes(UTF_8), Limits.SCAN)), UTF_8);
  }
}
