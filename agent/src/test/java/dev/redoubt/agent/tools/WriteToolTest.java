// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.tools;

import static dev.redoubt.agent.tools.Workbench.said;
import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.agent.api.Step;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WriteToolTest {

  private Workbench bench;

  @BeforeEach
  void open(@TempDir Path folder) throws Exception {
    bench = Workbench.in(folder);
  }

  @AfterEach
  void close() throws Exception {
    bench.close();
  }

  @Test
  void aFileIsCreatedWithItsFolders() throws Exception {
    Step.Done done = bench.call("write", "{'path':'a/b/c.txt','content':'x\\ny'}");

    assertThat(said(done)).isEqualTo("created a/b/c.txt, 2 lines (+2 -0)");
    assertThat(bench.text("a/b/c.txt")).isEqualTo("x\ny");
    assertThat(done.facts().text("diff"))
        .contains(
            """
            --- a/a/b/c.txt
            +++ b/a/b/c.txt
            @@ -0,0 +1,2 @@
            +x
            +y
            \\ No newline at end of file
            """);
  }

  @Test
  void aFileThatWasNotSeenIsNotReplaced() throws Exception {
    bench.file("a", "old\n");

    Step.Done done = bench.call("write", "{'path':'a','content':'new'}");

    assertThat(done.failed()).isTrue();
    assertThat(said(done)).contains("you have not seen it: view it");
    assertThat(bench.text("a")).isEqualTo("old\n");
  }

  @Test
  void aFileThatChangedSinceItWasSeenIsNotReplaced() throws Exception {
    bench.file("a", "old\n");
    bench.call("view", "{'path':'a'}");
    bench.file("a", "newer\n");

    assertThat(said(bench.call("write", "{'path':'a','content':'new'}")))
        .contains("has changed since you saw it");
    assertThat(bench.text("a")).isEqualTo("newer\n");
  }

  @Test
  void aFileThatChangesWhileAPersonIsAskedIsNotReplaced() throws Exception {
    bench.file("a", "old\n");
    bench.call("view", "{'path':'a'}");
    bench.beforeWrite(() -> put("a", "newer\n"));

    assertThat(said(bench.call("write", "{'path':'a','content':'new'}")))
        .contains("was changed by somebody else meanwhile: nothing was written");
    assertThat(bench.text("a")).isEqualTo("newer\n");
  }

  @Test
  void aFileThatAppearsMeanwhileIsNotReplaced() throws Exception {
    bench.beforeWrite(() -> put("a", "theirs\n"));

    assertThat(said(bench.call("write", "{'path':'a','content':'mine'}")))
        .contains("is there already: nothing was written");
    assertThat(bench.text("a")).isEqualTo("theirs\n");
  }

  private void put(String name, String text) {
    try {
      bench.file(name, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void lineEndsMarkAndModeOfAFileStay() throws Exception {
    Path path = bench.file("a", "\ufeffa\r\nb\r\n");
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-x---"));
    bench.call("view", "{'path':'a'}");

    assertThat(said(bench.call("write", "{'path':'a','content':'c\\nd\\n'}")))
        .isEqualTo("replaced a, 2 lines (+2 -2), with CRLF line ends as before");
    assertThat(bench.text("a")).isEqualTo("\ufeffc\r\nd\r\n");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
        .isEqualTo("rwxr-x---");
  }

  @Test
  void whatAToolWroteOrSawInAnEarlierRunIsKnown() throws Exception {
    bench.file("a", "old\n");
    Step.Done seen = bench.call("view", "{'path':'a'}");
    bench.call("write", "{'path':'a','content':'new\\n'}");
    Step.Done again = bench.call("write", "{'path':'a','content':'newer\\n'}");
    assertThat(again.failed()).isFalse();

    try (Workbench later = Workbench.in(bench.workspace.getParent())) {
      later.tool("view").recall(seen.facts());
      assertThat(later.call("write", "{'path':'a','content':'x'}").failed()).isTrue();
      later.tool("write").recall(again.facts());
      assertThat(later.call("write", "{'path':'a','content':'x'}").failed()).isFalse();
    }
  }

  @Test
  void aFolderStaysWhatItIs() throws Exception {
    Files.createDirectory(bench.workspace.resolve("d"));

    Step.Done done = bench.call("write", "{'path':'d','content':'x'}");

    assertThat(said(done)).endsWith("is there already: nothing was written");
    assertThat(bench.workspace.resolve("d")).isDirectory();
  }
}
