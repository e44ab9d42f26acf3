// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.tools;

import static dev.redoubt.agent.tools.Workbench.said;
import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.agent.api.Message;
import dev.redoubt.agent.api.Step;
import dev.redoubt.guard.Content;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ViewToolTest {

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
  void aFileIsShownWithTheNumbersOfItsLines() throws Exception {
    bench.file("a/b.txt", "one\ntwo\n");

    Step.Done done = bench.call("view", "{'path':'a/b.txt'}");

    assertThat(said(done)).isEqualTo("1\tone\n2\ttwo\n");
    assertThat(done.failed()).isFalse();
    assertThat(done.facts().text("path")).contains("a/b.txt");
    assertThat(done.facts().text("sha256")).contains(Content.of("one\ntwo\n").sha256());
  }

  @Test
  void aRangeSaysWhereToGoOn() throws Exception {
    bench.file("long", "x\n".repeat(5_000));

    assertThat(said(bench.call("view", "{'path':'long','offset':10,'limit':2}")))
        .isEqualTo("10\tx\n11\tx\n(lines 10 to 11 of 5000; go on with offset 12)");
    assertThat(said(bench.call("view", "{'path':'long'}")))
        .endsWith("1000\tx\n(lines 1 to 1000 of 5000; go on with offset 1001)");
    assertThat(said(bench.call("view", "{'path':'long','offset':9000}")))
        .isEqualTo("(the file has only 5000 lines)");
  }

  @Test
  void longLinesAndLongFilesAreCut() throws Exception {
    bench.file("wide", "y".repeat(9_000) + "\n");
    bench.file("wider", ("z".repeat(1_500) + "\n").repeat(100));

    assertThat(said(bench.call("view", "{'path':'wide'}"))).endsWith("… (7000 characters more)\n");
    assertThat(said(bench.call("view", "{'path':'wider'}")))
        .hasSizeLessThan(28_000)
        .endsWith("(lines 1 to 16 of 100; go on with offset 17)");
  }

  @Test
  void whatIsUnusualAboutAFileIsSaid() throws Exception {
    bench.file("crlf", "a\r\nb\r\n");
    bench.file("mixed", "a\r\nb\n");
    bench.file("open", "a");
    bench.file("none", "");
    bench.file("mark", "\ufeffa\n");
    Files.write(bench.workspace.resolve("latin"), new byte[] {'a', (byte) 0xE9, '\n'});
    Files.write(bench.workspace.resolve("wide"), "\ufeffa\n".getBytes(StandardCharsets.UTF_16LE));

    assertThat(
            List.of("crlf", "mixed", "open", "none", "mark", "latin", "wide").stream()
                .map(this::view))
        .containsExactly(
            "(CRLF line ends)\n1\ta\n2\tb\n",
            "(LF and CRLF line ends mixed)\n1\ta\n2\tb\n",
            "(no line end after the last line)\n1\ta\n",
            "(the file is empty)",
            "(UTF-8 with byte order mark)\n1\ta\n",
            "(not UTF-8, read as Latin-1)\n1\taé\n",
            "(UTF-16LE)\n1\ta\n");
  }

  private String view(String name) {
    try {
      return said(bench.call("view", "{'path':'%s'}".formatted(name)));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aPictureIsShownAsOneAndOtherBinaryFilesAreNamed() throws Exception {
    byte[] png = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0, 0};
    Files.write(bench.workspace.resolve("p.txt"), png);
    Files.write(bench.workspace.resolve("b"), new byte[] {1, 0, 2});
    Files.write(bench.workspace.resolve("pdf"), "%PDF-1.7\0".getBytes(StandardCharsets.US_ASCII));

    assertThat(bench.call("view", "{'path':'p.txt'}").content())
        .containsExactly(
            new Message.Words("p.txt, image/png, 10 bytes"),
            new Message.Image("image/png", Content.of(png)));
    assertThat(view("b")).isEqualTo("\"b\" is no text: binary data, 3 bytes");
    assertThat(view("pdf")).isEqualTo("\"pdf\" is no text: a PDF document, 9 bytes");
  }

  @Test
  void aMissingFileNamesWhatLiesNearIt() throws Exception {
    bench.file("src/Main.java", "");
    bench.file("src/Other.java", "");

    Step.Done done = bench.call("view", "{'path':'src/main.jav'}");

    assertThat(done.failed()).isTrue();
    assertThat(said(done)).contains("there is no such file; near it are \"src/Main.java\"");
    assertThat(view("src")).contains("it is a folder, use ls");
    assertThat(view("gone/away.txt")).contains("its folder \"gone\" cannot be listed either");
    assertThat(view("src/zzzzzzzzzz")).contains("look with glob for \"**/zzzzzzzzzz\"");
  }
}
