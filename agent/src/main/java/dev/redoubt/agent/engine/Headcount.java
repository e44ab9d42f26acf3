// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.engine;

/// How many sub-agents there are in a run, on all levels together. Safe to share.
final class Headcount {

  private int running;
  private int total;

  /// Takes a place and returns an empty text, or why there is none.
  synchronized String enter(Team.Limits limits) {
    if (running >= limits.running()) {
      return "%d sub-agents work at the same time, and no more may: wait for one"
          .formatted(running);
    }
    if (total >= limits.total()) {
      return "there were %d sub-agents, and no more may be started: do it yourself"
          .formatted(total);
    }
    running++;
    total++;
    return "";
  }

  /// Takes a place for one that was there before, or says why there is none.
  synchronized String again(Team.Limits limits) {
    if (running >= limits.running()) {
      return "%d sub-agents work at the same time, and no more may: wait for one"
          .formatted(running);
    }
    running++;
    return "";
  }

  synchronized void leave() {
    running--;
  }

  /// Gives back a place that was not used.
  synchronized void decline() {
    running--;
    total--;
  }
}
