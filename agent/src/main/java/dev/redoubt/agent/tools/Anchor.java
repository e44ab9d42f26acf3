// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.tools;

import dev.redoubt.agent.tools.LineDiff.Hunk;
import dev.redoubt.agent.tools.Replacement.Result;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/// Finds where a change belongs in a text that is not what the model believes it to be.
///
/// First only white space may differ, then quotes and dashes too, then whole lines around the
/// change. The lines that are changed, and those next to them, have to be there; so nothing that
/// somebody else changed meanwhile is overwritten. Where two places would do, none is taken.
final class Anchor {

  private static final int SLACK = 3;
  private static final int MOST_CANDIDATES = 200;
  private static final int COMMON = 20;
  private static final double ALIKE = 0.6;

  private final List<String> raw;
  private final List<String> lines;
  private final String lineEnd;

  Anchor(String text, String lineEnd) {
    this.raw = rawLines(text);
    this.lines = TextFile.lines(text);
    this.lineEnd = lineEnd;
  }

  private static List<String> rawLines(String text) {
    List<String> raw = new ArrayList<>();
    for (int from = 0; from < text.length(); ) {
      int end = text.indexOf('\n', from);
      int next = end < 0 ? text.length() : end + 1;
      raw.add(text.substring(from, next));
      from = next;
    }
    return raw;
  }

  /// Returns what comes of making `old` into `now` where `old` belongs.
  Result place(List<String> old, List<String> now) {
    if (old.stream().allMatch(String::isBlank)) {
      return new Result.Refused("old_string is only white space that is not in the file");
    }
    List<Hunk> hunks = LineDiff.of(old, now).hunks();
    List<UnaryOperator<String>> ways =
        List.of(String::stripTrailing, String::strip, line -> Looks.plain(line).strip());
    for (UnaryOperator<String> way : ways) {
      List<int[]> found = blocks(old, way);
      if (found.size() == 1) {
        return changed(old, now, hunks, found.getFirst(), "only white space or quotes differ");
      }
      if (found.size() > 1) {
        return new Result.Refused(
            "old_string is not there as written; with other white space it is at the lines %s: copy it exactly, with more lines around it"
                .formatted(starts(found)));
      }
    }
    return drifted(old, now, hunks);
  }

  private static String starts(List<int[]> found) {
    return String.join(", ", found.stream().map(map -> String.valueOf(map[0] + 1)).toList());
  }

  /* Every place at which all lines are there, one after the other. */
  private List<int[]> blocks(List<String> old, UnaryOperator<String> way) {
    List<String> wanted = old.stream().map(way).toList();
    List<String> have = lines.stream().map(way).toList();
    List<int[]> found = new ArrayList<>();
    for (int at = 0; at + wanted.size() <= have.size(); at++) {
      if (have.get(at).equals(wanted.getFirst())
          && have.subList(at, at + wanted.size()).equals(wanted)) {
        int start = at;
        found.add(java.util.stream.IntStream.range(0, wanted.size()).map(i -> start + i).toArray());
      }
    }
    return found;
  }

  private Result drifted(List<String> old, List<String> now, List<Hunk> hunks) {
    Map<List<Integer>, int[]> clean = new LinkedHashMap<>();
    double best = 0;
    int[] nearest = {};
    for (int[] map : candidates(old)) {
      double score = score(old, map);
      if (score > best) {
        best = score;
        nearest = map;
      }
      if (score >= ALIKE && isClean(hunks, map, old.size())) {
        clean.put(touched(hunks, map), map);
      }
    }
    if (clean.size() == 1) {
      int[] map = clean.values().iterator().next();
      return changed(old, now, hunks, map, "the lines around it have changed");
    }
    if (clean.size() > 1) {
      return new Result.Refused(
          "old_string is not there, and %d places are like it: view the file and copy the text exactly"
              .formatted(clean.size()));
    }
    return new Result.Refused("old_string is not in the file" + nearest(old, nearest));
  }

  private List<int[]> candidates(List<String> old) {
    List<String> wanted = old.stream().map(String::strip).toList();
    List<String> have = lines.stream().map(String::strip).toList();
    Map<String, List<Integer>> places = new HashMap<>();
    for (int i = 0; i < have.size(); i++) {
      places.computeIfAbsent(have.get(i), _ -> new ArrayList<>()).add(i);
    }
    TreeSet<Integer> starts = new TreeSet<>();
    for (int i = 0; i < wanted.size(); i++) {
      List<Integer> at = wanted.get(i).isEmpty() ? List.of() : places.get(wanted.get(i));
      if (at != null && at.size() <= COMMON && starts.size() < MOST_CANDIDATES) {
        for (int place : at) {
          starts.add(place - i);
        }
      }
    }
    List<int[]> maps = new ArrayList<>();
    for (int start : starts) {
      int from = Math.clamp(start - SLACK, 0, have.size());
      int to = Math.clamp(start + wanted.size() + SLACK, from, have.size());
      maps.add(map(wanted, have.subList(from, to), from));
    }
    return maps;
  }

  /* Which line of the file each wanted line is, or -1. */
  private static int[] map(List<String> wanted, List<String> window, int offset) {
    int[] map = new int[wanted.size()];
    Arrays.fill(map, -1);
    int old = 0;
    int now = 0;
    List<Hunk> hunks = new ArrayList<>(LineDiff.of(wanted, window).hunks());
    hunks.add(new Hunk(wanted.size(), wanted.size(), window.size(), window.size()));
    for (Hunk hunk : hunks) {
      while (old < hunk.from()) {
        map[old++] = offset + now++;
      }
      old = hunk.to();
      now = hunk.newTo();
    }
    return map;
  }

  private static double score(List<String> old, int[] map) {
    int said = 0;
    int there = 0;
    for (int i = 0; i < map.length; i++) {
      if (!old.get(i).isBlank()) {
        said++;
        there += map[i] >= 0 ? 1 : 0;
      }
    }
    return there < 2 ? 0 : (double) there / said;
  }

  /* Whether what is changed is there, with the lines next to it. */
  private static boolean isClean(List<Hunk> hunks, int[] map, int size) {
    for (Hunk hunk : hunks) {
      int from = Math.max(0, hunk.from() - 1);
      int to = Math.min(size, hunk.to() + 1);
      for (int i = from; i < to; i++) {
        if (map[i] < 0 || (i > from && map[i] != map[i - 1] + 1)) {
          return false;
        }
      }
    }
    return true;
  }

  private static List<Integer> touched(List<Hunk> hunks, int[] map) {
    return hunks.stream().map(hunk -> start(hunk, map)).toList();
  }

  private static int start(Hunk hunk, int[] map) {
    return hunk.from() < map.length ? map[hunk.from()] : map[map.length - 1] + 1;
  }

  private Result changed(
      List<String> old, List<String> now, List<Hunk> hunks, int[] map, String why) {
    if (hunks.isEmpty()) {
      return new Result.Refused("old_string and new_string differ only in line ends");
    }
    Indents indents = Indents.between(old, map, lines);
    List<String> all = new ArrayList<>(raw);
    boolean ended = all.getLast().endsWith("\n");
    if (!ended) {
      all.set(all.size() - 1, all.getLast() + lineEnd);
    }
    for (Hunk hunk : hunks.reversed()) {
      int at = start(hunk, map);
      List<String> place = all.subList(at, at + hunk.to() - hunk.from());
      place.clear();
      place.addAll(
          now.subList(hunk.newFrom(), hunk.newTo()).stream()
              .map(line -> indents.of(line) + lineEnd)
              .toList());
    }
    String text = String.join("", all);
    if (!ended && text.endsWith(lineEnd)) {
      text = text.substring(0, text.length() - lineEnd.length());
    }
    return new Result.Made(
        text,
        "old_string was not there as written; placed at line %d, where %s"
            .formatted(start(hunks.getFirst(), map) + 1, why));
  }

  private String nearest(List<String> old, int[] map) {
    Optional<Integer> at =
        map.length == 0
            ? nearestLine(old)
            : Arrays.stream(map).filter(line -> line >= 0).boxed().findFirst();
    if (at.isEmpty()) {
      return ": view it and copy the text exactly";
    }
    int from = at.get();
    int to = Math.min(lines.size(), from + Math.min(12, old.size() + 1));
    StringBuilder shown = new StringBuilder(". Nearest to it is:");
    for (int i = from; i < to; i++) {
      shown.append('\n').append(i + 1).append('\t').append(Replacement.cut(lines.get(i)));
    }
    return shown.toString();
  }

  private Optional<Integer> nearestLine(List<String> old) {
    String wanted =
        old.stream().map(String::strip).filter(line -> !line.isEmpty()).findFirst().orElse("");
    int best = wanted.length() / 2;
    Optional<Integer> nearest = Optional.empty();
    for (int i = 0; i < Math.min(lines.size(), 5_000); i++) {
      int distance = NearNames.distance(wanted, lines.get(i).strip());
      if (distance < best) {
        best = distance;
        nearest = Optional.of(i);
      }
    }
    return nearest;
  }
}
