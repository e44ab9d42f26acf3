// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.advisory.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.redoubt.model.ErrorCode;
import dev.redoubt.model.RedoubtException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SectionFileTest {

  private static final SectionFile.Format FORMAT =
      new SectionFile.Format("TESTTEST", 3, "write it again");

  @TempDir Path folder;

  @Test
  void sectionsComeBackAsTheyWere() {
    SectionFile file = published("first", "", "third");

    assertThat(file.sections())
        .extracting(section -> UTF_8.decode(section.duplicate()).toString())
        .containsExactly("first", "", "third");
    file.verify(FORMAT);
  }

  @Test
  void aFileThatIsNotPublishedLeavesNothingBehind() throws Exception {
    Path target = folder.resolve("target");
    try (AtomicFile staged = AtomicFile.stage(target, List.of(ByteBuffer.wrap(new byte[] {1})))) {
      assertThat(target).doesNotExist();
      assertThat(staged).isNotNull();
    }

    try (var files = Files.list(folder)) {
      assertThat(files).isEmpty();
    }
  }

  @Test
  void aFolderThatCannotBeWrittenIsReported() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "x");

    assertThatThrownBy(() -> AtomicFile.stage(file.resolve("below"), List.of()))
        .isInstanceOfSatisfying(
            RedoubtException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNWRITABLE));
  }

  @Test
  void numbersOfEverySizeComeBack() {
    ByteSink out = new ByteSink(8);
    List<Long> numbers =
        new ArrayList<>(List.of(0L, 1L, 127L, 128L, 16_384L, (long) Integer.MAX_VALUE, 1L << 40));
    numbers.forEach(out::varint);
    for (int signed : new int[] {0, -1, 1, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
      out.signed(signed);
    }
    ByteSource in = new ByteSource(out.view());

    for (long number : numbers) {
      assertThat(in.varlong()).isEqualTo(number);
    }
    assertThat(List.of(in.signed(), in.signed(), in.signed(), in.signed(), in.signed()))
        .containsExactly(0, -1, 1, Integer.MIN_VALUE, Integer.MAX_VALUE);
    assertThat(in.remaining()).isZero();
  }

  @Test
  void malformedBytesEndInOneKindOfException() {
    byte[][] malformed = {{}, {(byte) 0x80}, {5, 'a'}, {-1, -1, -1, -1, -1, -1, -1, -1, -1, -1}};
    for (byte[] bytes : malformed) {
      assertThatThrownBy(() -> new ByteSource(ByteBuffer.wrap(bytes)).text())
          .isInstanceOf(CorruptFileException.class);
    }
  }

  private SectionFile published(String... sections) {
    List<ByteSink> sinks = new ArrayList<>();
    for (String section : sections) {
      ByteSink sink = new ByteSink(8);
      byte[] bytes = section.getBytes(UTF_8);
      sink.raw(bytes, 0, bytes.length);
      sinks.add(sink);
    }
    Path target = folder.resolve("target");
    try (AtomicFile staged = SectionFile.stage(target, FORMAT, sinks)) {
      staged.publish();
    }
    return SectionFile.open(target, FORMAT);
  }
}
