// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.kernel;

import static java.util.Objects.requireNonNull;

import dev.redoubt.sandbox.kernel.LandlockRules.Place;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/// Starts programs that have given up, for good and with all they start, new privileges, the
/// capabilities of root, files and ports by Landlock, and system calls by a filter.
///
/// All of it is applied to a fresh thread of this JVM that then starts the program, because the
/// kernel keeps these things by thread and a child inherits them from the one that started it. No
/// other thread is touched, and this one is never used again: it waits for the end of the program,
/// so that a child that is to die with its parent does not die with its parent's thread.
///
/// The JDK starts programs through its `jspawnhelper`, so rules have to let `lib` of the JDK and
/// the C library be read. Code that is hung on [Process#onExit] may run on a thread that inherited
/// all this: leave files and sockets to other threads.
///
/// Immutable, safe to share.
public final class ConfinedStart {

  private final Optional<LandlockRules> rules;
  private final SeccompFilter filter;

  /// @param rules what may be reached; without them only system calls are filtered
  public ConfinedStart(Optional<LandlockRules> rules, SeccompFilter filter) {
    this.rules = requireNonNull(rules, "rules");
    this.filter = requireNonNull(filter, "filter");
  }

  /// Returns what starts programs the same way, which may besides use `device`, a terminal.
  public ConfinedStart withDevice(Path device) {
    Place place =
        new Place(device, LandlockRules.Right.USE_DEVICE, LandlockRules.Presence.REQUIRED);
    return new ConfinedStart(
        rules.map(allowed -> {
          List<Place> places = new ArrayList<>(allowed.files());
          places.add(place);
          return new LandlockRules(places, allowed.tcp());
        }),
        filter);
  }

  /// Returns the running program. Waits until it was started, no longer.
  ///
  /// @throws KernelException if a wall could not be put up; then nothing was started
  /// @throws IOException if the program could not be started
  /// @throws InterruptedException if the thread was interrupted meanwhile; then what was started is
  ///   ended
  public Process start(ProcessBuilder described) throws IOException, InterruptedException {
    Attempt attempt = new Attempt(described, new PreparedConfinement(rules, filter));
    Thread.ofPlatform().name("confined-start").daemon().start(attempt);
    try {
      return attempt.started.get();
    } catch (InterruptedException e) {
      var _ = attempt.started.thenAccept(Process::destroyForcibly);
      throw e;
    } catch (ExecutionException e) {
      if (attempt.applied != 0 && !PreparedConfinement.isDone(attempt.applied)) {
        throw PreparedConfinement.failure(attempt.applied);
      }
      if (e.getCause() instanceof IOException failed) {
        throw failed;
      }
      throw new IOException("a confined program could not be started", e.getCause());
    }
  }

  /* The life of the thread. From `apply` on it must not need a class that was not used before. */
  private static final class Attempt implements Runnable {

    /* Made in time, because its class may not be found later. */
    private final IOException notConfined = new IOException("not confined");
    final CompletableFuture<Process> started = new CompletableFuture<>();
    volatile long applied;
    private final ProcessBuilder described;
    private final PreparedConfinement confinement;

    Attempt(ProcessBuilder described, PreparedConfinement confinement) {
      this.described = described;
      this.confinement = confinement;
    }

    @Override
    public void run() {
      Process process = begin();
      while (process != null && process.isAlive()) {
        try {
          process.waitFor();
        } catch (InterruptedException e) {
          // Nobody has this thread to interrupt it; the program runs on, so does its parent.
        }
      }
    }

    private @Nullable Process begin() {
      try (confinement) {
        applied = confinement.apply();
        if (!PreparedConfinement.isDone(applied)) {
          started.completeExceptionally(notConfined);
          return null;
        }
        Process process = described.start();
        started.complete(process);
        return process;
      } catch (IOException | RuntimeException | Error e) {
        started.completeExceptionally(e);
        return null;
      }
    }
  }
}
