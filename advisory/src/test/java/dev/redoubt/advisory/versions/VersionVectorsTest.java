// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.advisory.versions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.advisory.versions.VersionVectors.Result.Checked;
import dev.redoubt.advisory.versions.VersionVectors.Result.Malformed;
import java.io.IOException;
import java.io.StringReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VersionVectorsTest {

  private final StringBuilder out = new StringBuilder();

  @Test
  void statementsThatHoldAreOnlyCounted() throws Exception {
    assertThat(check("1 < 2\n2 > 1\r\n1 = 1.0\n")).isEqualTo(new Checked(3, 0));
    assertThat(out.toString()).isEqualTo("checked 3, failed 0\n");
  }

  @Test
  void statementsThatDoNotHoldAreShownWithTheirLine() throws Exception {
    assertThat(check("1 < 2\n\n2 < 1\n1 > 1.0\n1 = 2")).isEqualTo(new Checked(4, 3));
    assertThat(out.toString())
        .isEqualTo(
            """
            line 3: 2 < 1, got >
            line 4: 1 > 1.0, got =
            line 5: 1 = 2, got <
            checked 4, failed 3
            """);
  }

  @Test
  void terminalEscapesAreNotPassedOn() throws Exception {
    check("1\u001b[2J  > 2");
    assertThat(out.toString()).startsWith("line 1: 1?[2J > 2, got <\n");
  }

  @Test
  void blankLinesAndCommentsAreSkipped() throws Exception {
    assertThat(check("# 1 > 2\n// 1 > 2\n\n  \t\n#x\n//x\n  # x\n 1  <\t2 \n"))
        .isEqualTo(new Checked(1, 0));
  }

  @Test
  void nothingIsNoFailure() throws Exception {
    assertThat(check("")).isEqualTo(new Checked(0, 0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1 <= 2", "1 <", "1 < 2 3", "1<2", "< 1 2", "1 == 1"})
  void aLineThatIsNoStatementEndsTheCheck(String line) throws Exception {
    assertThat(check("1 < 2\n" + line + "\n1 < 2\n"))
        .isEqualTo(new Malformed(2, "line 2: expected \"a < b\", got \"" + line + "\""));
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void aMalformedLineIsQuotedShortAndWithoutControlCharacters() throws Exception {
    assertThat(check("\u001b[31m" + "x".repeat(100)))
        .isEqualTo(
            new Malformed(1, "line 1: expected \"a < b\", got \"?[31m" + "x".repeat(75) + "…\""));
  }

  @Test
  void anEndlessLineIsRefused() throws Exception {
    assertThat(check("1 < " + "1".repeat(1 << 20)))
        .isEqualTo(new Malformed(1, "line 1: longer than 65536 characters"));
  }

  private VersionVectors.Result check(String lines) throws IOException {
    return VersionVectors.check(SemVerOrder.SEMVER, new StringReader(lines), out);
  }
}
