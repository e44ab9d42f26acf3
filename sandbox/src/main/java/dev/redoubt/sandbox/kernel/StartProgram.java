// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.kernel;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// A small program, written here, that does what a [StartPlan] says and then becomes a command.
///
/// It confines its own process, so no thread of this JVM gives up anything. It is a file that any
/// number of commands are started with, one after the other or at the same time; where the file
/// cannot be run, because its file system forbids it, it is started from memory. Safe to share.
public final class StartProgram implements AutoCloseable {

  private static final String DEFAULT_PATH = "/usr/local/bin:/usr/bin:/bin";
  private static final int MAY_NOT_RUN = 13;
  private static final int BUSY = 26;
  private static final int TRIES = 200;
  private static final long BETWEEN_TRIES = 1_000_000;

  private final Path file;
  private final StartCode.Written written;
  private @Nullable MemoryFile memory;

  private StartProgram(Path file, StartCode.Written written) {
    this.file = file;
    this.written = written;
  }

  /// Returns the program for `plan`, as a new file of which nobody else knows yet.
  ///
  /// @throws KernelException if this machine cannot do what the plan says
  /// @throws IOException if the file is there already or cannot be written
  public static StartProgram write(StartPlan plan, Path file) throws IOException {
    Architecture architecture = Kernel.here().architecture();
    LandlockAbi abi =
        switch (plan.layer()) {
          case WALL -> plan.rules().isPresent() ? Landlock.abi() : new LandlockAbi(0);
          case SECOND -> new LandlockAbi(LandlockAbi.TRUNCATE);
        };
    StartCode.Written written = StartCode.of(plan, architecture, abi);
    Spawning.write(() -> {
      try (OutputStream out =
          java.nio.channels.Channels.newOutputStream(
              Files.newByteChannel(
                  file,
                  Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                  PosixFilePermissions.asFileAttribute(
                      PosixFilePermissions.fromString("r-x------"))))) {
        out.write(written.file());
      }
    });
    return new StartProgram(file, written);
  }

  /// Returns the file, for those who start it in their own way.
  public Path file() {
    return file;
  }

  /// Returns the words that start a command with this program.
  ///
  /// @param program where whoever starts it finds this program
  /// @param report the file of the report, which is not there yet; empty without one
  /// @param terminal its terminal, in the manner of `/dev/pts/3`; only with a supervisor
  /// @param names absolute paths the program may have, tried in this order
  /// @param argv the words of the command from its name on
  public static List<String> around(
      String program,
      Optional<Path> report,
      Optional<Path> terminal,
      List<String> names,
      List<String> argv) {
    List<String> all = new ArrayList<>();
    all.add(program);
    all.add(report.map(Path::toString).orElse(""));
    all.add(terminal.map(Path::toString).orElse(""));
    all.addAll(names);
    all.add("");
    all.addAll(argv);
    return all;
  }

  /// Returns the absolute paths that `program` may mean, as a shell would look for it: those that
  /// are there, in the folders of `PATH` of `environment`. Folders of `PATH` that are not absolute
  /// are passed over.
  ///
  /// @throws IOException if there is none
  public static List<String> names(String program, Path folder, Map<String, String> environment)
      throws IOException {
    if (program.isEmpty()) {
      throw new IOException("the command has no name");
    }
    List<String> names = new ArrayList<>(everyName(program, folder, environment));
    names.removeIf(name -> !Files.exists(Path.of(name)));
    if (names.isEmpty()) {
      throw new IOException("there is no program " + shown(program, environment));
    }
    return List.copyOf(names);
  }

  /// Returns `program` in quotes, with where it is looked for when it is a name only.
  public static String shown(String program, Map<String, String> environment) {
    return program.indexOf('/') >= 0
        ? "\"%s\"".formatted(program)
        : "\"%s\" in PATH (%s)".formatted(program, environment.getOrDefault("PATH", DEFAULT_PATH));
  }

  /// Returns the absolute paths that `program` may mean, whether they are there or not: for a
  /// process that sees other files than this one.
  public static List<String> everyName(
      String program, Path folder, Map<String, String> environment) {
    if (program.indexOf('/') >= 0) {
      return List.of(folder.resolve(program).toString());
    }
    List<String> names = new ArrayList<>();
    String path = environment.getOrDefault("PATH", DEFAULT_PATH);
    int from = 0;
    while (from <= path.length()) {
      int colon = path.indexOf(':', from);
      int to = colon < 0 ? path.length() : colon;
      if (path.startsWith("/", from)) {
        names.add(path.substring(from, to) + "/" + program);
      }
      from = to + 1;
    }
    return List.copyOf(names);
  }

  /// Starts the command that `described` describes with this program. The thread that calls this
  /// has to live as long as the command: the kernel takes the end of a thread for the end of the
  /// program.
  ///
  /// @param described in full; its command is replaced
  /// @param report the file of the report, which is not there yet
  /// @param terminal its terminal, only with a supervisor
  /// @throws IOException if there is no such program or folder, or nothing can be started
  public Process start(ProcessBuilder described, Optional<Path> report, Optional<Path> terminal)
      throws IOException {
    List<String> argv = List.copyOf(described.command());
    Path folder =
        described.directory() == null
            ? Path.of("").toAbsolutePath()
            : described.directory().toPath();
    if (!Files.isDirectory(folder)) {
      throw new IOException("the folder \"%s\" is not there".formatted(folder));
    }
    List<String> names = names(argv.getFirst(), folder, described.environment());
    IOException failed = null;
    for (int attempt = 0; attempt < TRIES; attempt++) {
      String program = program();
      try {
        return Spawning.start(described.command(around(program, report, terminal, names, argv)));
      } catch (IOException e) {
        failed = e;
        if (is(e, BUSY)) {
          // A child of another thread still holds the file as it was being written.
          LockSupport.parkNanos(BETWEEN_TRIES);
        } else if (!is(e, MAY_NOT_RUN) || !runFromMemory(e)) {
          break;
        }
      }
    }
    throw new IOException(
        "\"%s\" could not be started: %s"
            .formatted(argv.getFirst(), requireNonNull(failed).getMessage()),
        failed);
  }

  /* The JDK has the number in its message only. */
  private static boolean is(IOException failed, int error) {
    String message = String.valueOf(failed.getMessage());
    return message.contains("error=" + error) || message.contains("error: " + error);
  }

  private synchronized String program() {
    return memory == null ? file.toString() : memory.path();
  }

  /* Returns whether that is new. */
  private synchronized boolean runFromMemory(IOException why) throws IOException {
    if (memory != null) {
      return false;
    }
    try {
      memory = MemoryFile.of(written.file());
      return true;
    } catch (KernelException e) {
      e.addSuppressed(why);
      throw e;
    }
  }

  /// Returns what was said of a command that has ended, or of one that runs.
  ///
  /// @throws IOException if the report is there and cannot be read
  public StartReport report(Path report) throws IOException {
    return StartReport.in(report, written.steps());
  }

  /// Takes the file away. Commands that were started with it run on.
  @Override
  public synchronized void close() throws IOException {
    if (memory != null) {
      memory.close();
    }
    Files.deleteIfExists(file);
  }
}
