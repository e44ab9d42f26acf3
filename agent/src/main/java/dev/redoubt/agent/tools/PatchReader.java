// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.tools;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.redoubt.agent.tools.Patch.Change;
import dev.redoubt.agent.tools.Patch.Chunk;
import dev.redoubt.agent.tools.Patch.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads the two formats models write patches in: the one between `*** Begin Patch` and `*** End
/// Patch`, and unified diffs.
final class PatchReader {

  private static final String ADD = "*** Add File: ";
  private static final String DELETE = "*** Delete File: ";
  private static final String UPDATE = "*** Update File: ";
  private static final String MOVE = "*** Move to: ";
  private static final String FILE_END = "*** End of File";
  private static final Pattern RANGE =
      Pattern.compile("^@@ -(\\d{1,9})(?:,\\d{1,9})? \\+\\d{1,9}(?:,\\d{1,9})? @@.*$");

  private final List<String> lines;
  private final List<Change> files = new ArrayList<>();
  private int at;

  private PatchReader(String text) {
    this.lines = TextFile.lines(text);
  }

  /// What came of reading.
  sealed interface Result {
    record Read(Patch patch) implements Result {}

    /// It is no patch, and why.
    record Malformed(String reason) implements Result {}
  }

  /// Returns the patch that `text` is.
  static Result read(String text) {
    return new PatchReader(text).read();
  }

  private Result read() {
    while (at < lines.size() && lines.get(at).isBlank()) {
      at++;
    }
    boolean framed = at < lines.size() && lines.get(at).strip().equals("*** Begin Patch");
    String complaint = framed ? framed() : unified();
    if (complaint != null) {
      return new Result.Malformed(
          "line %d: %s".formatted(Math.min(at + 1, lines.size()), complaint));
    }
    return files.isEmpty()
        ? new Result.Malformed(
            "no file is named: start with *** Begin Patch, or with --- and +++ lines")
        : new Result.Read(new Patch(files));
  }

  private @Nullable String framed() {
    at++;
    while (at < lines.size()) {
      String line = lines.get(at);
      if (line.strip().equals("*** End Patch")) {
        return null;
      }
      if (line.startsWith(ADD)) {
        at++;
        add(line.substring(ADD.length()).strip());
      } else if (line.startsWith(DELETE)) {
        at++;
        change(Kind.DELETE, line.substring(DELETE.length()).strip(), null, List.of());
      } else if (line.startsWith(UPDATE)) {
        at++;
        String complaint = update(line.substring(UPDATE.length()).strip());
        if (complaint != null) {
          return complaint;
        }
      } else if (line.isBlank()) {
        at++;
      } else {
        return "expected *** Add File:, *** Update File:, *** Delete File: or *** End Patch";
      }
    }
    return "*** End Patch is missing";
  }

  private void change(Kind kind, String path, @Nullable String moved, List<Chunk> chunks) {
    files.add(new Change(kind, path, Optional.ofNullable(moved), "", chunks));
  }

  private void add(String path) {
    StringBuilder text = new StringBuilder();
    while (at < lines.size() && lines.get(at).startsWith("+")) {
      text.append(lines.get(at++).substring(1)).append('\n');
    }
    files.add(new Change(Kind.ADD, path, Optional.empty(), text.toString(), List.of()));
  }

  private @Nullable String update(String path) {
    String moved = null;
    if (at < lines.size() && lines.get(at).startsWith(MOVE)) {
      moved = lines.get(at++).substring(MOVE.length()).strip();
    }
    List<Chunk> chunks = new ArrayList<>();
    while (at < lines.size() && !lines.get(at).startsWith("*** ")) {
      if (lines.get(at).isBlank() && nextStartsFile(at)) {
        at++;
        continue;
      }
      List<String> heading = new ArrayList<>();
      int line = 0;
      while (at < lines.size() && lines.get(at).startsWith("@@")) {
        Matcher range = RANGE.matcher(lines.get(at));
        if (range.matches()) {
          line = Integer.parseInt(range.group(1));
        } else if (!lines.get(at).substring(2).isBlank()) {
          heading.add(lines.get(at).substring(2).strip());
        }
        at++;
      }
      String complaint = chunk(chunks, heading, line);
      if (complaint != null) {
        return complaint;
      }
    }
    if (chunks.isEmpty() && moved == null) {
      return "nothing is changed in \"%s\"".formatted(path);
    }
    change(Kind.UPDATE, path, moved, chunks);
    return null;
  }

  private boolean nextStartsFile(int from) {
    return from + 1 >= lines.size() || lines.get(from + 1).startsWith("*** ");
  }

  /* A line without a sign is one whose space was lost, if it is empty. */
  private @Nullable String chunk(List<Chunk> chunks, List<String> heading, int line) {
    List<String> old = new ArrayList<>();
    List<String> now = new ArrayList<>();
    boolean atEnd = false;
    int start = at;
    for (; at < lines.size(); at++) {
      String one = lines.get(at);
      char sign = one.isEmpty() ? ' ' : one.charAt(0);
      String rest = one.isEmpty() ? "" : one.substring(1);
      if (one.equals(FILE_END)) {
        atEnd = true;
        at++;
        break;
      }
      if (one.startsWith("\\ ")) {
        continue;
      }
      if (one.startsWith("@@") || one.startsWith("*** ") || startsFile(at)) {
        break;
      }
      if (one.isEmpty() && nextStartsFile(at)) {
        break;
      }
      switch (sign) {
        case ' ' -> {
          old.add(rest);
          now.add(rest);
        }
        case '-' -> old.add(rest);
        case '+' -> now.add(rest);
        default -> {
          return "a line of a change starts with a space, - or +";
        }
      }
    }
    if (at == start && heading.isEmpty()) {
      return "expected lines that start with a space, - or +";
    }
    if (!old.equals(now)) {
      chunks.add(new Chunk(heading, line, old, now, atEnd));
    }
    return null;
  }

  private boolean startsFile(int from) {
    return lines.get(from).startsWith("diff --git ")
        || (lines.get(from).startsWith("--- ")
            && from + 1 < lines.size()
            && lines.get(from + 1).startsWith("+++ "));
  }

  private @Nullable String unified() {
    String renamed = null;
    while (at < lines.size()) {
      String line = lines.get(at);
      if (line.startsWith("rename from ")) {
        renamed = line.substring("rename from ".length());
      } else if (line.startsWith("rename to ") && renamed != null) {
        change(Kind.UPDATE, renamed, line.substring("rename to ".length()), List.of());
      } else if (line.startsWith("--- ") && startsFile(at)) {
        String complaint = file(path(line), path(lines.get(at + 1)));
        if (complaint != null) {
          return complaint;
        }
        continue;
      }
      at++;
    }
    return null;
  }

  private @Nullable String file(String before, String after) {
    at += 2;
    List<Chunk> chunks = new ArrayList<>();
    while (at < lines.size() && lines.get(at).startsWith("@@")) {
      Matcher range = RANGE.matcher(lines.get(at));
      int line = range.matches() ? Integer.parseInt(range.group(1)) : 0;
      at++;
      String complaint = chunk(chunks, List.of(), line);
      if (complaint != null) {
        return complaint;
      }
    }
    if (before.equals("/dev/null")) {
      String text = chunks.isEmpty() ? "" : String.join("\n", chunks.getFirst().now()) + "\n";
      files.add(new Change(Kind.ADD, after, Optional.empty(), text, List.of()));
    } else if (after.equals("/dev/null")) {
      change(Kind.DELETE, before, null, List.of());
    } else {
      boolean renamed = !files.isEmpty() && files.getLast().moved().equals(Optional.of(after));
      if (renamed && files.getLast().chunks().isEmpty()) {
        files.removeLast();
      }
      change(Kind.UPDATE, before, before.equals(after) ? null : after, chunks);
    }
    return null;
  }

  /* What follows a tab is a time. */
  private static String path(String line) {
    String path = line.substring(4).split("\t", 2)[0].strip();
    return path.startsWith("a/") || path.startsWith("b/") ? path.substring(2) : path;
  }
}
