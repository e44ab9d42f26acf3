// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LookShelfTest {

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiterString = " => ",
      textBlock =
          """
          ls                       => HARMLESS LIST:.
          ls -la                   => HARMLESS LIST:.
          ls -la src               => HARMLESS LIST:src
          ls -R                    => HARMLESS SEARCH:.
          ls --recursive src       => HARMLESS SEARCH:src
          ls *                     => HARMLESS SEARCH:*
          ls --color=auto -1 src   => HARMLESS LIST:src
          ls -I x                  => UNKNOWN LIST:x
          ls --no-such             => UNKNOWN LIST:.
          dir $x                   => HARMLESS SEARCH:$x
          file a                   => HARMLESS READ:a
          file -C -m magic         => UNKNOWN
          file -m magic a          => UNKNOWN READ:a
          stat -c %s a             => HARMLESS LIST:a
          du -sh                   => HARMLESS SEARCH:.
          du -sh src               => HARMLESS SEARCH:src
          df -h                    => HARMLESS
          tree -L 2 src            => HARMLESS SEARCH:src
          tree -o out              => FILES_ONLY WRITE:out SEARCH:.
          tree -R -H . -L 1        => UNKNOWN SEARCH:.
          tree -a -I 'node_modules => HARMLESS SEARCH:.
          realpath a               => HARMLESS
          readlink -f a            => HARMLESS
          basename a .c            => HARMLESS
          dirname a/b              => HARMLESS
          bat -p a                 => HARMLESS READ:a
          bat --pager=./evil a     => HARMLESS RUN(./evil …) READ:a
          bat cache --build        => UNKNOWN READ:cache
          eza -la                  => HARMLESS LIST:.
          eza --tree src           => HARMLESS SEARCH:src
          """)
  void aListingDoesWhatItsOptionsSay(String line, String expected) {
    assertThat(Calls.reading(line)).isEqualTo(expected);
  }
}
