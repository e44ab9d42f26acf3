// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.memory;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.redoubt.agent.api.Notebook;
import dev.redoubt.guard.Content;
import dev.redoubt.model.ErrorCode;
import dev.redoubt.model.RedoubtException;
import dev.redoubt.secrets.Redaction;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Notes as Markdown files below a data folder: `memory/user/NAME.md`, and
/// `memory/projects/ID/NAME.md` for a workspace.
///
/// At most 100 notes of a scope and 8 KB of each; what else lies there is left alone. Links are not
/// followed. Safe to share.
public final class MemoryFolder implements Notebook {

  private static final int LARGEST = 8 << 10;
  private static final int MOST = 100;
  private static final int LONGEST_NAME = 64;
  private static final int ID_DIGITS = 32;
  private static final String ENDING = ".md";
  private static final boolean POSIX =
      FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

  private final Path user;
  private final Path project;

  /// @param dataDir where Redoubt keeps its data
  /// @param workspace a real path
  public MemoryFolder(Path dataDir, Path workspace) {
    Path memory = requireNonNull(dataDir, "dataDir").resolve("memory");
    String id = Content.of(workspace.toString()).sha256().substring(0, ID_DIGITS);
    this.user = memory.resolve("user");
    this.project = memory.resolve("projects").resolve(id);
  }

  /// Returns whether `name` can be one.
  public static boolean isName(String name) {
    return !name.isEmpty()
        && name.length() <= LONGEST_NAME
        && name.charAt(0) != '-'
        && name.chars().allMatch(c -> (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-');
  }

  @Override
  public List<Note> notes() {
    List<Note> notes = new ArrayList<>(notes(Scope.USER));
    notes.addAll(notes(Scope.PROJECT));
    return notes;
  }

  private List<Note> notes(Scope scope) {
    List<Note> notes = new ArrayList<>();
    for (String name : names(scope)) {
      Path file = file(scope, name);
      if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
          notes.add(new Note(scope, name, new String(in.readNBytes(LARGEST), UTF_8)));
        } catch (IOException e) {
          // One that cannot be read is not remembered.
        }
      }
    }
    return notes;
  }

  private List<String> names(Scope scope) {
    List<String> names = new ArrayList<>();
    if (!Files.isDirectory(folder(scope), LinkOption.NOFOLLOW_LINKS)) {
      return names;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder(scope), "*" + ENDING)) {
      for (Path file : files) {
        String name = String.valueOf(file.getFileName());
        String plain = name.substring(0, name.length() - ENDING.length());
        if (isName(plain)) {
          names.add(plain);
        }
      }
    } catch (IOException e) {
      return List.of();
    }
    names.sort(null);
    return names.size() > MOST ? names.subList(0, MOST) : names;
  }

  @Override
  public synchronized Optional<String> save(Note note) {
    String text = Redaction.text(note.text().strip()) + "\n";
    byte[] bytes = text.getBytes(UTF_8);
    if (!isName(note.name())) {
      return Optional.of(
          "\"%s\" is no name: 1 to 64 of a-z, 0-9 and -".formatted(Redaction.text(note.name())));
    }
    if (bytes.length > LARGEST) {
      return Optional.of(
          "a note has at most %d bytes, and not %d".formatted(LARGEST, bytes.length));
    }
    List<String> names = names(note.scope());
    if (names.size() >= MOST && !names.contains(note.name())) {
      return Optional.of("there are %d notes already: delete one first".formatted(names.size()));
    }
    write(note, bytes);
    return Optional.empty();
  }

  private void write(Note note, byte[] bytes) {
    Path file = file(note.scope(), note.name());
    try {
      Path folder = folder(note.scope());
      Files.createDirectories(folder, attribute("rwx------"));
      Path staged = Files.createTempFile(folder, ".staged-", ".tmp", attribute("rw-------"));
      try {
        Files.write(staged, bytes);
        try (FileChannel channel = FileChannel.open(staged, StandardOpenOption.WRITE)) {
          channel.force(true);
        }
        Files.move(staged, file, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(staged);
      }
    } catch (IOException e) {
      throw unwritable(file, e);
    }
  }

  @Override
  public synchronized boolean delete(Scope scope, String name) {
    if (!isName(name)) {
      return false;
    }
    Path file = file(scope, name);
    try {
      return Files.deleteIfExists(file);
    } catch (IOException e) {
      throw unwritable(file, e);
    }
  }

  private static RedoubtException unwritable(Path file, IOException e) {
    return new RedoubtException(
        ErrorCode.UNWRITABLE,
        "cannot write to \"%s\": %s".formatted(file, RedoubtException.reason(e)),
        e);
  }

  private Path folder(Scope scope) {
    return switch (scope) {
      case USER -> user;
      case PROJECT -> project;
    };
  }

  private Path file(Scope scope, String name) {
    return folder(scope).resolve(name + ENDING);
  }

  private static FileAttribute<?>[] attribute(String permissions) {
    return POSIX
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }
}
