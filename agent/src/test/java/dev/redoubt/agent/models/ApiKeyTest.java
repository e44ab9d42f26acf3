// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ApiKeyTest {

  @Test
  void aKeyIsMaskedWhereverItIsQuoted() {
    ApiKey key = ApiKey.of(" sk-0123456789\n");

    assertThat(key.masked("no such key: sk-0123456789.")).isEqualTo("no such key: ***.");
    assertThat(key).hasToString("***");
  }

  @Test
  void aStandInForAKeyGarblesNothing() {
    assertThat(ApiKey.of("x").masked("expired: x")).isEqualTo("expired: x");
  }

  @Test
  void whatCannotStandInAHeaderIsNoKeyAndIsNotQuoted() {
    assertThatThrownBy(() -> ApiKey.of("sk-\u00e9-secret"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a key is 1 to 8000 visible ASCII characters");
  }
}
