// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.kernel;

import static java.util.Objects.requireNonNull;

import dev.redoubt.sandbox.kernel.CallRule.Answer;
import dev.redoubt.sandbox.kernel.CallRule.Case;
import dev.redoubt.sandbox.kernel.CallRule.Condition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;

/// A filter of system calls as container engines read it: JSON in one line.
///
/// Holds what [SeccompFilter] holds, and more: every call is refused that is not on a written list,
/// so a call that a later kernel brings is refused too. Programs for another processor than
/// [#architecture] are ended.
///
/// An engine's own conditions compare whole registers. The kernel reads the arguments looked at
/// here as 32-bit numbers, so every condition is written with a mask that leaves the upper half
/// out.
public record EngineProfile(Architecture architecture, Sockets sockets, SetGroup groups) {

  private static final long WORD = 0xffff_ffffL;
  private static final int BITS = 32;

  /* Names of calls of Linux up to 6.17 that have no rule of their own. Not among them, besides what
   * [RefusedCalls] has: places of memory and of pages, the clock, lists of mounts and of modules,
   * and what no kernel answers any more. */
  private static final String ALLOWED =
      """
      accept accept4 access alarm arch_prctl bind brk cachestat capget capset chdir chown
      clock_getres clock_gettime clock_nanosleep close close_range connect copy_file_range
      dup dup2 dup3 epoll_create epoll_create1 epoll_ctl epoll_pwait epoll_pwait2 epoll_wait
      eventfd eventfd2 execve execveat exit exit_group faccessat faccessat2 fadvise64 fallocate
      fchdir fchown fchownat fcntl fdatasync fgetxattr flistxattr flock
      fork fremovexattr fsetxattr fstat fstatfs fsync ftruncate futex futex_requeue futex_wait
      futex_waitv futex_wake futimesat get_robust_list getcpu getcwd getdents getdents64 getegid
      geteuid getgid getgroups getitimer getpeername getpgid getpgrp getpid getppid getpriority
      getrandom getresgid getresuid getrlimit getrusage getsid getsockname getsockopt gettid
      gettimeofday getuid getxattr getxattrat inotify_add_watch inotify_init inotify_init1
      inotify_rm_watch io_cancel io_destroy io_getevents io_pgetevents io_setup io_submit
      ioprio_get ioprio_set kill landlock_add_rule landlock_create_ruleset landlock_restrict_self
      lchown lgetxattr link linkat listen listxattr listxattrat llistxattr lremovexattr lseek
      lsetxattr lstat madvise map_shadow_stack membarrier memfd_create memfd_secret mincore mkdir
      mkdirat mlock mlock2 mlockall mmap mprotect mq_getsetattr mq_notify mq_open mq_timedreceive
      mq_timedsend mq_unlink mremap mseal msgctl msgget msgrcv msgsnd msync munlock munlockall
      munmap nanosleep newfstatat pause pidfd_open pidfd_send_signal pipe
      pipe2 pkey_alloc pkey_free pkey_mprotect poll ppoll prctl pread64 preadv preadv2 prlimit64
      pselect6 pwrite64 pwritev pwritev2 read readahead readlink readlinkat readv recvfrom
      recvmmsg recvmsg removexattr removexattrat rename renameat renameat2 restart_syscall rmdir
      rseq rt_sigaction rt_sigpending rt_sigprocmask rt_sigqueueinfo rt_sigreturn rt_sigsuspend
      rt_sigtimedwait rt_tgsigqueueinfo sched_get_priority_max sched_get_priority_min
      sched_getaffinity sched_getattr sched_getparam sched_getscheduler sched_rr_get_interval
      sched_setaffinity sched_setattr sched_setparam sched_setscheduler sched_yield seccomp select
      semctl semget semop semtimedop sendfile set_robust_list set_tid_address setfsgid setfsuid
      setgid setgroups setitimer setpgid setpriority setregid setresgid setresuid setreuid
      setrlimit setsid setsockopt setuid setxattr setxattrat shmat shmctl shmdt shmget shutdown
      sigaltstack signalfd signalfd4 splice stat statfs statx symlink symlinkat sync
      sync_file_range syncfs sysinfo tee tgkill time timer_create timer_delete timer_getoverrun
      timer_gettime timer_settime timerfd_create timerfd_gettime timerfd_settime times tkill
      truncate umask uname unlink unlinkat utime utimensat utimes vfork vmsplice wait4 waitid
      write writev
      """;

  public EngineProfile {
    requireNonNull(architecture, "architecture");
    requireNonNull(sockets, "sockets");
    requireNonNull(groups, "groups");
  }

  /// Returns the filter for this machine, empty where none is known.
  public static Optional<EngineProfile> forThisMachine(Sockets sockets, SetGroup groups) {
    return Architecture.ofThisMachine()
        .map(architecture -> new EngineProfile(architecture, sockets, groups));
  }

  /// Returns the profile.
  public String json() {
    StringJoiner calls = new StringJoiner(",", "[", "]");
    calls.add(call(names(), Answer.ALLOW, List.of()));
    for (CallRule rule : RefusedCalls.with(sockets, groups)) {
      if (rule.call().isOn(architecture)) {
        add(calls, rule);
      }
    }
    return "{\"defaultAction\":\"SCMP_ACT_ERRNO\",\"architectures\":[\"%s\"],\"syscalls\":%s}"
        .formatted(
            switch (architecture) {
              case X86_64 -> "SCMP_ARCH_X86_64";
              case AARCH64 -> "SCMP_ARCH_AARCH64";
            },
            calls);
  }

  private static List<String> names() {
    return List.of(ALLOWED.strip().split("\\s+", -1));
  }

  private static void add(StringJoiner calls, CallRule rule) {
    List<String> name = List.of(rule.call().title());
    switch (rule.otherwise()) {
      case ALLOW -> {
        for (List<Match> all : unless(rule.cases())) {
          calls.add(call(name, Answer.ALLOW, all));
        }
      }
      case NOT_PERMITTED -> {
        for (Case each : rule.cases()) {
          for (List<Match> all : ways(each.conditions())) {
            calls.add(call(name, each.answer(), all));
          }
        }
      }
      case NO_SUCH_CALL, NOT_SUPPORTED, KILL -> calls.add(call(name, rule.otherwise(), List.of()));
    }
  }

  /* Bits of one argument and what they are. */
  private record Match(int argument, long mask, long value) {}

  /* Every way in which all conditions hold. An engine has no "one of" and no "any bit". */
  private static List<List<Match>> ways(List<Condition> conditions) {
    List<List<Match>> ways = List.of(List.of());
    for (Condition condition : conditions) {
      List<List<Match>> longer = new ArrayList<>();
      for (List<Match> way : ways) {
        for (Match match : matches(condition)) {
          List<Match> all = new ArrayList<>(way);
          all.add(match);
          longer.add(all);
        }
      }
      ways = longer;
    }
    return ways;
  }

  private static List<Match> matches(Condition condition) {
    List<Match> matches = new ArrayList<>();
    switch (condition) {
      case Condition.IsOneOf(int argument, int mask, List<Integer> values) -> {
        for (int value : values) {
          matches.add(new Match(argument, mask & WORD, value & mask & WORD));
        }
      }
      case Condition.HasAnyBit(int argument, int mask) -> {
        for (int bit = 0; bit < BITS; bit++) {
          long only = mask & WORD & (1L << bit);
          if (only != 0) {
            matches.add(new Match(argument, only, only));
          }
        }
      }
    }
    return matches;
  }

  /* Every way in which no case holds. A case fails where one of its conditions does; what is left
   * out of a call that is otherwise allowed is refused by default. */
  private static List<List<Match>> unless(List<Case> cases) {
    List<List<Match>> ways = List.of(List.of());
    for (Case each : cases) {
      List<List<Match>> longer = new ArrayList<>();
      for (List<Match> way : ways) {
        for (Condition condition : each.conditions()) {
          for (Match match : fails(condition)) {
            longer.add(with(way, match));
          }
        }
      }
      ways = longer;
    }
    return ways;
  }

  /* An engine takes two conditions on one argument as one or the other, so they become one. */
  private static List<Match> with(List<Match> way, Match match) {
    List<Match> all = new ArrayList<>();
    Match merged = match;
    for (Match one : way) {
      if (one.argument() != match.argument()) {
        all.add(one);
      } else if ((one.mask() & merged.mask()) != 0) {
        throw new IllegalStateException("two conditions on the same bits of an argument");
      } else {
        merged =
            new Match(match.argument(), one.mask() | merged.mask(), one.value() | merged.value());
      }
    }
    all.add(merged);
    return all;
  }

  private static List<Match> fails(Condition condition) {
    return switch (condition) {
      case Condition.HasAnyBit(int argument, int mask) ->
          List.of(new Match(argument, mask & WORD, 0));
      case Condition.IsOneOf(int argument, int mask, List<Integer> values) -> {
        List<Match> others = new ArrayList<>();
        others(new Match(argument, 0, 0), mask & WORD, values, others);
        yield others;
      }
    };
  }

  /* Goes down the bits of the mask: as soon as no value begins in this way, all that does is
   * another one. */
  private static void others(Match begun, long mask, List<Integer> values, List<Match> others) {
    if (values.isEmpty()) {
      others.add(begun);
      return;
    }
    long bit = Long.highestOneBit(mask & ~begun.mask());
    if (bit == 0) {
      return;
    }
    for (long value : new long[] {0, bit}) {
      others(
          new Match(begun.argument(), begun.mask() | bit, begun.value() | value),
          mask,
          values.stream().filter(one -> (one & bit) == value).toList(),
          others);
    }
  }

  private static String call(List<String> names, Answer answer, List<Match> matches) {
    StringJoiner named = new StringJoiner("\",\"", "\"", "\"");
    names.forEach(named::add);
    StringJoiner arguments = new StringJoiner(",", "[", "]");
    for (Match match : matches) {
      arguments.add(
          "{\"index\":"
              + match.argument()
              + ",\"value\":"
              + match.mask()
              + ",\"valueTwo\":"
              + match.value()
              + ",\"op\":\"SCMP_CMP_MASKED_EQ\"}");
    }
    return "{\"names\":[%s],%s%s}"
        .formatted(named, action(answer), matches.isEmpty() ? "" : ",\"args\":" + arguments);
  }

  private static String action(Answer answer) {
    return switch (answer) {
      case ALLOW -> "\"action\":\"SCMP_ACT_ALLOW\"";
      case NOT_PERMITTED -> "\"action\":\"SCMP_ACT_ERRNO\"";
      case NO_SUCH_CALL, NOT_SUPPORTED ->
          "\"action\":\"SCMP_ACT_ERRNO\",\"errnoRet\":" + (answer.code() & 0xffff);
      case KILL -> "\"action\":\"SCMP_ACT_KILL_PROCESS\"";
    };
  }
}
