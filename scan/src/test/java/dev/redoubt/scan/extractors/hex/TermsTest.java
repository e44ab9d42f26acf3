// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.hex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.redoubt.document.DocumentException;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TermsTest {

  @Test
  void bothLanguagesAreRead() throws IOException {
    String text = "{:git, \"a\\\"b\", # note\n [tag: :\"v 1\"]}";
    String erlang = "{git,<<\"a\">>, % note\n [{ref,'b'}]}.";

    assertThat(new Terms(text).next())
        .hasToString(
            "Group[items=[Word[value=git, line=1], Word[value=a\"b, line=1], "
                + "Group[items=[Pair[key=tag, value=Word[value=v 1, line=2], line=2]], line=2]], "
                + "line=1]");
    assertThat(new Terms(erlang).next())
        .hasToString(
            "Group[items=[Word[value=git, line=1], Word[value=a, line=1], "
                + "Group[items=[Group[items=[Word[value=ref, line=2], Word[value=b, line=2]], "
                + "line=2]], line=2]], line=1]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[1", "{:a :b}", "\"open", "\"#{code}\"", "<<\"a\"", "(1)", ":"})
  void whatIsNoLiteralIsRefused(String text) {
    assertThatThrownBy(() -> new Terms(text).next()).isInstanceOf(DocumentException.class);
  }

  @Test
  void nestingIsBounded() {
    assertThatThrownBy(() -> new Terms("[".repeat(200) + "]".repeat(200)).next())
        .isInstanceOf(DocumentException.class);
  }
}
