// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScreenShelfTest {

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiterString = " => ",
      textBlock =
          """
          less a                => UNKNOWN READ:a
          less /etc/shadow      => UNKNOWN READ:/etc/shadow
          more a                => UNKNOWN READ:a
          vim a                 => UNKNOWN WRITE:a
          vim +q a              => UNKNOWN WRITE:a
          nano /etc/passwd      => UNKNOWN WRITE:/etc/passwd
          ed a                  => UNKNOWN WRITE:a
          man ls                => UNKNOWN
          man -k ls             => HARMLESS
          man -P ./evil ls      => UNKNOWN RUN(./evil …)
          man --pager=./evil ls => UNKNOWN RUN(./evil …)
          man -w ls             => HARMLESS
          man -C conf ls        => UNKNOWN
          man -H x              => UNKNOWN
          vim --version         => HARMLESS
          """)
  void whatTakesOverTheTerminalIsNeverFine(String line, String expected) {
    assertThat(Calls.reading(line)).isEqualTo(expected);
  }
}
