// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.processes;

import dev.redoubt.sandbox.kernel.StartPlan;
import dev.redoubt.sandbox.kernel.StartProgram;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/// A folder with the program that starts the commands of one wall, and with what it says of each.
/// No command may reach it where a wall holds anything. Safe to share.
public final class StartFolder implements AutoCloseable {

  private static final String NAME = "start-";
  private static final Duration LEFT = Duration.ofDays(1);
  private static final int TRIES = 1000;
  private static final AtomicInteger FOLDERS = new AtomicInteger();

  private final Path folder;
  private final StartProgram program;
  private final AtomicInteger starts = new AtomicInteger();

  private StartFolder(Path folder, StartProgram program) {
    this.folder = folder;
    this.program = program;
  }

  /// Returns a new one for `plan`, whose reports are files. Takes away what a killed Redoubt left.
  ///
  /// @param parent a folder of Redoubt's own; made if it is not there
  public static StartFolder make(Path parent, StartPlan plan) throws IOException {
    Path real = Files.createDirectories(parent).toRealPath();
    sweep(real);
    Path folder = folder(real);
    return new StartFolder(folder, StartProgram.write(plan, folder.resolve("start")));
  }

  private static Path folder(Path parent) throws IOException {
    var own = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    long pid = ProcessHandle.current().pid();
    for (int i = 0; i < TRIES; i++) {
      try {
        return Files.createDirectory(
            parent.resolve(NAME + pid + "-" + FOLDERS.incrementAndGet()), own);
      } catch (FileAlreadyExistsException e) {
        // Left by another with the same number, or there by another machine's: the next one.
      }
    }
    throw new IOException("\"%s\" is full of folders of commands".formatted(parent));
  }

  /* A number that means nobody here may mean somebody in another container, so only what is old
   * goes. */
  private static void sweep(Path parent) throws IOException {
    long old = System.currentTimeMillis() - LEFT.toMillis();
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent, NAME + "*")) {
      for (Path left : folders) {
        if (Files.getLastModifiedTime(left).toMillis() < old && isOfNobody(left)) {
          delete(left);
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }

  private static boolean isOfNobody(Path folder) {
    String name = folder.getFileName().toString();
    int end = name.indexOf('-', NAME.length());
    try {
      return end > 0
          && ProcessHandle.of(Long.parseLong(name.substring(NAME.length(), end))).isEmpty();
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private static void delete(Path folder) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        Files.deleteIfExists(file);
      }
    } catch (NoSuchFileException e) {
      return;
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    Files.deleteIfExists(folder);
  }

  /// Returns what starts the next command and hears what came of it.
  public SupervisedStart next() {
    return new SupervisedStart(program, folder.resolve("report-" + starts.incrementAndGet()));
  }

  /// Takes the folder away, once no command runs. Does nothing when it is gone.
  @Override
  public void close() throws IOException {
    program.close();
    delete(folder);
  }
}
