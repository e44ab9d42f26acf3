// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.snapshots;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What each staged path was staged over, so that it can be told later whether the workspace
/// changed since.
///
/// @param pending the state of the workspace before whatever is being staged now; empty when
///   nothing is
/// @param origins by path what lay there when it was staged first; empty for nothing
record StagedTable(Optional<Hash> pending, NavigableMap<String, Optional<Entry>> origins) {

  private static final String FILE = "staged";
  private static final String NOTHING = "-";
  private static final int MOST_BYTES = 256 << 20;

  static StagedTable read(StoreFolder folder) throws IOException {
    String text;
    try {
      text = new String(StoreFolder.read(folder.file(FILE), MOST_BYTES), StandardCharsets.US_ASCII);
    } catch (NoSuchFileException e) {
      return new StagedTable(Optional.empty(), new TreeMap<>());
    }
    String[] lines = text.split("\n", -1);
    NavigableMap<String, Optional<Entry>> origins = new TreeMap<>();
    for (int i = 1; i < lines.length - 1; i++) {
      int tab = lines[i].indexOf('\t');
      if (tab < 0) {
        throw new IOException("\"%s\" is damaged".formatted(folder.file(FILE)));
      }
      origins.put(lines[i].substring(0, tab), entry(lines[i].substring(tab + 1)));
    }
    return new StagedTable(
        lines[0].equals(NOTHING) ? Optional.empty() : Optional.of(new Hash(lines[0])), origins);
  }

  private static Optional<Entry> entry(String line) throws IOException {
    return line.equals(NOTHING) ? Optional.empty() : Optional.of(TreeText.entry(line));
  }

  void write(StoreFolder folder) throws IOException {
    StringBuilder text = new StringBuilder();
    text.append(pending.map(Hash::hex).orElse(NOTHING)).append('\n');
    origins.forEach((path, origin) ->
        text.append(path)
            .append('\t')
            .append(origin.map(TreeText::line).orElse(NOTHING))
            .append('\n'));
    folder.replace(FILE, text.toString().getBytes(StandardCharsets.US_ASCII));
  }

  StagedTable awaiting(@Nullable Hash tree) {
    return new StagedTable(Optional.ofNullable(tree), origins);
  }
}
