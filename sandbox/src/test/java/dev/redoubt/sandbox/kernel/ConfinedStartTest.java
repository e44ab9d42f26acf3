// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.redoubt.testkit.NeedsEngine;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

/* Only the filter, which every kernel has; what Landlock holds is LandlockTest's. */
class ConfinedStartTest {

  private final ConfinedStart start =
      new ConfinedStart(Optional.empty(), Confined.filter(Sockets.NONE));

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
    ConfinedStart wrong =
        new ConfinedStart(Optional.empty(), new SeccompFilter(other, Sockets.NONE));

    assertThatThrownBy(() -> Confined.ran(wrong, List.of("/bin/sh", "-c", "true")))
        .isInstanceOf(KernelException.class)
        .hasMessageContaining(other.name());
  }

  @Test
  void aVirtualThreadMayStartOneAndStaysFree() throws Exception {
    Callable<String> run = () -> Confined.ran(start, List.of("/bin/sh", "-c", "echo on"));
    FutureTask<String> task = new FutureTask<>(run);
    Thread.ofVirtual().start(task);

    assertThat(task.get()).isEqualTo("on\nexit 0");
    Process free = new ProcessBuilder("grep", "Seccomp:.*0", "/proc/self/status").start();
    assertThat(free.waitFor()).isZero();
  }

  @Test
  void aChildThatIsToDieWithItsParentOutlivesTheStart() throws Exception {
    String line = "echo begun; read -r word; echo \"$word\"";
    List<String> command = List.of("setpriv", "--pdeathsig", "KILL", "/bin/sh", "-c", line);
    Process process = start.start(Confined.described(command));
    try (var to = process.outputWriter();
        var from = process.inputReader()) {
      assertThat(from.readLine()).isEqualTo("begun");
      to.write("still here\n");
      to.flush();
      assertThat(from.readLine()).isEqualTo("still here");
    }
    assertThat(process.waitFor()).isZero();
  }
}
