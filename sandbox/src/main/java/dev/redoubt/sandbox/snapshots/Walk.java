// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.snapshots;

import dev.redoubt.sandbox.files.GuardedFiles;
import dev.redoubt.sandbox.files.Replacement;
import dev.redoubt.sandbox.snapshots.Entry.Why;
import dev.redoubt.sandbox.snapshots.StatIndex.Known;
import dev.redoubt.sandbox.snapshots.StatIndex.Stat;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// One look at a workspace, which becomes a [State].
///
/// Files that the index knows are not read. The others are opened without following a link, so a
/// folder that is swapped for a link during the walk leads to no content from elsewhere. What
/// cannot be recorded is listed as left out, and so is every `.git`. What a crash left of a write
/// is not there.
final class Walk implements Closeable {

  private static final int MOST_TRIES = 3;

  private final StoreFolder folder;
  private final SnapshotLimits.State limits;
  private final StatIndex index;
  private final PackWriter pack;
  private final GuardedFiles files;
  private final Path own;
  private final Map<String, Known> seen = new HashMap<>();
  private final NavigableMap<String, Entry> entries = new TreeMap<>();
  private int count;
  private long bytes;
  private int heavyCount;
  private long heavyBytes;
  private boolean inHeavy;

  Walk(StoreFolder folder, SnapshotLimits.State limits, StatIndex index, PackWriter pack)
      throws IOException {
    this.folder = folder;
    this.limits = limits;
    this.index = index;
    this.pack = pack;
    Path snapshots = folder.path().getParent();
    Path data = snapshots == null ? folder.path() : snapshots.getParent();
    own = data == null || Files.notExists(data) ? folder.path() : data.toRealPath();
    files = GuardedFiles.below(folder.workspace());
  }

  /// Returns everything there is.
  ///
  /// @throws IOException if the workspace cannot be listed or the store not be written
  State state() throws IOException {
    Hash tree = children(folder.workspace(), "");
    return new State(tree, entries);
  }

  /// Returns what was read or known, for the next index.
  Map<String, Known> seen() {
    return seen;
  }

  /// Returns what lies at `at` now, null for nothing. A folder comes without its listing.
  @Nullable Entry at(String at) throws IOException {
    Path path = Names.below(folder.workspace(), at);
    try {
      Stat stat = Stat.of(path);
      return stat.isFolder()
          ? new Entry.Folder(Hash.of(new byte[0]), stat.permissions())
          : leaf(path, at, stat);
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  private Hash children(Path path, String at) throws IOException {
    NavigableMap<String, Path> names = new TreeMap<>();
    try (DirectoryStream<Path> listed = Files.newDirectoryStream(path)) {
      for (Path child : listed) {
        names.put(Names.of(child), child);
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    NavigableMap<String, Entry> listing = new TreeMap<>();
    for (Map.Entry<String, Path> child : names.entrySet()) {
      if (count >= limits.entries()) {
        put(listing, at, TreeText.REST, new Entry.LeftOut(Why.COUNT, ""));
        break;
      }
      count++;
      Entry entry = entry(child.getValue(), Names.join(at, child.getKey()), child.getKey());
      if (entry != null) {
        put(listing, at, child.getKey(), entry);
      }
    }
    return pack.add(TreeText.listing(listing));
  }

  private void put(Map<String, Entry> listing, String at, String name, Entry entry) {
    listing.put(name, entry);
    entries.put(Names.join(at, name), entry);
  }

  private @Nullable Entry entry(Path path, String at, String name) throws IOException {
    if (name.equals(".git")) {
      return new Entry.LeftOut(Why.GIT, "");
    }
    if (path.equals(own)) {
      return new Entry.LeftOut(Why.OWN, "");
    }
    try {
      Stat stat = Stat.of(path);
      if (stat.isFile() && Replacement.isLeftOver(name)) {
        return null;
      }
      if (!stat.isFolder()) {
        return leaf(path, at, stat);
      }
      return SnapshotLimits.State.HEAVY.contains(name) && !inHeavy
          ? heavy(path, at, stat)
          : new Entry.Folder(children(path, at), stat.permissions());
    } catch (NoSuchFileException e) {
      return null;
    } catch (StoreFailure e) {
      throw e;
    } catch (IOException e) {
      entries.subMap(at + "/", at + "0").clear();
      return new Entry.LeftOut(Why.UNREADABLE, "");
    }
  }

  /* What is in a generated folder counts once, however deep they lie in each other. */
  private Entry heavy(Path path, String at, Stat stat) throws IOException {
    if (!heavyFits(path)) {
      return new Entry.LeftOut(Why.HEAVY, "");
    }
    inHeavy = true;
    try {
      return new Entry.Folder(children(path, at), stat.permissions());
    } finally {
      inHeavy = false;
    }
  }

  private Entry leaf(Path path, String at, Stat stat) throws IOException {
    if (stat.isLink()) {
      return new Entry.Link(Names.ofTarget(Files.readSymbolicLink(path)));
    }
    return stat.isFile() ? file(path, at, stat) : new Entry.LeftOut(Why.SPECIAL, "");
  }

  private Entry file(Path path, String at, Stat first) throws IOException {
    if (first.size() > limits.fileBytes()) {
      return new Entry.LeftOut(Why.LARGE, first.stamp());
    }
    if (bytes + first.size() > limits.bytes()) {
      return new Entry.LeftOut(Why.TOTAL, first.stamp());
    }
    bytes += first.size();
    Hash known = index.content(at, first);
    if (known != null && pack.contains(known)) {
      seen.put(at, new Known(first, known));
      return new Entry.File(known, first.size(), first.modified(), first.permissions());
    }
    return read(path, at, first);
  }

  /* A file that changes while it is read is read again; after three times what was read counts. */
  private Entry read(Path path, String at, Stat first) throws IOException {
    Stat before = first;
    for (int tries = 1; ; tries++) {
      PackWriter.Content content;
      try {
        content = pack.add(() -> files.read(path), limits.fileBytes());
      } catch (StoreFailure | NoSuchFileException e) {
        throw e;
      } catch (IOException e) {
        return new Entry.LeftOut(Why.UNREADABLE, before.stamp());
      }
      Stat after = Stat.of(path);
      if (content == null) {
        return new Entry.LeftOut(Why.LARGE, after.stamp());
      }
      if (before.equals(after) || tries == MOST_TRIES) {
        if (before.equals(after)) {
          seen.put(at, new Known(after, content.hash()));
        }
        return new Entry.File(
            content.hash(), content.size(), after.modified(), after.permissions());
      }
      before = after;
    }
  }

  /* All generated folders share one allowance; one that does not fit is left out as a whole. */
  private boolean heavyFits(Path path) throws IOException {
    int[] found = new int[1];
    long[] size = new long[1];
    int most = limits.heavyEntries() - heavyCount;
    long mostBytes = limits.heavyBytes() - heavyBytes;
    Files.walkFileTree(
        path,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            size[0] += attributes.isRegularFile() ? attributes.size() : 0;
            return go();
          }

          @Override
          public FileVisitResult preVisitDirectory(Path at, BasicFileAttributes attributes) {
            return go();
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) {
            return go();
          }

          @Override
          public FileVisitResult postVisitDirectory(Path at, @Nullable IOException e) {
            return FileVisitResult.CONTINUE;
          }

          private FileVisitResult go() {
            return ++found[0] > most || size[0] > mostBytes
                ? FileVisitResult.TERMINATE
                : FileVisitResult.CONTINUE;
          }
        });
    boolean fits = found[0] <= most && size[0] <= mostBytes;
    if (fits) {
      heavyCount += found[0];
      heavyBytes += size[0];
    }
    return fits;
  }

  @Override
  public void close() throws IOException {
    files.close();
  }
}
