// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.kernel;

import java.nio.ByteBuffer;

/* The instructions for AArch64, as the Arm Architecture Reference Manual for A-profile has them in
 * chapter C6.2; each method names its form there. All are 4 bytes. System calls take their number in
 * x8 and arguments in x0 to x5 and answer in x0 (syscall(2)); x9 is free for constants. */
final class Arm64Code implements Code {

  private static final int NUMBER = 8;
  private static final int SPARE = 9;
  /* Means the stack in loads and additions of constants, zero elsewhere. */
  private static final int STACK_OR_ZERO = 31;
  private static final int LONGEST_OFFSET = 0xFFF;

  private static int number(Register register) {
    return switch (register) {
      case STACK -> STACK_OR_ZERO;
      case RESULT -> 0;
      case FIRST -> 19;
      case SECOND -> 20;
      case THIRD -> 21;
      case FOURTH -> 22;
      case FIFTH -> 23;
      case SIXTH -> 24;
    };
  }

  private final CodeBytes bytes = new CodeBytes();

  @Override
  public CodeBytes bytes() {
    return bytes;
  }

  @Override
  public Architecture architecture() {
    return Architecture.AARCH64;
  }

  @Override
  public void set(Register to, long value) {
    set(number(to), value);
  }

  /* MOVZ or MOVN, then MOVK, 64-bit: 16 bits each, shifted by 16 times `part`. */
  private void set(int to, long value) {
    boolean negative = value < 0;
    int opcode = negative ? 0x9280_0000 : 0xD280_0000;
    long rest = negative ? ~value : value;
    boolean first = true;
    for (int part = 0; part < 4; part++) {
      int bits = (int) (rest >>> (16 * part)) & 0xFFFF;
      boolean last = part == 3;
      if (bits == 0 && !(last && first)) {
        continue;
      }
      int given = first || !negative ? bits : ~bits & 0xFFFF;
      bytes.word((first ? opcode : 0xF280_0000) | part << 21 | given << 5 | to);
      first = false;
    }
  }

  /* ORR (shifted register) with zero; from the stack ADD (immediate) of 0. */
  @Override
  public void copy(Register to, Register from) {
    copy(number(to), number(from));
  }

  private void copy(int to, int from) {
    if (from == STACK_OR_ZERO) {
      bytes.word(0x9100_0000 | from << 5 | to);
    } else {
      bytes.word(0xAA00_03E0 | from << 16 | to);
    }
  }

  /* LDR (immediate), 64-bit, unsigned offset in steps of 8. */
  @Override
  public void load(Register to, Register base, int offset) {
    bytes.word(0xF940_0000 | scaled(offset) << 10 | number(base) << 5 | number(to));
  }

  private static int scaled(int offset) {
    if (offset < 0 || offset % Long.BYTES != 0 || offset / Long.BYTES > LONGEST_OFFSET) {
      throw new IllegalArgumentException(offset + " is no offset of a load");
    }
    return offset / Long.BYTES;
  }

  /* LDRB (immediate), unsigned offset 0. */
  @Override
  public void loadByte(Register to, Register base) {
    bytes.word(0x3940_0000 | number(base) << 5 | number(to));
  }

  @Override
  public void load(Register to, long address) {
    set(SPARE, address);
    bytes.word(0xF940_0000 | SPARE << 5 | number(to));
  }

  /* STR (immediate), 64-bit, unsigned offset in steps of 8. */
  @Override
  public void store(long address, Register from) {
    set(SPARE, address);
    bytes.word(0xF900_0000 | SPARE << 5 | number(from));
  }

  @Override
  public void store(Register base, int offset, Register from) {
    bytes.word(0xF900_0000 | scaled(offset) << 10 | number(base) << 5 | number(from));
  }

  @Override
  public void add(Register to, long value) {
    set(SPARE, value);
    add(number(to), SPARE);
  }

  @Override
  public void add(Register to, Register value) {
    add(number(to), number(value));
  }

  /* ADD (shifted register), 64-bit. */
  private void add(int to, int value) {
    bytes.word(0x8B00_0000 | value << 16 | to << 5 | to);
  }

  /* AND (shifted register), 64-bit. */
  @Override
  public void and(Register to, long mask) {
    set(SPARE, mask);
    bytes.word(0x8A00_0000 | SPARE << 16 | number(to) << 5 | number(to));
  }

  /* MUL, which is MADD with zero, 64-bit. */
  @Override
  public void multiply(Register by, int value) {
    set(SPARE, value);
    bytes.word(0x9B00_7C00 | SPARE << 16 | number(by) << 5 | number(by));
  }

  /* LSR (immediate), which is UBFM, 64-bit. */
  @Override
  public void shiftRight(Register to, int bits) {
    bytes.word(0xD340_FC00 | bits << 16 | number(to) << 5 | number(to));
  }

  @Override
  public void compare(Register left, long right) {
    set(SPARE, right);
    compare(number(left), SPARE);
  }

  @Override
  public void compare(Register left, Register right) {
    compare(number(left), number(right));
  }

  /* CMP (shifted register), which is SUBS into zero, 64-bit. */
  private void compare(int left, int right) {
    bytes.word(0xEB00_001F | right << 16 | left << 5);
  }

  @Override
  public void argument(int index, long value) {
    set(index, value);
  }

  @Override
  public void argument(int index, Register from) {
    copy(index, number(from));
  }

  /* SVC #0. */
  @Override
  public void enter(int number) {
    set(NUMBER, number);
    bytes.word(0xD400_0001);
  }

  /* B.cond: 19 bits of distance in instructions; the conditions are those of C1.2.4. */
  @Override
  public int branch(When when) {
    int condition =
        switch (when) {
          case EQUAL -> 0x0;
          case NOT_EQUAL -> 0x1;
          case LESS -> 0xB;
          case AT_LEAST -> 0xA;
          case AT_MOST -> 0xD;
        };
    bytes.word(0x5400_0000 | condition);
    return bytes.size() - Integer.BYTES;
  }

  /* B: 26 bits of distance in instructions. */
  @Override
  public int branch() {
    bytes.word(0x1400_0000);
    return bytes.size() - Integer.BYTES;
  }

  @Override
  public void aim(ByteBuffer code, int at, int to) {
    int distance = (to - at) / Integer.BYTES;
    int instruction = code.getInt(at);
    boolean conditional = instruction >>> 24 == 0x54;
    int bits = conditional ? 19 : 26;
    if (distance >= 1 << (bits - 1) || distance < -(1 << (bits - 1))) {
      throw new IllegalStateException("a jump is too far: " + distance);
    }
    int field = distance & (1 << bits) - 1;
    code.putInt(at, instruction | (conditional ? field << 5 : field));
  }
}
