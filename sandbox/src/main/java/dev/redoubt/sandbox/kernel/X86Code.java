// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.kernel;

import java.nio.ByteBuffer;

/* The instructions for x86-64, as the Intel 64 and IA-32 Architectures Software Developer's Manual
 * has them in volume 2; each method names its form there. The convention of system calls (number in
 * rax, arguments in rdi, rsi, rdx, r10, r8, r9, the answer in rax, rcx and r11 lost) is section A.2.1
 * of the System V ABI. r11 is free for addresses. */
final class X86Code implements Code {

  private static final int RAX = 0;
  private static final int R11 = 11;
  private static final int[] ARGUMENTS = {7, 6, 2, 10, 8, 9};

  /* rbx, rbp and r12 to r15 are the ones a call leaves alone. */
  private static int number(Register register) {
    return switch (register) {
      case STACK -> 4;
      case RESULT -> RAX;
      case FIRST -> 3;
      case SECOND -> 5;
      case THIRD -> 12;
      case FOURTH -> 13;
      case FIFTH -> 14;
      case SIXTH -> 15;
    };
  }

  private final CodeBytes bytes = new CodeBytes();

  @Override
  public CodeBytes bytes() {
    return bytes;
  }

  @Override
  public Architecture architecture() {
    return Architecture.X86_64;
  }

  /* REX prefix with W: 64-bit operands, and the fourth bit of both register numbers (2.2.1). */
  private void wide(int reg, int rm) {
    bytes.emit(0x48 | (reg >> 3) << 2 | rm >> 3);
  }

  /* ModR/M for two registers: mod 11 (table 2-2). */
  private void both(int reg, int rm) {
    bytes.emit(0xC0 | (reg & 7) << 3 | (rm & 7));
  }

  /* ModR/M for memory at a register and 4 bytes of offset: mod 10, with a SIB byte where the lower
   * bits of the register mean "SIB follows" (tables 2-2 and 2-3). */
  private void memory(int reg, int base, int offset) {
    bytes.emit(0x80 | (reg & 7) << 3 | (base & 7));
    if ((base & 7) == 4) {
      bytes.emit(0x24);
    }
    bytes.word(offset);
  }

  @Override
  public void set(Register to, long value) {
    set(number(to), value);
  }

  private void set(int to, long value) {
    if (value >= 0 && value <= 0xFFFF_FFFFL) {
      // MOV r32, imm32: B8+rd id; clears the upper half.
      if (to > 7) {
        bytes.emit(0x41);
      }
      bytes.emit(0xB8 | (to & 7));
      bytes.word((int) value);
    } else if (value == (int) value) {
      // MOV r/m64, imm32 with its sign: REX.W C7 /0 id.
      wide(0, to);
      bytes.emit(0xC7);
      both(0, to);
      bytes.word((int) value);
    } else {
      // MOV r64, imm64: REX.W B8+rd io.
      wide(0, to);
      bytes.emit(0xB8 | (to & 7));
      bytes.word((int) value);
      bytes.word((int) (value >> Integer.SIZE));
    }
  }

  @Override
  public void copy(Register to, Register from) {
    copy(number(to), number(from));
  }

  /* MOV r/m64, r64: REX.W 89 /r. */
  private void copy(int to, int from) {
    wide(from, to);
    bytes.emit(0x89);
    both(from, to);
  }

  /* MOV r64, r/m64: REX.W 8B /r. */
  @Override
  public void load(Register to, Register base, int offset) {
    wide(number(to), number(base));
    bytes.emit(0x8B);
    memory(number(to), number(base), offset);
  }

  /* MOVZX r64, r/m8: REX.W 0F B6 /r. */
  @Override
  public void loadByte(Register to, Register base) {
    wide(number(to), number(base));
    bytes.emit(0x0F, 0xB6);
    memory(number(to), number(base), 0);
  }

  @Override
  public void load(Register to, long address) {
    set(R11, address);
    wide(number(to), R11);
    bytes.emit(0x8B);
    memory(number(to), R11, 0);
  }

  @Override
  public void store(long address, Register from) {
    set(R11, address);
    store(R11, 0, number(from));
  }

  @Override
  public void store(Register base, int offset, Register from) {
    store(number(base), offset, number(from));
  }

  /* MOV r/m64, r64: REX.W 89 /r. */
  private void store(int base, int offset, int from) {
    wide(from, base);
    bytes.emit(0x89);
    memory(from, base, offset);
  }

  /* ADD r/m64, imm32: REX.W 81 /0 id. */
  @Override
  public void add(Register to, long value) {
    immediate(0, number(to), value);
  }

  /* ADD r/m64, r64: REX.W 01 /r. */
  @Override
  public void add(Register to, Register value) {
    wide(number(value), number(to));
    bytes.emit(0x01);
    both(number(value), number(to));
  }

  /* AND r/m64, imm32: REX.W 81 /4 id. */
  @Override
  public void and(Register to, long mask) {
    immediate(4, number(to), mask);
  }

  /* IMUL r64, r/m64, imm32: REX.W 69 /r id. */
  @Override
  public void multiply(Register by, int value) {
    wide(number(by), number(by));
    bytes.emit(0x69);
    both(number(by), number(by));
    bytes.word(value);
  }

  /* SHR r/m64, imm8: REX.W C1 /5 ib. */
  @Override
  public void shiftRight(Register to, int bits) {
    wide(0, number(to));
    bytes.emit(0xC1);
    both(5, number(to));
    bytes.emit(bits);
  }

  /* CMP r/m64, imm32: REX.W 81 /7 id; CMP r/m64, r64: REX.W 39 /r where it has more bits. */
  @Override
  public void compare(Register left, long right) {
    if (right == (int) right) {
      immediate(7, number(left), right);
    } else {
      set(R11, right);
      compare(number(left), R11);
    }
  }

  @Override
  public void compare(Register left, Register right) {
    compare(number(left), number(right));
  }

  private void compare(int left, int right) {
    wide(right, left);
    bytes.emit(0x39);
    both(right, left);
  }

  private void immediate(int extension, int to, long value) {
    if (value != (int) value) {
      throw new IllegalArgumentException(value + " has more than 32 bits");
    }
    wide(0, to);
    bytes.emit(0x81);
    both(extension, to);
    bytes.word((int) value);
  }

  @Override
  public void argument(int index, long value) {
    set(ARGUMENTS[index], value);
  }

  @Override
  public void argument(int index, Register from) {
    copy(ARGUMENTS[index], number(from));
  }

  /* SYSCALL: 0F 05. */
  @Override
  public void enter(int number) {
    set(RAX, number);
    bytes.emit(0x0F, 0x05);
  }

  /* Jcc rel32: 0F 80+cc cd; the conditions are those of appendix B.1.4.7. */
  @Override
  public int branch(When when) {
    int condition =
        switch (when) {
          case EQUAL -> 0x4;
          case NOT_EQUAL -> 0x5;
          case LESS -> 0xC;
          case AT_LEAST -> 0xD;
          case AT_MOST -> 0xE;
        };
    bytes.emit(0x0F, 0x80 | condition);
    bytes.word(0);
    return bytes.size() - Integer.BYTES;
  }

  /* JMP rel32: E9 cd. */
  @Override
  public int branch() {
    bytes.emit(0xE9);
    bytes.word(0);
    return bytes.size() - Integer.BYTES;
  }

  /* Counted from the end of the instruction, which the distance is the end of. */
  @Override
  public void aim(ByteBuffer code, int at, int to) {
    code.putInt(at, to - at - Integer.BYTES);
  }
}
