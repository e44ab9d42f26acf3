// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.redoubt.testkit.Hostile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleTest {

  @TempDir private Path data;
  private Streams streams;
  private Path file;

  @BeforeEach
  void write() {
    streams = new Streams(data);
    streams.write(Streams.every(5, 1000), 30);
    file = data.resolve("bundle.zip");
  }

  @Test
  void aBundleHoldsTheSegmentsByteForByteAndVerifiesAlone() throws IOException {
    BundleWriter.write(streams.folder(), List.of("guard"), file);

    try (ZipFile zip = new ZipFile(file.toFile())) {
      byte[] copy = zip.getInputStream(zip.getEntry("streams/guard/000002.jsonl")).readAllBytes();
      assertThat(copy).isEqualTo(streams.bytes(2));
    }
    try (Bundle bundle = Bundle.open(file)) {
      Set<String> heads = new HashSet<>(bundle.heads());
      StreamReport report =
          new Verifier(bundle.keys(), heads, 2).verify(bundle.streams().getFirst());
      assertThat(report.broken()).isEmpty();
      assertThat(report.head()).isEqualTo(streams.verify().head());
      assertThat(heads).isEmpty();
    }
  }

  @Test
  void theSameStreamsGiveTheSameBytes() throws IOException {
    BundleWriter.write(streams.folder(), List.of("guard"), file);
    byte[] first = Files.readAllBytes(file);
    BundleWriter.write(streams.folder(), List.of("guard"), file);

    assertThat(Files.readAllBytes(file)).isEqualTo(first);
  }

  @Test
  void whatIsBeingWrittenIsTakenUpToItsLastCheckpoint() throws IOException {
    try (EvidenceLog log = streams.open(Streams.every(100, 1 << 20))) {
      log.append(Streams.event(1));
      BundleWriter.write(streams.folder(), List.of("guard"), file);
    }
    try (Bundle bundle = Bundle.open(file)) {
      Set<String> heads = new HashSet<>(bundle.heads());
      assertThat(new Verifier(bundle.keys(), heads, 1).verify(bundle.streams().getFirst()).broken())
          .isEmpty();
      assertThat(heads).isEmpty();
    }
  }

  @Test
  void aBrokenEndOfAStreamThatNobodyWritesIsTakenAlong() throws IOException {
    int last = Segments.numbers(streams.stream()).getLast();
    List<String> lines = streams.lines(last);
    streams.rewrite(last, lines.subList(0, lines.size() - 1));
    BundleWriter.write(streams.folder(), List.of("guard"), file);

    try (Bundle bundle = Bundle.open(file)) {
      assertThat(
              new Verifier(bundle.keys(), new HashSet<>(), 1)
                  .verify(bundle.streams().getFirst())
                  .broken())
          .isPresent();
    }
  }

  @Test
  void aFileThatDoesNotBelongThereIsRefused() throws IOException {
    for (String name : List.of("x", "streams/../x/000001.jsonl", "keys/a/b", "streams/guard/x")) {
      try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
        zip.putNextEntry(new ZipEntry(name));
        zip.closeEntry();
      }
      assertThatThrownBy(() -> Bundle.open(file)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void hostileFilesAreNoBundle() throws IOException {
    for (byte[] bytes : Hostile.inputs().values()) {
      Files.write(file, bytes);
      assertThatThrownBy(() -> Bundle.open(file)).isInstanceOf(IOException.class);
    }
  }
}
