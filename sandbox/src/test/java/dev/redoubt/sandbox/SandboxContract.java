// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.redoubt.guard.Action;
import dev.redoubt.guard.Approver;
import dev.redoubt.guard.Content;
import dev.redoubt.guard.Decision;
import dev.redoubt.guard.DecisionLog;
import dev.redoubt.guard.Gate;
import dev.redoubt.guard.Guard;
import dev.redoubt.guard.Permit;
import dev.redoubt.guard.Program;
import dev.redoubt.guard.Verdict;
import dev.redoubt.guard.network.NetworkRules;
import dev.redoubt.sandbox.files.HostFileFacts;
import dev.redoubt.sandbox.kernel.Usage;
import dev.redoubt.sandbox.network.Dialer;
import dev.redoubt.sandbox.processes.Ended;
import dev.redoubt.sandbox.processes.Ending;
import dev.redoubt.sandbox.processes.RunningCommand;
import dev.redoubt.sandbox.processes.Streams;
import dev.redoubt.sandbox.wall.Backend;
import dev.redoubt.sandbox.wall.Enclosure;
import dev.redoubt.sandbox.wall.ResourceLimits;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What every sandbox has to do, whatever it is made of. A backend's test extends this.
@ResourceLock("sleepers of the contract")
abstract class SandboxContract {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path folder;
  Path workspace;
  Path home;
  private Sandbox sandbox;

  /// Returns the backend that is tested.
  abstract Backend backend();

  /// Returns the variables of an operator that the test pretends to be.
  Map<String, String> operator() {
    return Map.of(
        "PATH",
        "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin",
        "HOME",
        home.toString(),
        "LANG",
        "C.UTF-8");
  }

  /// Returns whether what a command leaves in the workspace is kept from harming others.
  boolean isWall() {
    return true;
  }

  /// Does what a backend's workspace needs before it is opened.
  void prepare() throws IOException {}

  @BeforeEach
  void open() throws IOException, InterruptedException {
    Path real = folder.toRealPath();
    workspace = Files.createDirectory(real.resolve("workspace"));
    home = Files.createDirectory(real.resolve("home"));
    Path state = Files.createDirectory(real.resolve("state"));
    prepare();
    sandbox =
        sandbox(
            new Enclosure(
                workspace,
                home,
                state,
                operator(),
                new Enclosure.Exits.None(),
                ResourceLimits.DEFAULT));
  }

  @AfterEach
  void close() throws IOException {
    sandbox.close();
  }

  Sandbox sandbox(Enclosure enclosure) throws IOException, InterruptedException {
    return new Sandbox(
        backend().open(enclosure), new Yes(), new HostFileFacts(), dialer(), NetworkRules.NONE);
  }

  private static Dialer dialer() throws SocketException {
    return Dialer.create();
  }

  @ParameterizedTest
  @CsvSource({"true,0", "false,1", "exit 7,7", "exit 200,200", "kill -9 $$,137"})
  void aCommandEndsWithItsOwnCode(String line, int code) {
    assertThat(run(line).ending().exitCode()).isEqualTo(code);
  }

  @Test
  void bothStreamsAreCapturedApart() {
    Ended ended = run("echo out; echo err >&2");

    assertThat(ended.output()).hasToString("out\n");
    assertThat(ended.errors()).hasToString("err\n");
  }

  @Test
  void argumentsArriveAsTheyAre() {
    List<String> words =
        List.of("", " ", "a b", "'", "\"", "$HOME", "`id`", "*", "\\", "ä€😀", "-n", "\n", "a\tb");
    List<String> argv =
        java.util.stream.Stream.concat(java.util.stream.Stream.of("printf", "<%s>"), words.stream())
            .toList();

    assertThat(ended(action(new Program.Argv(argv), Map.of()), Manner.quiet()).output())
        .hasToString("<" + String.join("><", words) + ">");
  }

  @Test
  void whatIsGivenIsReadAndThenTheInputEnds() {
    byte[] text = "first\nsecond".repeat(20_000).getBytes(StandardCharsets.UTF_8);
    Manner given =
        new Manner(
            new Streams.Captured(
                Content.of(text), Streams.Caps.DEFAULT, Streams.OutputListener.NONE),
            Optional.of(PATIENCE),
            false);

    assertThat(ended(line("wc -c"), given).output().toString().strip())
        .isEqualTo(String.valueOf(text.length));
  }

  @Test
  void aCommandWithoutInputReadsItsEnd() {
    assertThat(run("cat").ending()).isEqualTo(new Ending.Exited(0));
  }

  @Test
  void aFloodIsReadToItsEndAndKeptByItsEnds() {
    Manner small =
        new Manner(
            new Streams.Captured(
                Content.of(""), new Streams.Caps(10, 10), Streams.OutputListener.NONE),
            Optional.of(PATIENCE),
            false);

    Ended ended = ended(line("seq 1 300000"), small);

    assertThat(ended.ending()).isEqualTo(new Ending.Exited(0));
    assertThat(ended.output().written()).isEqualTo(1_988_895);
    assertThat(ended.output().toString()).startsWith("1\n2\n3\n4\n5\n").endsWith("99\n300000\n");
  }

  @Test
  void theCommandStartsInItsFolder() throws IOException {
    Path below = Files.createDirectory(workspace.resolve("below"));
    Action.Run run =
        new Action.Run(new Program.Argv(List.of("pwd")), below, Map.of(), Action.Input.NOTHING);

    assertThat(ended(run, Manner.quiet()).output().toString()).endsWith("/below\n");
  }

  @Test
  void aProgramThatIsNotThereIsNotStarted() {
    Outcome outcome =
        outcome(
            action(new Program.Argv(List.of("no-such-program-of-redoubt")), Map.of()),
            Manner.quiet());

    assertThat(outcome)
        .satisfiesAnyOf(
            o -> assertThat(o).isInstanceOf(Outcome.NotStarted.class),
            o ->
                assertThat(((Outcome.Ran) o).ended().ending())
                    .isIn(new Ending.Exited(127), new Ending.Exited(1)));
  }

  @Test
  void whatItUsedIsCountedOrLeftOut() {
    Optional<Usage> usage = run("head -c 50000000 /dev/zero | tail -c 50000000 | wc -c").usage();

    assertThat(usage.isPresent()).isEqualTo(countsUsage());
    usage.ifPresent(used -> {
      assertThat(used.user().plus(used.system())).isPositive().isLessThan(PATIENCE);
      used.peakBytes().ifPresent(bytes -> assertThat(bytes).isBetween(50_000_000L, 500_000_000L));
    });
  }

  /// Says whether the backend counts what a command used.
  boolean countsUsage() {
    return false;
  }

  @Test
  void onlyWrittenVariablesAndPlannedOnesArrive() {
    Ended ended = ended(action(bash("env"), Map.of("PLANNED", "yes")), Manner.quiet());

    assertThat(variables(ended).keySet())
        .contains("PATH", "PLANNED")
        .doesNotContain("JAVA_TOOL_OPTIONS", "SECRET_TOKEN", "REDOUBT_TESTDATA", "CLASSPATH");
  }

  @Test
  void gitRunsNothingOfACheckout() {
    assertThat(variables(run("env")))
        .containsEntry("GIT_CONFIG_KEY_0", "core.fsmonitor")
        .containsEntry("GIT_CONFIG_VALUE_0", "false")
        .containsEntry("GIT_TERMINAL_PROMPT", "0");
  }

  @Test
  void noDescriptorOfRedoubtIsInherited() throws IOException {
    Path secret = Files.writeString(folder.resolve("held"), "secret");
    try (var _ = Files.newByteChannel(secret)) {
      assertThat(run("ls -l /proc/self/fd").output().toString()).doesNotContain("held");
    }
  }

  @Test
  void whatTakesTooLongIsEndedWithEverythingItStarted() {
    Manner hurried =
        new Manner(Streams.Captured.quiet(), Optional.of(Duration.ofMillis(500)), false);

    Ended ended = ended(line("sleep 1000 & (sleep 1000; echo late) & sleep 1000"), hurried);

    assertThat(ended.ending()).isEqualTo(new Ending.TimedOut(Duration.ofMillis(500)));
    assertThat(ended.output().toString()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sleep 4321 & echo done",
        "(sleep 4321 &) ; echo done",
        "nohup sleep 4321 >/dev/null 2>&1 & echo done",
        "setsid sleep 4321 >/dev/null 2>&1 & echo done",
        "(setsid sh -c 'trap \"\" HUP TERM INT; sleep 4321' >/dev/null 2>&1 &) ; echo done"
      })
  void nothingOutlivesTheCommandThatStartedIt(String line) {
    Ended ended = run(line);

    assertThat(ended.output()).hasToString("done\n");
    assertThat(sleepers("4321")).isEmpty();
  }

  @Test
  void anInterruptEndsTheCommandAndStaysSet() throws InterruptedException {
    Permit permit = permit(line("echo begun; sleep 1000"));
    List<Outcome> outcomes = new java.util.concurrent.CopyOnWriteArrayList<>();
    List<Boolean> interrupted = new java.util.concurrent.CopyOnWriteArrayList<>();
    java.util.concurrent.CountDownLatch begun = new java.util.concurrent.CountDownLatch(1);
    Manner told =
        new Manner(
            new Streams.Captured(
                Content.of(""), Streams.Caps.DEFAULT, (_, _, _) -> begun.countDown()),
            Optional.empty(),
            false);
    Thread thread =
        Thread.ofVirtual()
            .start(() -> {
              outcomes.add(sandbox.perform(permit, told));
              interrupted.add(Thread.currentThread().isInterrupted());
            });
    begun.await();
    thread.interrupt();
    thread.join(PATIENCE);

    Ended ended = ((Outcome.Ran) outcomes.getFirst()).ended();
    assertThat(ended.ending()).isEqualTo(new Ending.Cut("cancelled"));
    assertThat(ended.output()).hasToString("begun\n");
    assertThat(interrupted).containsExactly(true);
  }

  @Test
  void aPermitIsSpentOnce() {
    Permit permit = permit(line("true"));
    sandbox.perform(permit, Manner.quiet());

    assertThatThrownBy(() -> sandbox.perform(permit, Manner.quiet()))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aBackgroundCommandRunsUntilItIsCut() {
    Manner background = new Manner(Streams.Captured.quiet(), Optional.empty(), true);
    RunningCommand command = ((Outcome.Runs) outcome(line("sleep 4322"), background)).command();
    assertThat(command.isAlive()).isTrue();

    command.cut("enough");

    assertThat(command.await().ending()).isEqualTo(new Ending.Cut("enough"));
    assertThat(sleepers("4322")).isEmpty();
  }

  @Test
  void theEndOfTheSandboxEndsWhatRuns() throws IOException {
    Manner background = new Manner(Streams.Captured.quiet(), Optional.empty(), true);
    RunningCommand command = ((Outcome.Runs) outcome(line("sleep 4323"), background)).command();

    sandbox.close();

    assertThat(command.isAlive()).isFalse();
    assertThat(sleepers("4323")).isEmpty();
  }

  @Test
  void aServerSpeaksThroughPipes() throws IOException {
    Action server =
        new Action.StartServer(
            "echo", line("while read -r line; do echo \"got $line\"; done; echo bye"));
    RunningCommand command = ((Outcome.Runs) outcome(server, Manner.quiet())).command();
    BufferedReader from =
        new BufferedReader(new InputStreamReader(command.fromOutput(), StandardCharsets.UTF_8));
    try (OutputStream to = command.toInput()) {
      to.write("one\n".getBytes(StandardCharsets.UTF_8));
      to.flush();
      assertThat(from.readLine()).isEqualTo("got one");
    }
    assertThat(from.readLine()).isEqualTo("bye");
    assertThat(command.await().ending()).isEqualTo(new Ending.Exited(0));
  }

  @Test
  void manyCommandsRunAtTheSameTime() {
    List<Ended> all = IntStream.range(0, 12).parallel().mapToObj(i -> run("echo " + i)).toList();

    assertThat(all)
        .extracting(ended -> ended.output().toString().strip())
        .containsExactly("0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11");
  }

  /* By every call that can say a mode, with its numbers on x86-64 and arm64: 04755 is 2541, 02755 is
   * 1517, 0104755 is 35309, O_CREAT|O_WRONLY is 65 and O_TMPFILE|O_RDWR 4194306. */
  @Test
  void noProgramIsLeftThatRunsAsItsOwnerOrGroup() throws IOException {
    boolean amd = System.getProperty("os.arch").equals("amd64");
    String calls =
        amd
            ? """
            chmod u+s p; chmod 2755 q; chmod 6755 p q; install -m 4755 p i; chmod g+s d
            perl -e 'sub c { syscall(shift, @_) } my ($p, $h) = ("p", pack("QQQ", 65, 2541, 0));
              open(my $q, "<", "q"); c(90, $p, 2541); c(91, fileno($q), 1517);
              c(268, -100, $p, 2541); c(452, -100, $p, 1517, 0); c(2, my $a = "a", 65, 2541);
              c(257, -100, my $b = "b", 65, 2541); c(437, -100, my $n = "n", $h, 24);
              c(85, my $e = "e", 1517); c(133, my $f = "f", 35309, 0);
              c(259, -100, my $g = "g", 35309, 0); c(259, -100, my $m = "m", 0x500000000 + 2541, 0);
              my $t = c(257, -100, my $w = ".", 0x410002, 2541);
              c(265, -100, "/proc/self/fd/$t", -100, my $l = "l", 1024) if $t >= 0'
            """
            : """
            chmod u+s p; chmod 2755 q; chmod 6755 p q; install -m 4755 p i; chmod g+s d
            perl -e 'sub c { syscall(shift, @_) } my ($p, $h) = ("p", pack("QQQ", 65, 2541, 0));
              open(my $q, "<", "q"); c(52, fileno($q), 1517); c(53, -100, $p, 2541);
              c(452, -100, $p, 1517, 0); c(56, -100, my $b = "b", 65, 2541);
              c(437, -100, my $n = "n", $h, 24); c(33, -100, my $g = "g", 35309, 0)'
            """;
    run(
        """
        umask 0; mkdir d; cp /bin/true p; cp /bin/true q; chmod 1777 d
        %s
        mkdir sub; (cd sub; mv ../p .; ln ../q q); touch worked
        """
            .formatted(calls));

    List<String> left = new ArrayList<>();
    try (var files = Files.walk(workspace)) {
      for (Path file : files.toList()) {
        if (((int) Files.getAttribute(file, "unix:mode", LinkOption.NOFOLLOW_LINKS) & 06000) != 0) {
          left.add(workspace.relativize(file).toString());
        }
      }
    }
    assertThat(workspace.resolve("worked")).exists();
    if (isWall()) {
      assertThat(left).isEmpty();
    } else {
      assertThat(left).contains("sub/p", "sub/q");
    }
  }

  @Test
  void aFileThatACommandWroteIsReadByTheFileToolAndTheOtherWayRound() throws IOException {
    run("printf shell > from-shell");
    assertThat(outcome(new Action.Read(workspace.resolve("from-shell")), Manner.quiet()))
        .isEqualTo(new Outcome.ReadFile(Content.of("shell"), 5));

    assertThat(
            outcome(
                new Action.Write(workspace.resolve("from-tool"), Content.of("tool")),
                Manner.quiet()))
        .isEqualTo(new Outcome.Changed());
    assertThat(run("cat from-tool").output()).hasToString("tool");
  }

  @Test
  void aFileIsDeletedAndAFolderWithEverythingInIt() throws IOException {
    run("mkdir -p deep/er && touch deep/er/file && ln -s /etc deep/link");

    assertThat(outcome(new Action.Delete(workspace.resolve("deep")), Manner.quiet()))
        .isEqualTo(new Outcome.Changed());
    assertThat(workspace.resolve("deep")).doesNotExist();
    assertThat(Path.of("/etc")).isDirectory();
  }

  @Test
  void aFolderIsListedByName() {
    run("mkdir b && printf 12345 > a && ln -s a c");

    assertThat(outcome(new Action.ListFolder(workspace), Manner.quiet()).toString())
        .contains("name=a, kind=FILE, size=5", "name=b, kind=FOLDER", "name=c, kind=LINK");
  }

  @Test
  void linesAreFoundByPatternBelowAFolder() {
    run("mkdir -p x/y && printf 'one\\nneedle 42\\n' > x/y/z && printf 'needle\\0' > x/binary");

    assertThat(outcome(new Action.Search(workspace, "needle [0-9]+"), Manner.quiet()).toString())
        .contains("path=x/y/z, number=2, text=needle 42")
        .doesNotContain("binary");
  }

  @Test
  void aMissingFileFailsInWords() {
    assertThat(outcome(new Action.Read(workspace.resolve("gone")), Manner.quiet()))
        .isEqualTo(
            new Outcome.Failed(
                "\"%s\": there is no such file".formatted(workspace.resolve("gone"))));
  }

  private static Map<String, String> variables(Ended ended) {
    Map<String, String> variables = new TreeMap<>();
    ended
        .output()
        .toString()
        .lines()
        .forEach(line -> {
          int at = line.indexOf('=');
          if (at > 0) {
            variables.put(line.substring(0, at), line.substring(at + 1));
          }
        });
    return variables;
  }

  /* Looked for on this machine, where the processes of a container show too. */
  static List<String> sleepers(String seconds) {
    return ProcessHandle.allProcesses()
        .filter(p ->
            p.info().arguments().map(a -> List.of(a).contains(seconds)).orElse(false)
                && p.info().command().orElse("").endsWith("sleep"))
        .map(p -> p.pid() + " " + p.info().commandLine().orElse(""))
        .toList();
  }

  Ended run(String line) {
    return ended(line(line), Manner.quiet());
  }

  Ended ended(Action action, Manner manner) {
    Outcome outcome = outcome(action, manner);
    if (outcome instanceof Outcome.Ran(Ended ended)) {
      return ended;
    }
    throw new AssertionError("it did not run: " + outcome);
  }

  Outcome outcome(Action action, Manner manner) {
    return sandbox.perform(permit(action), manner);
  }

  Action.Run line(String text) {
    return action(bash(text), Map.of());
  }

  private Action.Run action(Program program, Map<String, String> environment) {
    return new Action.Run(program, workspace, environment, Action.Input.NOTHING);
  }

  private static Program bash(String text) {
    return new Program.Line(Program.Shell.BASH, text);
  }

  static Permit permit(Action action) {
    try {
      Gate gate = new Gate(List.of(new Yes()), Approver.NEVER, DecisionLog.NONE);
      return ((Verdict.Permitted) gate.judge(action)).permit();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /// Allows everything: what a wall holds is tested without any guard before it.
  private static final class Yes implements Guard {
    @Override
    public String name() {
      return "yes";
    }

    @Override
    public Decision review(Action action) {
      return new Decision.Allow("test.yes", "for the test");
    }
  }
}
