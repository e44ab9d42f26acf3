// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.tools;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;

/// One text that a model wants in the place of another.
///
/// Line ends do not count when the old text is looked for; what is put in gets those of the file.
///
/// @param old as the model believes it stands there
/// @param now what is to stand there
/// @param everywhere whether all places are meant, and not the only one
record Replacement(String old, String now, boolean everywhere) {

  private static final int LONGEST = 4 << 20;
  private static final int MOST_SHOWN = 8;

  Replacement {
    requireNonNull(old, "old");
    requireNonNull(now, "now");
  }

  /// What came of a replacement in a text.
  sealed interface Result {

    /// It was made.
    ///
    /// @param text all of it, changed
    /// @param note what the model has to know about where it was made; empty when that was plain
    record Made(String text, String note) implements Result {}

    /// It was not, and why.
    record Refused(String reason) implements Result {}
  }

  /// Returns `text` with the replacement made.
  ///
  /// @param lineEnd of the lines that are put in
  Result in(String text, String lineEnd) {
    String wanted = plain(old);
    String put = plain(now);
    if (wanted.isEmpty()) {
      return new Result.Refused("old_string is empty: to create or fill a file use write");
    }
    if (wanted.equals(put)) {
      return new Result.Refused("old_string and new_string are the same");
    }
    Plain plain = Plain.of(text);
    List<Integer> places = places(plain.text(), wanted);
    if (places.isEmpty()) {
      return new Anchor(text, lineEnd).place(TextFile.lines(wanted), TextFile.lines(put));
    }
    if (places.size() > 1 && !everywhere) {
      return new Result.Refused(ambiguous(plain.text(), places));
    }
    if (text.length() + (long) places.size() * (put.length() - wanted.length()) > LONGEST) {
      return new Result.Refused(
          "%d replacements would make it longer than %d characters: use bash"
              .formatted(places.size(), LONGEST));
    }
    StringBuilder changed = new StringBuilder();
    int at = 0;
    for (int place : places) {
      changed.append(text, at, plain.original(place)).append(put.replace("\n", lineEnd));
      at = plain.original(place + wanted.length());
    }
    return new Result.Made(changed.append(text, at, text.length()).toString(), "");
  }

  private static List<Integer> places(String text, String wanted) {
    List<Integer> places = new ArrayList<>();
    for (int at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + wanted.length())) {
      places.add(at);
    }
    return places;
  }

  private static String ambiguous(String text, List<Integer> places) {
    StringBuilder shown = new StringBuilder();
    shown.append("old_string is there ").append(places.size());
    shown.append(" times: add lines around it until it is there once, or set replace_all.");
    for (int place : places.subList(0, Math.min(MOST_SHOWN, places.size()))) {
      int start = text.lastIndexOf('\n', place - 1) + 1;
      int end = text.indexOf('\n', place);
      String line = text.substring(start, end < 0 ? text.length() : end);
      long number = text.substring(0, place).chars().filter(c -> c == '\n').count() + 1;
      shown.append("\n  line ").append(number).append(": ").append(cut(line.strip()));
    }
    return shown.toString();
  }

  static String cut(String line) {
    return line.length() > 160 ? line.substring(0, 160) + "…" : line;
  }

  private static String plain(String text) {
    return text.replace("\r\n", "\n");
  }

  /// A text with LF line ends, and where its characters were before.
  private static final class Plain {

    private final String text;
    private final int[] origin;

    private Plain(String text, int[] origin) {
      this.text = text;
      this.origin = origin;
    }

    static Plain of(String text) {
      if (!text.contains("\r\n")) {
        return new Plain(text, new int[0]);
      }
      StringBuilder plain = new StringBuilder(text.length());
      int[] origin = new int[text.length() + 1];
      for (int i = 0; i < text.length(); i++) {
        origin[plain.length()] = i;
        if (text.startsWith("\r\n", i)) {
          i++;
        }
        plain.append(text.charAt(i));
      }
      origin[plain.length()] = text.length();
      return new Plain(plain.toString(), origin);
    }

    String text() {
      return text;
    }

    int original(int at) {
      return origin.length == 0 ? at : origin[at];
    }
  }
}
