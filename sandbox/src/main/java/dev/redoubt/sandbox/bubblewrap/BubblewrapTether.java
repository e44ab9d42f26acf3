// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.bubblewrap;

import dev.redoubt.sandbox.kernel.KernelException;
import dev.redoubt.sandbox.masks.Closed;
import dev.redoubt.sandbox.staging.StagingArea;
import dev.redoubt.sandbox.wall.Tether;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/// What is laid out for one command: the arguments of bwrap and its report.
///
/// The report names the first process inside as soon as there is one, and the exit code only if the
/// command was started.
final class BubblewrapTether implements Tether {

  private static final int MAX_REPORT = 64 << 10;
  private static final int ENDED_BY_SIGNAL = 128;

  /* Whatever went wrong. */
  private static final int OF_BWRAP = 1;

  private static final int ROOM = 4096;
  private static final int MAX_FACTS = 4096;
  private static final String FIRST = "\"child-pid\": ";
  private static final long PATIENCE_NANOS = 10_000_000_000L;
  private static final long BETWEEN_LOOKS = 100_000;

  private static final String OVERLAY =
      "the overlay of staged writes cannot be mounted (nothing may be mounted below the workspace,"
          + " and Redoubt's data have to lie on ext4, xfs, btrfs or tmpfs: --data-dir DIR): ";

  private final Path folder;
  private final Path report;
  private final Closed closed;
  private final ControlGroup group;
  private final Optional<StagingArea> staging;
  private final Inner inner;

  /// What is started inside.
  ///
  /// @param layer what the command passes through
  /// @param program its name, and where it is looked for, for people
  record Inner(Optional<SecondLayer> layer, String program) {}

  /// @param staging what is mounted while the command runs, if anything is
  BubblewrapTether(
      Path folder, Closed closed, ControlGroup group, Optional<StagingArea> staging, Inner inner) {
    this.staging = staging;
    this.folder = folder;
    this.report = folder.resolve("report");
    this.closed = closed;
    this.group = group;
    this.inner = inner;
  }

  /// Returns the file of the report, laid out so that no full disk keeps anything out of it: a
  /// command that ran and one that never did are told apart by it.
  static Path report(Path folder) throws IOException {
    return Files.writeString(folder.resolve("report"), " ".repeat(ROOM));
  }

  /* The kernel ends all others of the namespace before it lets go of the first. */
  @Override
  public boolean isOver() throws IOException, InterruptedException {
    String said = read(report);
    return ranToItsEnd(said) && awaitFirstProcess(said);
  }

  @Override
  public Optional<Loss> ended(int code) throws IOException, InterruptedException {
    String said = read(report);
    if (!awaitFirstProcess(said)) {
      throw new IllegalStateException("what ran inside did not end");
    }
    String unmounted = read(folder.resolve("failed"));
    Files.deleteIfExists(folder.resolve("failed"));
    staging.ifPresent(StagingArea::unmounted);
    boolean ran = ranToItsEnd(said) || code > ENDED_BY_SIGNAL;
    Optional<KernelException> failure = failure();
    Files.deleteIfExists(report);
    Files.deleteIfExists(folder.resolve("arguments"));
    Files.deleteIfExists(folder.resolve("variables"));
    Files.deleteIfExists(folder);
    group.remove();
    return Loss.with(loss(code, ran, failure, unmounted), closed.end());
  }

  private Optional<Loss> loss(
      int code, boolean ran, Optional<KernelException> failure, String unmounted) {
    if (failure.isPresent()) {
      return Optional.of(
          new Loss(
              Loss.Kind.NOT_STARTED,
              failure.get().isProgramMissing()
                  ? "there is no program " + inner.program()
                  : "it could not be started inside: %s".formatted(failure.get().getMessage())));
    }
    if (ran || code < 0) {
      return Optional.empty();
    }
    return Optional.of(
        unmounted.isBlank()
            ? new Loss(
                code == OF_BWRAP ? Loss.Kind.NOT_UP : Loss.Kind.NOT_STARTED,
                "bwrap could not put up the wall or start the program (it ended with %d)"
                    .formatted(code))
            : new Loss(Loss.Kind.NOT_STARTED, OVERLAY + unmounted.strip()));
  }

  private Optional<KernelException> failure() throws IOException {
    Path said = folder.resolve("report.start");
    Optional<KernelException> failure =
        inner.layer().isPresent()
            ? inner.layer().get().program().report(said).failure()
            : Optional.empty();
    Files.deleteIfExists(said);
    return failure;
  }

  private static String read(Path file) throws IOException {
    if (!Files.exists(file)) {
      return "";
    }
    try (InputStream in = Files.newInputStream(file)) {
      return new String(in.readNBytes(MAX_REPORT), StandardCharsets.UTF_8);
    }
  }

  private static boolean ranToItsEnd(String said) {
    return said.contains("\"exit-code\"");
  }

  /* When bwrap has ended, the first process inside is being killed by the kernel, and with it all
   * others. What they could still write has to be over before anything is looked at. */
  private static boolean awaitFirstProcess(String said) throws InterruptedException {
    int at = said.indexOf(FIRST);
    if (at < 0) {
      return true;
    }
    int from = at + FIRST.length();
    int to = from;
    while (to < said.length() && Character.isDigit(said.charAt(to))) {
      to++;
    }
    Path process = Path.of("/proc", said.substring(from, to));
    long until = System.nanoTime() + PATIENCE_NANOS;
    while (!isGone(process)) {
      if (System.nanoTime() > until) {
        return false;
      }
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      LockSupport.parkNanos(BETWEEN_LOOKS);
    }
    return true;
  }

  /* Its state stands after its name in parentheses, which may hold any character. One that nobody
   * has collected yet is gone as well. */
  private static boolean isGone(Path process) {
    try (InputStream in = Files.newInputStream(process.resolve("stat"))) {
      String facts = new String(in.readNBytes(MAX_FACTS), StandardCharsets.ISO_8859_1);
      int state = facts.lastIndexOf(')') + 2;
      return state < facts.length() && (facts.charAt(state) == 'Z' || facts.charAt(state) == 'X');
    } catch (IOException e) {
      return true;
    }
  }
}
