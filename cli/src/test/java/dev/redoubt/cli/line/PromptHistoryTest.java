// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.line;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PromptHistoryTest {

  @TempDir private Path data;

  @Test
  void aLargeHistoryShowsAndKeepsItsNewestLines() throws IOException {
    PromptHistory history = PromptHistory.of(data, Path.of("/workspace"));
    history.keep("first");
    Path file;
    try (Stream<Path> files = Files.list(data.resolve("history"))) {
      file = files.findFirst().orElseThrow();
    }
    List<String> all =
        IntStream.range(0, 600).mapToObj(i -> "%d ".formatted(i) + "x".repeat(8_000)).toList();
    Files.write(file, all);

    List<String> shown = history.lines();
    history.keep("newest");

    assertThat(shown).hasSizeLessThan(600).isEqualTo(all.subList(600 - shown.size(), 600));
    assertThat(Files.size(file)).isLessThan(3 << 20);
    List<String> kept = history.lines();
    assertThat(kept).endsWith(all.getLast(), "newest").hasSizeGreaterThan(200);
  }

  @Test
  void aFileSystemWithoutOwnersKeepsItToo() throws IOException {
    try (FileSystem plain =
        FileSystems.newFileSystem(data.resolve("plain.zip"), Map.of("create", "true"))) {
      PromptHistory history = PromptHistory.of(plain.getPath("/data"), Path.of("/workspace"));
      history.keep("one");

      assertThat(history.lines()).containsExactly("one");
    }
  }
}
