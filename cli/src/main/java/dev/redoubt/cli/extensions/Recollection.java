// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.extensions;

import static java.util.Objects.requireNonNull;

import dev.redoubt.guard.Action;
import dev.redoubt.guard.Decision;
import dev.redoubt.guard.DecisionLog;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Remembers decisions that were made before there was a log to write them to. For one thread.
final class Recollection implements DecisionLog {

  private final List<Entry> entries = new ArrayList<>();

  private record Entry(Action action, String guard, Decision decision) {
    Entry {
      requireNonNull(action, "action");
      requireNonNull(guard, "guard");
      requireNonNull(decision, "decision");
    }
  }

  @Override
  public void record(Action action, String guard, Decision decision) {
    entries.add(new Entry(action, guard, decision));
  }

  /// Writes what is remembered to `log`, once.
  void moveTo(DecisionLog log) throws IOException {
    for (Entry entry : entries) {
      log.record(entry.action(), entry.guard(), entry.decision());
    }
    entries.clear();
  }
}
