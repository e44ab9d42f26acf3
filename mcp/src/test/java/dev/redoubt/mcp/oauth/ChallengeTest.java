// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.mcp.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChallengeTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Bearer scope=\"a b\", error=insufficient_scope",
        "bearer SCOPE = \"a b\" ,error=\"insufficient_scope\"",
        "Basic realm=\"x, Bearer scope=\\\"no\\\"\", Bearer scope=\"a b\","
            + " error=insufficient_scope",
        "Bearer scope=\"a b\", error=insufficient_scope, scope=\"later\", DPoP algs=\"ES256\"",
      })
  void theBearerChallengeIsFoundAmongOthers(String value) {
    Challenge challenge = Challenge.read(List.of("Digest nonce=\"1\"", value));

    assertThat(challenge.parameters())
        .isEqualTo(Map.of("scope", "a b", "error", "insufficient_scope"));
    assertThat(challenge.wantsMoreScope()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Basic realm=\"x\"", "scope=\"a\"", "\"Bearer\" scope=a", "Bearer"})
  void whatIsNoneSaysNothing(String value) {
    assertThat(Challenge.read(List.of(value))).isEqualTo(Challenge.NONE);
  }

  @Test
  void aQuotationThatDoesNotEndIsReadToTheEnd() {
    assertThat(Challenge.read(List.of("Bearer scope=\"a\\")).get("scope")).contains("a\\");
  }
}
