// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CommandOutputTest {

  @Test
  void whatCouldSteerATerminalIsShownAsItsNumber() {
    assertThat(CommandOutput.plain("a\u001b[2J\u202eb\u009b\nc\u200b\udc00é"))
        .isEqualTo("a<U+001B>[2J<U+202E>b<U+009B><U+000A>c<U+200B><U+DC00>é");
  }

  @Test
  void jsonInAsciiMeansTheSame() {
    assertThat(CommandOutput.ascii("{\"a\":\"é\u202e\u007f\"}"))
        .isEqualTo("{\"a\":\"\\u00e9\\u202e\\u007f\"}");
  }

  @Test
  void aTabStays() {
    assertThat(CommandOutput.plain("1\tint i;")).isEqualTo("1\tint i;");
  }
}
