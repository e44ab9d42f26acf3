// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox;

import static java.util.Objects.requireNonNull;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.redoubt.guard.Action;
import dev.redoubt.guard.Content;
import dev.redoubt.guard.Decision;
import dev.redoubt.guard.Effect.Access;
import dev.redoubt.guard.FileFacts;
import dev.redoubt.guard.Guard;
import dev.redoubt.model.RedoubtException;
import dev.redoubt.sandbox.files.Before;
import dev.redoubt.sandbox.files.FileAccess;
import dev.redoubt.sandbox.files.FolderSearch;
import dev.redoubt.sandbox.files.GuardedFiles;
import dev.redoubt.sandbox.files.SearchTerms;
import dev.redoubt.sandbox.staging.StagedFiles;
import dev.redoubt.sandbox.staging.StagedView;
import dev.redoubt.sandbox.staging.StagingArea;
import dev.redoubt.sandbox.wall.Boundary;
import dev.redoubt.sandbox.wall.Wall;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.function.Function;

/// Performs what touches files, on this machine and inside the same boundary as commands.
///
/// What is opened is the object that was judged. A path without links is opened without following
/// any. One that leads elsewhere is judged again where it leads, so what was swapped in since the
/// first judgement cannot be reached by it.
final class FileActions {

  private static final int MAX_READ = 16 << 20;
  private static final Path ROOT = Path.of("/");

  private final Optional<StagingArea> staging;
  private final FileFacts facts;
  private final Guard guard;
  private final Boundary boundary;

  FileActions(FileFacts facts, Guard guard, Wall wall) {
    this.staging = wall.staging();
    this.facts =
        staging
            .map(area -> new StagedView(area).facts())
            .orElseGet(() -> requireNonNull(facts, "facts"));
    this.guard = requireNonNull(guard, "guard");
    this.boundary = wall.boundary();
  }

  Outcome read(Action.Read read) {
    return at(read.path(), Access.READ, Action.Read::new, this::content);
  }

  Outcome load(Action.LoadConfig load) {
    Function<Path, Action> moved = real -> new Action.LoadConfig(load.kind(), real, load.sha256());
    return at(
        load.path(),
        Access.READ,
        moved,
        (files, real) -> {
          Outcome outcome = content(files, real);
          boolean same =
              outcome instanceof Outcome.ReadFile(Content content, long size)
                  && content.size() == size
                  && MessageDigest.isEqual(
                      content.sha256().getBytes(java.nio.charset.StandardCharsets.US_ASCII),
                      load.sha256().getBytes(java.nio.charset.StandardCharsets.US_ASCII));
          return same
              ? outcome
              : new Outcome.RefusedByWall(
                  "\"%s\" is not the file that was judged any more".formatted(load.path()),
                  "have it judged again");
        });
  }

  Outcome write(Action.Write write, Before before) {
    Function<Path, Action> moved = real -> new Action.Write(real, write.content());
    return at(
        write.path(),
        Access.WRITE,
        moved,
        (files, real) -> {
          if (!isThere(files, real, before)) {
            return new Outcome.Failed(
                (before instanceof Before.Nothing
                        ? "\"%s\" is there already: nothing was written"
                        : "\"%s\" was changed by somebody else meanwhile: nothing was written")
                    .formatted(write.path()));
          }
          files.createFoldersAbove(real);
          files.write(real, write.content());
          return new Outcome.Changed();
        });
  }

  private boolean isThere(FileAccess files, Path real, Before before) throws IOException {
    return switch (before) {
      case Before.Anything _ -> true;
      case Before.Nothing _ -> facts.of(real.toString()).kind() == FileFacts.Kind.NOTHING;
      case Before.Version(String sha256) -> {
        try {
          yield content(files, real) instanceof Outcome.ReadFile(Content content, long size)
              && content.size() == size
              && content.sha256().equals(sha256);
        } catch (NoSuchFileException e) {
          yield false;
        }
      }
    };
  }

  Outcome delete(Action.Delete delete) {
    return at(
        delete.path(),
        Access.DELETE,
        Action.Delete::new,
        (files, real) -> {
          files.deleteAll(real);
          return new Outcome.Changed();
        });
  }

  Outcome list(Action.ListFolder list) {
    return at(
        list.path(),
        Access.LIST,
        Action.ListFolder::new,
        (files, real) -> new Outcome.Listed(files.list(real)));
  }

  Outcome search(Action.Search search, SearchTerms terms) {
    Function<Path, Action> moved = real -> new Action.Search(real, search.pattern());
    return at(
        search.path(),
        Access.SEARCH,
        moved,
        (files, real) -> {
          Pattern pattern;
          try {
            pattern = Pattern.compile(search.pattern());
          } catch (PatternSyntaxException e) {
            return new Outcome.Failed(
                "\"%s\" is no pattern: %s".formatted(search.pattern(), e.getDescription()));
          }
          return new Outcome.Found(
              new FolderSearch(files, this::mayRead, terms).find(real, pattern));
        });
  }

  private boolean mayRead(Path real) {
    return boundary.objection(Access.READ, real).isEmpty()
        && guard.review(new Action.Read(real)) instanceof Decision.Allow;
  }

  private Outcome content(FileAccess files, Path real) throws IOException {
    try (SeekableByteChannel from = files.read(real)) {
      long size = from.size();
      ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(size, MAX_READ));
      while (bytes.hasRemaining() && from.read(bytes) >= 0) {}
      byte[] read = new byte[bytes.position()];
      bytes.flip().get(read);
      return new Outcome.ReadFile(Content.of(read), size);
    }
  }

  private Outcome at(Path written, Access access, Function<Path, Action> moved, FileWork work) {
    try {
      Path plain = written.normalize();
      Path real = real(plain, access);
      Optional<Outcome> refusal = refusal(plain, real, access, moved);
      if (refusal.isPresent()) {
        return refusal.get();
      }
      try (FileAccess files = open()) {
        return work.with(files, real);
      }
    } catch (NoSuchFileException e) {
      return Outcome.Failed.absent(written);
    } catch (IOException e) {
      return new Outcome.Failed("\"%s\": %s".formatted(written, RedoubtException.reason(e)));
    } catch (UncheckedIOException e) {
      return new Outcome.Failed("\"%s\": %s".formatted(written, e.getMessage()));
    }
  }

  private FileAccess open() throws IOException {
    return staging.isPresent() ? StagedFiles.of(staging.get()) : GuardedFiles.below(ROOT);
  }

  /* A deletion takes the link itself, so only the way to it is resolved. */
  private Path real(Path plain, Access access) {
    Path folder = plain.getParent();
    if (access == Access.DELETE && folder != null) {
      return Path.of(facts.of(folder.toString()).real()).resolve(plain.getFileName());
    }
    return Path.of(facts.of(plain.toString()).real());
  }

  private Optional<Outcome> refusal(
      Path plain, Path real, Access access, Function<Path, Action> moved) {
    if (!real.equals(plain) && !(guard.review(moved.apply(real)) instanceof Decision.Allow)) {
      return Optional.of(
          new Outcome.RefusedByWall(
              "\"%s\" leads to \"%s\", which was not permitted".formatted(plain, real),
              "plan it with the path it leads to"));
    }
    return boundary.objection(access, real).map(reason -> new Outcome.RefusedByWall(reason, ""));
  }

  private interface FileWork {
    Outcome with(FileAccess files, Path real) throws IOException;
  }
}
