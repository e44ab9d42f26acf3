// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SearchShelfTest {

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiterString = " => ",
      textBlock =
          """
          grep foo a                         => HARMLESS READ:a
          grep -rn TODO .                    => HARMLESS SEARCH:.
          grep -rn TODO                      => HARMLESS SEARCH:.
          grep -e foo a                      => HARMLESS READ:a
          grep -f pats a                     => HARMLESS READ:pats READ:a
          grep -f/etc/shadow a               => HARMLESS READ:/etc/shadow READ:a
          grep --file=pats a                 => HARMLESS READ:pats READ:a
          grep --fil pats a                  => UNKNOWN READ:a
          grep -E 'a|b a b                   => HARMLESS READ:a READ:b
          grep foo *                         => HARMLESS READ:* SEARCH:*
          grep foo *.c                       => HARMLESS READ:*.c SEARCH:*.c
          grep -rn foo --include=*.java .    => HARMLESS READ:*.java SEARCH:.
          grep -rn foo --include *.java .    => HARMLESS READ:*.java SEARCH:*.java SEARCH:.
          grep $x a                          => HARMLESS READ:$x SEARCH:$x SEARCH:a
          grep foo $x                        => HARMLESS READ:$x SEARCH:$x
          grep -- -r a                       => HARMLESS READ:a
          grep -A3 -B 2 foo a                => HARMLESS READ:a
          grep -5 foo a                      => HARMLESS READ:a
          grep -d recurse foo src            => HARMLESS SEARCH:src
          grep --directories=recurse foo src => HARMLESS SEARCH:src
          grep --no-such foo a               => UNKNOWN READ:a
          zgrep foo a.gz                     => HARMLESS READ:a.gz
          rgrep foo                          => HARMLESS SEARCH:.
          rg foo                             => HARMLESS SEARCH:.
          rg foo src                         => HARMLESS SEARCH:src
          rg -n foo src                      => HARMLESS SEARCH:src
          rg --files                         => HARMLESS SEARCH:.
          rg --files src                     => HARMLESS SEARCH:src
          rg -g '*.java foo                  => HARMLESS READ:*.java SEARCH:.
          rg -tjava foo src                  => HARMLESS SEARCH:src
          rg -e foo src                      => HARMLESS SEARCH:src
          rg --pre=./evil foo                => HARMLESS RUN(./evil …) SEARCH:.
          rg --pre ./evil foo src            => HARMLESS RUN(./evil …) SEARCH:src
          rg --hostname-bin ./evil foo       => HARMLESS RUN(./evil …) SEARCH:.
          rg -z foo                          => CHANGES SEARCH:.
          rg --search-zip foo                => CHANGES SEARCH:.
          rg --search foo                    => CHANGES SEARCH:.
          rg foo *                           => UNKNOWN READ:* SEARCH:*
          rg foo ./*                         => HARMLESS SEARCH:./*
          rg foo src/*.c                     => HARMLESS SEARCH:src/*.c
          rg $x                              => UNKNOWN READ:$x SEARCH:$x
          rg -f /etc/shadow                  => HARMLESS READ:/etc/shadow SEARCH:.
          ag foo src                         => HARMLESS SEARCH:src
          ag --pager=./evil foo              => HARMLESS RUN(./evil …) SEARCH:.
          ack foo src                        => HARMLESS SEARCH:src
          ack --output=$x foo                => UNKNOWN SEARCH:.
          locate -i foo                      => HARMLESS
          """)
  void aSearchDoesWhatItsOptionsSay(String line, String expected) {
    assertThat(Calls.reading(line)).isEqualTo(expected);
  }
}
