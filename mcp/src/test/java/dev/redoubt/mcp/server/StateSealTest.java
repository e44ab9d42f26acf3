// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.mcp.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StateSealTest {

  private final StateSeal seal = new StateSeal();

  @Test
  void onlyWhatWasSealedHereForThisOpens() {
    String sealed = seal.seal("tools/call a", "state é");

    assertThat(seal.open("tools/call a", sealed)).hasValue("state é");
    assertThat(seal.open("tools/call b", sealed)).isEmpty();
    assertThat(new StateSeal().open("tools/call a", sealed)).isEmpty();
    assertThat(seal.open("tools/call a", "c3RhdGU" + sealed.substring(sealed.indexOf('.'))))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "x", "a.b", "*.*", "c3RhdGU."})
  void whatIsNoSealOpensNothing(String text) {
    assertThat(seal.open("tools/call a", text)).isEmpty();
  }
}
