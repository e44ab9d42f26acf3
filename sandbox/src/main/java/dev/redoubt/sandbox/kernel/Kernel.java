// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.kernel;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.util.Optional;

/* Calls the kernel by number, through `syscall` of the C library. One function for everything: each
 * further one would cost start-up time, and the C library's own wrappers differ between libraries.
 *
 * Whatever is passed as an address must live until the call returns. A blocking call holds the
 * carrier of a virtual thread. */
final class Kernel {

  private static final int ARGUMENTS = 6;

  private final Architecture architecture;

  private Kernel(Architecture architecture) {
    this.architecture = architecture;
  }

  /* Returns the kernel of this machine, empty where its numbers are not known. */
  static Optional<Kernel> ofThisMachine() {
    return Architecture.ofThisMachine().map(Kernel::new);
  }

  /* As above, for those who cannot do without. */
  static Kernel here() throws KernelException {
    return ofThisMachine()
        .orElseThrow(() ->
            new KernelException(
                "only Linux on x86-64 and AArch64 is known", KernelException.NO_SUCH_CALL));
  }

  Architecture architecture() {
    return architecture;
  }

  /* Returns what the call returned, or the negative error number. */
  long call(SystemCall call, long... arguments) {
    long[] all = new long[ARGUMENTS];
    System.arraycopy(arguments, 0, all, 0, arguments.length);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(Bindings.STATE);
      long result =
          (long)
              Bindings.SYSCALL.invokeExact(
                  state,
                  (long) call.number(architecture),
                  all[0],
                  all[1],
                  all[2],
                  all[3],
                  all[4],
                  all[5]);
      return result == -1 ? -(int) Bindings.ERROR.get(state, 0L) : result;
    } catch (Throwable e) {
      // Only a mistake in the lines above: a call of the kernel does not throw.
      throw new IllegalStateException("a call of the kernel could not be made", e);
    }
  }

  /* Returns what the call returned.
   *
   * `what` says in the message what was tried. */
  long must(String what, SystemCall call, long... arguments) throws KernelException {
    long result = call(call, arguments);
    if (result < 0) {
      throw new KernelException(what, (int) -result);
    }
    return result;
  }

  void close(int descriptor) {
    call(SystemCall.CLOSE, descriptor);
  }

  /* Apart, so that whoever only asks for the architecture does not pay for the linker. */
  private static final class Bindings {
    static final StructLayout STATE = Linker.Option.captureStateLayout();
    static final VarHandle ERROR = STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));
    static final MethodHandle SYSCALL = bind();

    /* What is restricted: a wrong descriptor would crash the JVM. This is the only one. */
    @SuppressWarnings("restricted")
    private static MethodHandle bind() {
      Linker linker = Linker.nativeLinker();
      ValueLayout.OfLong number = ValueLayout.JAVA_LONG;
      return linker.downcallHandle(
          linker.defaultLookup().findOrThrow("syscall"),
          FunctionDescriptor.of(number, number, number, number, number, number, number, number),
          Linker.Option.firstVariadicArg(1),
          Linker.Option.captureCallState("errno"));
    }
  }
}
