// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.kernel;

import dev.redoubt.sandbox.kernel.Code.Argument.Constant;
import dev.redoubt.sandbox.kernel.Code.Argument.In;
import dev.redoubt.sandbox.kernel.Code.Register;
import dev.redoubt.sandbox.kernel.Code.When;
import dev.redoubt.sandbox.kernel.CodeBytes.Label;

/* Writes the process between Redoubt and a command. It keeps every right of Redoubt and none of its
 * streams; all it does is wait, kill what came of the command and report.
 *
 * As the adopter of orphans (PR_SET_CHILD_SUBREAPER of prctl(2)) it has everything of the command
 * below it, whatever session or variables that gave itself. Who is killed becomes an orphan's
 * parent no more, so killing its own children again and again until it has none ends everything.
 *
 * Registers once the command runs: SECOND the report, THIRD the command, FOURTH its status as
 * wait4(2) gives it, FIFTH and SIXTH the place in the list of children and its end, FIRST one
 * number of it. */
final class SupervisorCode {

  /* struct rusage of getrusage(2). */
  static final int SIZE_OF_USAGE = 144;

  private static final long ADOPT_ORPHANS = 36;
  private static final long BLOCK = 0;
  private static final long SET_MASK = 2;
  private static final long SIZE_OF_MASK = 8;
  private static final int SIZE_OF_ACTION = 32;
  private static final int TERMINATE = 15;
  private static final int CHILD_ENDED = 17;
  private static final long OF_CHILDREN = -1;
  private static final long ANY = -1;
  /* WNOHANG, __WALL. */
  private static final long WITHOUT_WAITING = 0x4000_0001;
  private static final long READ_AND_CLOSE = 0x8_0000;
  private static final int CHUNK = 4096;
  /* What does not end in 5 seconds of nothing but waiting is stuck in the kernel. What goes on
   * ending for a million waits makes more of itself than can be killed. */
  private static final long ROUNDS = 1000;
  private static final long COST_OF_ROUND = 1000;
  private static final long BETWEEN_ROUNDS = 5_000_000;

  private final StartCode start;
  private final Code code;
  private final long record;
  private final long mask;
  private final long status;
  private final long spent;

  private final Label reap = new Label();
  private final Label kill = new Label();
  private final Label drain = new Label();
  private final Label done = new Label();
  private final Label gaveUp = new Label();

  SupervisorCode(StartCode start, long record) {
    this.start = start;
    this.code = start.code();
    this.record = record;
    this.mask = start.image().memory(Long.BYTES);
    this.status = start.image().memory(Long.BYTES);
    this.spent = start.image().memory(Long.BYTES);
  }

  /* What follows is done by the command's own process. */
  void write(long parent) {
    Label command = new Label();
    long own = start.image().memory(Long.BYTES);
    start.dieWith(new Constant(parent), TERMINATE);
    awaitSignals();
    start.step(
        "adopting orphans",
        SystemCall.PRCTL,
        new Constant(ADOPT_ORPHANS),
        new Constant(1),
        new Constant(0),
        new Constant(0),
        new Constant(0));
    start.step("a session of its own", SystemCall.SETSID);
    code.call(SystemCall.GETPID);
    code.store(own, Register.RESULT);
    start.step(
        "another process",
        SystemCall.CLONE,
        new Constant(CHILD_ENDED),
        new Constant(0),
        new Constant(0),
        new Constant(0),
        new Constant(0));
    code.compare(Register.RESULT, 0);
    code.jump(When.EQUAL, command);
    code.copy(Register.THIRD, Register.RESULT);
    supervise();
    code.place(command);
    code.load(Register.SIXTH, own);
    start.dieWith(new In(Register.SIXTH), StartCode.KILL);
  }

  private void awaitSignals() {
    start.step(
        "waiting for signals",
        SystemCall.RT_SIGPROCMASK,
        new Constant(BLOCK),
        new Constant(start.image().constant(-1L)),
        new Constant(mask),
        new Constant(SIZE_OF_MASK));
    // Where ends of children are ignored, as a parent may have left it, nobody can wait for one.
    start.step(
        "waiting for children",
        SystemCall.RT_SIGACTION,
        new Constant(CHILD_ENDED),
        new Constant(start.image().constant(new byte[SIZE_OF_ACTION])),
        new Constant(0),
        new Constant(SIZE_OF_MASK));
  }

  /* Gives the command the mask of signals that this was started with. */
  void restoreSignals() {
    start.step(
        "its signals",
        SystemCall.RT_SIGPROCMASK,
        new Constant(SET_MASK),
        new Constant(mask),
        new Constant(0),
        new Constant(SIZE_OF_MASK));
  }

  private void supervise() {
    for (int stream = 0; stream < 3; stream++) {
      code.call(SystemCall.CLOSE, new Constant(stream));
    }
    awaitCommand();
    killChildren();
    waitForThem();
    tell();
  }

  private void awaitCommand() {
    Label wait = new Label();
    Label terminate = new Label();
    Constant signals =
        new Constant(start.image().constant(1L << (TERMINATE - 1) | 1L << (CHILD_ENDED - 1)));
    code.place(wait);
    code.call(
        SystemCall.RT_SIGTIMEDWAIT,
        signals,
        new Constant(0),
        new Constant(0),
        new Constant(SIZE_OF_MASK));
    code.compare(Register.RESULT, TERMINATE);
    code.jump(When.EQUAL, terminate);
    code.place(reap);
    waitFor();
    code.compare(Register.RESULT, 0);
    code.jump(When.EQUAL, wait);
    code.jump(When.LESS, done);
    code.compare(Register.RESULT, Register.THIRD);
    code.jump(When.NOT_EQUAL, reap);
    code.load(Register.FOURTH, status);
    code.jump(kill);
    // The command was not waited for yet, so its number and its group still mean it.
    code.place(terminate);
    code.set(Register.FOURTH, StartCode.KILL);
    code.copy(Register.FIFTH, Register.THIRD);
    code.multiply(Register.FIFTH, -1);
    code.call(SystemCall.KILL, new In(Register.FIFTH), new Constant(StartCode.KILL));
    code.call(SystemCall.KILL, new In(Register.THIRD), new Constant(StartCode.KILL));
  }

  private void waitFor() {
    code.call(
        SystemCall.WAIT4,
        new Constant(ANY),
        new Constant(status),
        new Constant(WITHOUT_WAITING),
        new Constant(0));
  }

  /* The kernel lists children as decimal numbers, each with a space after it. What has none is cut
   * off, and the next round sees it. */
  private void killChildren() {
    long list = start.image().memory(CHUNK);
    code.place(kill);
    code.call(
        SystemCall.OPENAT,
        new Constant(StartCode.CURRENT_FOLDER),
        new Constant(start.image().constant("/proc/thread-self/children")),
        new Constant(READ_AND_CLOSE),
        new Constant(0));
    code.compare(Register.RESULT, 0);
    code.jump(When.LESS, drain);
    code.copy(Register.FIFTH, Register.RESULT);
    code.call(SystemCall.READ, new In(Register.FIFTH), new Constant(list), new Constant(CHUNK));
    code.copy(Register.SIXTH, Register.RESULT);
    code.call(SystemCall.CLOSE, new In(Register.FIFTH));
    code.set(Register.FIFTH, list);
    code.add(Register.SIXTH, Register.FIFTH);
    killListed();
  }

  private void killListed() {
    Label next = new Label();
    Label complete = new Label();
    Label reset = new Label();
    code.set(Register.FIRST, 0);
    code.place(next);
    code.compare(Register.FIFTH, Register.SIXTH);
    code.jump(When.AT_LEAST, drain);
    code.loadByte(Register.RESULT, Register.FIFTH);
    code.add(Register.FIFTH, 1);
    code.compare(Register.RESULT, ' ');
    code.jump(When.EQUAL, complete);
    code.add(Register.RESULT, -'0');
    code.multiply(Register.FIRST, 10);
    code.add(Register.FIRST, Register.RESULT);
    code.jump(next);
    // Numbers up to 1 mean others to the kernel: a group, everybody.
    code.place(complete);
    code.compare(Register.FIRST, 1);
    code.jump(When.AT_MOST, reset);
    code.call(SystemCall.KILL, new In(Register.FIRST), new Constant(StartCode.KILL));
    code.place(reset);
    code.set(Register.FIRST, 0);
    code.jump(next);
  }

  private void waitForThem() {
    Label some = new Label();
    Label count = new Label();
    Constant ended = new Constant(start.image().constant(1L << (CHILD_ENDED - 1)));
    Constant patience = new Constant(start.image().constant(0, BETWEEN_ROUNDS));
    code.place(drain);
    waitFor();
    code.compare(Register.RESULT, 0);
    code.jump(When.LESS, done);
    code.jump(When.EQUAL, some);
    code.compare(Register.RESULT, Register.THIRD);
    code.jump(When.NOT_EQUAL, drain);
    code.load(Register.FOURTH, status);
    code.jump(drain);
    // A wait that a child's end cut short costs next to nothing: there may be as many of them as
    // there are processes, one above the other.
    code.place(some);
    code.call(
        SystemCall.RT_SIGTIMEDWAIT, ended, new Constant(0), patience, new Constant(SIZE_OF_MASK));
    code.set(Register.FIFTH, COST_OF_ROUND);
    code.compare(Register.RESULT, -KernelException.AGAIN);
    code.jump(When.EQUAL, count);
    code.set(Register.FIFTH, 1);
    code.place(count);
    code.load(Register.FIRST, spent);
    code.add(Register.FIRST, Register.FIFTH);
    code.store(spent, Register.FIRST);
    code.compare(Register.FIRST, ROUNDS * COST_OF_ROUND);
    code.jump(When.LESS, kill);
    code.jump(gaveUp);
  }

  /* Ends as the command did: with its code, or 128 and the signal that ended it. */
  private void tell() {
    Label signalled = new Label();
    Label leave = new Label();
    Label told = new Label();
    code.place(gaveUp);
    code.set(Register.SIXTH, StartCode.GAVE_UP);
    code.jump(told);
    code.place(done);
    code.set(Register.SIXTH, StartCode.ENDED);
    code.place(told);
    code.call(
        SystemCall.GETRUSAGE, new Constant(OF_CHILDREN), new Constant(record + 2 * Long.BYTES));
    code.store(record, Register.SIXTH);
    code.store(record + Long.BYTES, Register.FOURTH);
    code.call(
        SystemCall.WRITE,
        new In(Register.SECOND),
        new Constant(record),
        new Constant(StartCode.SIZE_OF_ENDED));
    code.copy(Register.FIFTH, Register.FOURTH);
    code.and(Register.FIFTH, 0x7f);
    code.compare(Register.FIFTH, 0);
    code.jump(When.NOT_EQUAL, signalled);
    code.copy(Register.FIFTH, Register.FOURTH);
    code.shiftRight(Register.FIFTH, 8);
    code.and(Register.FIFTH, 0xff);
    code.jump(leave);
    code.place(signalled);
    code.add(Register.FIFTH, 128);
    code.place(leave);
    code.call(SystemCall.EXIT_GROUP, new In(Register.FIFTH));
  }
}
