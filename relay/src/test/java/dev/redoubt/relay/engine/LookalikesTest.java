// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.relay.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.document.Json;
import dev.redoubt.document.Limits;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LookalikesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"result":{"InputRequests":{}}}                                   | InputRequests
          {"result":{"REQUESTSTATE":"s"}}                                   | REQUESTSTATE
          {"result":{"Task":{}}}                                            | Task
          {"result":{"task":{"taskid":"1"}}}                                | taskid
          {"result":{"ResultType":"input_required"}}                        | ResultType
          {"result":{"inputRequests":{"a":{"Method":"x"}}}}                 | Method
          {"result":{"inputRequests":{"a":{"params":{"URI":"x"}}}}}         | URI
          {"method":"m","params":{"InputResponses":{}}}                     | InputResponses
          {"method":"m","params":{"requeststate":"s"}}                      | requeststate
          {"method":"m","params":{"TASK":{}}}                               | TASK
          {"method":"m","params":{"TaskID":"1"}}                            | TaskID
          {"method":"m","params":{"taſkId":"1"}}                            | taſkId
          """)
  void aKeyThatSomeReadAsOneThatIsJudgedIsNamed(String message, String key) throws Exception {
    assertThat(of(message)).hasValueSatisfying(wrong -> assertThat(wrong).contains(key));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"result":{"resultType":"input_required","inputRequests":{"A":{"method":"m","params":{}}},"requestState":"s"}}
          {"result":{"task":{"taskId":"1","status":"working"}}}
          {"method":"m","params":{"inputResponses":{"A":{"Content":1}},"requestState":"s","task":{"ttl":1},"taskId":"1"}}
          {"method":"m","params":{"arguments":{"Task":1,"task":2}}}
          """)
  void whatIsSpelledAsItShouldBePasses(String message) throws Exception {
    assertThat(of(message)).isEmpty();
  }

  private static Optional<String> of(String message) throws Exception {
    return Lookalikes.of(Json.read(message.getBytes(UTF_8), new Limits(10_000, 50, 1_000)));
  }
}
