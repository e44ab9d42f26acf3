// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.kernel;

import dev.redoubt.sandbox.kernel.CodeBytes.Label;
import java.nio.ByteBuffer;

/* Machine code for a small program that only calls the kernel, written one instruction after the
 * other. It works in a few registers that calls leave alone, jumps relative to itself and so may
 * lie anywhere. */
sealed interface Code permits X86Code, Arm64Code {

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

  static Code on(Architecture architecture) {
    return switch (architecture) {
      case X86_64 -> new X86Code();
      case AARCH64 -> new Arm64Code();
    };
  }

  Architecture architecture();

  void set(Register to, long value);

  void copy(Register to, Register from);

  /* The 8 bytes at `base` + `offset`. */
  void load(Register to, Register base, int offset);

  /* One byte there, the rest becomes 0. */
  void loadByte(Register to, Register base);

  /* The 8 bytes at an address of the program itself. */
  void load(Register to, long address);

  void store(long address, Register from);

  void store(Register base, int offset, Register from);

  void add(Register to, long value);

  void add(Register to, Register value);

  void and(Register to, long mask);

  void multiply(Register by, int value);

  void shiftRight(Register to, int bits);

  void compare(Register left, long right);

  void compare(Register left, Register right);

  /* Calls the kernel; RESULT is its answer, an error number with its sign turned if it failed. */
  default void call(SystemCall call, Argument... arguments) {
    for (int i = 0; i < arguments.length; i++) {
      switch (arguments[i]) {
        case Argument.Constant(long value) -> argument(i, value);
        case Argument.In(Register register) -> argument(i, register);
      }
    }
    enter(call.number(architecture()));
  }

  void argument(int index, long value);

  void argument(int index, Register from);

  void enter(int number);

  default void jump(When when, Label to) {
    bytes().jump(branch(when), to);
  }

  default void jump(Label to) {
    bytes().jump(branch(), to);
  }

  default void place(Label label) {
    bytes().place(label);
  }

  /* Writes a jump that goes nowhere yet and returns where it lies. */
  int branch(When when);

  int branch();

  /* Makes the jump at `at` go to `to`. */
  void aim(ByteBuffer code, int at, int to);

  CodeBytes bytes();

  /* What is written so far; its jumps go nowhere yet. */
  default byte[] unfinished() {
    return bytes().unfinished();
  }

  /* All of it. */
  default byte[] finished() {
    return bytes().finished(this::aim);
  }
}
