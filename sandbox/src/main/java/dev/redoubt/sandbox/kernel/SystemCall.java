// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.kernel;

import java.util.Locale;

/* The calls a filter names or that are made here, with their numbers in Linux: arch/x86/entry/syscalls/syscall_64.tbl
 * and scripts/syscall.tbl, which AArch64 follows. A number never changes once it is given. */
enum SystemCall {
  ACCT(163, 89),
  ADD_KEY(248, 217),
  BPF(321, 280),
  CAPGET(125, 90),
  CAPSET(126, 91),
  CHMOD(90, SystemCall.ABSENT),
  CHROOT(161, 51),
  CLOCK_SETTIME(227, 112),
  CLONE(56, 220),
  CLONE3(435, 435),
  CLOSE(3, 57),
  CLOSE_RANGE(436, 436),
  CREAT(85, SystemCall.ABSENT),
  DELETE_MODULE(176, 106),
  DUP3(292, 24),
  EVENTFD2(290, 19),
  EXECVE(59, 221),
  EXIT_GROUP(231, 94),
  FANOTIFY_INIT(300, 262),
  FCHMOD(91, 52),
  FCHMODAT(268, 53),
  FCHMODAT2(452, 452),
  FCNTL(72, 25),
  FILE_SETATTR(469, 469),
  FINIT_MODULE(313, 273),
  FREMOVEXATTR(199, 16),
  FSCONFIG(431, 431),
  FSETXATTR(190, 7),
  FSMOUNT(432, 432),
  FSOPEN(430, 430),
  FSPICK(433, 433),
  GETPGID(121, 155),
  GETPID(39, 172),
  GETPPID(110, 173),
  GETRUSAGE(98, 165),
  INIT_MODULE(175, 105),
  IOCTL(16, 29),
  IOPERM(173, SystemCall.ABSENT),
  IOPL(172, SystemCall.ABSENT),
  IO_URING_ENTER(426, 426),
  IO_URING_REGISTER(427, 427),
  IO_URING_SETUP(425, 425),
  KCMP(312, 272),
  KEXEC_FILE_LOAD(320, 294),
  KEXEC_LOAD(246, 104),
  KEYCTL(250, 219),
  KILL(62, 129),
  LANDLOCK_ADD_RULE(445, 445),
  LANDLOCK_CREATE_RULESET(444, 444),
  LANDLOCK_RESTRICT_SELF(446, 446),
  LLISTXATTR(195, 12),
  LOOKUP_DCOOKIE(212, 18),
  LREMOVEXATTR(198, 15),
  LSETXATTR(189, 6),
  MEMFD_CREATE(319, 279),
  MKNOD(133, SystemCall.ABSENT),
  MKNODAT(259, 33),
  MODIFY_LDT(154, SystemCall.ABSENT),
  MOUNT(165, 40),
  MOUNT_SETATTR(442, 442),
  MOVE_MOUNT(429, 429),
  NAME_TO_HANDLE_AT(303, 264),
  NFSSERVCTL(180, 42),
  OPEN(2, SystemCall.ABSENT),
  OPENAT(257, 56),
  OPENAT2(437, 437),
  OPEN_BY_HANDLE_AT(304, 265),
  OPEN_TREE(428, 428),
  OPEN_TREE_ATTR(467, 467),
  PERF_EVENT_OPEN(298, 241),
  PERSONALITY(135, 92),
  PIDFD_GETFD(438, 438),
  PIVOT_ROOT(155, 41),
  PPOLL(271, 73),
  PRCTL(157, 167),
  PRLIMIT64(302, 261),
  PROCESS_MADVISE(440, 440),
  PROCESS_VM_READV(310, 270),
  PROCESS_VM_WRITEV(311, 271),
  PTRACE(101, 117),
  QUOTACTL(179, 60),
  QUOTACTL_FD(443, 443),
  READ(0, 63),
  REBOOT(169, 142),
  REMOVEXATTR(197, 14),
  REMOVEXATTRAT(466, 466),
  REQUEST_KEY(249, 218),
  RT_SIGACTION(13, 134),
  RT_SIGPROCMASK(14, 135),
  RT_SIGTIMEDWAIT(128, 137),
  SECCOMP(317, 277),
  SENDMMSG(307, 269),
  SENDMSG(46, 211),
  SENDTO(44, 206),
  SETDOMAINNAME(171, 162),
  SETHOSTNAME(170, 161),
  SETNS(308, 268),
  SETSID(112, 157),
  SETTIMEOFDAY(164, 170),
  SETXATTR(188, 5),
  SETXATTRAT(463, 463),
  SOCKET(41, 198),
  SOCKETPAIR(53, 199),
  SWAPOFF(168, 225),
  SWAPON(167, 224),
  SYSLOG(103, 116),
  UMOUNT2(166, 39),
  UNSHARE(272, 97),
  USELIB(134, SystemCall.ABSENT),
  USERFAULTFD(323, 282),
  VHANGUP(153, 58),
  WAIT4(61, 260),
  WRITE(1, 64);

  /* Asked of the kernel, this number is no call. */
  private static final int ABSENT = -1;

  private final int onX86;
  private final int onArm;

  SystemCall(int onX86, int onArm) {
    this.onX86 = onX86;
    this.onArm = onArm;
  }

  /* Whether `architecture` has this call. */
  boolean isOn(Architecture architecture) {
    return number(architecture) != ABSENT;
  }

  int number(Architecture architecture) {
    return switch (architecture) {
      case X86_64 -> onX86;
      case AARCH64 -> onArm;
    };
  }

  /* As the manual pages have it. */
  String title() {
    return name().toLowerCase(Locale.ROOT);
  }
}
