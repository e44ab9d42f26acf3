// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.testkit.npm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.redoubt.testkit.NeedsEngine;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NpmProgramsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {"left-pad", "left-pad@^1.3.0", "left-pad@latest", "--global", "@a/../b@1.0.0"})
  void onlyExactVersionsAreInstalled(String wanted) {
    assertThatThrownBy(() -> NpmPrograms.of(wanted)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  @NeedsEngine("npm")
  void nodeOfVersionTwentyTwoRuns() throws Exception {
    Process node = new ProcessBuilder(NpmPrograms.node().toString(), "--version").start();
    String said = new String(node.getInputStream().readNBytes(100), StandardCharsets.UTF_8);

    assertThat(node.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(said).startsWith("v22.");
    assertThat(NpmPrograms.node()).isEqualTo(NpmPrograms.node());
  }
}
