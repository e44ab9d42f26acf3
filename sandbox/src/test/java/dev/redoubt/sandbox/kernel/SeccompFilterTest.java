// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SeccompFilterTest {

  private static final long HIGH = 0x1_0000_0000L;

  private final FilterRun onX86 = FilterRun.of(filter(Architecture.X86_64, Sockets.INTERNET));
  private final FilterRun onArm = FilterRun.of(filter(Architecture.AARCH64, Sockets.INTERNET));

  /* Name, number on x86-64, number on AArch64; typed in from the tables of the kernel, not taken
   * from the code under test. */
  @ParameterizedTest
  @CsvSource({
    "ptrace, 101, 117",
    "process_vm_readv, 310, 270",
    "process_vm_writev, 311, 271",
    "process_madvise, 440, 440",
    "pidfd_getfd, 438, 438",
    "kcmp, 312, 272",
    "io_uring_setup, 425, 425",
    "io_uring_enter, 426, 426",
    "io_uring_register, 427, 427",
    "add_key, 248, 217",
    "request_key, 249, 218",
    "keyctl, 250, 219",
    "bpf, 321, 280",
    "userfaultfd, 323, 282",
    "perf_event_open, 298, 241",
    "fanotify_init, 300, 262",
    "lookup_dcookie, 212, 18",
    "nfsservctl, 180, 42",
    "kexec_load, 246, 104",
    "kexec_file_load, 320, 294",
    "init_module, 175, 105",
    "finit_module, 313, 273",
    "delete_module, 176, 106",
    "mount, 165, 40",
    "umount2, 166, 39",
    "pivot_root, 155, 41",
    "chroot, 161, 51",
    "open_tree, 428, 428",
    "open_tree_attr, 467, 467",
    "move_mount, 429, 429",
    "fsopen, 430, 430",
    "fsconfig, 431, 431",
    "fsmount, 432, 432",
    "fspick, 433, 433",
    "mount_setattr, 442, 442",
    "name_to_handle_at, 303, 264",
    "open_by_handle_at, 304, 265",
    "setns, 308, 268",
    "unshare, 272, 97",
    "swapon, 167, 224",
    "swapoff, 168, 225",
    "reboot, 169, 142",
    "acct, 163, 89",
    "quotactl, 179, 60",
    "quotactl_fd, 443, 443",
    "syslog, 103, 116",
    "settimeofday, 164, 170",
    "clock_settime, 227, 112",
    "sethostname, 170, 161",
    "setdomainname, 171, 162",
    "vhangup, 153, 58",
  })
  void aCallNoConfinedProgramNeedsIsRefusedWithEveryArgument(String name, int x86, int arm) {
    assertThat(filter(Architecture.X86_64, Sockets.INTERNET).refusedCalls()).contains(name);
    assertThat(onX86.answer(x86, 0, 0, 0, 0, 0, 0)).isEqualTo("error 1");
    assertThat(onX86.answer(x86, -1, -1, -1, -1, -1, -1)).isEqualTo("error 1");
    assertThat(onArm.answer(arm, 0, 0, 0, 0, 0, 0)).isEqualTo("error 1");
    assertThat(onArm.answer(arm, -1, -1, -1, -1, -1, -1)).isEqualTo("error 1");
  }

  @ParameterizedTest
  @CsvSource({
    "setxattr, 188, 5, error 95",
    "lsetxattr, 189, 6, error 95",
    "fsetxattr, 190, 7, error 95",
    "removexattr, 197, 14, error 95",
    "lremovexattr, 198, 15, error 95",
    "fremovexattr, 199, 16, error 95",
    "setxattrat, 463, 463, error 38",
    "removexattrat, 466, 466, error 38",
    "file_setattr, 469, 469, error 38",
  })
  void attributesAreKeptWhereThatIsAskedFor(String name, int x86, int arm, String answer) {
    SeccompFilter kept = filter(Architecture.X86_64, Sockets.NONE).keepingAttributes();

    assertThat(kept.refusedCalls()).contains(name);
    assertThat(FilterRun.of(kept).answer(x86, 1, 2, 3, 4, 5, 6)).isEqualTo(answer);
    assertThat(
            FilterRun.of(filter(Architecture.AARCH64, Sockets.TCP).keepingAttributes())
                .answer(arm, 1, 2, 3, 4, 5, 6))
        .isEqualTo(answer);
    assertThat(onX86.answer(x86, 1, 2, 3, 4, 5, 6)).isEqualTo("allow");
    assertThat(onArm.answer(arm, 1, 2, 3, 4, 5, 6)).isEqualTo("allow");
  }

  @ParameterizedTest
  @ValueSource(longs = {0x5412, 0x541C, 0x4008_6602, 0x401C_5820, 0x5_0000_5412L})
  void aControlThatReachesPastTheFileIsRefused(long request) {
    assertThat(onX86.answer(16, 1, request)).isEqualTo("error 1");
    assertThat(onArm.answer(29, 1, request)).isEqualTo("error 1");
  }

  @ParameterizedTest
  @CsvSource({"uselib, 134", "modify_ldt, 154", "iopl, 172", "ioperm, 173"})
  void aCallThatOnlyIntelHasIsRefusedThereAndUnknownElsewhere(String name, int x86) {
    assertThat(onX86.answer(x86)).isEqualTo("error 1");
    assertThat(onArm.answer(-1)).isEqualTo("allow");
    assertThat(filter(Architecture.AARCH64, Sockets.NONE).refusedCalls()).doesNotContain(name);
  }

  /* read, execve, openat, futex, wait4, fork, exit_group, prctl, seccomp, landlock_restrict_self. */
  @Test
  void whatEveryProgramCallsIsAllowed() {
    int[] x86 = {0, 59, 257, 202, 61, 57, 231, 157, 317, 446, 46, 44, 16};
    int[] arm = {63, 221, 56, 98, 260, 94, 167, 277, 446, 211, 206, 29};

    for (int call : x86) {
      assertThat(onX86.answer(call, 1, 1, 1, 1, 1, 1)).as("call %d", call).isEqualTo("allow");
    }
    for (int call : arm) {
      assertThat(onArm.answer(call, 1, 1, 1, 1, 1, 1)).as("call %d", call).isEqualTo("allow");
    }
  }

  @Test
  void theNewCloneLooksAsIfTheKernelWereOlder() {
    assertThat(onX86.answer(435, 0x7fff_0000L, 88)).isEqualTo("error 38");
    assertThat(onArm.answer(435, 0x7fff_0000L, 88)).isEqualTo("error 38");
  }

  @ParameterizedTest
  @CsvSource({
    "0x00020000",
    "0x02000000",
    "0x04000000",
    "0x08000000",
    "0x10000000",
    "0x20000000",
    "0x40000000"
  })
  void aNewNamespaceIsRefusedAmongAnyOtherFlags(String hex) {
    long flag = Long.decode(hex);

    assertThat(onX86.answer(56, flag)).isEqualTo("error 1");
    assertThat(onX86.answer(56, flag | HIGH | 17)).isEqualTo("error 1");
    assertThat(onArm.answer(220, flag | 0x3d0f00)).isEqualTo("error 1");
  }

  /* The flags of pthread_create, of fork by glibc, of posix_spawn, and the signal bits next to
   * CLONE_NEWTIME. */
  @ParameterizedTest
  @CsvSource({"0x3d0f00", "0x01200011", "0x4111", "0x80", "0x11", "0x100000000"})
  void threadsAndOrdinaryChildrenAreAllowed(String hex) {
    assertThat(onX86.answer(56, Long.decode(hex))).isEqualTo("allow");
    assertThat(onArm.answer(220, Long.decode(hex))).isEqualTo("allow");
  }

  @Test
  void typingIntoATerminalIsRefusedAlsoWithBitsTheKernelDoesNotLookAt() {
    for (long request :
        new long[] {0x5412, 0x541C, 0x5412 | HIGH, 0x541C | 0xffff_0000_0000_0000L}) {
      assertThat(onX86.answer(16, 0, request, 0x7ff0)).isEqualTo("error 1");
      assertThat(onArm.answer(29, 0, request, 0x7ff0)).isEqualTo("error 1");
    }
  }

  @Test
  void theOtherRequestsToATerminalAreAllowed() {
    for (long request : new long[] {0x5401, 0x5413, 0x5414, 0x5411, 0x541B, 0x541D, 0x2_5412}) {
      assertThat(onX86.answer(16, 0x5412, request, 0x5412)).isEqualTo("allow");
    }
  }

  @Test
  void onlyThePlainPersonalityCanBeTaken() {
    assertThat(onX86.answer(135, 0)).isEqualTo("allow");
    assertThat(onX86.answer(135, 0xffff_ffffL)).isEqualTo("allow");
    assertThat(onX86.answer(135, 0x0040_0000)).as("readable means executable").isEqualTo("error 1");
    assertThat(onX86.answer(135, 0x0004_0000)).as("no random layout").isEqualTo("error 1");
    assertThat(onX86.answer(135, 8)).as("32 bits").isEqualTo("error 1");
    assertThat(onArm.answer(92, 8 | HIGH)).isEqualTo("error 1");
  }

  @Test
  void pipesAndFilesCanBeMadeButNoDevices() {
    long character = 0x2000 | 0666;
    long block = 0x6000 | 0666;

    assertThat(onX86.answer(133, 0, 0x1000 | 0666, 0)).isEqualTo("allow");
    assertThat(onX86.answer(133, 0, 0x8000 | 0666, 0)).isEqualTo("allow");
    assertThat(onX86.answer(133, 0, 0666, 0)).isEqualTo("allow");
    assertThat(onX86.answer(133, 0, character, 0x103)).isEqualTo("error 1");
    assertThat(onX86.answer(133, 0, block, 0x800)).isEqualTo("error 1");
    assertThat(onX86.answer(133, 0, block | HIGH | 0x10000, 0x800)).isEqualTo("error 1");
    assertThat(onX86.answer(259, -100, 0, character, 0)).isEqualTo("error 1");
    assertThat(onX86.answer(259, -100, character, 0x1000, 0)).isEqualTo("allow");
    assertThat(onArm.answer(33, -100, 0, block, 0)).isEqualTo("error 1");
  }

  /* The call, its numbers on both, where its flags and its mode stand. */
  @ParameterizedTest
  @CsvSource({
    "chmod, 90, -1, -1, 1",
    "fchmod, 91, 52, -1, 1",
    "fchmodat, 268, 53, -1, 2",
    "fchmodat2, 452, 452, -1, 2",
    "open, 2, -1, 1, 2",
    "openat, 257, 56, 2, 3",
    "creat, 85, -1, -1, 1",
    "mknod, 133, -1, -1, 1",
    "mknodat, 259, 33, -1, 2",
  })
  void noFileGetsABitByWhichItRunsAsItsOwner(String name, int x86, int arm, int flags, int mode) {
    SeccompFilter handing =
        filter(Architecture.X86_64, Sockets.INTERNET).with(SetGroup.OPEN).keepingAttributes();
    long[] arguments = new long[6];
    if (flags >= 0) {
      arguments[flags] = 0x40 | HIGH;
    }
    for (long bits : new long[] {0755, 01777, 04755, 02755, 06000, 04000 | HIGH, 0100755}) {
      arguments[mode] = bits;
      String answer = (bits & 06000) == 0 ? "allow" : "error 1";
      assertThat(onX86.answer(x86, arguments)).as("%s %o", name, bits).isEqualTo(answer);
      if (arm >= 0) {
        assertThat(onArm.answer(arm, arguments)).as("%s %o", name, bits).isEqualTo(answer);
      }
      boolean handsDown = name.contains("chmod") && (bits & 06000) == 02000;
      assertThat(FilterRun.of(handing).answer(x86, arguments))
          .as("%s %o where groups are handed down", name, bits)
          .isEqualTo(handsDown ? "allow" : answer);
    }
    if (flags >= 0) {
      arguments[mode] = 04755;
      arguments[flags] = 0x41_0002;
      assertThat(onX86.answer(x86, arguments)).as("without a name").isEqualTo("error 1");
      arguments[flags] = 0x8_0000;
      assertThat(onX86.answer(x86, arguments)).as("no mode is read").isEqualTo("allow");
    }
  }

  @Test
  void aCallWhoseModeNobodySeesLooksAsIfTheKernelWereOlder() {
    assertThat(onX86.answer(437, -100, 1, 1, 24)).isEqualTo("error 38");
    assertThat(onArm.answer(437, -100, 1, 1, 24)).isEqualTo("error 38");
  }

  @Test
  void aConnectionCannotBeOpenedBySending() {
    long fastOpen = 0x2000_0000L;

    assertThat(onX86.answer(44, 3, 0, 5, fastOpen | 0x4000, 0, 16)).isEqualTo("error 95");
    assertThat(onX86.answer(44, 3, 0, 5, 0x4000, 0, 16)).isEqualTo("allow");
    assertThat(onX86.answer(46, 3, 0, fastOpen | HIGH)).isEqualTo("error 95");
    assertThat(onX86.answer(46, 3, fastOpen, 0x40)).isEqualTo("allow");
    assertThat(onX86.answer(307, 3, 0, 1, fastOpen)).isEqualTo("error 95");
    assertThat(onArm.answer(206, 3, 0, 5, fastOpen, 0, 16)).isEqualTo("error 95");
    assertThat(onArm.answer(211, 3, 0, fastOpen)).isEqualTo("error 95");
    assertThat(onArm.answer(269, 3, 0, 1, fastOpen)).isEqualTo("error 95");
  }

  /* Family, type, protocol, and the answers for NONE, TCP and INTERNET. */
  static Stream<Arguments> sockets() {
    return Stream.of(
        Arguments.of("TCP", 2, 1, 0, "no yes yes"),
        Arguments.of("TCP by its number", 2, 1, 6, "no yes yes"),
        Arguments.of("TCP over IPv6", 10, 1, 6, "no yes yes"),
        Arguments.of("TCP, closed on exec and not blocking", 2, 1 | 0x80800, 0, "no yes yes"),
        Arguments.of("TCP with a high bit", 2 | HIGH, 1 | HIGH, HIGH, "no yes yes"),
        Arguments.of("UDP", 2, 2, 0, "no no yes"),
        Arguments.of("UDP over IPv6", 10, 2 | 0x80000, 17, "no no yes"),
        Arguments.of("echo request", 2, 2, 1, "no no yes"),
        Arguments.of("echo request over IPv6", 10, 2, 58, "no no yes"),
        Arguments.of("routes", 16, 3 | 0x80000, 0, "no yes yes"),
        Arguments.of("MPTCP", 2, 1, 262, "no no no"),
        Arguments.of("SCTP", 2, 1, 132, "no no no"),
        Arguments.of("SCTP by packets", 2, 5, 132, "no no no"),
        Arguments.of("SMC over IPv4", 2, 1, 256, "no no no"),
        Arguments.of("DCCP", 2, 6, 33, "no no no"),
        Arguments.of("UDP-Lite", 2, 2, 136, "no no no"),
        Arguments.of("raw", 2, 3, 255, "no no no"),
        Arguments.of("raw TCP", 10, 3, 6, "no no no"),
        Arguments.of("packets the old way", 2, 10, 3, "no no no"),
        Arguments.of("Unix", 1, 1, 0, "no no no"),
        Arguments.of("Unix with a high bit", 1 | HIGH, 2, 0, "no no no"),
        Arguments.of("family 0", 0, 1, 0, "no no no"),
        Arguments.of("packet", 17, 3, 0, "no no no"),
        Arguments.of("crypto", 38, 5, 0, "no no no"),
        Arguments.of("VSOCK", 40, 1, 0, "no no no"),
        Arguments.of("Bluetooth", 31, 1, 0, "no no no"),
        Arguments.of("TIPC", 30, 1, 0, "no no no"),
        Arguments.of("KCM", 41, 5, 0, "no no no"),
        Arguments.of("SMC", 43, 1, 0, "no no no"),
        Arguments.of("XDP", 44, 3, 0, "no no no"),
        Arguments.of("firewall", 16, 3, 12, "no no no"),
        Arguments.of("audit", 16, 3, 9, "no no no"),
        Arguments.of("family 2 only by its lower bits", 0x1_0002 & 0xffff_0000L, 1, 0, "no no no"),
        Arguments.of("a family that ends in the same byte", 0x102, 1, 0, "no no no"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("sockets")
  void onlyNamedSocketsCanBeOpened(
      String name, long family, long type, long protocol, String answers) {
    List<String> found = new ArrayList<>();
    for (Sockets sockets : List.of(Sockets.NONE, Sockets.TCP, Sockets.INTERNET)) {
      String x86 =
          FilterRun.of(filter(Architecture.X86_64, sockets)).answer(41, family, type, protocol);
      String arm =
          FilterRun.of(filter(Architecture.AARCH64, sockets)).answer(198, family, type, protocol);
      assertThat(arm).isEqualTo(x86);
      found.add(x86.equals("allow") ? "yes" : x86.equals("error 1") ? "no" : x86);
    }

    assertThat(String.join(" ", found)).isEqualTo(answers);
  }

  @ParameterizedTest
  @EnumSource(Sockets.class)
  void aPairOfUnixSocketsReachesNobodyElseAndIsAllowed(Sockets sockets) {
    FilterRun filter = FilterRun.of(filter(Architecture.X86_64, sockets));

    assertThat(filter.answer(53, 1, 1, 0, 0x7ff0)).isEqualTo("allow");
    assertThat(filter.answer(53, 30, 1, 0, 0x7ff0)).as("TIPC").isEqualTo("error 1");
  }

  @ParameterizedTest
  @EnumSource(Architecture.class)
  void aCallOfAnotherArchitectureKills(Architecture architecture) {
    byte[] program = filter(architecture, Sockets.INTERNET).program();

    for (int other : new int[] {0x4000_0003, 0x4000_0028, 0xC000_003E, 0xC000_00B7, 0}) {
      boolean own = other == (architecture == Architecture.X86_64 ? 0xC000_003E : 0xC000_00B7);
      assertThat(new FilterRun(program, other).answer(0)).isEqualTo(own ? "allow" : "kill");
    }
  }

  @Test
  void aCallOfX32Kills() {
    assertThat(onX86.answer(0x4000_0000)).isEqualTo("kill");
    assertThat(onX86.answer(0x4000_0000 | 521)).as("ptrace").isEqualTo("kill");
    assertThat(onX86.answer(0xffff_fffe)).isEqualTo("kill");
    assertThat(onX86.answer(0x3fff_ffff)).isEqualTo("allow");
  }

  @Test
  void theCallThatIsNoneIsLeftToTheKernel() {
    assertThat(onX86.answer(-1)).isEqualTo("allow");
  }

  @ParameterizedTest
  @EnumSource(Architecture.class)
  void everyJumpStaysInsideAndEveryPathEnds(Architecture architecture) {
    byte[] program = filter(architecture, Sockets.INTERNET).program();

    assertThat(program.length % 8).isZero();
    assertThat(program.length / 8).isLessThan(4096);
    FilterRun run = FilterRun.of(filter(architecture, Sockets.INTERNET));
    for (int call = 0; call < 600; call++) {
      assertThat(run.answer(call, 0, 0, 0, 0, 0, 0)).isIn("allow", "error 1", "error 38");
    }
  }

  @Test
  void theSameFilterIsTheSameBytes() {
    assertThat(Arrays.hashCode(filter(Architecture.X86_64, Sockets.TCP).program()))
        .isEqualTo(Arrays.hashCode(filter(Architecture.X86_64, Sockets.TCP).program()));
  }

  @Test
  void thisMachineHasAFilterIfItsProcessorIsKnown() {
    assertThat(Architecture.named("amd64")).contains(Architecture.X86_64);
    assertThat(Architecture.named("aarch64")).contains(Architecture.AARCH64);
    assertThat(Architecture.named("riscv64")).isEmpty();
    assertThat(SeccompFilter.forThisMachine(Sockets.NONE).isPresent())
        .isEqualTo(
            Files.exists(Path.of("/proc/self/status"))
                && Architecture.named(System.getProperty("os.arch")).isPresent());
  }

  private static SeccompFilter filter(Architecture architecture, Sockets sockets) {
    return new SeccompFilter(architecture, sockets);
  }
}
