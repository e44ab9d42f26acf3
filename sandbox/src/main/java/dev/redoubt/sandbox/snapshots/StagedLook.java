// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.snapshots;

import dev.redoubt.sandbox.files.GuardedFiles;
import dev.redoubt.sandbox.files.Replacement;
import dev.redoubt.sandbox.snapshots.Differences.Change;
import dev.redoubt.sandbox.snapshots.Entry.Why;
import dev.redoubt.sandbox.snapshots.StatIndex.Stat;
import dev.redoubt.sandbox.staging.Upper;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// One look at the staged writes of a workspace.
///
/// The upper layer says what is wished at each path, the table what lay there when it was staged. A
/// path that the table does not know counts as left out: nobody can tell whether it was changed
/// since.
final class StagedLook implements Closeable {

  private static final Entry UNKNOWN = new Entry.LeftOut(Why.UNREADABLE, "");

  private final Path upper;
  private final Origins recorded;
  private final StagedTable table;
  private final PackWriter pack;
  private final long fileBytes;
  private final GuardedFiles files;
  private final NavigableMap<String, Change> changes = new TreeMap<>();

  StagedLook(Session session, StagedTable table, PackWriter pack, Path upper) throws IOException {
    this.upper = upper;
    this.recorded = new Origins(session.packs());
    this.table = table;
    this.pack = pack;
    this.fileBytes = session.limits().state().fileBytes();
    this.files = GuardedFiles.below(upper);
  }

  /// Returns for each staged path what is wished there as before, and what it was staged over as
  /// after: as if a turn had led from the wish to the origin and were taken back.
  NavigableMap<String, Change> changes() throws IOException {
    folder(upper, "", null);
    return changes;
  }

  /* Below a folder that hides the workspace, the origins are those of the folder when it was staged.
   * Elsewhere every path has its own. */
  private void folder(Path at, String path, @Nullable NavigableMap<String, Entry> hidden)
      throws IOException {
    NavigableMap<String, Entry> gone = new TreeMap<>();
    if (hidden != null) {
      gone.putAll(hidden);
    }
    for (Path child : Upper.children(at)) {
      String name = Names.of(child);
      gone.remove(name);
      child(child, Names.join(path, name), origin(path, name, hidden));
    }
    for (var left : gone.entrySet()) {
      deleted(Names.join(path, left.getKey()), left.getValue());
    }
  }

  private @Nullable Entry origin(
      String path, String name, @Nullable NavigableMap<String, Entry> hidden) {
    if (hidden != null) {
      Entry found = hidden.get(name);
      return found == null ? hidden.get(TreeText.REST) : found;
    }
    Optional<Entry> known = table.origins().get(Names.join(path, name));
    return known == null ? UNKNOWN : known.orElse(null);
  }

  private void child(Path at, String path, @Nullable Entry origin) throws IOException {
    if (at.endsWith(".git")) {
      put(path, new Entry.LeftOut(Why.GIT, ""), origin);
      return;
    }
    try {
      switch (Upper.kind(at)) {
        case NOTHING -> {}
        case WHITEOUT -> deleted(path, origin);
        case FILE -> {
          if (Replacement.isLeftOver(Names.of(at))) {
            return;
          }
          put(path, file(at), origin);
          below(path, origin);
        }
        case LINK -> {
          put(path, new Entry.Link(Names.ofTarget(Files.readSymbolicLink(at))), origin);
          below(path, origin);
        }
        case FOLDER -> {
          put(path, wished(at), origin);
          folder(at, path, null);
        }
        case OPAQUE -> {
          put(path, wished(at), origin);
          folder(at, path, hidden(origin));
        }
        case SPECIAL -> put(path, new Entry.LeftOut(Why.SPECIAL, ""), origin);
      }
    } catch (StoreFailure e) {
      throw e;
    } catch (IOException e) {
      put(path, new Entry.LeftOut(Why.UNREADABLE, ""), origin);
    }
  }

  private static Entry wished(Path folder) throws IOException {
    return new Entry.Folder(Hash.of(new byte[0]), Stat.of(folder).permissions());
  }

  private Entry file(Path at) throws IOException {
    Stat stat = Stat.of(at);
    PackWriter.Content content = pack.add(() -> files.read(at), fileBytes);
    return content == null
        ? new Entry.LeftOut(Why.LARGE, stat.stamp())
        : new Entry.File(content.hash(), content.size(), stat.modified(), stat.permissions());
  }

  private NavigableMap<String, Entry> hidden(@Nullable Entry origin) throws IOException {
    return switch (origin) {
      case Entry.Folder(Hash tree, _) -> recorded.listing(tree);
      case Entry.LeftOut left -> new TreeMap<>(java.util.Map.of(TreeText.REST, left));
      case Entry.File _, Entry.Link _ -> new TreeMap<>();
      case null -> new TreeMap<>();
    };
  }

  private void deleted(String path, @Nullable Entry origin) throws IOException {
    put(path, null, origin);
    below(path, origin);
  }

  /* What lay in a folder that is gone is gone as well. */
  private void below(String path, @Nullable Entry origin) throws IOException {
    if (origin instanceof Entry.Folder(Hash tree, _)) {
      for (var child : recorded.listing(tree).entrySet()) {
        deleted(Names.join(path, child.getKey()), child.getValue());
      }
    }
  }

  private void put(String path, @Nullable Entry wish, @Nullable Entry origin) {
    // Of two things that are not known nobody can tell that they are the same.
    if (wish instanceof Entry.LeftOut || !Entry.same(wish, origin)) {
      changes.put(path, new Change(wish, origin));
    }
  }

  /// Returns the table with what was staged since the state it awaits, and without what is staged
  /// no more.
  StagedTable settled() throws IOException {
    NavigableMap<String, Optional<Entry>> origins = new TreeMap<>();
    settle(upper, "", origins);
    return new StagedTable(Optional.empty(), origins);
  }

  private void settle(Path at, String path, NavigableMap<String, Optional<Entry>> origins)
      throws IOException {
    for (Path child : Upper.children(at)) {
      String below = Names.join(path, Names.of(child));
      if (child.endsWith(".git")) {
        continue;
      }
      Optional<Entry> known = table.origins().get(below);
      if (known != null) {
        origins.put(below, known);
      } else if (table.pending().isPresent()) {
        origins.put(below, Optional.ofNullable(recorded.at(table.pending().get(), below)));
      }
      try {
        if (Upper.kind(child) == Upper.Kind.FOLDER) {
          settle(child, below, origins);
        }
      } catch (IOException e) {
        // Closed to its owner: what lies in it is not known, and so never applied.
      }
    }
  }

  @Override
  public void close() throws IOException {
    files.close();
  }
}
