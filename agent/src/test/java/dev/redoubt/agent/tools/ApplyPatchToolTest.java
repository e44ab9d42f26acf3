// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.tools;

import static dev.redoubt.agent.tools.Workbench.said;
import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.agent.api.Step;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApplyPatchToolTest {

  private Workbench bench;

  @BeforeEach
  void open(@TempDir Path folder) throws Exception {
    bench = Workbench.in(folder);
  }

  @AfterEach
  void close() throws Exception {
    bench.close();
  }

  private Step.Done apply(String patch) throws InterruptedException {
    return bench.call(bench.tool("apply_patch"), Facts.of("patch", patch).all());
  }

  @Test
  void filesAreAddedChangedMovedAndDeletedTogether() throws Exception {
    bench.file("a.py", "def one():\n    return 1\n\ndef two():\n    return 1\n");
    bench.file("old.txt", "x\r\ny\r\n");
    bench.file("gone", "bye\n");

    Step.Done done =
        apply(
            """
            *** Begin Patch
            *** Add File: new/b.txt
            +hello
            +there
            *** Update File: a.py
            @@ def two():
            -    return 1
            +    return 2
            *** Update File: old.txt
            *** Move to: moved.txt
            @@
             x
            -y
            +z
            *** Delete File: gone
            *** End Patch
            """);

    assertThat(said(done))
        .isEqualTo(
            """
            wrote new/b.txt (+2 -0)
            wrote a.py (+1 -1)
            wrote moved.txt (+1 -1)
            deleted old.txt
            deleted gone\
            """);
    assertThat(bench.text("new/b.txt")).isEqualTo("hello\nthere\n");
    assertThat(bench.text("a.py")).endsWith("return 1\n\ndef two():\n    return 2\n");
    assertThat(bench.text("moved.txt")).isEqualTo("x\r\nz\r\n");
    assertThat(bench.workspace.resolve("old.txt")).doesNotExist();
    assertThat(bench.workspace.resolve("gone")).doesNotExist();
    assertThat(done.facts().items("changes")).hasSize(5);
  }

  @Test
  void aUnifiedDiffIsPlacedByItsLinesAndItsNumbers() throws Exception {
    bench.file("f", "a\nsame\nb\nsame\nc");

    Step.Done done =
        apply(
            """
            diff --git a/f b/f
            --- a/f
            +++ b/f
            @@ -4 +4 @@
            -same
            +other
            @@ -5,1 +5,2 @@
            -c
            \\ No newline at end of file
            +d
            +e
            --- /dev/null
            +++ b/g
            @@ -0,0 +1 @@
            +new
            """);

    assertThat(bench.text("f")).as(said(done)).isEqualTo("a\nsame\nb\nother\nd\ne");
    assertThat(bench.text("g")).isEqualTo("new\n");
  }

  @Test
  void whatDoesNotFitChangesNothing() throws Exception {
    bench.file("a", "one\n");
    bench.file("b", "same\nx\nsame\n");

    assertThat(said(apply(update("a", "-one\n+two\n") + update("b", "-gone\n+y\n") + END)))
        .contains("nothing was changed: b: change 1 of 1: its lines are not there: \"gone\"");
    assertThat(said(apply(update("a", "-one\n+two\n") + update("b", "-same\n+y\n") + END)))
        .contains("its lines are there 2 times, at the lines [1, 3]");
    assertThat(said(apply(update("a", "-one\n+two\n") + "*** Add File: b\n+x\n" + END)))
        .contains("b: it is there already: update it");
    assertThat(said(apply(update("a", "-one\n+two\n") + "*** Delete File: c\n" + END)))
        .contains("nothing was changed");
    assertThat(bench.text("a")).isEqualTo("one\n");
  }

  private static final String END = "*** End Patch\n";

  private static String update(String path, String lines) {
    return (path.equals("a") ? "*** Begin Patch\n" : "")
        + "*** Update File: "
        + path
        + "\n@@\n"
        + lines;
  }

  @Test
  void whiteSpaceThatDiffersIsThatOfTheFile() throws Exception {
    bench.file("a", "if x:\n\tone()  \n\ttwo()\n");

    apply(update("a", " if x:\n     one()\n-    two()\n+    three()\n+        four()\n") + END);

    assertThat(bench.text("a")).isEqualTo("if x:\n\tone()  \n\tthree()\n\t\tfour()\n");
  }

  @Test
  void whatIsNoPatchIsExplained() throws Exception {
    assertThat(said(apply("hello"))).contains("start with *** Begin Patch");
    assertThat(said(apply("*** Begin Patch\n*** Add File: a\n+x\n")))
        .contains("*** End Patch is missing");
    assertThat(said(apply("*** Begin Patch\n*** Update File: a\n?x\n*** End Patch")))
        .contains("starts with a space, - or +");
  }
}
