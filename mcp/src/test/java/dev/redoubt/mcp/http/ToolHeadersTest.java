// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.mcp.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.document.DocumentException;
import dev.redoubt.document.Json;
import dev.redoubt.document.Limits;
import dev.redoubt.document.Node;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ToolHeadersTest {

  @Test
  void argumentsThatTheSchemaNamesStandInTheHeader() throws Exception {
    ToolHeaders headers =
        of(
            "{'a':{'type':'string','x-mcp-header':'A'},'deep':{'type':'object','properties':{'b':{'type':'integer','x-mcp-header':'B'}}},'no':{'type':'string'}}");

    assertThat(headers.objection()).isEmpty();
    assertThat(headers.fields(json("{'a':'x','deep':{'b':7},'no':'n'}")))
        .extracting(HttpField::name, HttpField::value)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("Mcp-Param-A", "x"),
            org.assertj.core.groups.Tuple.tuple("Mcp-Param-B", "7"));
    assertThat(headers.fields(json("{'a':null,'deep':{'b':9007199254740992}}"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'a':{'type':'number','x-mcp-header':'A'}}",
        "{'a':{'type':'string','x-mcp-header':''}}",
        "{'a':{'type':'string','x-mcp-header':'A\\r\\nB: c'}}",
        "{'a':{'type':'string','x-mcp-header':'A'},'b':{'type':'string','x-mcp-header':'a'}}",
        "{'a':{'type':'array','items':{'type':'string','x-mcp-header':'A'}}}",
        "{'a':{'anyOf':[{'type':'string','x-mcp-header':'A'}]}}",
      })
  void aSchemaThatNamesThemWronglySpoilsTheTool(String properties) throws Exception {
    assertThat(of(properties).objection()).isNotEmpty();
    assertThat(of(properties).mirrored()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "plain text, plain text",
    "' padded ', =?base64?IHBhZGRlZCA=?=",
    "=?base64?x?=, =?base64?PT9iYXNlNjQ/eD89?=",
    "ä, =?base64?w6Q=?=",
  })
  void aValueThatCannotStandInAHeaderIsEncoded(String value, String header) {
    assertThat(HeaderValue.of(value)).isEqualTo(header);
  }

  private static ToolHeaders of(String properties) throws DocumentException {
    return ToolHeaders.of(
        json("{'inputSchema':{'type':'object','properties':%s}}".formatted(properties)));
  }

  private static Node json(String text) throws DocumentException {
    return Json.read(text.replace('\'', '"').getBytes(UTF_8), new Limits(10_000, 50, 1_000));
  }
}
