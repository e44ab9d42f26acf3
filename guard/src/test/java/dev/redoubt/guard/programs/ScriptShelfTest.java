// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScriptShelfTest {

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiterString = " => ",
      textBlock =
          """
          yq .a a.yml                    => HARMLESS READ:a.yml
          yq a.yml                       => HARMLESS READ:a.yml
          yq -i '.a=1 a.yml              => FILES_ONLY WRITE:a.yml
          yq e .a a.yml                  => HARMLESS READ:a.yml
          yq 'load("/etc/shadow")        => UNKNOWN READ:load("/etc/shadow")
          yq 'env(HOME)                  => HARMLESS OPAQUE:command.environment(env(HOME)) READ:env(HOME)
          yq 'strenv(HOME)               => HARMLESS OPAQUE:command.environment(strenv(HOME)) READ:strenv(HOME)
          yq -o json . a.yml             => HARMLESS READ:a.yml
          yq --from-file x a.yml         => UNKNOWN READ:a.yml
          xmllint --noout a.xml          => HARMLESS READ:a.xml
          xmllint --xpath //a a.xml      => HARMLESS READ:a.xml
          xmllint --noent a.xml          => UNKNOWN READ:a.xml
          xmllint --output out a.xml     => FILES_ONLY WRITE:out READ:a.xml
          xmllint --shell a.xml          => UNKNOWN READ:a.xml
          xmllint http://a.example/x.xml => UNKNOWN READ:http://a.example/x.xml
          """)
  void aFilterDoesWhatItsOptionsSay(String line, String expected) {
    assertThat(Calls.reading(line)).isEqualTo(expected);
  }
}
