// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.worktrees;

import static java.util.Objects.requireNonNull;

import dev.redoubt.agent.api.Crew.Change;
import dev.redoubt.guard.Content;
import dev.redoubt.model.ErrorCode;
import dev.redoubt.model.RedoubtException;
import dev.redoubt.sandbox.files.GuardedFiles;
import dev.redoubt.sandbox.files.Listing;
import dev.redoubt.sandbox.files.Matches;
import dev.redoubt.sandbox.files.SearchTerms.Ignored;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/// A worktree that lies there. What an agent left in it is somebody else's: no link in it is
/// followed.
public final class Worktree {

  /* Of contents that are in memory at once. */
  private static final long MOST_HELD = 128L << 20;

  private final String id;
  private final Path workspace;
  private final Path tree;
  private final Path record;
  private final Path base;

  Worktree(String id, Path workspace, Path tree, Path record, String base) {
    this.id = requireNonNull(id, "id");
    this.workspace = requireNonNull(workspace, "workspace");
    this.tree = requireNonNull(tree, "tree");
    this.record = requireNonNull(record, "record");
    this.base = record.resolve(base);
  }

  /// Returns the session of the agent that works in it, which is its name.
  public String id() {
    return id;
  }

  /// Returns what it is a copy of.
  public Path workspace() {
    return workspace;
  }

  /// Returns the folder that is worked in, a real path while it is there.
  public Path folder() {
    try {
      return tree.toRealPath();
    } catch (IOException e) {
      return tree;
    }
  }

  /// Returns what is different from when it was made, by path. Of what is more than 128 MiB in all
  /// only the paths.
  ///
  /// @throws RedoubtException UNREADABLE if that cannot be told
  public List<Change> changes() {
    Path now = folder();
    try {
      Trees.open(now);
      return compared(now);
    } catch (IOException e) {
      throw new RedoubtException(
          ErrorCode.UNREADABLE,
          "the worktree %s cannot be compared: %s".formatted(id, RedoubtException.reason(e)),
          e);
    }
  }

  private List<Change> compared(Path now) throws IOException {
    try (GuardedFiles before = GuardedFiles.below(base.toRealPath());
        GuardedFiles after = GuardedFiles.below(now)) {
      Map<String, Listing.Kind> old =
          names(Worktrees.look(before, base.toRealPath(), Ignored.SEARCHED), true);
      Map<String, Listing.Kind> seen =
          names(Worktrees.look(after, now, Ignored.PASSED_OVER), false);
      TreeSet<String> paths = new TreeSet<>(old.keySet());
      paths.addAll(seen.keySet());
      List<Change> changes = new ArrayList<>();
      long held = 0;
      for (String path : paths) {
        Optional<Content> was =
            old.containsKey(path)
                ? Optional.of(content(before, base.toRealPath().resolve(path)))
                : Optional.empty();
        Optional<Change> change = change(path, was, after, now);
        if (change.isPresent()) {
          held += size(change.get().before()) + size(change.get().after());
          changes.add(held <= MOST_HELD ? change.get() : tooMuch(path));
        }
      }
      return changes;
    }
  }

  private static long size(Optional<Content> content) {
    return content.map(Content::size).orElse(0);
  }

  private static Change tooMuch(String path) {
    return new Change(
        path,
        Optional.empty(),
        Optional.empty(),
        "it differs, and with what comes before it that is more than 128 MiB to compare");
  }

  /* Every file of the base counts, also one that a new .gitignore would hide. */
  private static Map<String, Listing.Kind> names(Matches found, boolean all) throws IOException {
    if (!found.complete()) {
      throw new IOException(
          all ? "what it began with cannot be read" : "it has more than 10,000 files");
    }
    Map<String, Listing.Kind> names = new TreeMap<>();
    for (Matches.File file : found.files()) {
      if (file.kind() != Listing.Kind.FOLDER) {
        names.put(file.path(), file.kind());
      }
    }
    return names;
  }

  private static Optional<Change> change(
      String path, Optional<Content> was, GuardedFiles files, Path tree) {
    Path file = tree.resolve(path);
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      return was.isEmpty()
          ? Optional.empty()
          : Optional.of(new Change(path, was, Optional.empty(), ""));
    }
    try {
      if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
        return Optional.of(new Change(path, was, Optional.empty(), "it is no plain file now"));
      }
      Optional<Content> is = Optional.of(content(files, file));
      return is.equals(was) ? Optional.empty() : Optional.of(new Change(path, was, is, ""));
    } catch (IOException e) {
      return Optional.of(
          new Change(path, was, Optional.empty(), "cannot be read: " + RedoubtException.reason(e)));
    }
  }

  private static Content content(GuardedFiles files, Path file) throws IOException {
    try (InputStream in = Channels.newInputStream(files.read(file))) {
      byte[] bytes = in.readNBytes((int) Worktrees.LARGEST + 1);
      if (bytes.length > Worktrees.LARGEST) {
        throw new IOException("it is over 16 MiB");
      }
      return Content.of(bytes);
    }
  }

  /// Deletes it with everything in it.
  ///
  /// @throws RedoubtException UNWRITABLE if it cannot be deleted
  public void delete() {
    try {
      // The record goes last: what is left half deleted is still listed.
      Trees.delete(tree);
      Trees.delete(record);
    } catch (IOException e) {
      throw new RedoubtException(
          ErrorCode.UNWRITABLE,
          "the worktree %s cannot be deleted: %s".formatted(id, RedoubtException.reason(e)),
          e);
    }
  }
}
