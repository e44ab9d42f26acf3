// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.snapshots;

import dev.redoubt.sandbox.snapshots.TurnRecord.End;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What going back is about to do, on the disk before the first file is touched, so that after a
/// crash the next start can finish it.
///
/// @param turn the turn it is, open
/// @param staging the private folder in the workspace
/// @param steps what is changed, in any order
/// @param end how the turn ends when all steps are done
record Journal(TurnRecord turn, String staging, List<Step> steps, End end) {

  private static final String FILE = "journal";
  private static final String NOTHING = "-";
  private static final String IN_PART = "in-part";
  private static final int MOST_BYTES = 512 << 20;

  Journal {
    steps = List.copyOf(steps);
  }

  /// Writes the journal, durably.
  void write(StoreFolder folder) throws IOException {
    StringBuilder text = new StringBuilder(TurnList.beganText(turn));
    text.append(staging).append(end == End.IN_PART ? "\t" + IN_PART : "").append('\n');
    for (Step step : steps) {
      text.append(step.path()).append('\t').append(line(step.expected()));
      text.append('\t').append(line(step.wanted())).append('\n');
    }
    folder.replace(FILE, text.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static String line(@Nullable Entry entry) {
    return entry == null ? NOTHING : TreeText.line(entry);
  }

  /// Returns what was not finished, or null.
  static @Nullable Journal read(StoreFolder folder) throws IOException {
    String text;
    try {
      text = new String(StoreFolder.read(folder.file(FILE), MOST_BYTES), StandardCharsets.UTF_8);
    } catch (NoSuchFileException e) {
      return null;
    }
    String[] lines = text.split("\n", -1);
    if (lines.length < 3) {
      throw new IOException("\"%s\" is damaged".formatted(folder.file(FILE)));
    }
    List<Step> steps = new ArrayList<>();
    for (int i = 2; i < lines.length - 1; i++) {
      String[] fields = lines[i].split("\t", -1);
      if (fields.length != 3) {
        throw new IOException("\"%s\" is damaged".formatted(folder.file(FILE)));
      }
      steps.add(new Step(fields[0], entry(fields[1]), entry(fields[2])));
    }
    String[] staging = lines[1].split("\t", -1);
    End end = staging.length > 1 && staging[1].equals(IN_PART) ? End.IN_PART : End.ENDED;
    return new Journal(TurnList.began(lines[0]), Names.name(staging[0]).toString(), steps, end);
  }

  private static @Nullable Entry entry(String line) throws IOException {
    return line.equals(NOTHING) ? null : TreeText.entry(line);
  }

  /// Removes the journal: everything was done.
  static void remove(StoreFolder folder) throws IOException {
    folder.delete(folder.file(FILE));
  }
}
