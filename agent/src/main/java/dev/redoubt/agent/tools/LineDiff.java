// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.tools;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// How one list of lines becomes another.
///
/// The shortest way (Myers) while that takes at most 1,000 steps; beyond that, what differs in the
/// middle is one hunk. Immutable.
public final class LineDiff {

  private static final int MOST_STEPS = 1_000;
  private static final int CONTEXT = 3;

  /// Lines `from` to `to` of the old text became lines `newFrom` to `newTo` of the new one; counted
  /// from 0, the end not included.
  record Hunk(int from, int to, int newFrom, int newTo) {}

  private final List<String> old;
  private final List<String> now;
  private final List<Hunk> hunks;

  private LineDiff(List<String> old, List<String> now, List<Hunk> hunks) {
    this.old = old;
    this.now = now;
    this.hunks = hunks;
  }

  /// Returns the difference of two lists of lines.
  public static LineDiff of(List<String> old, List<String> now) {
    int head = 0;
    int shorter = Math.min(old.size(), now.size());
    while (head < shorter && old.get(head).equals(now.get(head))) {
      head++;
    }
    int tail = 0;
    while (tail < shorter - head
        && old.get(old.size() - 1 - tail).equals(now.get(now.size() - 1 - tail))) {
      tail++;
    }
    List<Hunk> hunks =
        new Search(old.subList(head, old.size() - tail), now.subList(head, now.size() - tail), head)
            .hunks();
    return new LineDiff(old, now, hunks);
  }

  List<Hunk> hunks() {
    return hunks;
  }

  int added() {
    return hunks.stream().mapToInt(hunk -> hunk.newTo() - hunk.newFrom()).sum();
  }

  int removed() {
    return hunks.stream().mapToInt(hunk -> hunk.to() - hunk.from()).sum();
  }

  /// Returns the difference as a unified diff without a header, three lines of context.
  public String unified() {
    StringBuilder out = new StringBuilder();
    for (int first = 0; first < hunks.size(); ) {
      int last = first;
      while (last + 1 < hunks.size()
          && hunks.get(last + 1).from() - hunks.get(last).to() <= 2 * CONTEXT) {
        last++;
      }
      group(out, hunks.subList(first, last + 1));
      first = last + 1;
    }
    return out.toString();
  }

  private void group(StringBuilder out, List<Hunk> group) {
    int from = Math.max(0, group.getFirst().from() - CONTEXT);
    int to = Math.min(old.size(), group.getLast().to() + CONTEXT);
    int newFrom = group.getFirst().newFrom() - (group.getFirst().from() - from);
    int newTo = group.getLast().newTo() + (to - group.getLast().to());
    out.append("@@ -").append(range(from, to)).append(" +").append(range(newFrom, newTo));
    out.append(" @@\n");
    int at = from;
    for (Hunk hunk : group) {
      lines(out, ' ', old, at, hunk.from());
      lines(out, '-', old, hunk.from(), hunk.to());
      lines(out, '+', now, hunk.newFrom(), hunk.newTo());
      at = hunk.to();
    }
    lines(out, ' ', old, at, to);
  }

  private static String range(int from, int to) {
    int start = to > from ? from + 1 : from;
    return to - from == 1 ? Integer.toString(start) : start + "," + (to - from);
  }

  private static void lines(StringBuilder out, char sign, List<String> lines, int from, int to) {
    for (int i = from; i < to; i++) {
      out.append(sign).append(lines.get(i)).append('\n');
    }
  }

  /// One run of the algorithm over what is left between the same beginning and the same end.
  private record Search(List<String> old, List<String> now, int offset) {

    List<Hunk> hunks() {
      if (old.isEmpty() && now.isEmpty()) {
        return List.of();
      }
      Deque<int[]> trace = new ArrayDeque<>();
      int most = Math.min(MOST_STEPS, old.size() + now.size());
      int[] reach = new int[2 * most + 3];
      for (int steps = 0; steps <= most; steps++) {
        trace.push(java.util.Arrays.copyOfRange(reach, most - steps, most + steps + 3));
        if (advance(reach, most + 1, steps)) {
          return back(trace, steps);
        }
      }
      return List.of(new Hunk(offset, offset + old.size(), offset, offset + now.size()));
    }

    /* reach[middle + k] is how far the old lines are used up on diagonal k. */
    private boolean advance(int[] reach, int middle, int steps) {
      for (int k = -steps; k <= steps; k += 2) {
        boolean down = k == -steps || (k != steps && reach[middle + k - 1] < reach[middle + k + 1]);
        int x = down ? reach[middle + k + 1] : reach[middle + k - 1] + 1;
        int y = x - k;
        while (x < old.size() && y < now.size() && old.get(x).equals(now.get(y))) {
          x++;
          y++;
        }
        reach[middle + k] = x;
        if (x >= old.size() && y >= now.size()) {
          return true;
        }
      }
      return false;
    }

    private List<Hunk> back(Deque<int[]> trace, int steps) {
      List<Hunk> hunks = new ArrayList<>();
      int x = old.size();
      int y = now.size();
      for (int d = steps; d > 0; d--) {
        int[] reach = trace.pop();
        int middle = d + 1;
        int k = x - y;
        boolean down = k == -d || (k != d && reach[middle + k - 1] < reach[middle + k + 1]);
        int before = down ? k + 1 : k - 1;
        int fromX = reach[middle + before];
        int fromY = fromX - before;
        int toX = down ? fromX : fromX + 1;
        int toY = down ? fromY + 1 : fromY;
        join(hunks, fromX, toX, fromY, toY);
        x = fromX;
        y = fromY;
      }
      return hunks.reversed().stream()
          .map(hunk ->
              new Hunk(
                  hunk.from() + offset,
                  hunk.to() + offset,
                  hunk.newFrom() + offset,
                  hunk.newTo() + offset))
          .toList();
    }

    private static void join(List<Hunk> hunks, int fromX, int toX, int fromY, int toY) {
      if (!hunks.isEmpty() && hunks.getLast().from() == toX && hunks.getLast().newFrom() == toY) {
        Hunk later = hunks.removeLast();
        hunks.add(new Hunk(fromX, later.to(), fromY, later.newTo()));
      } else {
        hunks.add(new Hunk(fromX, toX, fromY, toY));
      }
    }
  }
}
