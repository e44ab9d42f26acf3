// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.worktrees;

import static java.util.Objects.requireNonNull;

import dev.redoubt.agent.sessions.SessionId;
import dev.redoubt.document.Json;
import dev.redoubt.document.JsonText;
import dev.redoubt.document.Limits;
import dev.redoubt.document.Node;
import dev.redoubt.evidence.Payload;
import dev.redoubt.model.ErrorCode;
import dev.redoubt.model.RedoubtException;
import dev.redoubt.sandbox.files.FolderSearch;
import dev.redoubt.sandbox.files.GuardedFiles;
import dev.redoubt.sandbox.files.Listing;
import dev.redoubt.sandbox.files.Matches;
import dev.redoubt.sandbox.files.SearchTerms;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// The worktrees of sub-agents: in `DATA/worktrees/ID` what lay in the workspace when the agent
/// began, which no sandbox shows, and in `DATA-worktrees/ID`, beside the data folder, the copy it
/// works in.
///
/// The copy has nothing to do with the repository it is a copy of: no `.git` of it leads there, so
/// nothing that is done in it can change what git runs outside. What `.gitignore` names is not in
/// it. At most 10,000 files of 16 MiB, 512 MiB in all.
public final class Worktrees {

  static final long LARGEST = 16L << 20;
  private static final long MOST_BYTES = 512L << 20;
  private static final String RECORD = "worktree.json";
  private static final String BASE = "base";
  private static final String PART = ".part";
  private static final Limits LIMITS = new Limits(64 << 10, 5, 100);

  private final Path records;
  private final Path trees;

  private Worktrees(Path records, Path trees) {
    this.records = requireNonNull(records, "records");
    this.trees = requireNonNull(trees, "trees");
  }

  /// Returns those that belong to the data folder `dataDir`.
  public static Worktrees of(Path dataDir) {
    Path data = dataDir.toAbsolutePath().normalize();
    return new Worktrees(
        data.resolve("worktrees"), data.resolveSibling(data.getFileName() + "-worktrees"));
  }

  /// What was made.
  ///
  /// @param left how many files are not in it, because they may not be read or are no plain files
  public record Made(Worktree worktree, int left) {
    public Made {
      requireNonNull(worktree, "worktree");
    }
  }

  /// Makes the worktree `id` of what lies in `workspace` now.
  ///
  /// @param readable says which files may be read; the others are left out
  /// @throws IOException if it is too large or cannot be made; nothing is left of it then
  public Made make(String id, Path workspace, Predicate<Path> readable) throws IOException {
    Path part = records.resolve(id + PART);
    Path tree = trees.resolve(id);
    boolean made = false;
    try (Making _ = begun(id)) {
      Trees.delete(part);
      Files.createDirectories(part);
      Files.createDirectories(tree);
      Trees.ownerOnly(records);
      Trees.ownerOnly(trees);
      int left = copy(workspace, readable, part.resolve(BASE), tree);
      Repository.lay(tree);
      Node.Obj record =
          new Payload()
              .text("workspace", workspace.toString())
              .text("tree", tree.toString())
              .object();
      Files.write(part.resolve(RECORD), JsonText.of(record).getBytes(StandardCharsets.UTF_8));
      Files.move(part, records.resolve(id), StandardCopyOption.ATOMIC_MOVE);
      made = true;
      return new Made(worktree(id, workspace), left);
    } finally {
      if (!made) {
        Trees.delete(part);
        Trees.delete(tree);
      }
    }
  }

  /* A lock of a file belongs to the process: in it, one after the other. */
  private Making begun(String id) throws IOException {
    synchronized (Worktrees.class) {
      Files.createDirectories(records);
      for (Making interrupted : Making.left(records)) {
        try (interrupted) {
          Trees.delete(records.resolve(interrupted.id() + PART));
          if (named(interrupted.id()).isEmpty()) {
            Trees.delete(trees.resolve(interrupted.id()));
          }
        }
      }
      return Making.of(records, id);
    }
  }

  private static int copy(Path workspace, Predicate<Path> readable, Path base, Path tree)
      throws IOException {
    int left = 0;
    long bytes = 0;
    try (GuardedFiles files = GuardedFiles.below(workspace)) {
      Matches found = look(files, workspace, SearchTerms.Ignored.PASSED_OVER);
      if (!found.complete()) {
        throw new IOException("it has more than 10,000 files, or some that cannot be listed");
      }
      for (Matches.File file : found.files()) {
        Path from = workspace.resolve(file.path());
        if (file.kind() == Listing.Kind.FOLDER) {
          Files.createDirectories(tree.resolve(file.path()));
          continue;
        }
        bytes += file.size();
        if (bytes > MOST_BYTES) {
          throw new IOException("it has more than 512 MiB");
        }
        if (file.kind() != Listing.Kind.FILE || file.size() > LARGEST || !readable.test(from)) {
          left++;
          continue;
        }
        Path kept = base.resolve(file.path());
        Path target = tree.resolve(file.path());
        Files.createDirectories(requireNonNull(kept.getParent()));
        Files.createDirectories(requireNonNull(target.getParent()));
        try (InputStream in = Channels.newInputStream(files.read(from))) {
          Files.copy(in, kept);
        }
        Files.copy(kept, target);
        if (Files.isExecutable(from) && !target.toFile().setExecutable(true, true)) {
          left++;
        }
      }
    }
    Files.createDirectories(base);
    return left;
  }

  static Matches look(GuardedFiles files, Path folder, SearchTerms.Ignored ignored)
      throws IOException {
    SearchTerms terms =
        new SearchTerms(SearchTerms.Show.NAMES, List.of(), ignored, 0, 10_000, SearchTerms.DEEPEST);
    return new FolderSearch(files, _ -> true, terms).names(folder);
  }

  /// Returns every worktree, by id.
  ///
  /// @throws RedoubtException UNREADABLE if they cannot be listed
  public List<Worktree> all() {
    List<Worktree> all = new ArrayList<>();
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(records)) {
      for (Path folder : folders) {
        named(String.valueOf(folder.getFileName())).ifPresent(all::add);
      }
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException e) {
      throw new RedoubtException(
          ErrorCode.UNREADABLE, "the worktrees in \"%s\" cannot be listed".formatted(records), e);
    }
    all.sort((one, other) -> one.id().compareTo(other.id()));
    return all;
  }

  /// Returns the worktree `id`.
  public Optional<Worktree> named(String id) {
    Path record = records.resolve(SessionId.isId(id) ? id : "-").resolve(RECORD);
    try (InputStream in = Files.newInputStream(record, LinkOption.NOFOLLOW_LINKS)) {
      Node read = Json.readStrict(in.readNBytes((int) LIMITS.bytes() + 1), LIMITS);
      return read.text("workspace").map(workspace -> worktree(id, Path.of(workspace)));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private Worktree worktree(String id, Path workspace) {
    return new Worktree(id, workspace, trees.resolve(id), records.resolve(id), BASE);
  }
}
