// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.kernel;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/* Does with a filter what the kernel does: one call in, one answer out. Written from
 * Documentation/networking/filter.rst, and throws where the kernel would refuse the program. */
final class FilterRun {

  private final byte[] program;
  private final int architecture;

  FilterRun(byte[] program, int architecture) {
    this.program = program;
    this.architecture = architecture;
  }

  static FilterRun of(SeccompFilter filter) {
    return new FilterRun(
        filter.program(),
        switch (filter.architecture()) {
          case X86_64 -> 0xC000_003E;
          case AARCH64 -> 0xC000_00B7;
        });
  }

  /* Returns "allow", "kill" or "error N". */
  String answer(int call, long... arguments) {
    ByteBuffer seen = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
    seen.putInt(call).putInt(architecture).putLong(0x7fff_dead_beefL);
    for (long each : arguments) {
      seen.putLong(each);
    }
    int result = run(seen);
    return switch (result & 0xffff_0000) {
      case 0x7fff_0000 -> "allow";
      case 0x8000_0000 -> "kill";
      case 0x0005_0000 -> "error " + (result & 0xffff);
      default -> throw new AssertionError("no answer: " + Integer.toHexString(result));
    };
  }

  private int run(ByteBuffer seen) {
    ByteBuffer code = ByteBuffer.wrap(program).order(ByteOrder.LITTLE_ENDIAN);
    int accumulator = 0;
    for (int step = 0; ; step++) {
      int at = step * 8;
      int operand = code.getInt(at + 4);
      int ifTrue = code.get(at + 2) & 0xff;
      int ifFalse = code.get(at + 3) & 0xff;
      switch (code.getShort(at)) {
        case 0x20 -> accumulator = seen.getInt(operand);
        case 0x54 -> accumulator &= operand;
        case 0x15 -> step += accumulator == operand ? ifTrue : ifFalse;
        case 0x35 -> step += Integer.compareUnsigned(accumulator, operand) >= 0 ? ifTrue : ifFalse;
        case 0x45 -> step += (accumulator & operand) != 0 ? ifTrue : ifFalse;
        case 0x06 -> {
          return operand;
        }
        default -> throw new AssertionError("no such instruction at step " + step);
      }
    }
  }
}
