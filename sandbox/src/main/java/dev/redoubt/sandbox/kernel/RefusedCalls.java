// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.kernel;

import static dev.redoubt.sandbox.kernel.CallRule.Answer.ALLOW;
import static dev.redoubt.sandbox.kernel.CallRule.Answer.NOT_PERMITTED;
import static dev.redoubt.sandbox.kernel.CallRule.Answer.NOT_SUPPORTED;
import static dev.redoubt.sandbox.kernel.CallRule.Answer.NO_SUCH_CALL;
import static dev.redoubt.sandbox.kernel.CallRule.Case.when;
import static dev.redoubt.sandbox.kernel.CallRule.Condition.is;

import dev.redoubt.sandbox.kernel.CallRule.Condition.HasAnyBit;
import dev.redoubt.sandbox.kernel.CallRule.Condition.IsOneOf;
import java.util.ArrayList;
import java.util.List;

/* The table of what a confined program may not call; every other call is the business of the
 * walls around it. ADR 0114 has the reason of each group. */
final class RefusedCalls {

  /* linux/sched.h: CLONE_NEW{NS,CGROUP,UTS,IPC,USER,PID,NET}. CLONE_NEWTIME is no flag of clone. */
  static final int NEW_NAMESPACE =
      0x0002_0000
          | 0x0200_0000
          | 0x0400_0000
          | 0x0800_0000
          | 0x1000_0000
          | 0x2000_0000
          | 0x4000_0000;

  private static final int UNIX = 1;
  private static final int INET = 2;
  private static final int INET6 = 10;
  private static final int NETLINK = 16;
  private static final int NETLINK_ROUTE = 0;
  private static final int STREAM = 1;
  private static final int DATAGRAM = 2;
  /* The other bits of the type are SOCK_CLOEXEC and SOCK_NONBLOCK. */
  private static final int SOCKET_TYPE = 0xf;
  private static final int ICMP = 1;
  private static final int TCP = 6;
  private static final int UDP = 17;
  private static final int ICMPV6 = 58;
  private static final int FAST_OPEN = 0x2000_0000;

  private static final int TIOCSTI = 0x5412;
  private static final int TIOCLINUX = 0x541C;
  /* linux/fs.h: FS_IOC_SETFLAGS, FS_IOC_FSSETXATTR. */
  private static final int SET_FLAGS = 0x4008_6602;
  private static final int SET_MORE_FLAGS = 0x401C_5820;

  private static final int FILE_TYPE = 0xF000;
  private static final int CHARACTER_DEVICE = 0x2000;
  private static final int BLOCK_DEVICE = 0x6000;

  /* fcntl.h: O_CREAT, __O_TMPFILE. Without one of them open does not look at its mode. */
  private static final int NEW_FILE = 0x40 | 0x40_0000;
  private static final int SET_USER = 04000;
  private static final int SET_GROUP = 02000;

  private static final int ASK_PERSONALITY = -1;

  private static final List<SystemCall> NEVER =
      List.of(
          // Other programs: their memory, their descriptors, their order in the kernel.
          SystemCall.PTRACE,
          SystemCall.PROCESS_VM_READV,
          SystemCall.PROCESS_VM_WRITEV,
          SystemCall.PROCESS_MADVISE,
          SystemCall.PIDFD_GETFD,
          SystemCall.KCMP,
          // A ring makes calls that no filter sees.
          SystemCall.IO_URING_SETUP,
          SystemCall.IO_URING_ENTER,
          SystemCall.IO_URING_REGISTER,
          // Keys belong to the user, not to the program.
          SystemCall.ADD_KEY,
          SystemCall.REQUEST_KEY,
          SystemCall.KEYCTL,
          // Parts of the kernel with a long record of holes that no build needs.
          SystemCall.BPF,
          SystemCall.USERFAULTFD,
          SystemCall.PERF_EVENT_OPEN,
          SystemCall.FANOTIFY_INIT,
          SystemCall.LOOKUP_DCOOKIE,
          SystemCall.NFSSERVCTL,
          SystemCall.USELIB,
          SystemCall.MODIFY_LDT,
          SystemCall.IOPL,
          SystemCall.IOPERM,
          // The kernel itself.
          SystemCall.KEXEC_LOAD,
          SystemCall.KEXEC_FILE_LOAD,
          SystemCall.INIT_MODULE,
          SystemCall.FINIT_MODULE,
          SystemCall.DELETE_MODULE,
          // Another view of the files, which would unmask what a wall masked.
          SystemCall.MOUNT,
          SystemCall.UMOUNT2,
          SystemCall.PIVOT_ROOT,
          SystemCall.CHROOT,
          SystemCall.OPEN_TREE,
          SystemCall.OPEN_TREE_ATTR,
          SystemCall.MOVE_MOUNT,
          SystemCall.FSOPEN,
          SystemCall.FSCONFIG,
          SystemCall.FSMOUNT,
          SystemCall.FSPICK,
          SystemCall.MOUNT_SETATTR,
          SystemCall.NAME_TO_HANDLE_AT,
          SystemCall.OPEN_BY_HANDLE_AT,
          SystemCall.SETNS,
          SystemCall.UNSHARE,
          // The machine.
          SystemCall.SWAPON,
          SystemCall.SWAPOFF,
          SystemCall.REBOOT,
          SystemCall.ACCT,
          SystemCall.QUOTACTL,
          SystemCall.QUOTACTL_FD,
          SystemCall.SYSLOG,
          SystemCall.SETTIMEOFDAY,
          SystemCall.CLOCK_SETTIME,
          SystemCall.SETHOSTNAME,
          SystemCall.SETDOMAINNAME,
          SystemCall.VHANGUP);

  private RefusedCalls() {}

  /* Returns a rule for each call that is refused always or with some arguments, no call twice. */
  static List<CallRule> with(Sockets sockets, SetGroup groups) {
    List<CallRule> rules = new ArrayList<>();
    for (SystemCall call : NEVER) {
      rules.add(CallRule.always(call, NOT_PERMITTED));
    }
    addPartlyRefused(rules);
    addModes(rules, groups);
    rules.add(sockets(sockets));
    return List.copyOf(rules);
  }

  /* Returns rules for the calls that change attributes of files, which a wall of paths does not
   * hold. Programs take it for a file system without attributes and go on. */
  static List<CallRule> attributes() {
    List<CallRule> rules = new ArrayList<>();
    for (SystemCall call :
        List.of(
            SystemCall.SETXATTR,
            SystemCall.LSETXATTR,
            SystemCall.FSETXATTR,
            SystemCall.REMOVEXATTR,
            SystemCall.LREMOVEXATTR,
            SystemCall.FREMOVEXATTR)) {
      rules.add(CallRule.always(call, NOT_SUPPORTED));
    }
    for (SystemCall call :
        List.of(SystemCall.SETXATTRAT, SystemCall.REMOVEXATTRAT, SystemCall.FILE_SETATTR)) {
      rules.add(CallRule.always(call, NO_SUCH_CALL));
    }
    return rules;
  }

  private static void addPartlyRefused(List<CallRule> rules) {
    // Its flags lie in memory, where no filter looks; the C libraries fall back to clone.
    rules.add(CallRule.always(SystemCall.CLONE3, NO_SUCH_CALL));
    rules.add(
        new CallRule(
            SystemCall.CLONE,
            List.of(when(NOT_PERMITTED, new HasAnyBit(0, NEW_NAMESPACE))),
            ALLOW));
    // The first two put characters into a terminal as if the person had typed them, the others
    // change flags of files that may only be read.
    rules.add(
        new CallRule(
            SystemCall.IOCTL,
            List.of(when(NOT_PERMITTED, is(1, TIOCSTI, TIOCLINUX, SET_FLAGS, SET_MORE_FLAGS))),
            ALLOW));
    rules.add(
        new CallRule(
            SystemCall.PERSONALITY,
            List.of(when(ALLOW, is(0, 0, ASK_PERSONALITY))),
            NOT_PERMITTED));
    // Opens a connection without connect, which is where Landlock asks.
    rules.add(noFastOpen(SystemCall.SENDTO, 3));
    rules.add(noFastOpen(SystemCall.SENDMSG, 2));
    rules.add(noFastOpen(SystemCall.SENDMMSG, 3));
    rules.add(
        new CallRule(SystemCall.SOCKETPAIR, List.of(when(ALLOW, is(0, UNIX))), NOT_PERMITTED));
  }

  /* A program with such a bit runs as whoever owns it, when somebody outside starts it. A folder
   * cannot be told from it by a mode; what open and mknod make never is one. */
  private static void addModes(List<CallRule> rules, SetGroup groups) {
    int bits = groups == SetGroup.REFUSED ? SET_USER | SET_GROUP : SET_USER;
    rules.add(without(SystemCall.CHMOD, new HasAnyBit(1, bits)));
    rules.add(without(SystemCall.FCHMOD, new HasAnyBit(1, bits)));
    rules.add(without(SystemCall.FCHMODAT, new HasAnyBit(2, bits)));
    rules.add(without(SystemCall.FCHMODAT2, new HasAnyBit(2, bits)));
    int both = SET_USER | SET_GROUP;
    rules.add(without(SystemCall.OPEN, new HasAnyBit(1, NEW_FILE), new HasAnyBit(2, both)));
    rules.add(without(SystemCall.OPENAT, new HasAnyBit(2, NEW_FILE), new HasAnyBit(3, both)));
    rules.add(without(SystemCall.CREAT, new HasAnyBit(1, both)));
    rules.add(noDevices(SystemCall.MKNOD, 1, both));
    rules.add(noDevices(SystemCall.MKNODAT, 2, both));
    // Its mode lies in memory; programs fall back to openat.
    rules.add(CallRule.always(SystemCall.OPENAT2, NO_SUCH_CALL));
  }

  private static CallRule without(SystemCall call, CallRule.Condition... conditions) {
    return new CallRule(call, List.of(when(NOT_PERMITTED, conditions)), ALLOW);
  }

  private static CallRule noDevices(SystemCall call, int mode, int bits) {
    return new CallRule(
        call,
        List.of(
            when(
                NOT_PERMITTED,
                new IsOneOf(mode, FILE_TYPE, List.of(CHARACTER_DEVICE, BLOCK_DEVICE))),
            when(NOT_PERMITTED, new HasAnyBit(mode, bits))),
        ALLOW);
  }

  private static CallRule noFastOpen(SystemCall call, int flags) {
    return new CallRule(call, List.of(when(NOT_SUPPORTED, new HasAnyBit(flags, FAST_OPEN))), ALLOW);
  }

  /* The protocol is looked at too: Landlock rules for TCP ports do not hold for MPTCP or SCTP. */
  private static CallRule sockets(Sockets sockets) {
    CallRule.Case tcp =
        when(
            ALLOW, is(0, INET, INET6), new IsOneOf(1, SOCKET_TYPE, List.of(STREAM)), is(2, 0, TCP));
    CallRule.Case datagrams =
        when(
            ALLOW,
            is(0, INET, INET6),
            new IsOneOf(1, SOCKET_TYPE, List.of(DATAGRAM)),
            is(2, 0, UDP, ICMP, ICMPV6));
    // The C library asks it which addresses the machine has before it sorts the answers to a name.
    CallRule.Case routes = when(ALLOW, is(0, NETLINK), is(2, NETLINK_ROUTE));
    List<CallRule.Case> cases =
        switch (sockets) {
          case NONE -> List.of();
          case TCP -> List.of(tcp, routes);
          case INTERNET -> List.of(tcp, datagrams, routes);
        };
    return new CallRule(SystemCall.SOCKET, cases, NOT_PERMITTED);
  }
}
