// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.schemas;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.redoubt.document.DocumentException;
import dev.redoubt.document.Json;
import dev.redoubt.document.Limits;
import dev.redoubt.document.Node;
import dev.redoubt.model.RedoubtException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonSchemaTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'type':'integer'} | 1.0 | 1.5",
        "{'type':['string','null']} | null | 1",
        "{'enum':[1,'a']} | 'a' | 2",
        "{'const':{'a':1}} | {'a':1} | {'a':2}",
        "{'required':['a']} | {'a':null} | {'b':1}",
        "{'properties':{'a':{'type':'string'}}} | {'b':1} | {'a':1}",
        "{'properties':{'a':{}},'additionalProperties':false} | {'a':1} | {'b':1}",
        "{'additionalProperties':{'type':'number'}} | {'x':1} | {'x':'1'}",
        "{'minProperties':1,'maxProperties':1} | {'x':1} | {}",
        "{'items':{'minimum':2}} | [2,3] | [2,1]",
        "{'minItems':1,'maxItems':2,'uniqueItems':true} | [1,2] | [1,1]",
        "{'exclusiveMinimum':0,'exclusiveMaximum':2} | 1 | 2",
        "{'maximum':2,'multipleOf':0.5} | 1.5 | 1.7",
        "{'minLength':1,'maxLength':2} | 'ab' | ''",
        "{'pattern':'^a+$'} | 'aa' | 'ab'",
        "{'anyOf':[{'const':1},{'const':2}]} | 2 | 3",
        "{'oneOf':[{'minimum':1},{'minimum':5}]} | 2 | 6",
        "{'allOf':[{'minimum':1},{'maximum':3}]} | 2 | 4",
        "{'not':{'type':'null'}} | 1 | null",
        "{'$ref':'#/$defs/n','$defs':{'n':{'type':'number'}}} | 1 | 'x'"
      })
  void aValueFitsOrDoesNot(String schema, String fits, String fitsNot) throws DocumentException {
    JsonSchema read = JsonSchema.of(json(schema));

    assertThat(read.problems(json(fits))).isEmpty();
    assertThat(read.problems(json(fitsNot))).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1",
        "{'patternProperties':{}}",
        "{'items':{'if':{}}}",
        "{'$ref':'https://schema.example/x'}",
        "{'$ref':'#/$defs/x'}",
        "{'pattern':'('}"
      })
  void aSchemaThatCannotBeCheckedWhollyIsRefused(String schema) {
    assertThatThrownBy(() -> JsonSchema.of(json(schema))).isInstanceOf(RedoubtException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{'$ref':'#'}", "{'allOf':[{'$ref':'#'},{'$ref':'#'}]}"})
  void aSchemaThatRefersToItselfEnds(String schema) throws DocumentException {
    assertThat(JsonSchema.of(json(schema)).problems(json("1"))).isNotEmpty();
  }

  private static Node json(String text) throws DocumentException {
    return Json.read(text.replace('\'', '"').getBytes(UTF_8), new Limits(1 << 16, 60, 1000));
  }
}
