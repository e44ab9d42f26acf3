// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.snapshots;

import dev.redoubt.guard.Action;
import dev.redoubt.guard.Content;
import dev.redoubt.guard.Permit;
import dev.redoubt.sandbox.snapshots.Differences.Change;
import dev.redoubt.sandbox.staging.StagingArea;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Staged writes on their way into the workspace.
///
/// Each is an action of its own that has to be permitted; what nobody permits stays staged. Then
/// all that were permitted are written in one go: a turn that an undo takes back and that is
/// finished by the next command when the program is killed in the middle. For one thread.
public final class StagedApply implements Closeable {

  private static final int MOST_BYTES = Integer.MAX_VALUE - 8;

  private final StagedWrites writes;
  private final StagingArea.Held held;
  private final NavigableMap<String, Change> all;
  private final Packs packs;
  private final NavigableMap<String, Change> permitted = new TreeMap<>();

  StagedApply(
      StagedWrites writes, StagingArea.Held held, NavigableMap<String, Change> all, Packs packs) {
    this.writes = writes;
    this.held = held;
    this.all = all;
    this.packs = packs;
  }

  /// Returns the staged paths, sorted, as [#action] takes them.
  public List<String> paths() {
    return List.copyOf(all.keySet());
  }

  /// Returns `path` for people.
  public String shown(String path) {
    return Names.shown(path);
  }

  /// Returns the action that applying `path` is. A folder counts as a write of nothing, a link as
  /// one of its text.
  public Action action(String path) throws IOException {
    Path real = Names.below(writes.area().workspace(), path);
    return switch (wish(path)) {
      case null -> new Action.Delete(real);
      case Entry.File(Hash content, _, _, _) ->
          new Action.Write(real, Content.of(packs.read(content, MOST_BYTES)));
      case Entry.Link(String target) ->
          new Action.Write(real, Content.of(Names.shown(target).getBytes(StandardCharsets.UTF_8)));
      case Entry.Folder _, Entry.LeftOut _ -> new Action.Write(real, Content.of(new byte[0]));
    };
  }

  private @Nullable Entry wish(String path) {
    Change change = all.get(path);
    if (change == null) {
      throw new IllegalArgumentException("\"%s\" is not staged".formatted(path));
    }
    return change.before();
  }

  /// Takes the permit for `path`, which is spent by that.
  ///
  /// @throws IllegalArgumentException if it permits something else
  public void take(String path, Permit permit) throws IOException {
    if (!permit.spend().equals(action(path))) {
      throw new IllegalArgumentException("the permit is for something else than " + path);
    }
    permitted.put(path, all.get(path));
  }

  /// Writes what was permitted. Where the workspace was changed since, text is merged; what cannot
  /// be merged stays as it is there, and stays staged.
  ///
  /// @throws dev.redoubt.model.RedoubtException if the workspace is in use or cannot be written
  public UndoOutcome run() {
    if (permitted.isEmpty()) {
      return new UndoOutcome.Nothing("nothing was applied", List.of());
    }
    int count = permitted.size();
    return writes.write(
        "staged apply of %s"
            .formatted(
                count == 1 ? Names.shown(permitted.firstKey()) : "%d paths".formatted(count)),
        permitted);
  }

  @Override
  public void close() throws IOException {
    held.close();
  }
}
