// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.kernel;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;

/* All that a thread needs to give up its rights, laid out in memory before it does. Between the
 * first step and the start of the program no class may be loaded from a jar: the thread may not be
 * able to read the jar any more, and the JVM would remember for good that the class is not there.
 * So the steps are calls that were made before, with nothing but numbers. */
final class PreparedConfinement implements AutoCloseable {

  /* How far it came: the steps in their order. */
  private static final String[] STEPS = {
    "no new privileges", "giving up capabilities", "Landlock", "the filter of system calls"
  };

  private static final long SET_NO_NEW_PRIVILEGES = 38;
  private static final long SET_MODE_FILTER = 1;
  private static final int CAPABILITY_VERSION = 0x2008_0522;
  private static final int SIZE_OF_CAPABILITIES = 24;
  /* CAP_DAC_OVERRIDE: root works in folders of others, where Landlock lets it. */
  private static final int OVERRIDE_PERMISSIONS = 1 << 1;
  private static final int SIZE_OF_INSTRUCTION = 8;
  private static final int NONE = -1;

  private final Arena arena = Arena.ofShared();
  private final Kernel kernel;
  private final int ruleset;
  private final long capabilityHeader;
  private final long capabilities;
  private final long program;

  PreparedConfinement(Optional<LandlockRules> rules, SeccompFilter filter) throws KernelException {
    this.kernel = Kernel.here();
    try {
      this.program = program(filter);
      MemorySegment header = arena.allocate(2 * Integer.BYTES, Integer.BYTES);
      header.set(ValueLayout.JAVA_INT, 0, CAPABILITY_VERSION);
      this.capabilityHeader = header.address();
      this.capabilities = keptCapabilities();
      this.ruleset = rules.isPresent() ? Landlock.prepared(kernel, rules.get()) : NONE;
    } catch (KernelException | RuntimeException e) {
      arena.close();
      throw e;
    }
  }

  private long program(SeccompFilter filter) throws KernelException {
    if (filter.architecture() != kernel.architecture()) {
      throw new KernelException(
          "a filter for %s".formatted(filter.architecture()), KernelException.NO_SUCH_CALL);
    }
    byte[] program = filter.program();
    MemorySegment code = arena.allocateFrom(ValueLayout.JAVA_BYTE, program);
    MemorySegment described = arena.allocate(2 * Long.BYTES, Long.BYTES);
    described.set(ValueLayout.JAVA_SHORT, 0, (short) (program.length / SIZE_OF_INSTRUCTION));
    described.set(ValueLayout.JAVA_LONG, Long.BYTES, code.address());
    return described.address();
  }

  /* Effective, permitted and inheritable: the lower 32 of each, then the upper ones, which all go. */
  private long keptCapabilities() throws KernelException {
    MemorySegment now = arena.allocate(SIZE_OF_CAPABILITIES, Integer.BYTES);
    kernel.must("reading capabilities", SystemCall.CAPGET, capabilityHeader, now.address());
    int kept = now.get(ValueLayout.JAVA_INT, Integer.BYTES) & OVERRIDE_PERMISSIONS;
    MemorySegment sets = arena.allocate(SIZE_OF_CAPABILITIES, Integer.BYTES);
    sets.set(ValueLayout.JAVA_INT, 0, kept);
    sets.set(ValueLayout.JAVA_INT, Integer.BYTES, kept);
    return sets.address();
  }

  /* Applies all of it to the calling thread, for good. Returns -1, or the step that failed in the
   * upper half and the error number in the lower one. What is not permitted any more stays so for a
   * program of root too, because new privileges were given up: capabilities(7), "execve". The filter
   * comes last: the calls before it are none of its business. */
  long apply() {
    long result = kernel.call(SystemCall.PRCTL, SET_NO_NEW_PRIVILEGES, 1, 0, 0, 0);
    int step = 0;
    if (result == 0) {
      step = 1;
      result = kernel.call(SystemCall.CAPSET, capabilityHeader, capabilities);
    }
    if (result == 0 && ruleset != NONE) {
      step = 2;
      result = kernel.call(SystemCall.LANDLOCK_RESTRICT_SELF, ruleset, 0);
    }
    if (result == 0) {
      step = 3;
      result = kernel.call(SystemCall.SECCOMP, SET_MODE_FILTER, 0, program);
    }
    return result == 0 ? NONE : (long) step << Integer.SIZE | -result;
  }

  /* Says what [#apply] returned, on a thread that is free. */
  static KernelException failure(long applied) {
    return new KernelException(STEPS[(int) (applied >> Integer.SIZE)], (int) applied);
  }

  static boolean isDone(long applied) {
    return applied == NONE;
  }

  @Override
  public void close() {
    if (ruleset != NONE) {
      kernel.close(ruleset);
    }
    arena.close();
  }
}
