// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.evidence;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.redoubt.document.Node;
import dev.redoubt.model.ErrorCode;
import dev.redoubt.model.RedoubtException;
import dev.redoubt.testkit.Golden;
import dev.redoubt.testkit.Namespaces;
import dev.redoubt.testkit.NeedsNamespaces;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvidenceLogTest {

  /* RFC 8032, section 7.1, test 1. */
  private static final String SEED =
      "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60";
  private static final String PUBLIC =
      "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";

  @TempDir private Path data;
  private Streams streams;

  @BeforeEach
  void streams() {
    streams = new Streams(data);
  }

  @Test
  void aStreamHasExactlyTheseBytes() throws Exception {
    Path keys = Files.createDirectories(streams.folder().keys());
    Path key = keys.resolve("private.pem");
    Files.writeString(
        key,
        pem("PRIVATE", "302e020100300506032b657004220420" + SEED)
            + pem("PUBLIC", "302a300506032b6570032100" + PUBLIC));
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));

    try (EvidenceLog log = streams.open(Streams.every(100, 1 << 20))) {
      log.append(
          new Event(
              "decision",
              "guard",
              new Payload()
                  .texts("argv", List.of("run", "--token", "9Zk2Lq7Vx1"))
                  .text("décor", "a\u0001\"\\\n€😀")
                  .node("n", new Node.Num("1.50e3", 1))
                  .flag("yes", true)
                  .object()));
    }

    Golden.check(String.join("", streams.lines(1)), "EvidenceLogTest/stream.jsonl");
  }

  private static String pem(String kind, String hex) {
    return "-----BEGIN %s KEY-----\n%s\n-----END %s KEY-----\n"
        .formatted(kind, Base64.getEncoder().encodeToString(HexFormat.of().parseHex(hex)), kind);
  }

  @Test
  void anEntryIsOnTheDiskWhenItIsReturned() {
    try (EvidenceLog log = streams.open(Streams.every(100, 1 << 20))) {
      Entry entry = log.append(Streams.event(1));

      assertThat(entry.seq()).isEqualTo(2);
      assertThat(streams.lines(1).get(1)).contains(entry.hash());
    }
  }

  @Test
  void keysAndSegmentsAreTheOwnersAlone() throws Exception {
    streams.write(Streams.every(4, 1 << 20), 1);

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(streams.segment(1))))
        .isEqualTo("rw-------");
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(streams.folder().keys().resolve("private.pem"))))
        .isEqualTo("rw-------");
    assertThat(
            PosixFilePermissions.toString(Files.getPosixFilePermissions(streams.folder().keys())))
        .isEqualTo("rwx------");
  }

  @Test
  void aSigningKeyThatOthersMayReadIsNotUsed() throws Exception {
    streams.write(Streams.every(4, 1 << 20), 1);
    Files.setPosixFilePermissions(
        streams.folder().keys().resolve("private.pem"),
        PosixFilePermissions.fromString("rw-r--r--"));

    try (EvidenceLog log = streams.open(Streams.every(1, 1 << 20))) {
      assertThatThrownBy(() -> log.append(Streams.event(1))).hasMessageContaining("chmod 600");
    }
  }

  @Test
  void aCrashAtAnyByteOfTheLastWriteIsRepairedAndStated(@TempDir Path other) throws Exception {
    streams.write(Streams.every(100, 1 << 20), 3);
    long before = Files.size(streams.segment(1));
    try (EvidenceLog log = streams.open(Streams.every(100, 1 << 20))) {
      log.append(Streams.event(3));
      log.append(Streams.event(4));
    }
    byte[] whole = streams.bytes(1);
    for (int cut = (int) before + 1; cut < whole.length; cut += cut % 7 == 0 ? 1 : 3) {
      streams.rewrite(1, Arrays.copyOf(whole, cut));

      streams.write(Streams.every(100, 1 << 20), 1);

      StreamReport report = streams.verify();
      assertThat(report.broken()).as("cut at %d", cut).isEmpty();
      assertThat(report.counted().recoveries()).as("cut at %d", cut).isEqualTo(1);
    }
  }

  @Test
  void aCrashInTheVeryFirstWriteIsRepaired() throws Exception {
    streams.write(Streams.every(100, 1 << 20), 1);
    byte[] whole = streams.bytes(1);
    for (int cut : new int[] {0, 1, 100, 300, whole.length / 2, whole.length - 1}) {
      streams.rewrite(1, Arrays.copyOf(whole, cut));
      streams.write(Streams.every(100, 1 << 20), 1);
      assertThat(streams.verify().broken()).as("cut at %d", cut).isEmpty();
    }
  }

  @Test
  void whatIsLostIsKeptAsideAndNamed() throws Exception {
    streams.write(Streams.every(100, 1 << 20), 1);
    byte[] good = streams.bytes(1);
    byte[] torn = Arrays.copyOf(good, good.length + 9);
    System.arraycopy("{\"seq\":99".getBytes(UTF_8), 0, torn, good.length, 9);
    streams.rewrite(1, torn);

    streams.write(Streams.every(100, 1 << 20), 0);

    String name = "000001.jsonl." + good.length + ".torn";
    assertThat(streams.stream().resolve(name)).hasContent("{\"seq\":99");
    assertThat(streams.lines(1).get(3))
        .contains("\"kind\":\"recovery\"")
        .contains("\"lostBytes\":9,\"movedTo\":\"" + name + "\"")
        .contains("\"unsealed\":0");
    assertThat(streams.verify().broken()).isEmpty();
  }

  @Test
  void entriesOfManyThreadsAreAllThereInOneChain() throws Exception {
    Set<Long> seqs = new ConcurrentSkipListSet<>();
    try (EvidenceLog log = streams.open(Streams.every(50, 20_000))) {
      List<Thread> threads =
          Stream.generate(() ->
                  Thread.ofVirtual()
                      .start(() -> {
                        for (int i = 0; i < 50; i++) {
                          seqs.add(log.append(Streams.event(i)).seq());
                        }
                      }))
              .limit(16)
              .toList();
      for (Thread thread : threads) {
        thread.join();
      }
    }

    assertThat(seqs).hasSize(800);
    StreamReport report = streams.verify();
    assertThat(report.broken()).isEmpty();
    assertThat(report.counted().entries() - report.counted().checkpoints()).isEqualTo(801);
  }

  @Test
  void logsOfOneStreamInOneProcessShareIt() {
    try (EvidenceLog first = streams.open(Streams.every(3, 2000));
        EvidenceLog second = streams.open(Streams.every(3, 2000))) {
      for (int i = 0; i < 20; i++) {
        first.append(Streams.event(i));
        second.append(Streams.event(i));
      }
      assertThat(streams.verify().broken()).isEmpty();
    }
    assertThat(streams.verify().broken()).isEmpty();
    assertThat(streams.verify().counted().recoveries()).isZero();
  }

  @Test
  void processesShareOneStream() throws Exception {
    List<Process> writers =
        Stream.of("1", "2")
            .map(_ -> {
              try {
                return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        AppendingProgram.class.getName(),
                        data.toString(),
                        "100")
                    .inheritIO()
                    .start();
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            })
            .toList();
    for (Process writer : writers) {
      assertThat(writer.waitFor()).isZero();
    }

    StreamReport report = streams.verify();
    assertThat(report.broken()).isEmpty();
    assertThat(report.counted().entries() - report.counted().checkpoints()).isEqualTo(201);
  }

  @Test
  void anOpenStreamIsLiveAndItsTailIsStated() {
    try (EvidenceLog log = streams.open(Streams.every(100, 1 << 20))) {
      log.append(Streams.event(1));

      StreamReport report = streams.verify();
      assertThat(report.broken()).isEmpty();
      assertThat(report.notes()).containsExactly("live: 2 entries wait for their checkpoint");
    }
    assertThat(streams.verify().notes()).isEmpty();
  }

  @Test
  void anIdleStreamIsSealedAfterAWhile() throws Exception {
    Writing soon =
        new Writing(Streams.fixed(), 1 << 20, 100, Duration.ofMillis(20), SegmentFile.Opener.DISK);
    try (EvidenceLog log = streams.open(soon)) {
      log.append(Streams.event(1));
      while (!Streams.kind(streams.lines(1).getLast()).equals("checkpoint")) {
        Thread.onSpinWait();
      }
    }
    assertThat(streams.verify().counted().checkpoints()).isEqualTo(1);
  }

  @Test
  void aFullDiskFailsTheAppendAndLeavesTheStreamWhole() {
    streams.write(Streams.every(100, 1 << 20), 2);
    AtomicLong room = new AtomicLong(100);
    Writing small =
        new Writing(
            Streams.fixed(), 1 << 20, 100, Duration.ofHours(1), file -> new SmallDisk(file, room));
    EvidenceLog log = streams.open(small);

    assertThatThrownBy(() -> log.append(Streams.event(9)))
        .isInstanceOfSatisfying(
            RedoubtException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNWRITABLE))
        .hasMessageContaining("no space left");
    assertThat(streams.verify().head().seq()).isEqualTo(4);

    room.set(1 << 20);
    assertThat(log.append(Streams.event(10)).seq()).isEqualTo(5);
    log.close();
    assertThat(streams.verify().broken()).isEmpty();
    assertThat(streams.lines(1)).noneMatch(line -> line.contains("\"n\":9"));
  }

  @Test
  @NeedsNamespaces
  void aRealDiskThatIsFullLosesNothingAndRecovers() throws Exception {
    Path small = Files.createDirectories(data.resolve("small"));
    Path out = data.resolve("out");
    List<String> command =
        List.of(
            "sh",
            "-c",
            "mount -t tmpfs -o size=192k none \"$1\" && exec \"$2\" -cp \"$3\" \"$4\" \"$1\"",
            "sh",
            small.toString(),
            Path.of(System.getProperty("java.home"), "bin/java").toString(),
            System.getProperty("java.class.path"),
            FullDiskProgram.class.getName());

    Process process =
        new ProcessBuilder(Namespaces.around(command))
            .redirectErrorStream(true)
            .redirectOutput(out.toFile())
            .start();

    assertThat(process.waitFor()).as(Files.readString(out)).isZero();
    assertThat(Files.readAllLines(out))
        .satisfiesExactly(
            full -> assertThat(full).startsWith("full: UNWRITABLE").contains("No space left"),
            some -> assertThat(some).isEqualTo("some: true"),
            next -> assertThat(next).isEqualTo("next: 2"),
            broken -> assertThat(broken).isEqualTo("broken: Optional.empty"),
            recoveries -> assertThat(recoveries).isEqualTo("recoveries: 0"));
  }

  @Test
  void aClockThatGoesBackIsStated() {
    SteppedClock clock = new SteppedClock();
    Writing writing =
        new Writing(clock, 1 << 20, 100, Duration.ofHours(1), SegmentFile.Opener.DISK);
    try (EvidenceLog log = streams.open(writing)) {
      log.append(Streams.event(1));
      clock.now = clock.now.minusSeconds(60);
      log.append(Streams.event(2));
      log.append(Streams.event(3));
    }

    assertThat(streams.lines(1).stream().map(Streams::kind))
        .containsExactly("start", "decision", "clock", "decision", "decision", "checkpoint");
    assertThat(streams.lines(1).get(2)).contains("\"backMicros\":60000000");
    assertThat(streams.verify().broken()).isEmpty();
  }

  @Test
  void afterARotationTheNewKeySignsAndTheOldOneVouchesForIt() {
    streams.write(Streams.every(100, 1 << 20), 1);
    Keys keys = new Keys(streams.folder().keys());
    String before = keys.current().orElseThrow();
    String between = keys.rotate();
    String after = keys.rotate();
    streams.write(Streams.every(100, 1 << 20), 1);

    StreamReport report = streams.verify();
    assertThat(report.broken()).isEmpty();
    assertThat(report.keys()).containsExactly(before, after);
    assertThat(keys.open().stream().map(VerifyKey::id))
        .containsExactlyInAnyOrder(before, between, after);
  }

  @Test
  void aLogThatIsOpenDuringARotationTakesTheNewKeyAfterAnotherDid() {
    try (EvidenceLog log = streams.open(Streams.every(1, 1 << 20))) {
      log.append(Streams.event(1));
      new Keys(streams.folder().keys()).rotate();
      streams.write(Streams.every(1, 1 << 20), 1);
      log.append(Streams.event(2));
    }
    assertThat(streams.verify().broken()).isEmpty();
    assertThat(streams.verify().keys()).hasSize(2);
  }

  @Test
  void aKeyThatNobodyVouchesForSignsNothing() throws Exception {
    streams.write(Streams.every(100, 1 << 20), 1);
    Files.delete(streams.folder().keys().resolve("private.pem"));

    EvidenceLog log = streams.open(Streams.every(1, 1 << 20));
    assertThatThrownBy(() -> log.append(Streams.event(1))).hasMessageContaining("vouch");
    log.close();
    assertThat(streams.verify().broken()).isEmpty();
  }

  @Test
  void noSecretReachesAnyFile() throws Exception {
    String secret = "Zq8hunter2XK71";
    Node nested =
        new Node.Obj(
            Map.of(
                "password",
                new Node.Text(secret, 1),
                "deeper",
                new Node.Arr(List.of(new Node.Text("TOKEN=" + secret, 1)), 1),
                "credentials",
                new Node.Obj(Map.of("user", new Node.Text(secret, 1)), 1)),
            1);
    try (EvidenceLog log = streams.open(Streams.every(100, 1 << 20))) {
      log.append(
          new Event(
              "decision",
              "curl -u me:" + secret,
              new Payload()
                  .text("line", "run --password " + secret + " && X_TOKEN='" + secret + "' y")
                  .texts("argv", List.of("mysql", "-p" + secret, "--api-key", secret))
                  .text("url", "https://me:" + secret + "@a.example/?token=" + secret)
                  .text("clientSecret", secret)
                  .node("arguments", nested)
                  .object()));
    }

    try (Stream<Path> files = Files.walk(data)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(Files.readString(file)).as(file.toString()).doesNotContain(secret);
      }
    }
    assertThat(streams.lines(1).get(1)).contains("password").contains("clientSecret");
  }

  @Test
  void anEventThatIsTooLargeIsRefused() {
    try (EvidenceLog log = streams.open(Streams.every(100, 1 << 20))) {
      Event large =
          new Event("decision", "guard", new Payload().text("t", "a b ".repeat(1 << 18)).object());
      assertThatThrownBy(() -> log.append(large)).hasMessageContaining("the limit is");
      assertThat(log.append(Streams.event(1)).seq()).isEqualTo(2);
    }
  }

  @Test
  void anInterruptedCallerStillGetsItsEntry() {
    try (EvidenceLog log = streams.open(Streams.every(100, 1 << 20))) {
      Thread.currentThread().interrupt();
      assertThat(log.append(Streams.event(1)).seq()).isEqualTo(2);
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void aStreamThatWasCutWhileOpenIsNotGoneOnWith() throws Exception {
    EvidenceLog log = streams.open(Streams.every(1, 1 << 20));
    log.append(Streams.event(1));
    streams.rewrite(1, new byte[0]);

    assertThatThrownBy(() -> log.append(Streams.event(2))).hasMessageContaining("was cut");
    log.close();
  }

  private static final class SteppedClock extends Clock {

    private Instant now = Instant.parse("2026-11-22T05:00:00Z");

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  /// A disk with room for so many bytes more: writes what fits, then fails.
  private static final class SmallDisk implements SegmentFile {

    private final SegmentFile disk;
    private final AtomicLong room;

    SmallDisk(Path file, AtomicLong room) throws IOException {
      this.disk = SegmentFile.Opener.DISK.open(file);
      this.room = room;
    }

    @Override
    public long size() throws IOException {
      return disk.size();
    }

    @Override
    public void read(ByteBuffer buffer, long from) throws IOException {
      disk.read(buffer, from);
    }

    @Override
    public void append(ByteBuffer bytes) throws IOException {
      int fits = (int) Math.min(bytes.remaining(), room.get());
      room.addAndGet(-fits);
      disk.append(bytes.duplicate().limit(bytes.position() + fits));
      if (fits < bytes.remaining()) {
        throw new IOException("no space left on device");
      }
    }

    @Override
    public void truncate(long size) throws IOException {
      disk.truncate(size);
    }

    @Override
    public void force() throws IOException {
      disk.force();
    }

    @Override
    public void close() throws IOException {
      disk.close();
    }
  }
}
