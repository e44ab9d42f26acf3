// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.engine;

import dev.redoubt.agent.api.ToolCall;
import dev.redoubt.agent.api.ToolResult;
import java.util.ArrayList;
import java.util.List;

/// Notices a model that goes round in circles: the same calls with the same results, one at a time
/// or in a round of two or three. For one thread.
final class Repetition {

  private static final int LONGEST_ROUND = 3;
  private static final int ROUNDS_BEFORE_HINT = 3;
  private static final int ROUNDS_BEFORE_END = 5;

  private final List<Integer> past = new ArrayList<>();
  private boolean hinted;

  /// What to do about it.
  enum Advice {
    GO_ON,
    /// Tell the model, once.
    HINT,
    /// It was told and goes on all the same.
    END
  }

  /// Takes note of a step of the model: its calls and what came of them.
  Advice after(List<ToolCall> calls, List<ToolResult> results) {
    int step = 1;
    for (ToolCall call : calls) {
      step = 31 * step + call.tool().hashCode();
      step = 31 * step + call.arguments().hashCode();
    }
    for (ToolResult result : results) {
      step = 31 * step + result.content().hashCode();
      step = 31 * step + Boolean.hashCode(result.failed());
    }
    past.add(step);
    int rounds = rounds();
    if (rounds == 1) {
      hinted = false;
    }
    if (rounds >= ROUNDS_BEFORE_END && hinted) {
      return Advice.END;
    }
    if (rounds >= ROUNDS_BEFORE_HINT && !hinted) {
      hinted = true;
      return Advice.HINT;
    }
    return Advice.GO_ON;
  }

  /* How often the last one, two or three steps were taken one after the other. */
  private int rounds() {
    int most = 1;
    for (int length = 1; length <= LONGEST_ROUND; length++) {
      int rounds = 1;
      while (isRound(length, rounds)) {
        rounds++;
      }
      most = Math.max(most, rounds);
    }
    return most;
  }

  private boolean isRound(int length, int before) {
    int end = past.size();
    int from = end - length * (before + 1);
    if (from < 0) {
      return false;
    }
    return past.subList(from, from + length).equals(past.subList(end - length, end));
  }
}
