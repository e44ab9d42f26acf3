// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.tools;

import static dev.redoubt.agent.tools.Workbench.said;
import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.agent.api.Step;
import dev.redoubt.document.Node;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EditToolTest {

  private Workbench bench;

  @BeforeEach
  void open(@TempDir Path folder) throws Exception {
    bench = Workbench.in(folder);
  }

  @AfterEach
  void close() throws Exception {
    bench.close();
  }

  /* A line break is written | and a tab >. */
  private Step.Done edit(String... oldAndNew) throws InterruptedException {
    List<Node> edits = new ArrayList<>();
    for (int i = 0; i < oldAndNew.length; i += 2) {
      edits.add(
          Facts.of("old_string", plain(oldAndNew[i]))
              .and("new_string", plain(oldAndNew[i + 1]))
              .all());
    }
    return bench.call(bench.tool("edit"), Facts.of("path", "f").and("edits", edits).all());
  }

  private static String plain(String text) {
    return text.replace("|", "\n").replace(">", "\t").replace("~", "\r\n");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        // exact
        "a|b|c|,           b,            x,             a|x|c|",
        "a|b|c|,           b|,           ``,            a|c|",
        "one two three|,   two,          2,             one 2 three|",
        // line ends, last line
        "a~b~c~,           b|c,          x|y|z,         a~x~y~z~",
        "a~b~c,            c,            d|e,           a~b~d~e",
        "a|b,              b|,           x|,            a|x",
        "a|b,              b,            x|,            a|x|",
        // white space differs
        "a|b  |c|,         a|b|c,        a|x|c,         a|x|c|",
        "a|  b|    c|d|,   b|  c,        b|  x,         a|  b|    x|d|",
        "if:|>b|>>c|e|,    `    b|        c`, `    b|        x|            y`, if:|>b|>>x|>>>y|e|",
        "if:|  b|    c|e|, >b|>>c,       >b|>>x,        if:|  b|    x|e|",
        "it’s|x|,          it's|x,       it's|y,        it’s|y|",
      })
  void aTextIsReplacedWhereItBelongs(String before, String old, String now, String after)
      throws Exception {
    bench.file("f", plain(before));

    Step.Done done = edit(old, now);

    assertThat(bench.text("f")).as(said(done)).isEqualTo(plain(after));
  }

  @Test
  void editsAreMadeOneAfterTheOtherOrNotAtAll() throws Exception {
    bench.file("f", "a\nb\n");

    assertThat(said(edit("a", "c", "c", "d"))).isEqualTo("edited f (+1 -1)");
    assertThat(bench.text("f")).isEqualTo("d\nb\n");
    assertThat(said(edit("d", "e", "nowhere", "x")))
        .startsWith("nothing was changed in f. edit 2 of 2: old_string is not in the file");
    assertThat(bench.text("f")).isEqualTo("d\nb\n");
  }

  @Test
  void aTextThatIsThereTwiceIsRefusedWithItsPlaces() throws Exception {
    bench.file("f", "  x = 1\ny\n  x = 2\n");

    assertThat(said(edit("x =", "z =")))
        .contains("is there 2 times")
        .contains("\n  line 1: x = 1\n  line 3: x = 2");
    assertThat(
            said(
                bench.call(
                    "edit",
                    "{'path':'f','edits':[{'old_string':'x =','new_string':'z"
                        + " =','replace_all':true}]}")))
        .isEqualTo("edited f (+2 -2)");
    assertThat(bench.text("f")).isEqualTo("  z = 1\ny\n  z = 2\n");
  }

  @Test
  void twoPlacesThatDifferOnlyInWhiteSpaceAreNotChosenBetween() throws Exception {
    bench.file("f", "  go( );\nx\n    go( );\n");

    assertThat(said(edit("go( ); ", "stop();"))).contains("at the lines 1, 3");
    assertThat(bench.text("f")).isEqualTo("  go( );\nx\n    go( );\n");
  }

  @Test
  void anEditIsPlacedAgainWhenTheLinesAroundItHaveChanged() throws Exception {
    bench.file("f", "int a() {\n  one();\n  two();\n  three();\n  four();\n}\n");
    bench.call("view", "{'path':'f'}");
    bench.file(
        "f", "// note\nlong a() {\n  zero();\n  one();\n  two();\n  three();\n  four();\n}\n");

    Step.Done done =
        edit(
            "int a() {|  one();|  two();|  three();|  four();|}",
            "int a() {|  one();|  2();|  three();|  four();|}");

    assertThat(bench.text("f"))
        .isEqualTo("// note\nlong a() {\n  zero();\n  one();\n  2();\n  three();\n  four();\n}\n");
    assertThat(said(done))
        .contains("placed at line 5, where the lines around it have changed")
        .contains("The file had changed since you saw it")
        .contains("-  two();\n+  2();");
    assertThat(done.facts().isTrue("reanchored")).isTrue();
  }

  @Test
  void whatSomebodyElseChangedIsNeverOverwritten() throws Exception {
    bench.file("f", "start\nlimit = 20\nname = b\nsize = c\nend\n");
    bench.call("view", "{'path':'f'}");

    Step.Done done =
        edit("start|limit = 10|name = b|size = c|end", "start|limit = 11|name = b|size = c|end");

    assertThat(done.failed()).isTrue();
    assertThat(said(done)).contains("Nearest to it is:\n1\tstart\n2\tlimit = 20");
    assertThat(bench.text("f")).contains("limit = 20");
  }

  @Test
  void anEditIsMadeInTheVersionThatIsThereWhenItIsWritten() throws Exception {
    bench.file("f", "a\nb\n");
    bench.beforeWrite(() -> put("a\nb\nc\n"));

    assertThat(said(edit("b", "x"))).isEqualTo("edited f (+1 -1)");
    assertThat(bench.text("f")).isEqualTo("a\nx\nc\n");
  }

  private void put(String text) {
    try {
      bench.file("f", text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aFileThatWasOnlyEditedIsStillNotKnownWhole() throws Exception {
    bench.file("f", "a\nb\n");
    edit("b", "x");

    assertThat(said(bench.call("write", "{'path':'f','content':'y'}"))).contains("not seen");
  }

  @Test
  void aMissingFileNamesWhatLiesNearIt() throws Exception {
    bench.file("ff", "a");

    assertThat(said(edit("a", "b"))).contains("there is no such file; near it are \"ff\"");
  }

  @Test
  void anEmptyOrUnchangedTextIsRefused() throws Exception {
    bench.file("f", "a\n");

    assertThat(said(edit("", "b"))).contains("old_string is empty");
    assertThat(said(edit("a", "a"))).contains("are the same");
    assertThat(said(edit("a", "b", "b", "a"))).contains("undo each other");
  }

  @Test
  void editsThatMultiplyAreRefusedBeforeTheyFillTheMemory() throws Exception {
    bench.file("f", "a\n");
    List<Node> edits =
        java.util.Collections.nCopies(
            100,
            Facts.of("old_string", "a")
                .and("new_string", "a".repeat(10))
                .and("replace_all", true)
                .all());

    Step.Done done =
        bench.call(bench.tool("edit"), Facts.of("path", "f").and("edits", edits).all());

    assertThat(said(done)).contains("edit 7 of 100").contains("would make it longer");
    assertThat(bench.text("f")).isEqualTo("a\n");
  }
}
