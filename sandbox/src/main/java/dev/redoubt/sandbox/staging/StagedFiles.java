// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.staging;

import static java.util.Objects.requireNonNull;

import dev.redoubt.guard.Content;
import dev.redoubt.sandbox.files.FileAccess;
import dev.redoubt.sandbox.files.GuardedFiles;
import dev.redoubt.sandbox.files.Listing;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// The files of a workspace as file tools have them while writes are staged: they see what was
/// staged and write there, whatever the backend.
///
/// What they leave in the area is what the kernel would leave there, so that commands behind an
/// overlay of the same area see it. Outside of the workspace nothing is changed. Whoever writes
/// holds the area; while a command has the overlay mounted, nothing can be written.
public final class StagedFiles implements FileAccess {

  private static final Path ROOT = Path.of("/");
  private static final int MAX_ENTRIES = 20_000;

  private final StagingArea area;
  private final StagedView view;
  private final GuardedFiles files;

  private StagedFiles(StagingArea area, GuardedFiles files) {
    this.area = area;
    this.view = new StagedView(area);
    this.files = files;
  }

  /// Returns access to everything on this machine, that to the workspace through `area`.
  public static StagedFiles of(StagingArea area) throws IOException {
    return new StagedFiles(requireNonNull(area, "area"), GuardedFiles.below(ROOT));
  }

  private Path there(Path real) throws IOException {
    return view.at(real).orElseThrow(() -> new NoSuchFileException(real.toString()));
  }

  @Override
  public SeekableByteChannel read(Path real) throws IOException {
    return files.read(there(real));
  }

  @Override
  public void write(Path real, Content content) throws IOException {
    requireWritable(real);
    Optional<Path> now = view.at(real);
    if (now.isPresent() && !Files.isRegularFile(now.get(), LinkOption.NOFOLLOW_LINKS)) {
      throw new FileSystemException(real.toString(), null, "is no regular file");
    }
    Path staged = upper(real);
    copyFolders(folder(real));
    if (Upper.kind(staged) == Upper.Kind.FILE) {
      files.write(staged, content);
      return;
    }
    if (now.isPresent() && !Files.isWritable(now.get())) {
      throw new AccessDeniedException(real.toString());
    }
    // Made beside and moved: a file in the place of a whiteout or of nothing, never neither.
    Path made = area.spare().resolve(UUID.randomUUID().toString());
    try (FileChannel channel =
        FileChannel.open(made, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      ByteBuffer left = ByteBuffer.wrap(content.bytes());
      while (left.hasRemaining()) {
        channel.write(left);
      }
      channel.force(true);
    }
    if (now.isPresent()) {
      copyMode(now.get(), made);
    }
    Files.move(made, staged, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
  }

  @Override
  public void createFoldersAbove(Path real) throws IOException {
    requireWritable(real);
    Path folder = folder(real);
    if (folder.equals(area.workspace()) || view.at(folder).isPresent()) {
      return;
    }
    createFoldersAbove(folder);
    copyFolders(folder(folder));
    Path made = Files.createTempDirectory(area.spare(), "");
    Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path staged = upper(folder);
    if (Upper.kind(staged) == Upper.Kind.WHITEOUT) {
      Upper.hide(made);
      Files.delete(staged);
    }
    Files.move(made, staged);
  }

  @Override
  public void deleteAll(Path real) throws IOException {
    requireWritable(real);
    there(real);
    copyFolders(folder(real));
    Path staged = upper(real);
    if (Upper.kind(staged) != Upper.Kind.NOTHING) {
      Upper.deleteAll(staged);
    }
    if (view.at(real).isPresent()) {
      Upper.whiteout(staged, area.spare());
    }
  }

  private void requireWritable(Path real) throws IOException {
    if (!real.startsWith(area.workspace()) || real.equals(area.workspace())) {
      throw new FileSystemException(
          real.toString(), null, "lies outside the workspace, where nothing is staged");
    }
    for (Path name : area.workspace().relativize(real)) {
      if (name.toString().equals(".git")) {
        throw new FileSystemException(
            real.toString(), null, "belongs to git, which is not written while writes are staged");
      }
    }
    if (area.isMounted()) {
      throw new FileSystemException(
          real.toString(),
          null,
          "cannot be staged while a command runs, perhaps in the background: wait until it is over"
              + " or end it, then try again");
    }
  }

  private static Path folder(Path real) throws IOException {
    Path folder = real.getParent();
    if (folder == null) {
      throw new NoSuchFileException(real.toString());
    }
    return folder;
  }

  private Path upper(Path real) {
    return area.upper().resolve(area.workspace().relativize(real));
  }

  private void copyFolders(Path folder) throws IOException {
    if (folder.equals(area.workspace())) {
      return;
    }
    Path now = there(folder);
    if (!Files.isDirectory(now, LinkOption.NOFOLLOW_LINKS)) {
      throw new NotDirectoryException(folder.toString());
    }
    if (now.startsWith(area.upper())) {
      return;
    }
    copyFolders(folder(folder));
    Path made = Files.createTempDirectory(area.spare(), "");
    copyMode(now, made);
    Files.move(made, upper(folder));
  }

  private static void copyMode(Path from, Path to) throws IOException {
    for (String name : List.of("unix:uid", "unix:gid", "posix:permissions")) {
      Object wanted = Files.getAttribute(from, name, LinkOption.NOFOLLOW_LINKS);
      if (!wanted.equals(Files.getAttribute(to, name, LinkOption.NOFOLLOW_LINKS))) {
        Files.setAttribute(to, name, wanted, LinkOption.NOFOLLOW_LINKS);
      }
    }
  }

  @Override
  public Listing list(Path real) throws IOException {
    if (!real.startsWith(area.workspace())) {
      return files.list(real);
    }
    List<Listing.Entry> entries = new ArrayList<>();
    for (Path child : view.children(real)) {
      if (entries.size() == MAX_ENTRIES) {
        return new Listing(entries, false);
      }
      Optional<Path> there = view.at(child);
      if (there.isPresent()) {
        entries.add(entry(child.getFileName().toString(), there.get()));
      }
    }
    return new Listing(entries, true);
  }

  private static Listing.Entry entry(String name, Path there) throws IOException {
    BasicFileAttributes facts =
        Files.readAttributes(there, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    Listing.Kind kind =
        facts.isSymbolicLink()
            ? Listing.Kind.LINK
            : facts.isDirectory()
                ? Listing.Kind.FOLDER
                : facts.isRegularFile() ? Listing.Kind.FILE : Listing.Kind.SPECIAL;
    return new Listing.Entry(name, kind, facts.size());
  }

  @Override
  public void close() throws IOException {
    files.close();
  }
}
