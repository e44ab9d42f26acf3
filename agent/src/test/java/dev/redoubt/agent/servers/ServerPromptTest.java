// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.servers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.agent.servers.ServerPrompt.Argument;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ServerPromptTest {

  private static final ServerPrompt PROMPT =
      new ServerPrompt(
          "s", "greet", "", List.of(new Argument("who", true), new Argument("how", false)));

  static Stream<Arguments> typed() {
    return Stream.of(
        Arguments.of("", Map.of(), List.of("who")),
        Arguments.of("Ann", Map.of("who", "Ann"), List.of()),
        Arguments.of("Ann  very warmly", Map.of("who", "Ann", "how", "very warmly"), List.of()),
        Arguments.of("how=very warmly", Map.of("how", "very warmly"), List.of("who")),
        Arguments.of("how=a b=c who=Ann Bee", Map.of("how", "a b=c", "who", "Ann Bee"), List.of()),
        Arguments.of("x=1 y", Map.of("who", "x=1", "how", "y"), List.of()));
  }

  @ParameterizedTest
  @MethodSource("typed")
  void argumentsAreReadByNameOrInOrder(
      String typed, Map<String, String> values, List<String> missing) {
    assertThat(PROMPT.read(typed)).isEqualTo(values);
    assertThat(PROMPT.missing(PROMPT.read(typed))).isEqualTo(missing);
  }
}
