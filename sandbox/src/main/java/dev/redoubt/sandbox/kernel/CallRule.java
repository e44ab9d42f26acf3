// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.kernel;

import java.util.List;

/* What becomes of one system call: the answer of the first case that holds, `otherwise` if none
 * does. The kernel takes the arguments looked at here as 32-bit numbers, so the upper half of the
 * register is not looked at: a filter that did could be passed by setting a bit there. */
record CallRule(SystemCall call, List<Case> cases, Answer otherwise) {

  CallRule {
    cases = List.copyOf(cases);
  }

  static CallRule always(SystemCall call, Answer answer) {
    return new CallRule(call, List.of(), answer);
  }

  /* `answer` stands if all conditions hold. */
  record Case(Answer answer, List<Condition> conditions) {
    Case {
      conditions = List.copyOf(conditions);
    }

    static Case when(Answer answer, Condition... conditions) {
      return new Case(answer, List.of(conditions));
    }
  }

  sealed interface Condition {
    /* Counted from 0. */
    int argument();

    /* The bits of `mask` of the argument are one of `values`. */
    record IsOneOf(int argument, int mask, List<Integer> values) implements Condition {
      public IsOneOf {
        values = List.copyOf(values);
      }
    }

    /* At least one bit of `mask` is set in the argument. */
    record HasAnyBit(int argument, int mask) implements Condition {}

    static Condition is(int argument, Integer... values) {
      return new IsOneOf(argument, -1, List.of(values));
    }
  }

  /* Error numbers of asm-generic/errno-base.h and errno.h, the same on both architectures. */
  enum Answer {
    ALLOW(0x7fff_0000),
    NOT_PERMITTED(0x0005_0000 | 1),
    NO_SUCH_CALL(0x0005_0000 | 38),
    NOT_SUPPORTED(0x0005_0000 | 95),
    KILL(0x8000_0000);

    private final int code;

    Answer(int code) {
      this.code = code;
    }

    /* SECCOMP_RET_* of linux/seccomp.h with the error number in the lower half. */
    int code() {
      return code;
    }
  }
}
