// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.kernel;

import dev.redoubt.sandbox.kernel.CallRule.Answer;
import dev.redoubt.sandbox.kernel.CallRule.Case;
import dev.redoubt.sandbox.kernel.CallRule.Condition;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/* Turns rules into a program of classic BPF, one struct sock_filter per instruction (linux/filter.h):
 * code (16 bits), steps to skip if true and if false (8 bits each), operand (32 bits). What a program
 * can load is struct seccomp_data (linux/seccomp.h).
 *
 * Each rule becomes a block that the program enters when the number of the call fits and that ends
 * with an answer in every case, so a block never sees what an earlier one loaded. */
final class FilterProgram {

  private static final int BYTES_PER_INSTRUCTION = 8;
  /* BPF_MAXINSNS of linux/bpf_common.h. */
  private static final int MOST_INSTRUCTIONS = 4096;
  private static final int LONGEST_JUMP = 255;

  private static final short LOAD = 0x20;
  private static final short AND = 0x54;
  private static final short JUMP_IF_EQUAL = 0x15;
  private static final short JUMP_IF_AT_LEAST = 0x35;
  private static final short JUMP_IF_ANY_BIT = 0x45;
  private static final short RETURN = 0x06;

  private static final int NUMBER_OF_CALL = 0;
  private static final int ARCHITECTURE = 4;
  private static final int FIRST_ARGUMENT = 16;
  private static final int BYTES_PER_ARGUMENT = 8;

  /* __X32_SYSCALL_BIT: the same processor's calls with 32-bit pointers, under numbers of their own. */
  private static final int X32 = 0x4000_0000;

  private record Instruction(short code, int ifTrue, int ifFalse, int operand) {}

  private FilterProgram() {}

  static byte[] of(List<CallRule> rules, Architecture architecture) {
    List<Instruction> program = new ArrayList<>();
    program.add(load(ARCHITECTURE));
    program.add(new Instruction(JUMP_IF_EQUAL, 1, 0, architecture.auditName()));
    program.add(answer(Answer.KILL));
    program.add(load(NUMBER_OF_CALL));
    if (architecture == Architecture.X86_64) {
      // Only -1 is no call of x32: a debugger leaves it, and the kernel answers that it is none.
      program.add(new Instruction(JUMP_IF_EQUAL, 2, 0, -1));
      program.add(new Instruction(JUMP_IF_AT_LEAST, 0, 1, X32));
      program.add(answer(Answer.KILL));
    }
    for (CallRule rule : rules) {
      if (rule.call().isOn(architecture)) {
        List<Instruction> block = block(rule);
        program.add(
            new Instruction(
                JUMP_IF_EQUAL, 0, jump(block.size()), rule.call().number(architecture)));
        program.addAll(block);
      }
    }
    program.add(answer(Answer.ALLOW));
    return bytes(program);
  }

  private static List<Instruction> block(CallRule rule) {
    List<Instruction> block = new ArrayList<>();
    for (Case each : rule.cases()) {
      block.addAll(unlessItFails(each));
    }
    block.add(answer(rule.otherwise()));
    return block;
  }

  /* Built from the end, because each condition that fails jumps over all that follows it. */
  private static List<Instruction> unlessItFails(Case each) {
    List<Instruction> code = new ArrayList<>(List.of(answer(each.answer())));
    for (Condition condition : each.conditions().reversed()) {
      code.addAll(0, test(condition, code.size()));
    }
    return code;
  }

  private static List<Instruction> test(Condition condition, int rest) {
    List<Instruction> code = new ArrayList<>();
    // The lower half comes first on both architectures.
    code.add(load(FIRST_ARGUMENT + BYTES_PER_ARGUMENT * condition.argument()));
    switch (condition) {
      case Condition.HasAnyBit(_, int mask) ->
          code.add(new Instruction(JUMP_IF_ANY_BIT, 0, jump(rest), mask));
      case Condition.IsOneOf(_, int mask, List<Integer> values) -> {
        if (mask != -1) {
          code.add(new Instruction(AND, 0, 0, mask));
        }
        for (int i = 0; i < values.size(); i++) {
          int others = values.size() - 1 - i;
          int ifFalse = others == 0 ? jump(rest) : 0;
          code.add(new Instruction(JUMP_IF_EQUAL, jump(others), ifFalse, values.get(i)));
        }
      }
    }
    return code;
  }

  private static Instruction load(int offset) {
    return new Instruction(LOAD, 0, 0, offset);
  }

  private static Instruction answer(Answer answer) {
    return new Instruction(RETURN, 0, 0, answer.code());
  }

  private static int jump(int steps) {
    if (steps > LONGEST_JUMP) {
      throw new IllegalStateException("a rule of a filter is too long: " + steps + " steps");
    }
    return steps;
  }

  private static byte[] bytes(List<Instruction> program) {
    if (program.size() > MOST_INSTRUCTIONS) {
      throw new IllegalStateException("a filter is too long: " + program.size() + " steps");
    }
    ByteBuffer bytes =
        ByteBuffer.allocate(program.size() * BYTES_PER_INSTRUCTION).order(ByteOrder.LITTLE_ENDIAN);
    for (Instruction each : program) {
      bytes
          .putShort(each.code())
          .put((byte) each.ifTrue())
          .put((byte) each.ifFalse())
          .putInt(each.operand());
    }
    return bytes.array();
  }
}
