// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompareShelfTest {

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiterString = " => ",
      textBlock =
          """
          cmp a b                           => HARMLESS READ:a READ:b
          diff -u a b                       => HARMLESS READ:a READ:b
          diff -ruN a b                     => HARMLESS SEARCH:a SEARCH:b
          diff -U3 a b                      => HARMLESS READ:a READ:b
          diff --recursive a b              => HARMLESS SEARCH:a SEARCH:b
          diff --from-file=a b c            => HARMLESS READ:a READ:b READ:c
          diff -X ignore -r a b             => HARMLESS READ:ignore SEARCH:a SEARCH:b
          diff --diff-program=x a b         => UNKNOWN READ:a READ:b
          diff3 --diff-program=./evil a b c => HARMLESS RUN(./evil …) READ:a READ:b READ:c
          diff3 --diff=./evil a b c         => HARMLESS RUN(./evil …) READ:a READ:b READ:c
          sdiff -o out a b                  => FILES_ONLY WRITE:out READ:a READ:b
          sha256sum a                       => HARMLESS READ:a
          sha256sum -c sums                 => HARMLESS READ:sums
          md5sum *                          => HARMLESS READ:*
          cksum -a sha256 a                 => HARMLESS READ:a
          shasum -a 256 a                   => HARMLESS READ:a
          """)
  void aComparisonDoesWhatItsOptionsSay(String line, String expected) {
    assertThat(Calls.reading(line)).isEqualTo(expected);
  }
}
