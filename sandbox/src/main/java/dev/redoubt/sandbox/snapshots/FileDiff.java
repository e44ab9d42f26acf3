// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.snapshots;

import static java.util.Objects.requireNonNull;

import dev.redoubt.sandbox.snapshots.Differences.Change;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import org.eclipse.jgit.diff.DiffFormatter;
import org.eclipse.jgit.diff.EditList;
import org.eclipse.jgit.diff.HistogramDiff;
import org.eclipse.jgit.diff.RawText;
import org.eclipse.jgit.diff.RawTextComparator;
import org.jspecify.annotations.Nullable;

/// What a turn changed in one path.
///
/// @param change the path and what happened to it
/// @param content how its content changed
/// @param text a unified diff with its header, or one line that says why there is none
public record FileDiff(PathChange change, Content content, String text) {

  /// How a content changed.
  public enum Content {
    /// There is a unified diff.
    TEXT,
    /// A file is not text, or over 4 MiB.
    BINARY,
    /// Only the mode changed, or it is a folder, or nothing is known.
    NONE
  }

  private static final int MOST_BYTES = 4 << 20;

  public FileDiff {
    requireNonNull(change, "change");
    requireNonNull(content, "content");
    requireNonNull(text, "text");
  }

  static List<FileDiff> of(Packs packs, NavigableMap<String, Change> changes) throws IOException {
    List<FileDiff> diffs = new ArrayList<>();
    for (Map.Entry<String, Change> change : changes.entrySet()) {
      diffs.add(of(packs, change.getKey(), change.getValue()));
    }
    return diffs;
  }

  private static FileDiff of(Packs packs, String path, Change change) throws IOException {
    PathChange named = PathChange.of(path, change);
    String shown = oneLine(named.path());
    String header = modes(shown, change);
    if (named.kind() == PathChange.Kind.LEFT_OUT) {
      return new FileDiff(
          named, Content.NONE, "%s changed; it was not recorded\n".formatted(shown));
    }
    if (!contentDiffers(change)) {
      return new FileDiff(named, Content.NONE, header);
    }
    byte[] before = content(packs, change.before());
    byte[] after = content(packs, change.after());
    if (before == null || after == null || RawText.isBinary(before) || RawText.isBinary(after)) {
      return new FileDiff(
          named, Content.BINARY, header + "Binary files differ: %s\n".formatted(shown));
    }
    String from = hasContent(change.before()) ? "a/" + shown : "/dev/null";
    String to = hasContent(change.after()) ? "b/" + shown : "/dev/null";
    return new FileDiff(
        named,
        Content.TEXT,
        header + "--- %s\n+++ %s\n".formatted(from, to) + hunks(before, after));
  }

  private static boolean contentDiffers(Change change) {
    if (change.before() instanceof Entry.File before
        && change.after() instanceof Entry.File after) {
      return !before.content().equals(after.content());
    }
    return hasContent(change.before()) || hasContent(change.after());
  }

  /* A header is one line, so a line break in a name must not end it. */
  private static String oneLine(String path) {
    return path.replace("\n", "\\n").replace("\r", "\\r");
  }

  private static boolean hasContent(@Nullable Entry entry) {
    return entry instanceof Entry.File || entry instanceof Entry.Link;
  }

  private static byte @Nullable [] content(Packs packs, @Nullable Entry entry) throws IOException {
    return switch (entry) {
      case Entry.File(Hash hash, long size, _, _) ->
          size > MOST_BYTES ? null : packs.read(hash, MOST_BYTES);
      case Entry.Link(String target) -> Names.shown(target).getBytes(StandardCharsets.UTF_8);
      case Entry.Folder _, Entry.LeftOut _ -> new byte[0];
      case null -> new byte[0];
    };
  }

  private static String modes(String path, Change change) {
    String before = mode(change.before());
    String after = mode(change.after());
    if (before.isEmpty()) {
      return "%s: new %s\n".formatted(path, after);
    }
    if (after.isEmpty()) {
      return "%s: deleted %s\n".formatted(path, before);
    }
    return before.equals(after)
        ? "%s: changed\n".formatted(path)
        : "%s: %s became %s\n".formatted(path, before, after);
  }

  static String mode(@Nullable Entry entry) {
    return switch (entry) {
      case Entry.File(_, _, _, int mode) -> "file, mode " + Integer.toOctalString(mode);
      case Entry.Folder(_, int mode) -> "folder, mode " + Integer.toOctalString(mode);
      case Entry.Link _ -> "link";
      case Entry.LeftOut _ -> "unknown";
      case null -> "";
    };
  }

  private static String hunks(byte[] before, byte[] after) throws IOException {
    RawText one = new RawText(before);
    RawText other = new RawText(after);
    EditList edits = new HistogramDiff().diff(RawTextComparator.DEFAULT, one, other);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DiffFormatter formatter = new DiffFormatter(bytes)) {
      formatter.format(edits, one, other);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
