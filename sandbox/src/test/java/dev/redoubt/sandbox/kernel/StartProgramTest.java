// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.redoubt.sandbox.kernel.ProcessLimit.Kind;
import dev.redoubt.testkit.NeedsEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/* Without Landlock, which not every kernel has; what it holds is LandlockTest's. */
@Isolated
class StartProgramTest {

  private static final String HIDING =
      "(env -i setsid sleep 4326 >/dev/null 2>&1 &); (sleep 4326 >/dev/null 2>&1 &)";

  @TempDir Path folder;

  private final StartPlan start =
      Confined.plan().behind(Optional.empty(), Optional.of(Confined.filter(Sockets.NONE)));

  @Test
  @NeedsEngine("python3")
  void theKernelAnswersAsTheTableSays() throws Exception {
    boolean x86 = Architecture.ofThisMachine().orElseThrow() == Architecture.X86_64;
    String script =
        """
        import ctypes, fcntl, os, socket, subprocess, threading
        libc = ctypes.CDLL(None, use_errno=True)
        def call(number, *arguments):
            ctypes.set_errno(0)
            result = libc.syscall(*[ctypes.c_long(n) for n in (number, *arguments)])
            return ctypes.get_errno() if result == -1 else "ok"
        for number in %s:
            print(number, call(number, 0, 0, 0, 0, 0, 0))
        for family in (1, 2, 10, 16, 17, 38, 40):
            try:
                socket.socket(family, 1)
                print("socket", family, "ok")
            except OSError as e:
                print("socket", family, e.errno)
        socket.socketpair()
        for request in (0x5412, 0x541C, 0x100005412):
            ctypes.set_errno(0)
            libc.ioctl(0, ctypes.c_ulong(request), b"x")
            print("ioctl", ctypes.get_errno())
        thread = threading.Thread(target=lambda: print("thread"))
        thread.start()
        thread.join()
        print("child", subprocess.run(["true"]).returncode)
        """
            .formatted(
                x86
                    ? "(101, 310, 425, 435, 248, 321, 165, 272, 304)"
                    : "(117, 270, 425, 435, 217, 280, 40, 97, 265)");
    String first =
        x86
            ? "101 1\n310 1\n425 1\n435 38\n248 1\n321 1\n165 1\n272 1\n304 1\n"
            : "117 1\n270 1\n425 1\n435 38\n217 1\n280 1\n40 1\n97 1\n265 1\n";

    assertThat(Confined.ran(start, List.of("python3", "-c", script)))
        .isEqualTo(
            first
                + """
                socket 1 1
                socket 2 1
                socket 10 1
                socket 16 1
                socket 17 1
                socket 38 1
                socket 40 1
                ioctl 1
                ioctl 1
                ioctl 1
                thread
                child 0
                exit 0\
                """);
  }

  @Test
  void everythingTheProgramStartsIsConfinedToo() throws Exception {
    String status = "grep -E '^(NoNewPrivs|Seccomp|CapEff|CapPrm|CapInh):' /proc/self/status";

    assertThat(Confined.ran(start, List.of("/bin/sh", "-c", "sh -c \"" + status + "\"")))
        .containsPattern("CapInh:\\s+0{16}")
        .containsPattern("CapPrm:\\s+0{15}[02]\n")
        .containsPattern("CapEff:\\s+0{15}[02]\n")
        .containsPattern("NoNewPrivs:\\s+1")
        .containsPattern("Seccomp:\\s+2")
        .endsWith("exit 0");
  }

  @Test
  void aProgramThatIsNotThereIsAnErrorOfTheStart() {
    assertThatThrownBy(() -> Confined.ran(start, List.of("/no/such/program")))
        .isInstanceOf(IOException.class)
        .isNotInstanceOf(KernelException.class)
        .hasMessageContaining("/no/such/program");
  }

  @Test
  void aFilterForAnotherProcessorStartsNothing() {
    Architecture other =
        Architecture.ofThisMachine().orElseThrow() == Architecture.X86_64
            ? Architecture.AARCH64
            : Architecture.X86_64;
    StartPlan wrong =
        Confined.plan()
            .behind(Optional.empty(), Optional.of(new SeccompFilter(other, Sockets.NONE)));

    assertThatThrownBy(() -> Confined.ran(wrong, List.of("/bin/sh", "-c", "true")))
        .isInstanceOf(KernelException.class)
        .hasMessageContaining(other.name());
  }

  @Test
  void noThreadOfThisJvmIsConfined() throws Exception {
    assertThat(Confined.ran(start, List.of("/bin/sh", "-c", "echo on"))).isEqualTo("on\nexit 0");

    try (var threads = Files.newDirectoryStream(Path.of("/proc/self/task"))) {
      for (Path thread : threads) {
        assertThat(Files.readAllLines(thread.resolve("status")))
            .contains("NoNewPrivs:\t0", "Seccomp:\t0");
      }
    }
  }

  @Test
  void whatHidesEndsWithTheCommand() throws Exception {
    assertThat(Confined.ran(Confined.plan(), List.of("sh", "-c", HIDING + "; exit 7")))
        .isEqualTo("exit 7");

    assertThat(sleepers()).isEmpty();
  }

  /* Each of them is killed only after the one above it, and that one's end cuts a wait short. */
  @Test
  void whatIsDeeperThanTheSupervisorWaitsOftenEndsWithTheCommand() throws Exception {
    Files.writeString(
        folder.resolve("deep"),
        """
        if [ $1 = 0 ]; then echo > bottom; exec env -i setsid sleep 4326; fi
        sh deep $(($1 - 1))
        true
        """);
    String line = "cd " + folder + "; sh deep 1200 & until [ -e bottom ]; do sleep 0.05; done";

    assertThat(Confined.ran(Confined.plan(), List.of("sh", "-c", line))).isEqualTo("exit 0");

    assertThat(sleepers()).isEmpty();
  }

  @Test
  void everythingEndsWhenRedoubtIsKilled() throws Exception {
    Process redoubt =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Killed.class.getName(),
                folder.toString(),
                HIDING + "; echo begun; sleep 4326")
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (var from = redoubt.inputReader()) {
      assertThat(from.readLine()).isEqualTo("begun");
      assertThat(sleepers()).isNotEmpty();

      redoubt.destroyForcibly().waitFor();

      while (!sleepers().isEmpty()) {
        Thread.onSpinWait();
      }
    }
  }

  @Test
  void aSupervisorThatIsToldToEndsAllOfItAndReports() throws Exception {
    Path report = folder.resolve("report");
    try (StartProgram program = StartProgram.write(Confined.plan(), folder.resolve("start"))) {
      Process process =
          program.start(
              Confined.described(List.of("sh", "-c", HIDING + "; echo begun; sleep 4326")),
              Optional.of(report),
              Optional.empty());
      process.inputReader().readLine();
      process.destroy();

      assertThat(process.waitFor()).isEqualTo(137);
      assertThat(sleepers()).isEmpty();
      StartReport said = program.report(report);
      assertThat(said.failure()).isEmpty();
      assertThat(said.usage().orElseThrow().peakBytes().orElseThrow()).isPositive();
    }
  }

  @Test
  @NeedsEngine("python3")
  void whatWasUsedIsCountedOverEverything() throws Exception {
    Path report = folder.resolve("report");
    String busy = "x = bytearray(100 << 20); sum(range(3000000))";
    try (StartProgram program = StartProgram.write(Confined.plan(), folder.resolve("start"))) {
      program
          .start(
              Confined.described(List.of("sh", "-c", "python3 -c '%s'; true".formatted(busy))),
              Optional.of(report),
              Optional.empty())
          .waitFor();

      Usage usage = program.report(report).usage().orElseThrow();
      assertThat(usage.user()).isPositive();
      assertThat(usage.peakBytes().orElseThrow()).isBetween(100L << 20, 300L << 20);
    }
  }

  @ParameterizedTest
  @CsvSource({"0,0", "1,1", "125,125", "255,255"})
  void aCodeIsPassedOn(int code, int seen) throws Exception {
    assertThat(Confined.ran(Confined.plan(), List.of("sh", "-c", "exit " + code)))
        .isEqualTo("exit " + seen);
  }

  @Test
  void aSignalThatEndedTheCommandIsPassedOn() throws Exception {
    assertThat(Confined.ran(Confined.plan(), List.of("sh", "-c", "kill -SEGV $$")))
        .isEqualTo("exit 139");
  }

  @Test
  void limitsHoldAndALowerOneStays() throws Exception {
    StartPlan limited =
        StartPlan.of(
            Confined.plan().keeper(),
            Confined.plan().report(),
            List.of(
                new ProcessLimit(Kind.CORE, 0),
                new ProcessLimit(Kind.FILE_SIZE, 1 << 20),
                new ProcessLimit(Kind.FILE_SIZE, 1 << 30)));

    assertThat(Confined.ran(limited, List.of("bash", "-c", "ulimit -Hc; ulimit -f; ulimit -Hf")))
        .isEqualTo("0\n1024\n1024\nexit 0");
  }

  @Test
  void aFileWithoutAFirstLineIsAScript() throws Exception {
    Path script = Files.writeString(folder.resolve("script"), "echo \"$0 $1 $#\"\n");
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));

    assertThat(Confined.ran(Confined.plan(), List.of(script.toString(), "a b")))
        .isEqualTo(script + " a b 1\nexit 0");
  }

  @Test
  void whatCannotBeRunIsSaidAndNothingRuns() throws Exception {
    Path closed = Files.writeString(folder.resolve("closed"), "echo ran\n");
    Path lost = Files.writeString(folder.resolve("lost"), "#!/no/such/interpreter\n");
    Files.setPosixFilePermissions(lost, PosixFilePermissions.fromString("rwx------"));

    assertThatThrownBy(() -> Confined.ran(Confined.plan(), List.of(closed.toString())))
        .hasMessage("the program: access is denied (EACCES)");
    assertThatThrownBy(() -> Confined.ran(Confined.plan(), List.of(lost.toString())))
        .hasMessage("the program: there is no such file (ENOENT)");
    assertThatThrownBy(() -> Confined.ran(Confined.plan(), List.of("no-such-program")))
        .hasMessageContaining("there is no program \"no-such-program\" in PATH");
  }

  /* The kernel of this machine answers a close_range(2) with the error; descriptor 9 is open. */
  @ParameterizedTest
  @CsvSource({
    "38, 'it is closed'",
    "22, 'it is closed'",
    "1, 'not started: closing what was open before: 1'"
  })
  @NeedsEngine("python3")
  void nothingThatWasOpenReachesTheCommand(int error, String said) throws Exception {
    StartPlan plan =
        StartPlan.of(
            new StartPlan.Keeper.Surroundings(), new StartPlan.Report.Descriptor(8), List.of());
    StartCode.Written written =
        StartCode.of(plan, Architecture.ofThisMachine().orElseThrow(), new LandlockAbi(0));
    Path program = Files.write(folder.resolve("start"), written.file());
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    String script =
        """
        import ctypes, os, resource, struct
        libc = ctypes.CDLL(None, use_errno=True)
        resource.setrlimit(resource.RLIMIT_NOFILE, (16, 1024))
        read, write = os.pipe()
        if os.fork() == 0:
            os.dup2(write, 8, inheritable=True)
            os.dup2(1, 9, inheritable=True)
            code = [(0x20, 0, 0, 0), (0x15, 0, 1, 436), (6, 0, 0, 0x50000 | %1$d), (6, 0, 0, 0x7FFF0000)]
            rules = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *one) for one in code))
            class Program(ctypes.Structure):
                _fields_ = [("length", ctypes.c_ushort), ("rules", ctypes.c_void_p)]
            libc.prctl(38, 1, 0, 0, 0)
            assert libc.prctl(22, 2, ctypes.byref(Program(4, ctypes.addressof(rules))), 0, 0) == 0
            os.execv("%2$s", ["start", "", "", "/bin/sh", "", "sh", "-c",
                              "[ -e /proc/self/fd/9 ] && echo it is open || echo it is closed"])
        os.close(write)
        os.wait()
        report = os.read(read, 24)
        if report:
            print("not started:", *struct.unpack("qqq", report)[1:])
        """
            .formatted(error, program);
    Process process = Confined.described(List.of("python3", "-c", script)).start();

    String printed =
        new String(
            process.getInputStream().readNBytes(Confined.MOST),
            java.nio.charset.StandardCharsets.UTF_8);
    for (int step = 0; step < written.steps().size(); step++) {
      printed =
          printed.replace(
              "not started: %d -".formatted(step),
              "not started: %s: ".formatted(written.steps().get(step)));
    }
    assertThat(printed.strip()).isEqualTo(said);
  }

  @Test
  void withoutASupervisorTheProcessBecomesTheCommand() throws Exception {
    StartPlan plan =
        StartPlan.of(
            new StartPlan.Keeper.Kernel(ProcessHandle.current().pid()),
            new StartPlan.Report.File(),
            List.of());
    try (StartProgram program = StartProgram.write(plan, folder.resolve("start"))) {
      Process process =
          program.start(
              Confined.described(List.of("sh", "-c", "echo $$")),
              Optional.of(folder.resolve("report")),
              Optional.empty());
      assertThat(process.inputReader().readLine()).isEqualTo(String.valueOf(process.pid()));
      assertThat(process.waitFor()).isZero();
    }
  }

  @Test
  void aProgramInMemoryStartsTheSame() throws Exception {
    byte[] file =
        StartCode.of(
                Confined.plan(), Architecture.ofThisMachine().orElseThrow(), new LandlockAbi(0))
            .file();
    try (MemoryFile memory = MemoryFile.of(file)) {
      Process process =
          new ProcessBuilder(
                  memory.path(),
                  folder.resolve("report").toString(),
                  "",
                  "/bin/echo",
                  "",
                  "echo",
                  "on")
              .start();
      assertThat(process.inputReader().readLine()).isEqualTo("on");
      assertThat(process.waitFor()).isZero();
    }
  }

  /* What is left of the commands above: in sessions of their own and without variables. */
  private static List<ProcessHandle> sleepers() {
    return ProcessHandle.allProcesses()
        .filter(process ->
            process.info().arguments().filter(all -> List.of(all).contains("4326")).isPresent()
                && process.info().command().filter(name -> name.endsWith("sleep")).isPresent())
        .toList();
  }

  /* A Redoubt that starts one command and is killed. */
  static final class Killed {
    public static void main(String[] arguments) throws Exception {
      Path folder = Path.of(arguments[0]);
      StartProgram program = StartProgram.write(Confined.plan(), folder.resolve("start"));
      program
          .start(
              new ProcessBuilder("sh", "-c", arguments[1]).inheritIO(),
              Optional.of(folder.resolve("report")),
              Optional.empty())
          .waitFor();
    }
  }
}
