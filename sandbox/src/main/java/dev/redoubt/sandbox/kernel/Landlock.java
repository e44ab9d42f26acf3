// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.kernel;

import dev.redoubt.sandbox.kernel.LandlockRules.Place;
import dev.redoubt.sandbox.kernel.LandlockRules.Presence;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.LinkOption;

/// The kernel's Landlock: a program gives up rights to files, ports and signals for good, for
/// itself and for all it starts, and needs no right to do so.
public final class Landlock {

  private static final long ASK_VERSION = 1;
  private static final int SIZE_OF_RULESET = 24;
  private static final int RULE_PATH = 1;
  private static final int RULE_PORT = 2;

  private static final int CURRENT_FOLDER = -100;
  private static final long ONLY_THE_PATH = 0x20_0000;
  private static final long CLOSE_ON_EXEC = 0x8_0000;
  private static final long NO_LINKS = 0x04;
  private static final int SIZE_OF_HOW = 24;

  private Landlock() {}

  /// Returns what the Landlock of this machine can hold: version 0 if it has none, if it is
  /// switched off, or if the machine is no known one. Changes nothing.
  public static LandlockAbi abi() {
    return new LandlockAbi(
        Kernel.ofThisMachine()
            .map(kernel ->
                (int)
                    Math.max(0, kernel.call(SystemCall.LANDLOCK_CREATE_RULESET, 0, 0, ASK_VERSION)))
            .orElse(0));
  }

  /* Returns the descriptor of `rules` as the kernel keeps them; whoever takes it closes it. */
  static int prepared(Kernel kernel, LandlockRules rules) throws KernelException {
    LandlockAbi abi = abi();
    boolean ports = rules.tcp() instanceof LandlockRules.Tcp.Ports;
    requireVersion(abi.holdsWrites(), abi, "rules for files need 3");
    requireVersion(!ports || abi.holdsTcpPorts(), abi, "rules for ports need 4");
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment ruleset = arena.allocate(SIZE_OF_RULESET, Long.BYTES);
      ruleset.set(ValueLayout.JAVA_LONG, 0, abi.files());
      ruleset.set(ValueLayout.JAVA_LONG, 8, ports ? abi.network() : 0);
      ruleset.set(ValueLayout.JAVA_LONG, 16, abi.scopes());
      int descriptor =
          (int)
              kernel.must(
                  "Landlock rules",
                  SystemCall.LANDLOCK_CREATE_RULESET,
                  ruleset.address(),
                  SIZE_OF_RULESET,
                  0);
      try {
        for (Place place : rules.files()) {
          allow(kernel, abi, descriptor, place);
        }
        allowPorts(kernel, descriptor, rules.tcp());
        return descriptor;
      } catch (KernelException | RuntimeException e) {
        kernel.close(descriptor);
        throw e;
      }
    }
  }

  private static void requireVersion(boolean enough, LandlockAbi abi, String needed)
      throws KernelException {
    if (!enough) {
      throw new KernelException(
          "Landlock has version %d, and %s".formatted(abi.version(), needed),
          KernelException.NO_SUCH_CALL);
    }
  }

  private static void allow(Kernel kernel, LandlockAbi abi, int ruleset, Place place)
      throws KernelException {
    int at = opened(kernel, place);
    if (at < 0) {
      return;
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment rule = arena.allocate(Long.BYTES + Integer.BYTES, Long.BYTES);
      rule.set(ValueLayout.JAVA_LONG, 0, rights(place) & abi.files());
      rule.set(ValueLayout.JAVA_INT, Long.BYTES, at);
      kernel.must(
          "a Landlock rule for \"%s\"".formatted(place.path()),
          SystemCall.LANDLOCK_ADD_RULE,
          ruleset,
          RULE_PATH,
          rule.address(),
          0);
    } finally {
      kernel.close(at);
    }
  }

  /* A negative number when the place may be absent and is. Links are refused by the kernel, so
   * nobody can swap one in between a check and this. */
  private static int opened(Kernel kernel, Place place) throws KernelException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment how = arena.allocate(SIZE_OF_HOW, Long.BYTES);
      how.set(ValueLayout.JAVA_LONG, 0, ONLY_THE_PATH | CLOSE_ON_EXEC);
      how.set(ValueLayout.JAVA_LONG, 16, NO_LINKS);
      MemorySegment path = arena.allocateFrom(place.path().toString());
      long descriptor =
          kernel.call(
              SystemCall.OPENAT2, CURRENT_FOLDER, path.address(), how.address(), SIZE_OF_HOW);
      boolean absent =
          descriptor == -KernelException.NO_SUCH_FILE
              || descriptor == -KernelException.NOT_A_FOLDER;
      if (descriptor < 0 && !(absent && place.presence() == Presence.OPTIONAL)) {
        throw new KernelException("\"%s\"".formatted(place.path()), (int) -descriptor);
      }
      return (int) descriptor;
    }
  }

  /* Rights of folders given for a file are an error for the kernel, so a place that turns from one
   * into the other makes the start fail. */
  private static long rights(Place place) {
    long ofFiles =
        LandlockAbi.READ_FILE
            | LandlockAbi.WRITE_FILE
            | LandlockAbi.EXECUTE
            | LandlockAbi.CUT_FILE
            | LandlockAbi.CONTROL_DEVICE;
    long rights =
        switch (place.right()) {
          case READ -> LandlockAbi.READ_FILE | LandlockAbi.READ_FOLDER | LandlockAbi.EXECUTE;
          case WRITE -> ~(LandlockAbi.MAKE_DEVICE | LandlockAbi.CONTROL_DEVICE);
          case USE_DEVICE ->
              LandlockAbi.READ_FILE
                  | LandlockAbi.WRITE_FILE
                  | LandlockAbi.READ_FOLDER
                  | LandlockAbi.CONTROL_DEVICE
                  | LandlockAbi.CUT_FILE;
        };
    return Files.isDirectory(place.path(), LinkOption.NOFOLLOW_LINKS) ? rights : rights & ofFiles;
  }

  private static void allowPorts(Kernel kernel, int ruleset, LandlockRules.Tcp tcp)
      throws KernelException {
    switch (tcp) {
      case LandlockRules.Tcp.Open() -> {}
      case LandlockRules.Tcp.Ports(var connect, var bind) -> {
        for (int port : connect) {
          allowPort(kernel, ruleset, port, LandlockAbi.CONNECT_TCP);
        }
        for (int port : bind) {
          allowPort(kernel, ruleset, port, LandlockAbi.BIND_TCP);
        }
      }
    }
  }

  private static void allowPort(Kernel kernel, int ruleset, int port, long right)
      throws KernelException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment rule = arena.allocate(2 * Long.BYTES, Long.BYTES);
      rule.set(ValueLayout.JAVA_LONG, 0, right);
      rule.set(ValueLayout.JAVA_LONG, Long.BYTES, port);
      kernel.must(
          "a Landlock rule for port %d".formatted(port),
          SystemCall.LANDLOCK_ADD_RULE,
          ruleset,
          RULE_PORT,
          rule.address(),
          0);
    }
  }
}
