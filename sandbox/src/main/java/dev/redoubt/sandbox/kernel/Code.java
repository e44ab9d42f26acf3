// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.kernel;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/* Machine code for a small program that only calls the kernel, written one instruction after the
 * other. It works in a few registers that calls leave alone, jumps relative to itself and so may
 * lie anywhere. */
abstract sealed class Code permits X86Code, Arm64Code {

  /* STACK holds what the kernel laid out for the program and is only read. RESULT is where a call
   * answers; every call overwrites it. The others stay as they are. */
  enum Register {
    STACK,
    RESULT,
    FIRST,
    SECOND,
    THIRD,
    FOURTH,
    FIFTH,
    SIXTH
  }

  /* How the left side of the last comparison stands to the right one, both signed. */
  enum When {
    EQUAL,
    NOT_EQUAL,
    LESS,
    AT_LEAST,
    AT_MOST
  }

  /* What a call is given. */
  sealed interface Argument {
    record Constant(long value) implements Argument {}

    record In(Register register) implements Argument {
      public In {
        if (register == Register.RESULT) {
          throw new IllegalArgumentException("the result is gone before a call is made");
        }
      }
    }
  }

  /* A place in the code, known once it was [#place]d. */
  static final class Label {
    private int at = -1;
  }

  private record Jump(int at, Label to) {}

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final List<Jump> jumps = new ArrayList<>();

  static Code on(Architecture architecture) {
    return switch (architecture) {
      case X86_64 -> new X86Code();
      case AARCH64 -> new Arm64Code();
    };
  }

  abstract Architecture architecture();

  abstract void set(Register to, long value);

  abstract void copy(Register to, Register from);

  /* The 8 bytes at `base` + `offset`. */
  abstract void load(Register to, Register base, int offset);

  /* One byte there, the rest becomes 0. */
  abstract void loadByte(Register to, Register base);

  /* The 8 bytes at an address of the program itself. */
  abstract void load(Register to, long address);

  abstract void store(long address, Register from);

  abstract void store(Register base, int offset, Register from);

  abstract void add(Register to, long value);

  abstract void add(Register to, Register value);

  abstract void and(Register to, long mask);

  abstract void multiply(Register by, int value);

  abstract void shiftRight(Register to, int bits);

  abstract void compare(Register left, long right);

  abstract void compare(Register left, Register right);

  /* Calls the kernel; RESULT is its answer, an error number with its sign turned if it failed. */
  final void call(SystemCall call, Argument... arguments) {
    for (int i = 0; i < arguments.length; i++) {
      switch (arguments[i]) {
        case Argument.Constant(long value) -> argument(i, value);
        case Argument.In(Register register) -> argument(i, register);
      }
    }
    enter(call.number(architecture()));
  }

  abstract void argument(int index, long value);

  abstract void argument(int index, Register from);

  abstract void enter(int number);

  final void jump(When when, Label to) {
    jumps.add(new Jump(branch(when), to));
  }

  final void jump(Label to) {
    jumps.add(new Jump(branch(), to));
  }

  /* Writes a jump that goes nowhere yet and returns where it lies. */
  abstract int branch(When when);

  abstract int branch();

  /* Makes the jump at `at` go to `to`. */
  abstract void aim(ByteBuffer code, int at, int to);

  final void place(Label label) {
    if (label.at >= 0) {
      throw new IllegalStateException("a label stands at two places");
    }
    label.at = bytes.size();
  }

  final int size() {
    return bytes.size();
  }

  final void emit(int... values) {
    for (int value : values) {
      bytes.write(value);
    }
  }

  /* 4 bytes, little-endian. */
  final void word(int value) {
    emit(value, value >> 8, value >> 16, value >> 24);
  }

  /* What is written so far; its jumps go nowhere yet. */
  final byte[] unfinished() {
    return bytes.toByteArray();
  }

  /* All of it. */
  final byte[] finished() {
    ByteBuffer code = ByteBuffer.wrap(bytes.toByteArray()).order(ByteOrder.LITTLE_ENDIAN);
    for (Jump jump : jumps) {
      if (jump.to().at < 0) {
        throw new IllegalStateException("a jump goes nowhere");
      }
      aim(code, jump.at(), jump.to().at);
    }
    return code.array();
  }
}
