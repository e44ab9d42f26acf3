// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.evidence;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.testkit.Hostile;
import dev.redoubt.testkit.Seeded;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifierTest {

  @TempDir private Path data;
  private Streams streams;

  @BeforeEach
  void write() {
    streams = new Streams(data);
    streams.write(Streams.every(4, 1 << 20), 10);
  }

  @Test
  void aStreamAsItWasWrittenIsIntact() {
    StreamReport report = streams.verify();

    assertThat(report.broken()).isEmpty();
    assertThat(report.stream()).isEqualTo("guard");
    assertThat(report.counted().entries()).isEqualTo(14);
    assertThat(report.counted().checkpoints()).isEqualTo(3);
    assertThat(report.head().seq()).isEqualTo(14);
    assertThat(report.notes()).isEmpty();
  }

  @Test
  void everyChangeOfASingleByteIsFound() {
    byte[] good = streams.bytes(1);
    Seeded.check(
        400,
        random -> {
          byte[] bent = good.clone();
          int at = random.nextInt(bent.length);
          bent[at] ^= (byte) (1 << random.nextInt(8));
          streams.rewrite(1, bent);
          long line = lineOf(good, at);

          Optional<Broken> broken = streams.verify().broken();
          assertThat(broken).as("byte %d", at).isPresent();
          assertThat(broken.get().line()).isEqualTo(line);
        });
  }

  @Test
  void everyByteTakenOutOrPutInIsFound() {
    byte[] good = streams.bytes(1);
    Seeded.check(
        200,
        random -> {
          int at = random.nextInt(good.length);
          byte[] less = new byte[good.length - 1];
          System.arraycopy(good, 0, less, 0, at);
          System.arraycopy(good, at + 1, less, at, less.length - at);
          streams.rewrite(1, less);
          assertThat(streams.verify().broken()).as("without byte %d", at).isPresent();

          byte[] more = new byte[good.length + 1];
          System.arraycopy(good, 0, more, 0, at);
          more[at] = (byte) random.nextInt(256);
          System.arraycopy(good, at, more, at + 1, good.length - at);
          streams.rewrite(1, more);
          assertThat(streams.verify().broken()).as("one more at %d", at).isPresent();
        });
  }

  @Test
  void everyLineTakenOutIsFound() {
    List<String> good = streams.lines(1);
    for (int i = 0; i < good.size() - 1; i++) {
      List<String> bent = new ArrayList<>(good);
      bent.remove(i);
      streams.rewrite(1, bent);
      assertThat(streams.verify().broken().map(Broken::line)).contains(i + 1L);

      streams.rewrite(1, Streams.relinked(bent));
      assertThat(streams.verify().broken()).as("line %d, links mended", i).isPresent();
    }
  }

  @Test
  void everyLineTwiceOrSwappedIsFound() {
    List<String> good = streams.lines(1);
    for (int i = 0; i < good.size() - 1; i++) {
      List<String> twice = new ArrayList<>(good);
      twice.add(i, good.get(i));
      streams.rewrite(1, twice);
      assertThat(streams.verify().broken().map(Broken::line)).contains(i + 2L);

      List<String> swapped = new ArrayList<>(good);
      Collections.swap(swapped, i, i + 1);
      streams.rewrite(1, swapped);
      assertThat(streams.verify().broken().map(Broken::line)).contains(i + 1L);
    }
  }

  @Test
  void everyCutThatIsNotAtACheckpointIsFound() {
    List<String> good = streams.lines(1);
    for (int keep = 1; keep <= good.size(); keep++) {
      streams.rewrite(1, good.subList(0, keep));
      boolean sealed = Streams.kind(good.get(keep - 1)).equals("checkpoint");
      assertThat(streams.verify().broken().isEmpty()).as("%d lines", keep).isEqualTo(sealed);
    }
  }

  @Test
  void aCutAtACheckpointIsFoundByTheHeadThatIsMissed() {
    String head = streams.verify().head().hash();
    streams.rewrite(1, streams.lines(1).subList(0, 5));
    Set<String> missed = new HashSet<>(Set.of(head));
    StreamReport report = verifyWith(missed);

    assertThat(report.broken()).isEmpty();
    assertThat(missed).containsExactly(head);
  }

  @Test
  void aHeadOfBeforeIsFoundInAStreamThatGrew() {
    Set<String> missed = new HashSet<>(Set.of(streams.verify().head().hash()));
    streams.write(Streams.every(4, 1 << 20), 10);

    assertThat(verifyWith(missed).broken()).isEmpty();
    assertThat(missed).isEmpty();
  }

  @Test
  void anEntryWhoseHashesWereMendedBreaksItsCheckpoint() {
    List<String> bent = new ArrayList<>(streams.lines(1));
    bent.set(2, bent.get(2).replace("ls -la", "ls -lb"));
    streams.rewrite(1, Streams.relinked(bent));

    assertThat(streams.verify().broken())
        .contains(
            new Broken(
                "guard/000001.jsonl", 5, 5, "its Merkle root is not that of entries 1 to 4"));
  }

  @Test
  void everyValueOfACheckpointIsSigned() {
    List<String> good = streams.lines(1);
    String last = good.getLast();
    for (String[] bend :
        new String[][] {
          {"\"actor\":\"redoubt\"", "\"actor\":\"another\""},
          {"05:00:00", "05:00:01"},
          {"\"stream\":\"guard\"", "\"stream\":\"other\""},
          {"\"first\":11", "\"first\":10"}
        }) {
      List<String> bent = new ArrayList<>(good);
      bent.set(bent.size() - 1, Streams.forged(last, bend[0], bend[1]));
      streams.rewrite(1, bent);
      assertThat(streams.verify().broken().map(Broken::line)).as(bend[1]).contains(14L);
    }
  }

  @Test
  void aStreamSignedWithAnotherKeyIsFound() throws Exception {
    Path elsewhere = Files.createTempDirectory(data, "forger");
    Streams forger = new Streams(elsewhere);
    forger.write(Streams.every(4, 1 << 20), 10);
    streams.rewrite(1, forger.bytes(1));

    assertThat(streams.verify().broken().map(Broken::reason))
        .hasValueSatisfying(reason -> assertThat(reason).contains("none of the keys given"));
  }

  @Test
  void aTailSignedWithAnotherKeyIsFoundEvenWhenThatKeyIsPutBesideTheOthers() throws Exception {
    Path elsewhere = Files.createTempDirectory(data, "forger");
    List<String> good = streams.lines(1);
    Path forged = elsewhere.resolve("evidence/guard");
    Files.createDirectories(forged);
    Files.writeString(forged.resolve("000001.jsonl"), String.join("", good));
    SigningKey key = new Keys(elsewhere.resolve("evidence/keys")).signing();
    Position end = Position.find(forged, SegmentFile.Opener.DISK);
    Batch batch = new Batch(end.chain().copy(), Streams.fixed().instant());
    batch.add("decision", "guard", "{}".getBytes(UTF_8));
    Checkpoint unsigned = new Checkpoint("guard", 15, 15, batch.chain().root(), key.id(), "");
    List<String> bent = new ArrayList<>(good);
    String entry = new String(batch.bytes().toBytes(), UTF_8);
    bent.add(entry);
    String hash = entry.substring(entry.length() - 67, entry.length() - 3);
    String time = Line.timestamp(Streams.fixed().instant());
    ByteText out = new ByteText(100);
    Line.write(
        out,
        new Line.Head(16, time, "checkpoint", "redoubt"),
        unsigned.signed(key.sign(unsigned.message(16, time, hash))).payload(),
        batch.chain().hash());
    bent.add(new String(out.toBytes(), UTF_8));
    streams.rewrite(1, bent);
    Files.copy(
        elsewhere.resolve("evidence/keys/" + key.id() + ".pub.pem"),
        data.resolve("evidence/keys/" + key.id() + ".pub.pem"));

    assertThat(streams.verify().broken().map(Broken::line)).contains(16L);
  }

  @Test
  void theStreamOfAnotherNameIsFound() throws Exception {
    Files.move(streams.stream(), streams.folder().stream("other"));

    StreamReport report =
        new Verifier(List.of(), new HashSet<>(), 1)
            .verify(StreamSource.of(streams.folder(), "other"));
    assertThat(report.broken().map(Broken::reason))
        .contains("is the start of stream \"guard\", not of \"other\"");
  }

  @Test
  void segmentsThatAreMissingOrSwappedAreFound(@TempDir Path other) throws Exception {
    Streams many = new Streams(other);
    many.write(Streams.every(4, 1000), 40);
    assertThat(many.verify().broken()).isEmpty();
    assertThat(Segments.numbers(many.stream()).size()).isGreaterThan(5);

    byte[] second = many.bytes(2);
    byte[] third = many.bytes(3);
    many.rewrite(2, third);
    many.rewrite(3, second);
    assertThat(many.verify().broken().map(Broken::file)).contains("guard/000002.jsonl");

    many.rewrite(2, second);
    Files.delete(many.segment(3));
    assertThat(many.verify().broken().map(Broken::reason)).contains("segment 3 is missing");

    many.rewrite(3, third);
    assertThat(many.verify().broken()).isEmpty();
    Files.delete(many.segment(1));
    assertThat(many.verify().broken().map(Broken::reason)).contains("segment 1 is missing");
  }

  @Test
  void aSegmentFromTheMiddleCanBeVerifiedAlone(@TempDir Path other) throws Exception {
    Streams many = new Streams(other);
    many.write(Streams.every(4, 1000), 40);
    Verifier verifier = new Verifier(new Keys(many.folder().keys()).open(), new HashSet<>(), 1);

    StreamReport report = verifier.verify(StreamSource.segment(many.segment(3)));
    assertThat(report.broken()).isEmpty();
    assertThat(report.notes()).hasSize(1);

    List<String> less = many.lines(3);
    many.rewrite(3, less.subList(0, less.size() - 1));
    assertThat(verifier.verify(StreamSource.segment(many.segment(3))).broken()).isPresent();
  }

  @Test
  void hostileBytesAreBrokenAndNeverMore() throws IOException {
    for (Map.Entry<String, byte[]> input : Hostile.inputs().entrySet()) {
      streams.rewrite(1, input.getValue());
      StreamReport report = streams.verify();
      if (input.getValue().length > 0) {
        assertThat(report.broken()).as(input.getKey()).isPresent();
      }
    }
    byte[] endless = new byte[12 << 20];
    Arrays.fill(endless, (byte) 'a');
    streams.rewrite(1, endless);
    assertThat(streams.verify().broken()).isPresent();
  }

  private StreamReport verifyWith(Set<String> missed) {
    try {
      return new Verifier(new Keys(streams.folder().keys()).open(), missed, 1)
          .verify(StreamSource.of(streams.folder(), "guard"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long lineOf(byte[] bytes, int at) {
    long line = 1;
    for (int i = 0; i < at; i++) {
      line += bytes[i] == '\n' ? 1 : 0;
    }
    return line;
  }
}
