// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.kernel;

import dev.redoubt.sandbox.kernel.Code.Argument.Constant;
import dev.redoubt.sandbox.kernel.Code.Argument.In;
import dev.redoubt.sandbox.kernel.Code.Register;
import dev.redoubt.sandbox.kernel.Code.When;
import dev.redoubt.sandbox.kernel.CodeBytes.Label;
import dev.redoubt.sandbox.kernel.LandlockRules.Place;
import dev.redoubt.sandbox.kernel.LandlockRules.Presence;
import dev.redoubt.sandbox.kernel.LandlockRules.Right;
import dev.redoubt.sandbox.kernel.StartPlan.Layer;
import java.nio.file.Files;
import java.nio.file.LinkOption;

/* Writes the steps by which a process gives up rights: privileges, capabilities, files and ports by
 * Landlock, system calls by a filter. THIRD is the set of rules while they are made. */
final class ConfiningCode {

  private static final long SET_NO_NEW_PRIVILEGES = 38;
  private static final long SET_MODE_FILTER = 1;
  private static final int SIZE_OF_INSTRUCTION = 8;

  private static final int CAPABILITY_VERSION = 0x2008_0522;
  private static final int SIZE_OF_CAPABILITIES = 24;
  /* CAP_DAC_OVERRIDE: root works in folders of others, where Landlock lets it. */
  private static final long OVERRIDE_PERMISSIONS = 1 << 1;

  private static final int SIZE_OF_RULESET = 24;
  private static final int RULE_PATH = 1;
  private static final int RULE_PORT = 2;
  private static final long ONLY_THE_PATH = 0x20_0000;
  private static final long CLOSE_ON_EXEC = 0x8_0000;
  private static final long NO_LINKS = 0x04;
  /* fcntl.h: O_DIRECTORY and O_NOFOLLOW. */
  private static final long FOLDER_ON_X86 = 0x1_0000 | 0x2_0000;
  private static final long FOLDER_ON_ARM = 0x4000 | 0x8000;
  private static final int SIZE_OF_HOW = 24;

  private final StartCode start;
  private final Code code;
  private final ElfImage image;

  ConfiningCode(StartCode start) {
    this.start = start;
    this.code = start.code();
    this.image = start.image();
  }

  /* What is not permitted any more stays so for a program of root too, because new privileges were
   * given up: capabilities(7), "execve". */
  void giveUpPrivileges() {
    start.step(
        "no new privileges",
        SystemCall.PRCTL,
        new Constant(SET_NO_NEW_PRIVILEGES),
        new Constant(1),
        new Constant(0),
        new Constant(0),
        new Constant(0));
    String what = "giving up capabilities";
    Constant header = new Constant(image.constant(CAPABILITY_VERSION));
    long now = image.memory(SIZE_OF_CAPABILITIES);
    // Effective, permitted and inheritable: the lower 32 of each, then the upper ones.
    long both = OVERRIDE_PERMISSIONS << Integer.SIZE | OVERRIDE_PERMISSIONS;
    Constant kept = new Constant(image.constant(both, 0, 0));
    Constant nothing = new Constant(image.constant(0, 0, 0));
    Label without = new Label();
    Label done = new Label();
    start.step(what, SystemCall.CAPGET, header, new Constant(now));
    code.load(Register.FIFTH, now);
    code.and(Register.FIFTH, OVERRIDE_PERMISSIONS);
    code.compare(Register.FIFTH, 0);
    code.jump(When.EQUAL, without);
    start.step(what, SystemCall.CAPSET, header, kept);
    code.jump(done);
    code.place(without);
    start.step(what, SystemCall.CAPSET, header, nothing);
    code.place(done);
  }

  /* FOURTH may be a terminal where `terminal` says so, which is then a place of its own. */
  void restrict(LandlockRules rules, LandlockAbi abi, boolean terminal, Layer layer)
      throws KernelException {
    boolean ports = rules.tcp() instanceof LandlockRules.Tcp.Ports;
    requireVersion(abi.holdsWrites(), abi, "rules for files need 3");
    requireVersion(!ports || abi.holdsTcpPorts(), abi, "rules for ports need 4");
    long asked = image.constant(abi.files(), ports ? abi.network() : 0, abi.scopes());
    Label done = new Label();
    code.call(
        SystemCall.LANDLOCK_CREATE_RULESET,
        new Constant(asked),
        new Constant(SIZE_OF_RULESET),
        new Constant(0));
    if (layer == Layer.SECOND) {
      code.compare(Register.RESULT, 0);
      code.jump(When.LESS, done);
    }
    start.check("Landlock rules");
    code.copy(Register.THIRD, Register.RESULT);
    long rule = image.memory(2 * Long.BYTES);
    Constant how = new Constant(image.constant(ONLY_THE_PATH | CLOSE_ON_EXEC, 0, NO_LINKS));
    for (Place place : rules.files()) {
      open(place, how, layer);
      Label absent = new Label();
      passOver(place, absent, layer);
      code.copy(Register.FIFTH, Register.RESULT);
      allow(
          rule, rights(place) & abi.files(), "a Landlock rule for \"%s\"".formatted(place.path()));
      code.call(SystemCall.CLOSE, new In(Register.FIFTH));
      code.place(absent);
    }
    if (terminal) {
      allowTerminal(rule, abi);
    }
    allowPorts(rules.tcp());
    start.step(
        "Landlock", SystemCall.LANDLOCK_RESTRICT_SELF, new In(Register.THIRD), new Constant(0));
    code.call(SystemCall.CLOSE, new In(Register.THIRD));
    code.place(done);
  }

  private void allowTerminal(long rule, LandlockAbi abi) {
    Label none = new Label();
    code.compare(Register.FOURTH, 0);
    code.jump(When.EQUAL, none);
    code.copy(Register.FIFTH, Register.FOURTH);
    allow(rule, rights(Right.USE_DEVICE, false) & abi.files(), "a Landlock rule for its terminal");
    code.place(none);
  }

  private static void requireVersion(boolean enough, LandlockAbi abi, String needed)
      throws KernelException {
    if (!enough) {
      throw new KernelException(
          "Landlock has version %d, and %s".formatted(abi.version(), needed),
          KernelException.NO_SUCH_CALL);
    }
  }

  /* Links are refused by the kernel, so nobody can swap one in between a check and this. Behind
   * another wall, whose filter does not let the newer call through, it is the last name alone, and
   * no rule that a link gives reaches further than the mounts there. */
  private void open(Place place, Constant how, Layer layer) {
    if (layer == Layer.SECOND) {
      long folder = code.architecture() == Architecture.X86_64 ? FOLDER_ON_X86 : FOLDER_ON_ARM;
      code.call(
          SystemCall.OPENAT,
          new Constant(StartCode.CURRENT_FOLDER),
          new Constant(image.constant(place.path().toString())),
          new Constant(ONLY_THE_PATH | CLOSE_ON_EXEC | folder),
          new Constant(0));
      return;
    }
    code.call(
        SystemCall.OPENAT2,
        new Constant(StartCode.CURRENT_FOLDER),
        new Constant(image.constant(name(place))),
        how,
        new Constant(SIZE_OF_HOW));
  }

  /* The kernel takes a name with a slash at its end for a folder only. */
  private static String name(Place place) {
    String name = place.path().toString();
    return place.kind() == LandlockRules.Kind.FOLDER && !name.endsWith("/") ? name + "/" : name;
  }

  /* Behind another wall a link may stand where this JVM sees none: what is left out is denied. */
  private void passOver(Place place, Label absent, Layer layer) {
    if (place.presence() == Presence.OPTIONAL) {
      if (layer == Layer.SECOND) {
        code.compare(Register.RESULT, -KernelException.IS_A_LINK);
        code.jump(When.EQUAL, absent);
      }
      code.compare(Register.RESULT, -KernelException.NO_SUCH_FILE);
      code.jump(When.EQUAL, absent);
      code.compare(Register.RESULT, -KernelException.NOT_A_FOLDER);
      code.jump(When.EQUAL, absent);
    }
    start.check("\"%s\"".formatted(place.path()));
  }

  /* FIFTH is the place. The kernel reads 4 bytes of the descriptor. */
  private void allow(long rule, long rights, String what) {
    code.set(Register.RESULT, rights);
    code.store(rule, Register.RESULT);
    code.store(rule + Long.BYTES, Register.FIFTH);
    start.step(
        what,
        SystemCall.LANDLOCK_ADD_RULE,
        new In(Register.THIRD),
        new Constant(RULE_PATH),
        new Constant(rule),
        new Constant(0));
  }

  /* Rights of folders given for a file are an error for the kernel, so a place that turns from one
   * into the other makes the start fail. */
  private static long rights(Place place) {
    boolean folder =
        switch (place.kind()) {
          case FOLDER -> true;
          case AS_FOUND -> Files.isDirectory(place.path(), LinkOption.NOFOLLOW_LINKS);
        };
    return rights(place.right(), folder);
  }

  private static long rights(Right right, boolean folder) {
    long ofFiles =
        LandlockAbi.READ_FILE
            | LandlockAbi.WRITE_FILE
            | LandlockAbi.EXECUTE
            | LandlockAbi.CUT_FILE
            | LandlockAbi.CONTROL_DEVICE;
    long rights =
        switch (right) {
          case READ -> LandlockAbi.READ_FILE | LandlockAbi.READ_FOLDER | LandlockAbi.EXECUTE;
          case WRITE -> ~(LandlockAbi.MAKE_DEVICE | LandlockAbi.CONTROL_DEVICE);
          case USE_DEVICE ->
              LandlockAbi.READ_FILE
                  | LandlockAbi.WRITE_FILE
                  | LandlockAbi.READ_FOLDER
                  | LandlockAbi.CONTROL_DEVICE
                  | LandlockAbi.CUT_FILE;
        };
    return folder ? rights : rights & ofFiles;
  }

  private void allowPorts(LandlockRules.Tcp tcp) {
    switch (tcp) {
      case LandlockRules.Tcp.Open() -> {}
      case LandlockRules.Tcp.Ports(var connect, var bind) -> {
        connect.forEach(port -> allowPort(port, LandlockAbi.CONNECT_TCP));
        bind.forEach(port -> allowPort(port, LandlockAbi.BIND_TCP));
      }
    }
  }

  private void allowPort(int port, long right) {
    start.step(
        "a Landlock rule for port %d".formatted(port),
        SystemCall.LANDLOCK_ADD_RULE,
        new In(Register.THIRD),
        new Constant(RULE_PORT),
        new Constant(image.constant(right, port)),
        new Constant(0));
  }

  void filter(SeccompFilter filter) throws KernelException {
    if (filter.architecture() != code.architecture()) {
      throw new KernelException(
          "a filter for %s".formatted(filter.architecture()), KernelException.NO_SUCH_CALL);
    }
    byte[] program = filter.program();
    // struct sock_fprog: the number of instructions and where they are.
    long described = image.constant(program.length / SIZE_OF_INSTRUCTION, image.constant(program));
    start.step(
        "the filter of system calls",
        SystemCall.SECCOMP,
        new Constant(SET_MODE_FILTER),
        new Constant(0),
        new Constant(described));
  }
}
