// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.tools;

import dev.redoubt.agent.tools.Patch.Chunk;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/// Makes the chunks of a patch in the lines of a file, each below the one before.
final class PatchFitter {

  private static final List<UnaryOperator<String>> WAYS =
      List.of(
          UnaryOperator.identity(),
          String::stripTrailing,
          String::strip,
          line -> Looks.plain(line).strip());

  private final List<String> lines;
  private final List<String> out = new ArrayList<>();
  private int at;

  private PatchFitter(List<String> lines) {
    this.lines = lines;
  }

  /// What came of fitting.
  sealed interface Result {
    record Fits(List<String> lines) implements Result {}

    /// It does not fit, and why.
    record Fails(String reason) implements Result {}
  }

  /// Returns the lines that the chunks make of `lines`.
  static Result fit(List<String> lines, List<Chunk> chunks) {
    PatchFitter fitter = new PatchFitter(lines);
    for (int i = 0; i < chunks.size(); i++) {
      String complaint = fitter.take(chunks.get(i));
      if (!complaint.isEmpty()) {
        return new Result.Fails("change %d of %d: %s".formatted(i + 1, chunks.size(), complaint));
      }
    }
    fitter.copy(lines.size());
    return new Result.Fits(fitter.out);
  }

  private void copy(int to) {
    while (at < to) {
      out.add(lines.get(at++));
    }
  }

  private String take(Chunk chunk) {
    int from = at;
    for (String heading : chunk.heading()) {
      int found = first(heading, from);
      if (found < 0) {
        return "there is no line \"%s\" below line %d".formatted(Replacement.cut(heading), from);
      }
      from = found + 1;
    }
    if (chunk.old().isEmpty()) {
      copy(place(chunk, from));
      out.addAll(chunk.now());
      return "";
    }
    for (UnaryOperator<String> way : WAYS) {
      List<Integer> places = places(chunk, from, way);
      int place = chosen(places, chunk);
      if (place >= 0) {
        replace(chunk, place);
        return "";
      }
      if (!places.isEmpty()) {
        return "its lines are there %d times, at the lines %s: put more lines or an @@ line above it"
            .formatted(places.size(), places.stream().limit(8).map(p -> p + 1).toList());
      }
    }
    return "its lines are not there%s: \"%s\""
        .formatted(from > 0 ? " below line " + from : "", Replacement.cut(chunk.old().getFirst()));
  }

  private int place(Chunk chunk, int from) {
    if (!chunk.heading().isEmpty()) {
      return from;
    }
    return chunk.line() > 0 ? Math.clamp(chunk.line(), at, lines.size()) : lines.size();
  }

  private int first(String heading, int from) {
    for (int i = from; i < lines.size(); i++) {
      if (lines.get(i).strip().equals(heading)) {
        return i;
      }
    }
    return -1;
  }

  private List<Integer> places(Chunk chunk, int from, UnaryOperator<String> way) {
    List<String> wanted = chunk.old().stream().map(way).toList();
    List<Integer> places = new ArrayList<>();
    for (int i = from; i + wanted.size() <= lines.size(); i++) {
      boolean fits = !chunk.atEnd() || i + wanted.size() == lines.size();
      for (int j = 0; fits && j < wanted.size(); j++) {
        fits = way.apply(lines.get(i + j)).equals(wanted.get(j));
      }
      if (fits) {
        places.add(i);
      }
    }
    return places;
  }

  /* A line that was named decides between several places, a heading for the first below it. */
  private static int chosen(List<Integer> places, Chunk chunk) {
    if (places.size() == 1 || (!places.isEmpty() && !chunk.heading().isEmpty())) {
      return places.getFirst();
    }
    int wanted = chunk.line() - 1;
    return places.contains(wanted) ? wanted : -1;
  }

  /* Lines that stay are those of the file, whatever white space the patch has. */
  private void replace(Chunk chunk, int place) {
    copy(place);
    int[] map = new int[chunk.old().size()];
    java.util.Arrays.setAll(map, i -> place + i);
    Indents indents = Indents.between(chunk.old(), map, lines);
    int old = 0;
    for (LineDiff.Hunk hunk : LineDiff.of(chunk.old(), chunk.now()).hunks()) {
      copy(place + hunk.from());
      chunk.now().subList(hunk.newFrom(), hunk.newTo()).forEach(line -> out.add(indents.of(line)));
      at += hunk.to() - hunk.from();
      old = hunk.to();
    }
    copy(place + Math.max(old, chunk.old().size()));
  }
}
