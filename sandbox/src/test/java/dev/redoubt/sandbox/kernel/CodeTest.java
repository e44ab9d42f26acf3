// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.redoubt.sandbox.kernel.Code.Argument.Constant;
import dev.redoubt.sandbox.kernel.Code.Argument.In;
import dev.redoubt.sandbox.kernel.Code.Register;
import dev.redoubt.sandbox.kernel.Code.When;
import dev.redoubt.sandbox.kernel.CodeBytes.Label;
import dev.redoubt.testkit.Golden;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/* The expected bytes were read back by a disassembler: a line is one operation. */
class CodeTest {

  @ParameterizedTest
  @EnumSource
  void everyFormHasItsBytes(Architecture architecture) {
    Code code = Code.on(architecture);
    StringBuilder lines = new StringBuilder();
    code.copy(Register.FIRST, Register.STACK);
    line(lines, code, "first = stack");
    for (Register register : Register.values()) {
      if (register != Register.STACK) {
        code.copy(register, Register.SIXTH);
        line(lines, code, register + " = sixth");
        code.load(register, register, 24);
        line(lines, code, register + " = [" + register + " + 24]");
        code.store(register, 16, Register.FIFTH);
        line(lines, code, "[" + register + " + 16] = fifth");
        code.loadByte(Register.RESULT, register);
        line(lines, code, "result = byte [" + register + "]");
      }
    }
    long[] values = {
      0, 1, -1, 0xFFFF, 0x1_0000, 0xFFFF_FFFFL, 0x1234_5678_9ABC_DEF0L, -2, -0x1_0000, 1L << 63
    };
    for (long value : values) {
      code.set(Register.THIRD, value);
      line(lines, code, "third = " + value);
    }
    code.load(Register.SECOND, 0x3000_0010L);
    line(lines, code, "second = [0x30000010]");
    code.store(0x3000_0018L, Register.SECOND);
    line(lines, code, "[0x30000018] = second");
    code.add(Register.FOURTH, -48);
    line(lines, code, "fourth += -48");
    code.add(Register.FOURTH, Register.FIRST);
    line(lines, code, "fourth += first");
    code.and(Register.FIFTH, 0x7f);
    line(lines, code, "fifth &= 0x7f");
    code.multiply(Register.SIXTH, 10);
    line(lines, code, "sixth *= 10");
    code.shiftRight(Register.SIXTH, 8);
    line(lines, code, "sixth >>>= 8");
    code.compare(Register.RESULT, -13);
    line(lines, code, "result ? -13");
    code.compare(Register.RESULT, 1L << 40);
    line(lines, code, "result ? 1 << 40");
    code.compare(Register.RESULT, Register.THIRD);
    line(lines, code, "result ? third");
    code.call(SystemCall.OPENAT2, new Constant(-100), new In(Register.FIFTH), new Constant(7));
    line(lines, code, "openat2(-100, fifth, 7)");
    Label back = new Label();
    Label ahead = new Label();
    code.place(back);
    for (When when : When.values()) {
      code.jump(when, ahead);
      code.jump(when, back);
    }
    code.jump(ahead);
    code.jump(back);
    code.place(ahead);
    line(lines, code, "jumps ahead and back, each way");

    Golden.check(lines.toString(), "start/%s.txt".formatted(architecture));
  }

  private int from;

  private void line(StringBuilder lines, Code code, String what) {
    // Jumps are aimed when all is written; until then no line has one but the last.
    byte[] all = what.startsWith("jumps") ? code.finished() : code.unfinished();
    lines
        .append(HexFormat.ofDelimiter(" ").formatHex(all, from, all.length))
        .append("  ")
        .append(what)
        .append('\n');
    from = all.length;
  }

  @Test
  void whatCannotBeWrittenIsAnError() {
    Code code = Code.on(Architecture.AARCH64);
    code.jump(new Label());

    assertThatThrownBy(code::finished).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> code.load(Register.FIRST, Register.FIRST, 4))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Code.on(Architecture.X86_64).add(Register.FIRST, 1L << 40))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new In(Register.RESULT)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @EnumSource
  void aProgramIsAFileOfItsArchitecture(Architecture architecture) throws Exception {
    byte[] file = StartCode.of(Confined.plan(), architecture, new LandlockAbi(0)).file();

    assertThat(HexFormat.of().formatHex(file, 0, 20))
        .isEqualTo(
            "7f454c4602010100"
                + "0".repeat(16)
                + "0200"
                + (architecture == Architecture.X86_64 ? "3e00" : "b700"));
  }
}
