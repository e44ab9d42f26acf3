// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JqManualTest {

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiterString = " => ",
      textBlock =
          """
          jq .                                   => HARMLESS
          jq . a.json                            => HARMLESS READ:a.json
          jq -r '.name a.json                    => HARMLESS READ:a.json
          jq -r '.[]|select(.name=="env") a.json => HARMLESS READ:a.json
          jq '.env a.json                        => HARMLESS READ:a.json
          jq '.env.HOME a.json                   => HARMLESS READ:a.json
          jq -n env                              => HARMLESS OPAQUE:command.environment(env)
          jq -n '$ENV.TOKEN                      => HARMLESS OPAQUE:command.environment($ENV.TOKEN)
          jq -n '"\\(env)"                       => HARMLESS OPAQUE:command.environment("\\(env)")
          jq -n '"\\("\\(env.A)")"               => HARMLESS OPAQUE:command.environment("\\("\\(env.A)")")
          jq --arg x y '.a==$x a.json            => HARMLESS READ:a.json
          jq --argjson x 1 .a a.json             => HARMLESS READ:a.json
          jq --slurpfile x /etc/shadow -n $x     => UNKNOWN READ:$x READ:/etc/shadow
          jq --rawfile x secret . a.json         => HARMLESS READ:secret READ:a.json
          jq --arg x $y .a a.json                => UNKNOWN READ:$y READ:.a READ:a.json
          jq -n --args '$ARGS a b                => HARMLESS
          jq -f prog a.json                      => UNKNOWN READ:prog READ:a.json
          jq -L lib . a.json                     => UNKNOWN READ:a.json
          jq 'import_"a"_as_$x;_. a.json         => UNKNOWN READ:a.json
          jq 'include_"a";_. a.json              => UNKNOWN READ:a.json
          jq $x a.json                           => UNKNOWN READ:$x READ:a.json
          jq --nope . a.json                     => UNKNOWN READ:a.json
          jq -S . *                              => UNKNOWN READ:*
          jq --indent 2 . a.json                 => HARMLESS READ:a.json
          """)
  void aFilterDoesWhatItSays(String line, String expected) {
    assertThat(Calls.reading(line)).isEqualTo(expected);
  }
}
