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
  static final String COMMON = ".git/commondir";

  /* A dot means the folder itself, which is what is meant without it. */
  private static final String ITSELF = ".\n";

  private static final char END = '\0';

  /* Ends what is written down of a place with any other name, so that half of it is none. */
  private static final String OTHER = "+";
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
  /// @param ofGit what has to be there besides what has to be in every workspace
  public synchronized List<Mask> hold(Collection<Absent> ofGit) throws IOException {
    if (holders == 0) {
      sweep();
      FileChannel opened = open();
      channel = opened;
      var _ = opened.lock(0, Long.MAX_VALUE, true);
    }
    holders++;
    try {
      make(missing(ofGit));
      // What another Redoubt made meanwhile was written down before.
      standing.addAll(journaled());
    } catch (IOException | RuntimeException e) {
      release();
      throw e;
    }
    List<Mask> masks = new ArrayList<>();
    for (Path path : standing) {
      if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
        Kind kind = Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS) ? Kind.FOLDER : Kind.FILE;
        masks.add(new Mask(path, Closing.READ_ONLY, kind));
      }
    }
    return masks;
  }

  /// Returns what stands in for absent places now.
  synchronized Set<Path> standing() {
    return Set.copyOf(standing);
  }

  /// Returns what may stand in for absent places now, those of other Redoubts too.
  synchronized Set<Path> inUse() throws IOException {
    Set<Path> all = new LinkedHashSet<>(standing);
    all.addAll(journaled());
    return all;
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

  private List<Absent> missing(Collection<Absent> ofGit) {
    List<Absent> missing = new ArrayList<>();
    for (String name : IN_THE_WORKSPACE) {
      missing.add(new Absent(workspace.resolve(name), Absent.Kind.FOLDER));
    }
    missing.addAll(ofGit);
    missing.removeIf(place -> Files.exists(place.path(), LinkOption.NOFOLLOW_LINKS));
    return missing;
  }

  private void make(List<Absent> missing) throws IOException {
    if (missing.isEmpty()) {
      return;
    }
    // No name of a file holds a NUL. The first one ends what was written by half.
    StringBuilder entries = new StringBuilder().append(END);
    for (Absent place : missing) {
      String name = RawPath.written(workspace.relativize(place.path()));
      entries
          .append(name)
          .append(isUsual(workspace.relativize(place.path()).toString()) ? "" : OTHER)
          .append(END);
    }
    // Written down before it is made: what is not written down is never taken away.
    Files.writeString(
        journal,
        entries,
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND,
        StandardOpenOption.SYNC);
    for (Absent place : missing) {
      Path path = place.path();
      try {
        switch (place.kind()) {
          case FOLDER -> Files.createDirectory(path);
          case FILE -> Files.createFile(path);
          case ITSELF -> Files.writeString(path, ITSELF, StandardOpenOption.CREATE_NEW);
        }
      } catch (FileAlreadyExistsException e) {
        // Another Redoubt made it at the same time, and wrote it down too.
      }
      standing.add(path);
    }
  }

  private static boolean isUsual(String name) {
    Path path = Path.of(name);
    return IN_THE_WORKSPACE.contains(name)
        || path.endsWith(HOOKS)
        || path.endsWith(SETTINGS)
        || path.endsWith(COMMON);
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
  private void addPlace(String entry, List<Path> paths) throws IOException {
    boolean other = entry.endsWith(OTHER);
    String name = other ? entry.substring(0, entry.length() - OTHER.length()) : entry;
    Path below = RawPath.read(name);
    Path path = workspace.resolve(below).normalize();
    boolean inside = path.startsWith(workspace) && !path.equals(workspace);
    if (inside && (other || isUsual(below.toString()))) {
      paths.add(path);
    }
  }

  private void takeAway(Path path) throws IOException {
    boolean folder = IN_THE_WORKSPACE.contains(workspace.relativize(path).toString());
    try {
      if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS) || (!folder && isUnchanged(path))) {
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
      return content.equals(path.endsWith(Absent.COMMON) ? ITSELF : "");
    }
  }
}
