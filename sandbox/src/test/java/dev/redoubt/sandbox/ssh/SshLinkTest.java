// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.ssh;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.redoubt.guard.Action;
import dev.redoubt.sandbox.processes.Ended;
import dev.redoubt.sandbox.processes.Ending;
import dev.redoubt.sandbox.processes.RunningCommand;
import dev.redoubt.sandbox.processes.Streams;
import dev.redoubt.sandbox.wall.Readiness;
import dev.redoubt.sandbox.wall.WallException;
import dev.redoubt.testkit.NeedsEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/// What a link does that breaks, and one that should never come to be.
@NeedsEngine("sshd")
@ResourceLock("sessions on the far side")
class SshLinkTest {

  private static final SshBackend.Waiting SHORT =
      new SshBackend.Waiting(Duration.ofSeconds(3), Duration.ofSeconds(2));

  @TempDir Path folder;
  private SshServer server;

  @BeforeEach
  void startServer() throws IOException, InterruptedException {
    folder = folder.toRealPath();
    server = SshServer.start(folder.resolve("sshd"));
  }

  @AfterEach
  void stopServer() {
    server.close();
  }

  private SshFixture open(SshBackend.Waiting waiting) throws IOException, InterruptedException {
    return new SshFixture(folder, server.settings(folder.resolve("far").toString()), waiting);
  }

  @Test
  void aCommandWhoseLinkIsCutRunsOnceAndItsOutcomeIsFetched() throws Exception {
    try (SshFixture both = open(SshBackend.Waiting.USUAL)) {
      CountDownLatch begun = new CountDownLatch(1);
      RunningCommand command =
          both.start(
              "echo x >> count; echo begun; echo warned >&2; until [ -e go ]; do sleep 0.1; done;"
                  + " echo done; echo late >&2; exit 9",
              begun);
      begun.await();

      server.cutConnections();
      Files.createFile(both.far.resolve("go"));

      Ended ended = command.await();
      assertThat(ended.ending()).isEqualTo(new Ending.Exited(9));
      assertThat(ended.output()).hasToString("begun\ndone\n");
      assertThat(ended.errors()).hasToString("warned\nlate\n");
      assertThat(both.near.resolve("count")).hasContent("x\n");
    }
  }

  @Test
  void aFloodThatIsCutAgainAndAgainArrivesWhole() throws Exception {
    try (SshFixture both = open(SshBackend.Waiting.USUAL)) {
      CountDownLatch begun = new CountDownLatch(1);
      RunningCommand command =
          both.start(
              "echo x >> count; seq 1 200000; sleep 1; seq 1 200000;"
                  + " until [ -e go ]; do sleep 0.1; done",
              begun);
      begun.await();
      server.cutConnections();
      begun.await();
      for (int i = 0; i < 3 && command.output().written() < 2 * 1_288_895; i++) {
        long before = command.output().written();
        while (command.isAlive()
            && command.output().written() == before
            && before < 2 * 1_288_895) {
          Thread.onSpinWait();
          TimeUnit.MILLISECONDS.sleep(20);
        }
        server.cutConnections();
      }
      Files.createFile(both.far.resolve("go"));

      Ended ended = command.await();
      assertThat(ended.ending()).isEqualTo(new Ending.Exited(0));
      assertThat(ended.output().written()).isEqualTo(2 * 1_288_895);
      assertThat(both.near.resolve("count")).hasContent("x\n");
    }
  }

  @Test
  @NeedsEngine(value = "ip", right = NeedsEngine.Right.ROOT)
  void aCommandWhoseCableIsPulledOutAndPutInAgainRunsOnceAndLosesNothing() throws Exception {
    try (OtherNetwork network = OtherNetwork.lay();
        SshServer far = SshServer.start(folder.resolve("there"), network.place());
        SshFixture both =
            new SshFixture(
                folder, far.settings(folder.resolve("far").toString()), SshBackend.Waiting.USUAL)) {
      CountDownLatch begun = new CountDownLatch(1);
      RunningCommand command =
          both.start(
              "echo x >> count; echo begun; until [ -e go ]; do sleep 0.1; done; seq 1 50000;"
                  + " exit 9",
              begun);
      begun.await();
      List<Long> before = clients(far);

      network.cut();
      Files.createFile(both.far.resolve("go"));
      // Nobody tells the client: it finds out by itself.
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
      while (clients(far).stream().anyMatch(before::contains) && System.nanoTime() < end) {
        TimeUnit.MILLISECONDS.sleep(100);
      }
      network.mend();

      Ended ended = command.await();
      assertThat(ended.ending()).isEqualTo(new Ending.Exited(9));
      assertThat(ended.output().written()).isEqualTo("begun\n".length() + 288_894);
      assertThat(both.near.resolve("count")).hasContent("x\n");
    }
  }

  /* The clients that hold a connection to it. */
  private static List<Long> clients(SshServer far) throws IOException {
    String port = String.valueOf(far.settings("/x").destination().port());
    return ProcessHandle.allProcesses()
        .filter(p ->
            p.info().command().orElse("").endsWith("/ssh")
                && p.info().arguments().map(a -> List.of(a).contains(port)).orElse(false))
        .map(ProcessHandle::pid)
        .toList();
  }

  @Test
  void aStormOfCancellationsLeavesNothingAndTheNextCommandRuns() throws Exception {
    try (SshFixture both = open(SshBackend.Waiting.USUAL)) {
      List<Thread> storm = new java.util.ArrayList<>();
      List<Ending> endings = new java.util.concurrent.CopyOnWriteArrayList<>();
      for (int i = 0; i < 6; i++) {
        RunningCommand command =
            both.start("trap '' TERM HUP; sleep 7657 & sleep 7657", new CountDownLatch(1));
        storm.add(Thread.ofPlatform().start(() -> endings.add(command.await().ending())));
      }
      for (Thread one : storm) {
        one.interrupt();
      }
      for (Thread one : storm) {
        one.join();
      }

      assertThat(endings).hasSize(6).allMatch(Ending.Cut.class::isInstance);
      assertThat(sleepers("7657")).isEmpty();
      assertThat(both.run("echo next").output()).hasToString("next\n");
    }
  }

  @Test
  void codesThatSshUsesItselfArriveAsTheyAre() throws Exception {
    try (SshFixture both = open(SshBackend.Waiting.USUAL)) {
      for (int code : List.of(254, 255, 128)) {
        assertThat(both.run("echo x >> count" + code + "; exit " + code).ending())
            .isEqualTo(new Ending.Exited(code));
        assertThat(both.near.resolve("count" + code)).hasContent("x\n");
      }
    }
  }

  @Test
  void aLinkThatStaysAwayCutsTheCommandAndTheFarSideEndsIt() throws Exception {
    try (SshFixture both = open(SHORT)) {
      CountDownLatch begun = new CountDownLatch(1);
      RunningCommand command = both.start("echo begun; sleep 7654", begun);
      begun.await();

      server.cut();

      assertThat(command.await().ending())
          .isInstanceOfSatisfying(
              Ending.Cut.class,
              cut -> assertThat(cut.reason()).contains("how the command ended is not known"));
      for (int i = 0; i < 600 && !sleepers("7654").isEmpty(); i++) {
        TimeUnit.MILLISECONDS.sleep(100);
      }
      assertThat(sleepers("7654")).isEmpty();
    } catch (IOException e) {
      // The session cannot be ended over a link that is not there.
      assertThat(e).isInstanceOfAny(LinkException.class, WallException.class);
    }
  }

  @Test
  void aServerWhoseLinkIsCutIsEndedAndSaidToBe() throws Exception {
    try (SshFixture both = open(SshBackend.Waiting.USUAL)) {
      RunningCommand command =
          both.start(
              "echo begun; sleep 7655", Action.Input.OPEN, new Streams.Piped(Streams.Caps.DEFAULT));
      assertThat(command.fromOutput().read()).isEqualTo('b');

      server.cutConnections();

      assertThat(command.await().ending()).isInstanceOf(Ending.Cut.class);
      assertThat(sleepers("7655")).isEmpty();
    }
  }

  @Test
  void nothingIsLeftOnTheFarSideWhenTheSessionEnds() throws Exception {
    try (SshFixture both = open(SshBackend.Waiting.USUAL)) {
      both.start("sleep 7656", new CountDownLatch(1));
      assertThat(sessions()).hasSize(1);
    }

    assertThat(sleepers("7656")).isEmpty();
    // The far side takes its own folder away, after it has let go of the link.
    long soon = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (!sessions().isEmpty() && System.nanoTime() < soon) {
      Thread.onSpinWait();
    }
    assertThat(sessions()).isEmpty();
  }

  @Test
  void aMachineThatShowsAnotherKeyGetsNothing() throws Exception {
    SshServer other = SshServer.start(folder.resolve("other"));
    other.close();
    SshSettings settings = server.settings(folder.resolve("far").toString(), other.hostKey());

    assertThatThrownBy(() -> new SshFixture(folder, settings, SHORT))
        .isInstanceOfSatisfying(
            WallException.class, e -> assertThat(e.kind()).isEqualTo(WallException.Kind.REFUSED))
        .hasMessageContaining("does not show the host key that was pinned");
    assertThat(Files.readString(server.log()))
        .doesNotContain("Accepted publickey", "publickey for");
    assertThat(folder.resolve("far")).doesNotExist();
  }

  @Test
  void aFingerprintIsEnoughToKnowAMachine() throws Exception {
    HostKey key = ((HostKey.Line) server.hostKey()).fingerprint();
    SshSettings settings = server.settings(folder.resolve("far").toString(), key);

    try (SshFixture both = new SshFixture(folder, settings, SHORT)) {
      assertThat(both.run("echo known").output()).hasToString("known\n");
    }
  }

  @Test
  void anotherFingerprintGetsNothing() throws Exception {
    SshSettings settings =
        server.settings(folder.resolve("far").toString(), HostKey.read("SHA256:" + "A".repeat(43)));

    assertThatThrownBy(() -> new SshFixture(folder, settings, SHORT))
        .hasMessageContaining("shows no host key with the pinned fingerprint");
    assertThat(Files.readString(server.log())).doesNotContain("Accepted publickey");
  }

  @Test
  void aMachineThatDoesNotLetTheKeyInIsSaidSo() throws Exception {
    Files.writeString(folder.resolve("sshd/authorized"), "");

    assertThatThrownBy(() -> open(SHORT)).hasMessageContaining("does not let this key in");
  }

  @Test
  void aMachineThatIsNotThereIsSaidSo() throws Exception {
    server.cut();

    assertThatThrownBy(() -> open(SHORT))
        .isInstanceOf(WallException.class)
        .hasMessageContaining("cannot be reached");
  }

  @Test
  void theHomeOfTheFarUserIsNoFolderForTheWork() {
    assertThatThrownBy(
            () -> new SshFixture(folder, server.settings(System.getProperty("user.home")), SHORT))
        .hasMessageContaining("is the root or the home");
  }

  @Test
  void aConfigurationOfTheUserIsNotRead() throws Exception {
    Path canary = folder.resolve("canary");
    SshSettings settings = server.settings(folder.resolve("far").toString());
    SshOptions options =
        new SshOptions(
            Path.of("/usr/bin/ssh"),
            settings,
            (HostKey.Line) server.hostKey(),
            folder.resolve("known"));
    List<String> argv =
        new java.util.ArrayList<>(
            options.client(folder.resolve("s"), folder.resolve("log"), "true"));
    argv.add(1, "-G");
    Path home = Files.createDirectories(folder.resolve("home/.ssh"));
    Files.writeString(
        home.resolve("config"), "Host *\n  ProxyCommand touch " + canary + "\n  Port 1\n");
    ProcessBuilder shown = new ProcessBuilder(argv).redirectErrorStream(true);
    shown.environment().put("HOME", folder.resolve("home").toString());
    Process client = shown.start();
    String resolved = new String(client.getInputStream().readAllBytes(), UTF_8);

    assertThat(client.waitFor()).as(resolved).isZero();
    assertThat(resolved)
        .contains(
            "stricthostkeychecking true",
            "batchmode yes",
            "forwardagent no",
            "forwardx11 no",
            "permitlocalcommand no",
            "clearallforwardings yes",
            "identitiesonly yes",
            "identityagent none",
            "passwordauthentication no",
            "updatehostkeys false",
            "globalknownhostsfile /dev/null",
            "requesttty false",
            "hostname 127.0.0.1",
            "port " + settings.destination().port())
        .doesNotContain("proxycommand", "touch", "sendenv", "remotecommand");
    assertThat(canary).doesNotExist();
  }

  @Test
  void readinessOnlyLooks() throws Exception {
    SshSettings settings = server.settings("/srv/work");
    server.cut();
    Path key = settings.identity();

    assertThat(readiness(Optional.of(settings))).isInstanceOf(Readiness.Ready.class);
    assertThat(readiness(Optional.empty())).isInstanceOf(Readiness.NotReady.class);
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r-----"));
    assertThat(readiness(Optional.of(settings)))
        .isEqualTo(
            new Readiness.NotReady(
                "the key \"%s\" can be read by others".formatted(key), "chmod 600 " + key));
    Files.delete(key);
    assertThat(readiness(Optional.of(settings))).isInstanceOf(Readiness.NotReady.class);
  }

  private static Readiness readiness(Optional<SshSettings> settings) {
    return new SshBackend(settings, SyncNotice.Listener.NONE).readiness();
  }

  /// The folders of sessions whose far side keeps this test's tree; other tests have theirs beside
  /// them.
  private List<Path> sessions() throws IOException {
    try (Stream<Path> all = Files.list(Path.of("/tmp"))) {
      return all.filter(path -> path.getFileName().toString().matches("redoubt-[0-9a-f-]{36}"))
          .filter(path -> isOurs(path.resolve("far-side")))
          .toList();
    }
  }

  private boolean isOurs(Path script) {
    try {
      return Files.readString(script).contains(folder.resolve("far").toString());
    } catch (IOException e) {
      return false; // Gone since it was listed.
    }
  }

  private static List<String> sleepers(String seconds) {
    return ProcessHandle.allProcesses()
        .filter(p ->
            p.info().arguments().map(a -> List.of(a).contains(seconds)).orElse(false)
                && p.info().command().orElse("").endsWith("sleep"))
        .map(p -> p.pid() + "")
        .toList();
  }
}
