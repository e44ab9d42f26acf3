// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.masks;

import dev.redoubt.guard.Content;
import dev.redoubt.guard.paths.ProtectedPlaces.Closing;
import dev.redoubt.sandbox.masks.Mask.Kind;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Stands in for protected places that do not exist, while commands run in a workspace.
///
/// Nothing can be mounted over what is not there. So an empty folder stands there, which git does
/// not see, and a wall mounts over it. The last command that ends takes them all away; those of a
/// Redoubt that was killed are taken away by the next one that works in the workspace, by what is
/// written in Redoubt's own folder. Only what is still empty is ever taken away. Safe to share,
/// also between processes.
public final class Placeholders {

  /* What programs of the machine obey by themselves while they run: editors, other agents, and a
   * prompt that asks git. The rest of the table is looked at when a command has ended. */
  static final List<String> IN_THE_WORKSPACE =
      List.of(
          ".claude",
          ".codex",
          ".cursor",
          ".devcontainer",
          ".gemini",
          ".git",
          ".husky",
          ".idea",
          ".mcp.json",
          ".redoubt",
          ".vscode");

  static final String HOOKS = ".git/hooks";
  static final String SETTINGS = ".git/config";

  /* Git dies over an empty one. A dot means the folder itself, which is what is meant without it. */
  static final String COMMON = ".git/commondir";
  private static final String ITSELF = ".\n";

  private static final char END = '\0';
  private static final int MAX_JOURNAL = 100_000;

  /* A lock of a file belongs to the process, so all walls of a process share one. */
  private static final Map<Path, Placeholders> KNOWN = new ConcurrentHashMap<>();

  private final Path workspace;
  private final Path lockFile;
  private final Path journal;
  private final Set<Path> standing = new LinkedHashSet<>();
  private int holders;
  private @Nullable FileChannel channel;

  private Placeholders(Path workspace, Path folder) {
    this.workspace = workspace;
    String id = Content.of(workspace.toString()).sha256().substring(0, 32);
    this.lockFile = folder.resolve(id + ".lock");
    this.journal = folder.resolve(id + ".absent");
  }

  /// Returns the ones of `workspace`.
  ///
  /// @param state Redoubt's own folder
  public static Placeholders of(Path workspace, Path state) throws IOException {
    Path folder = Files.createDirectories(state.resolve("sandbox"));
    return KNOWN.computeIfAbsent(
        folder.resolve(workspace.toString().substring(1)),
        _ -> new Placeholders(workspace, folder));
  }

  /// Returns what has to be masked read-only from now on, after making what is not there. Every
  /// call is followed by one of [#release].
  ///
  /// @param repositories the folders that have a `.git`
  public synchronized List<Mask> hold(Collection<Path> repositories) throws IOException {
    if (holders == 0) {
      sweep();
      FileChannel opened = open();
      channel = opened;
      var _ = opened.lock(0, Long.MAX_VALUE, true);
    }
    holders++;
    try {
      make(missing(repositories));
      // What another Redoubt made meanwhile was written down before.
      standing.addAll(journaled());
    } catch (IOException | RuntimeException e) {
      release();
      throw e;
    }
    List<Mask> masks = new ArrayList<>();
    for (Path path : standing) {
      if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
        masks.add(new Mask(path, Closing.READ_ONLY, isFile(path) ? Kind.FILE : Kind.FOLDER));
      }
    }
    return masks;
  }

  /// Returns what stands in for absent places now.
  synchronized Set<Path> standing() {
    return Set.copyOf(standing);
  }

  /// Lets go of one [#hold]. The last one takes everything away.
  public synchronized void release() throws IOException {
    if (--holders > 0) {
      return;
    }
    standing.clear();
    FileChannel open = channel;
    channel = null;
    if (open != null) {
      open.close();
    }
    sweep();
  }

  /// Takes away what a Redoubt left that was killed, unless commands run in the workspace now.
  public synchronized void sweep() throws IOException {
    if (holders > 0 || !Files.exists(journal)) {
      return;
    }
    try (FileChannel opened = open();
        FileLock alone = opened.tryLock()) {
      if (alone != null) {
        for (Path path : journaled().reversed()) {
          takeAway(path);
        }
        Files.deleteIfExists(journal);
      }
    }
  }

  private FileChannel open() throws IOException {
    return FileChannel.open(
        lockFile, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  private List<Path> missing(Collection<Path> repositories) {
    List<Path> missing = new ArrayList<>();
    for (String name : IN_THE_WORKSPACE) {
      addMissing(workspace.resolve(name), missing);
    }
    for (Path repository : repositories) {
      for (String name : List.of(HOOKS, SETTINGS, COMMON)) {
        addMissing(repository.resolve(name), missing);
      }
    }
    return missing;
  }

  private static void addMissing(Path path, List<Path> missing) {
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      missing.add(path);
    }
  }

  private void make(List<Path> missing) throws IOException {
    if (missing.isEmpty()) {
      return;
    }
    // No name of a file holds a NUL. The first one ends what was written by half.
    StringBuilder entries = new StringBuilder().append(END);
    for (Path path : missing) {
      entries.append(workspace.relativize(path)).append(END);
    }
    // Written down before it is made: what is not written down is never taken away.
    Files.writeString(
        journal,
        entries,
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND,
        StandardOpenOption.SYNC);
    for (Path path : missing) {
      try {
        if (path.endsWith(COMMON)) {
          Files.writeString(path, ITSELF, StandardOpenOption.CREATE_NEW);
        } else if (path.endsWith(SETTINGS)) {
          Files.createFile(path);
        } else {
          Files.createDirectory(path);
        }
      } catch (FileAlreadyExistsException e) {
        // Another Redoubt made it at the same time, and wrote it down too.
      }
      standing.add(path);
    }
  }

  private static boolean isFile(Path path) {
    return path.endsWith(COMMON) || path.endsWith(SETTINGS);
  }

  private List<Path> journaled() throws IOException {
    List<Path> paths = new ArrayList<>();
    try (Reader reader =
        new BufferedReader(
            new InputStreamReader(Files.newInputStream(journal), StandardCharsets.UTF_8))) {
      StringBuilder entry = new StringBuilder();
      int next = reader.read();
      while (next >= 0 && paths.size() < MAX_JOURNAL) {
        if (next != END) {
          entry.append((char) next);
        } else {
          addPlace(entry.toString(), paths);
          entry.setLength(0);
        }
        next = reader.read();
      }
    } catch (NoSuchFileException e) {
      return List.of();
    }
    return paths;
  }

  /* Only what is ever made counts, whatever is written down. */
  private void addPlace(String entry, List<Path> paths) {
    Path path = workspace.resolve(entry).normalize();
    boolean ofRepository = path.endsWith(HOOKS) || isFile(path);
    if (path.startsWith(workspace) && (ofRepository || IN_THE_WORKSPACE.contains(entry))) {
      paths.add(path);
    }
  }

  private static void takeAway(Path path) throws IOException {
    try {
      boolean ours =
          isFile(path) ? isUnchanged(path) : Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
      if (ours) {
        Files.delete(path);
      }
    } catch (NoSuchFileException | DirectoryNotEmptyException e) {
      // A person made something of it, or took it away.
    }
  }

  private static boolean isUnchanged(Path path) throws IOException {
    if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    try (InputStream in = Files.newInputStream(path, LinkOption.NOFOLLOW_LINKS)) {
      String content = new String(in.readNBytes(8), StandardCharsets.UTF_8);
      return content.equals(path.endsWith(COMMON) ? ITSELF : "");
    }
  }
}
