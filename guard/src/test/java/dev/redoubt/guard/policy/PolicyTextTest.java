// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.document.DocumentException;
import dev.redoubt.document.Node;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Where in a line a mistake is shown; the value is `v` unless a row says another.
class PolicyTextTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      ignoreLeadingAndTrailingWhitespace = false,
      textBlock =
          """
          abc = 1|1|7
            abc = 1|3|9
          \tabc\t= 1|2|8
          x = 'abc', abc =  1|12|19
          x = { abc = 1 }|7|13
          'abc' = 1|1|9
          "abc" = 'v'|1|9
          # abc = 1|1|1
            # abc = 1|3|3
          a.abc = 1|3|9
          [abc]|2|2
          [ abc ]|3|3
          x = "a\\"abc = 1"|1|1
          x = 'a\\', abc = 1|11|17
          x = "a\\\\", abc = 1|12|18
          abcd = 1, abc = 2|11|17
          abc|1|1
          abc   |1|1
          'abc|1|1
          ''|1|1
          abc =|1|5
          abc = 'v'|1|7
          abc = ["x", "v"]|1|13
          abc = v|1|7
          v|1|1
          'v'|1|1
          `   `|1|1
          ``|1|1
          """)
  void aMistakeIsShownAtItsKeyOrItsValue(String line, int key, int value) {
    PolicyText text = new PolicyText("f", ("\n" + line).getBytes(StandardCharsets.UTF_8));

    assertThat(text.atKey(new Node.Bool(true, 2), "abc", "m")).hasMessage("f:2:" + key + ": m");
    assertThat(text.atValue(new Node.Text("v", 2), "abc", "m")).hasMessage("f:2:" + value + ": m");
  }

  @Test
  void anEmptyValueIsShownBehindItsKey() {
    PolicyText text = new PolicyText("f", "abc =  ''".getBytes(StandardCharsets.UTF_8));

    assertThat(text.atValue(new Node.Text("", 1), "abc", "m")).hasMessage("f:1:8: m");
    assertThat(text.atValue(new Node.Text("", 1), "x", "m")).hasMessage("f:1:1: m");
    assertThat(text.atTable(new Node.Nothing(9), "m")).hasMessage("f:9:1: m");
    assertThat(text.atTable(new Node.Nothing(0), "m")).hasMessage("f:0:1: m");
    assertThat(text.malformed(new DocumentException(null, "m", "h"))).hasMessage("f: m");
  }
}
