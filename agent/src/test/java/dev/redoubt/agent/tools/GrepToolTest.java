// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.tools;

import static dev.redoubt.agent.tools.Workbench.said;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GrepToolTest {

  private Workbench bench;

  @BeforeEach
  void open(@TempDir Path folder) throws Exception {
    bench = Workbench.in(folder);
    bench.file("src/a.txt", "one\ntwo\nthree\nfour\nfive\ntwo\n");
    bench.file("src/b.java", "class Two {}\n");
    bench.file("out/c.txt", "two\n");
    bench.file(".gitignore", "out/\n");
  }

  @AfterEach
  void close() throws Exception {
    bench.close();
  }

  private String grep(String json) throws InterruptedException {
    return said(bench.call("grep", json));
  }

  @Test
  void linesAreFoundByFileAndNumber() throws Exception {
    assertThat(grep("{'pattern':'t[wh]'}")).isEqualTo("src/a.txt\n2: two\n3: three\n6: two\n");
    assertThat(grep("{'pattern':'TWO','ignore_case':true}"))
        .isEqualTo("src/a.txt\n2: two\n6: two\n\nsrc/b.java\n1: class Two {}\n");
    assertThat(grep("{'pattern':'nowhere'}")).isEqualTo("(nothing is found)\n");
  }

  @Test
  void theLinesAroundAreShownOnce() throws Exception {
    assertThat(grep("{'pattern':'two','context':1}"))
        .isEqualTo("src/a.txt\n1- one\n2: two\n3- three\n--\n5- five\n6: two\n");
    assertThat(grep("{'pattern':'two|four','context':1}"))
        .isEqualTo("src/a.txt\n1- one\n2: two\n3- three\n4: four\n5- five\n6: two\n");
  }

  @Test
  void filesAndCountsAreShownAlone() throws Exception {
    assertThat(grep("{'pattern':'(?i)two','show':'files'}")).isEqualTo("src/a.txt\nsrc/b.java\n");
    assertThat(grep("{'pattern':'two','show':'counts','ignored':true}"))
        .isEqualTo("out/c.txt: 1\nsrc/a.txt: 2\n");
  }

  @Test
  void aGlobAFolderOrAFileNarrowsIt() throws Exception {
    assertThat(grep("{'pattern':'(?i)two','glob':'*.{java,kt}'}")).startsWith("src/b.java\n1:");
    assertThat(grep("{'pattern':'two','path':'out','ignored':true}"))
        .isEqualTo("out/c.txt\n1: two\n");
    assertThat(grep("{'pattern':'two','path':'out/c.txt'}")).isEqualTo("out/c.txt\n1: two\n");
    assertThat(grep("{'pattern':'two','path':'src/a.tx'}")).contains("near it are \"src/a.txt\"");
  }

  @Test
  void whatWasLeftOutIsSaid() throws Exception {
    bench.file("many", "x\n".repeat(300));
    bench.file(".env", "x=1\n");

    assertThat(grep("{'pattern':'x','limit':2}"))
        .isEqualTo(
            """
            many
            1: x
            2: x
            (there is more, or a file is too large: narrow it, or raise limit)
            (1 files may not be read)
            """);
  }

  @Test
  void aWrongPatternIsExplained() throws Exception {
    assertThat(grep("{'pattern':'foo('}"))
        .contains("\"foo(\" is no pattern: missing closing )")
        .contains("with a backslash");
  }
}
