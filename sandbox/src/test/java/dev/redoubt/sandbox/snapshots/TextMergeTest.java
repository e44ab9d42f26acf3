// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.snapshots;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextMergeTest {

  private static Optional<String> merge(String origin, String ours, String theirs)
      throws IOException {
    return TextMerge.merge(origin.getBytes(UTF_8), ours.getBytes(UTF_8), theirs.getBytes(UTF_8))
        .map(bytes -> new String(bytes, UTF_8));
  }

  /* `/` stands for a line break. */
  @ParameterizedTest
  @CsvSource({
    "1/2/3/4/5/, 1/2/3/4/five/, one/2/3/4/5/, one/2/3/4/five/",
    "1/2/3/4/5/, 2/3/4/5/, 1/2/3/4/5/6/, 2/3/4/5/6/",
    "1/2/3/, 1/2/3/, 1/x/3/, 1/x/3/",
    "1/2/3/, 1/x/3/, 1/x/3/, 1/x/3/",
    "1/2/3/4, one/2/3/4, 1/2/3/4, one/2/3/4",
    "1/2/3/4, one/2/3/4, 1/2/3/4/, one/2/3/4/",
  })
  void changesOfDifferentLinesStandBoth(String origin, String ours, String theirs, String expected)
      throws IOException {
    assertThat(merge(lines(origin), lines(ours), lines(theirs))).contains(lines(expected));
  }

  @ParameterizedTest
  @CsvSource({
    "1/2/3/, 1/a/3/, 1/b/3/",
    "1/2/3/, 1/3/, 1/b/3/",
    "1/2/3, 1/2/3/4, 1/2/3/5",
    "1/2/3, 1/2/3/, 1/2/three",
  })
  void changesOfTheSameLinesAreNotMerged(String origin, String ours, String theirs)
      throws IOException {
    assertThat(merge(lines(origin), lines(ours), lines(theirs))).isEmpty();
  }

  @Test
  void whatIsNoTextIsNotMerged() throws IOException {
    assertThat(merge("1\n2\n3\n4\n", "1\n2\n3\n\0\n", "one\n2\n3\n4\n")).isEmpty();
  }

  @Test
  void lineEndsAndBytesStayAsTheyAre() throws IOException {
    assertThat(merge("1\r\n2\r\n3\r\n4\r\n", "1\r\n2\r\n3\r\n4\n", "eins\r\n2\r\n3\r\n4\r\n"))
        .contains("eins\r\n2\r\n3\r\n4\n");
  }

  private static String lines(String text) {
    return text.replace('/', '\n');
  }
}
