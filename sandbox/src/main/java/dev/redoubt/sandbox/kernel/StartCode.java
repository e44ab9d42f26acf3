// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.kernel;

import dev.redoubt.sandbox.kernel.Code.Argument.Constant;
import dev.redoubt.sandbox.kernel.Code.Argument.In;
import dev.redoubt.sandbox.kernel.Code.Register;
import dev.redoubt.sandbox.kernel.Code.When;
import dev.redoubt.sandbox.kernel.CodeBytes.Label;
import java.util.ArrayList;
import java.util.List;

/* Writes the program that does what a plan says and then becomes the command: calls of the kernel
 * one after the other, every one checked. What fails is reported with the number of its step, and
 * nothing is started.
 *
 * The program is told on its command line, after its own name: the file of the report and the
 * terminal, each empty when there is none, the names the command may have, tried in their order, an
 * empty word, and the command's own words from its name on. Its variables are the command's.
 *
 * Registers: FIRST the stack, SECOND the report, FOURTH the terminal or 0, the others are free
 * between steps. In the supervisor they mean something else. */
final class StartCode {

  /// What a failed start of the program itself is about.
  static final String PROGRAM = "the program";

  /* What a command that was not started ends with; the report tells it from a command's own. */
  static final int NOT_STARTED = 125;

  /* Kinds of records in a report, and their sizes. All fields have 8 bytes. */
  static final int FAILED = 1;
  static final int SIZE_OF_FAILED = 24;
  static final int ENDED = 2;
  static final int GAVE_UP = 3;
  static final int SIZE_OF_ENDED = 16 + SupervisorCode.SIZE_OF_USAGE;

  static final long CURRENT_FOLDER = -100;
  /* O_WRONLY, O_CREAT, O_EXCL, O_CLOEXEC. */
  private static final long NEW_FILE = 0x1 | 0x40 | 0x80 | 0x8_0000;
  private static final long OWNER_ONLY = 0600;
  private static final long READ_AND_WRITE = 0x2;
  private static final long SET_FLAGS = 2;
  private static final long CLOSE_ON_EXEC = 1;
  private static final long CLOSE_RANGE_ON_EXEC = 4;
  private static final long ALL = 0xFFFF_FFFFL;
  private static final int FIRST_OF_OTHERS = 3;
  private static final int LIMIT_OF_DESCRIPTORS = 7;
  private static final int MOST_DESCRIPTORS = 1 << 20;
  private static final long TAKE_TERMINAL = 0x540E;

  static final long SET_DEATH_SIGNAL = 1;
  static final int KILL = 9;

  private static final int REPORT_NAME = 16;
  private static final int TERMINAL_NAME = 24;
  private static final int NAMES = 32;
  private static final int AFTER_ARGUMENTS = 16;

  private static final int NO_ACCESS = 13;
  private static final int NOT_A_PROGRAM = 8;

  private final StartPlan plan;
  private final Code code;
  private final ElfImage image = new ElfImage();
  private final List<String> steps = new ArrayList<>();
  private final Label fail = new Label();
  private final Label leave = new Label();
  private final long record;

  private StartCode(StartPlan plan, Architecture architecture) {
    this.plan = plan;
    this.code = Code.on(architecture);
    this.record = image.memory(SIZE_OF_ENDED);
  }

  /* A program and what its steps are called. */
  static final class Written {
    private final byte[] file;
    private final List<String> steps;

    private Written(byte[] file, List<String> steps) {
      this.file = file;
      this.steps = List.copyOf(steps);
    }

    byte[] file() {
      return file.clone();
    }

    List<String> steps() {
      return steps;
    }
  }

  static Written of(StartPlan plan, Architecture architecture, LandlockAbi abi)
      throws KernelException {
    StartCode start = new StartCode(plan, architecture);
    start.write(abi);
    return new Written(start.image.file(start.code.finished(), architecture), start.steps);
  }

  private void write(LandlockAbi abi) throws KernelException {
    code.copy(Register.FIRST, Register.STACK);
    openReport();
    switch (plan.keeper()) {
      case StartPlan.Keeper.Supervisor(long parent) -> {
        SupervisorCode supervisor = new SupervisorCode(this, record);
        supervisor.write(parent);
        step("a session of its own", SystemCall.SETSID);
        takeTerminal();
        limit();
        confine(abi);
        supervisor.restoreSignals();
      }
      case StartPlan.Keeper.Kernel(long parent) -> {
        dieWith(new Constant(parent), KILL);
        limit();
        confine(abi);
      }
      case StartPlan.Keeper.Surroundings() -> {
        limit();
        confine(abi);
      }
    }
    filter();
    become();
    failing();
  }

  Code code() {
    return code;
  }

  ElfImage image() {
    return image;
  }

  /* Where to jump to end without a word. */
  Label leave() {
    return leave;
  }

  /* A call that has to succeed. */
  void step(String what, SystemCall call, Code.Argument... arguments) {
    code.call(call, arguments);
    check(what);
  }

  void check(String what) {
    Label done = new Label();
    code.compare(Register.RESULT, 0);
    code.jump(When.AT_LEAST, done);
    fail(what);
    code.place(done);
  }

  private void fail(String what) {
    code.set(Register.FIFTH, steps.size());
    steps.add(what);
    code.jump(fail);
  }

  private void openReport() {
    switch (plan.report()) {
      case StartPlan.Report.File() -> {
        code.load(Register.FIFTH, Register.FIRST, REPORT_NAME);
        code.call(
            SystemCall.OPENAT,
            new Constant(CURRENT_FOLDER),
            new In(Register.FIFTH),
            new Constant(NEW_FILE),
            new Constant(OWNER_ONLY));
        code.copy(Register.SECOND, Register.RESULT);
        code.compare(Register.RESULT, 0);
        code.jump(When.LESS, leave);
      }
      case StartPlan.Report.Descriptor(int number) -> {
        code.set(Register.SECOND, number);
        code.call(
            SystemCall.FCNTL,
            new In(Register.SECOND),
            new Constant(SET_FLAGS),
            new Constant(CLOSE_ON_EXEC));
      }
    }
  }

  /* Asks for `signal` when the parent ends; the parent may have ended before, and then nothing
   * comes, but this has another parent by now. */
  void dieWith(Code.Argument parent, int signal) {
    step(
        "a signal at the end of Redoubt",
        SystemCall.PRCTL,
        new Constant(SET_DEATH_SIGNAL),
        new Constant(signal),
        new Constant(0),
        new Constant(0),
        new Constant(0));
    code.call(SystemCall.GETPPID);
    switch (parent) {
      case Constant(long value) -> code.compare(Register.RESULT, value);
      case In(Register register) -> code.compare(Register.RESULT, register);
    }
    code.jump(When.NOT_EQUAL, leave);
  }

  private void takeTerminal() {
    Label none = new Label();
    code.set(Register.FOURTH, 0);
    code.load(Register.FIFTH, Register.FIRST, TERMINAL_NAME);
    code.loadByte(Register.RESULT, Register.FIFTH);
    code.compare(Register.RESULT, 0);
    code.jump(When.EQUAL, none);
    String what = "its terminal";
    step(
        what,
        SystemCall.OPENAT,
        new Constant(CURRENT_FOLDER),
        new In(Register.FIFTH),
        new Constant(READ_AND_WRITE),
        new Constant(0));
    code.copy(Register.FOURTH, Register.RESULT);
    step(
        what,
        SystemCall.IOCTL,
        new In(Register.FOURTH),
        new Constant(TAKE_TERMINAL),
        new Constant(0));
    for (int stream = 0; stream < 3; stream++) {
      step(what, SystemCall.DUP3, new In(Register.FOURTH), new Constant(stream), new Constant(0));
    }
    code.place(none);
  }

  private void limit() {
    long old = image.memory(2 * Long.BYTES);
    for (ProcessLimit limit : plan.limits()) {
      Label lower = new Label();
      Label kept = new Label();
      String what = "the limit of %s".formatted(limit.kind());
      Constant kind = new Constant(limit.kind().number());
      step(what, SystemCall.PRLIMIT64, new Constant(0), kind, new Constant(0), new Constant(old));
      // The second field is what it may be raised to; no limit is -1.
      code.load(Register.FIFTH, old + Long.BYTES);
      code.compare(Register.FIFTH, 0);
      code.jump(When.LESS, lower);
      code.compare(Register.FIFTH, limit.value());
      code.jump(When.AT_MOST, kept);
      code.place(lower);
      long wanted = image.constant(limit.value(), limit.value());
      step(
          what, SystemCall.PRLIMIT64, new Constant(0), kind, new Constant(wanted), new Constant(0));
      code.place(kept);
    }
  }

  private void confine(LandlockAbi abi) throws KernelException {
    closeOnExec();
    if (plan.rules().isEmpty() && plan.filter().isEmpty()) {
      return;
    }
    ConfiningCode confining = new ConfiningCode(this);
    confining.giveUpPrivileges();
    if (plan.rules().isPresent()) {
      boolean terminal = plan.keeper() instanceof StartPlan.Keeper.Supervisor;
      confining.restrict(plan.rules().get(), abi, terminal, plan.layer());
    }
  }

  /* A kernel before 5.11 does not know the call, or not this way of it: there every number that can
   * be in use is marked by itself. THIRD counts. */
  private void closeOnExec() {
    Label done = new Label();
    Label oneByOne = new Label();
    Label next = new Label();
    Label few = new Label();
    Label many = new Label();
    String what = "closing what was open before";
    code.call(
        SystemCall.CLOSE_RANGE,
        new Constant(FIRST_OF_OTHERS),
        new Constant(ALL),
        new Constant(CLOSE_RANGE_ON_EXEC));
    code.compare(Register.RESULT, 0);
    code.jump(When.EQUAL, done);
    code.compare(Register.RESULT, -KernelException.NO_SUCH_CALL);
    code.jump(When.EQUAL, oneByOne);
    code.compare(Register.RESULT, -KernelException.WRONG_ARGUMENT);
    code.jump(When.EQUAL, oneByOne);
    fail(what);
    code.place(oneByOne);
    long most = image.memory(2 * Long.BYTES);
    step(
        what,
        SystemCall.PRLIMIT64,
        new Constant(0),
        new Constant(LIMIT_OF_DESCRIPTORS),
        new Constant(0),
        new Constant(most));
    // The second field is what the first may have been before; no limit is -1.
    code.load(Register.FIFTH, most + Long.BYTES);
    code.set(Register.RESULT, -KernelException.WRONG_ARGUMENT);
    code.compare(Register.FIFTH, 0);
    code.jump(When.LESS, many);
    code.compare(Register.FIFTH, MOST_DESCRIPTORS);
    code.jump(When.AT_MOST, few);
    code.place(many);
    fail(what);
    code.place(few);
    code.set(Register.THIRD, FIRST_OF_OTHERS);
    code.place(next);
    code.compare(Register.THIRD, Register.FIFTH);
    code.jump(When.AT_LEAST, done);
    code.call(
        SystemCall.FCNTL,
        new In(Register.THIRD),
        new Constant(SET_FLAGS),
        new Constant(CLOSE_ON_EXEC));
    code.add(Register.THIRD, 1);
    code.jump(next);
    code.place(done);
  }

  /* The last step: what comes before is none of its business. */
  private void filter() throws KernelException {
    if (plan.filter().isPresent()) {
      new ConfiningCode(this).filter(plan.filter().get());
    }
  }

  /* THIRD the name to try, FOURTH the words of the command, SIXTH the variables. */
  private void become() {
    long mostTelling = image.memory(Long.BYTES);
    Label search = new Label();
    Label found = new Label();
    code.copy(Register.THIRD, Register.FIRST);
    code.add(Register.THIRD, NAMES);
    code.copy(Register.FOURTH, Register.THIRD);
    code.place(search);
    code.load(Register.FIFTH, Register.FOURTH, 0);
    code.add(Register.FOURTH, Long.BYTES);
    code.loadByte(Register.RESULT, Register.FIFTH);
    code.compare(Register.RESULT, 0);
    code.jump(When.EQUAL, found);
    code.jump(search);
    code.place(found);
    code.load(Register.SIXTH, Register.FIRST, 0);
    code.multiply(Register.SIXTH, Long.BYTES);
    code.add(Register.SIXTH, Register.FIRST);
    code.add(Register.SIXTH, AFTER_ARGUMENTS);
    code.set(Register.RESULT, -KernelException.NO_SUCH_FILE);
    code.store(mostTelling, Register.RESULT);
    tryNames(mostTelling);
  }

  /* As execvp(3) does: a name that is not there or closed is passed over, and what is no program by
   * itself is a script for sh. */
  private void tryNames(long mostTelling) {
    Label next = new Label();
    Label passed = new Label();
    Label script = new Label();
    Label none = new Label();
    String what = PROGRAM;
    code.place(next);
    code.load(Register.FIFTH, Register.THIRD, 0);
    code.loadByte(Register.RESULT, Register.FIFTH);
    code.compare(Register.RESULT, 0);
    code.jump(When.EQUAL, none);
    execute();
    code.compare(Register.RESULT, -NOT_A_PROGRAM);
    code.jump(When.EQUAL, script);
    code.compare(Register.RESULT, -KernelException.NO_SUCH_FILE);
    code.jump(When.EQUAL, passed);
    code.compare(Register.RESULT, -KernelException.NOT_A_FOLDER);
    code.jump(When.EQUAL, passed);
    code.store(mostTelling, Register.RESULT);
    code.compare(Register.RESULT, -NO_ACCESS);
    code.jump(When.NOT_EQUAL, none);
    code.place(passed);
    code.add(Register.THIRD, Long.BYTES);
    code.jump(next);
    code.place(script);
    code.store(Register.FOURTH, 0, Register.FIFTH);
    code.add(Register.FOURTH, -Long.BYTES);
    code.set(Register.RESULT, image.constant("sh"));
    code.store(Register.FOURTH, 0, Register.RESULT);
    code.set(Register.FIFTH, image.constant("/bin/sh"));
    execute();
    code.store(mostTelling, Register.RESULT);
    code.place(none);
    code.load(Register.RESULT, mostTelling);
    fail(what);
  }

  private void execute() {
    code.call(
        SystemCall.EXECVE, new In(Register.FIFTH), new In(Register.FOURTH), new In(Register.SIXTH));
  }

  private void failing() {
    code.place(fail);
    code.store(record + 2 * Long.BYTES, Register.RESULT);
    code.store(record + Long.BYTES, Register.FIFTH);
    code.set(Register.RESULT, FAILED);
    code.store(record, Register.RESULT);
    code.call(
        SystemCall.WRITE,
        new In(Register.SECOND),
        new Constant(record),
        new Constant(SIZE_OF_FAILED));
    code.place(leave);
    code.call(SystemCall.EXIT_GROUP, new Constant(NOT_STARTED));
  }
}
