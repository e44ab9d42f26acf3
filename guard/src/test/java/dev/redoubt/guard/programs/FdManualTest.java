// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FdManualTest {

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiterString = " => ",
      textBlock =
          """
          fd                              => HARMLESS SEARCH:.
          fd foo src                      => HARMLESS SEARCH:src
          fd -e java                      => HARMLESS SEARCH:.
          fd -x rm                        => HARMLESS SEARCH:. RUN(rm {})
          fd -e java -x wc -l             => HARMLESS SEARCH:. RUN(wc -l {})
          fd -e java --exec wc -l {}      => HARMLESS SEARCH:. RUN(wc -l {})
          fd -e java -X vim               => HARMLESS SEARCH:. RUN(vim {})
          fd -Hx rm                       => UNKNOWN SEARCH:.
          fd --exec-b rm                  => UNKNOWN SEARCH:.
          fd --exe rm                     => UNKNOWN SEARCH:.
          fd foo -x rm 'a {} ; -u         => UNKNOWN SEARCH:. RUN(rm a {})
          fd --base-directory /etc passwd => HARMLESS IN:/etc(SEARCH:.)
          fd -C /etc passwd -x cat        => HARMLESS IN:/etc(IN:/etc(SEARCH:.) RUN(cat {}))
          """)
  void aCommandPerFileIsFound(String line, String expected) {
    assertThat(Calls.reading(line)).isEqualTo(expected);
  }
}
