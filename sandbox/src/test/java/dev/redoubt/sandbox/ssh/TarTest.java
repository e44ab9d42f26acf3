// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.ssh;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.redoubt.testkit.Engines;
import dev.redoubt.testkit.NeedsEngine;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the far machine's `tar` writes is read, and what is written it reads.
class TarTest {

  private static final String LONG = "a-folder-with-a-name/".repeat(8) + "ä";

  @TempDir Path folder;

  @Test
  @NeedsEngine("tar")
  void gnuReadsWhatIsWritten() throws Exception {
    extract(List.of(Engines.path("tar").toString(), "-xof"));
  }

  @Test
  @NeedsEngine("busybox")
  void busyboxReadsWhatIsWritten() throws Exception {
    extract(List.of(Engines.path("busybox").toString(), "tar", "-xof"));
  }

  private void extract(List<String> tar) throws Exception {
    Path archive = folder.resolve("archive");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    TarWriter writer = new TarWriter(bytes);
    String parent = "";
    for (String name : LONG.substring(0, LONG.length() - 2).split("/", -1)) {
      parent = parent.isEmpty() ? name : parent + "/" + name;
      writer.folder(parent);
    }
    writer.file(LONG, true, 1_000_000_000, 5, new ByteArrayInputStream("hello".getBytes(UTF_8)));
    writer.file("empty", false, 0, 0, new ByteArrayInputStream(new byte[0]));
    writer.link("link", "x".repeat(150));
    writer.end();
    bytes.write("mark".getBytes(UTF_8));
    Files.write(archive, bytes.toByteArray());
    Path out = Files.createDirectory(folder.resolve("out"));

    run(tar, archive.toString(), "-C", out.toString());

    assertThat(out.resolve(LONG)).hasContent("hello").isExecutable();
    assertThat(out.resolve("empty")).isEmptyFile();
    assertThat(Files.isExecutable(out.resolve("empty"))).isFalse();
    assertThat(Files.readSymbolicLink(out.resolve("link"))).hasToString("x".repeat(150));
  }

  @ParameterizedTest
  @ValueSource(strings = {"gnu", "posix", "ustar"})
  @NeedsEngine("tar")
  void whatGnuWritesIsRead(String format) throws Exception {
    String name = format.equals("ustar") ? "d/".repeat(20) + "e".repeat(90) : LONG;
    Path file = folder.resolve("in").resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "content");
    Files.writeString(folder.resolve("in/small"), "x".repeat(700));
    Path archive = folder.resolve("archive");

    run(
        List.of(Engines.path("tar").toString(), "--format=" + format, "-cf"),
        archive.toString(),
        "-C",
        folder.resolve("in").toString(),
        "./small",
        "./" + name);

    assertThat(read(Files.readAllBytes(archive)))
        .containsExactly("./small 0 700", "./" + name + " 0 7");
  }

  @Test
  @NeedsEngine("busybox")
  void whatBusyboxWritesIsRead() throws Exception {
    Path file = folder.resolve("in").resolve(LONG);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "content");
    Path archive = folder.resolve("archive");

    run(
        List.of(Engines.path("busybox").toString(), "tar", "-cf"),
        archive.toString(),
        "-C",
        folder.resolve("in").toString(),
        "./" + LONG);

    assertThat(read(Files.readAllBytes(archive))).containsExactly("./" + LONG + " 0 7");
  }

  @Test
  void anArchiveThatEndsInTheMiddleOfAFileIsAnError() throws IOException {
    byte[] whole = archive("a", "content");

    assertThatThrownBy(() -> read(Arrays.copyOf(whole, 515))).isInstanceOf(IOException.class);
  }

  @Test
  void whatIsNoArchiveIsAnError() {
    assertThatThrownBy(() -> read("not a tar ".repeat(100).getBytes(UTF_8)))
        .isInstanceOf(IOException.class);
  }

  @Test
  void aRecordThatSaysItIsLongerThanAnythingIsNone() throws IOException {
    byte[] archive = archive("a", "11 aaaa=bb\n%d path=x\n".formatted(Long.MAX_VALUE));
    archive[156] = 'x';
    int sum = 0;
    for (int i = 0; i < 512; i++) {
      sum += i >= 148 && i < 156 ? ' ' : archive[i] & 0xff;
    }
    byte[] written = "%06o\0 ".formatted(sum).getBytes(UTF_8);
    System.arraycopy(written, 0, archive, 148, written.length);

    assertThat(read(archive)).isEmpty();
  }

  @Test
  void onlyWhatWasAskedForIsTakenAndOnce() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    TarWriter writer = new TarWriter(bytes);
    for (String name :
        List.of("../out", "/etc/passwd", "./wanted", "./wanted", ".git/hooks/x", "a/../wanted")) {
      writer.file(name, false, 0, 1, new ByteArrayInputStream(new byte[] {'x'}));
    }
    writer.link("other", "/etc");
    writer.end();
    List<String> taken = new ArrayList<>();

    new Arrivals(List.of("wanted", "other"), SyncLimits.DEFAULT)
        .take(new ByteArrayInputStream(bytes.toByteArray()), (path, _) -> taken.add(path));

    assertThat(taken).containsExactly("wanted");
  }

  @Test
  void anEndlessArchiveIsAnErrorBeforeItFillsTheDisk() throws IOException {
    byte[] archive = archive("a", "x".repeat(5000));

    assertThatThrownBy(() ->
            new Arrivals(List.of("a"), new SyncLimits(10, 1 << 20, 4096))
                .take(new ByteArrayInputStream(archive), (_, content) -> content.readAllBytes()))
        .hasMessageContaining("more than is taken");
  }

  private static byte[] archive(String name, String content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    TarWriter writer = new TarWriter(bytes);
    byte[] text = content.getBytes(UTF_8);
    writer.file(name, false, 0, text.length, new ByteArrayInputStream(text));
    writer.end();
    return bytes.toByteArray();
  }

  private static List<String> read(byte[] archive) throws IOException {
    TarReader reader = new TarReader(new ByteArrayInputStream(archive));
    List<String> entries = new ArrayList<>();
    for (Optional<TarReader.Entry> e = reader.next(); e.isPresent(); e = reader.next()) {
      entries.add("%s %s %d".formatted(e.get().name(), e.get().type(), e.get().size()));
      assertThat(reader.content().readAllBytes()).hasSize((int) e.get().size());
    }
    return entries;
  }

  private static void run(List<String> tar, String... arguments) throws Exception {
    List<String> argv = new ArrayList<>(tar);
    argv.addAll(List.of(arguments));
    assertThat(new ProcessBuilder(argv).inheritIO().start().waitFor()).isZero();
  }
}
