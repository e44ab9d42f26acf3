// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.processes;

import static java.util.Objects.requireNonNull;

import dev.redoubt.sandbox.kernel.Pty;
import dev.redoubt.sandbox.processes.Ending.Cut;
import dev.redoubt.sandbox.processes.Ending.Exited;
import dev.redoubt.sandbox.processes.Ending.Signalled;
import dev.redoubt.sandbox.processes.Ending.TimedOut;
import dev.redoubt.sandbox.wall.Launch;
import dev.redoubt.sandbox.wall.Starter;
import dev.redoubt.sandbox.wall.Tether;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// One command that was started, until everything of it has ended.
///
/// When its first process ends, what that left behind is ended too, and only then is the end told.
/// Safe to share.
public final class RunningCommand implements AutoCloseable {

  /* A child may ask the kernel to die with its parent, and the kernel means the parent's thread. So
   * no child is started by a thread that comes and goes. */
  private static final ExecutorService STARTER =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().daemon().name("command-starter").factory());

  private static final int MAX_SIGNAL = 64;
  private static final Duration DRAINING = Duration.ofSeconds(5);

  private final Process process;
  private final @Nullable Pty terminal;
  private final Tether tether;
  private final ProcessTree tree;
  private final Streams streams;
  private final long started = System.nanoTime();
  private final @Nullable StreamReader output;
  private final @Nullable StreamReader errors;
  private final AtomicReference<@Nullable Ending> forced = new AtomicReference<>();
  private final CompletableFuture<Ended> end = new CompletableFuture<>();

  private RunningCommand(
      Process process, Tether tether, String mark, Streams streams, @Nullable Pty terminal) {
    this.process = process;
    this.terminal = terminal;
    this.tether = tether;
    this.tree = new ProcessTree(process.toHandle(), mark);
    this.streams = streams;
    this.output =
        streams instanceof Streams.Captured(var _, var caps, var listener)
            ? StreamReader.start(process.getInputStream(), caps, false, listener)
            : null;
    this.errors =
        switch (streams) {
          case Streams.Captured(var _, var caps, var listener) ->
              StreamReader.start(process.getErrorStream(), caps, true, listener);
          case Streams.Piped(var caps, var listener) ->
              StreamReader.start(process.getErrorStream(), caps, true, listener);
          case Streams.Inherited _, Streams.Terminal _ -> null;
        };
  }

  /// Returns the running command that `launch` describes.
  ///
  /// @param allowed how long it may take; without a limit when empty
  /// @throws dev.redoubt.sandbox.wall.WallException if the wall could not be put up
  /// @throws IOException if its program cannot be started; the tether was let go
  public static RunningCommand start(Launch launch, Streams streams, Optional<Duration> allowed)
      throws IOException, InterruptedException {
    String mark = UUID.randomUUID().toString();
    Pty terminal = streams instanceof Streams.Terminal(int x, int y) ? Pty.open(x, y) : null;
    ProcessBuilder described =
        new ProcessBuilder(terminal == null ? launch.argv() : onTerminal(launch, terminal))
            .directory(launch.folder().toFile());
    described.environment().clear();
    described.environment().putAll(launch.environment());
    described.environment().put(ProcessTree.MARK, mark);
    if (streams instanceof Streams.Inherited) {
      described.inheritIO();
    }
    Process process;
    try {
      process = started(launch, described, terminal);
    } catch (IOException | RuntimeException | InterruptedException e) {
      if (terminal != null) {
        terminal.close();
      }
      launch.tether().ended(-1);
      throw e;
    }
    RunningCommand running = new RunningCommand(process, launch.tether(), mark, streams, terminal);
    Thread.ofVirtual().name("command-watch").start(() -> running.watch(allowed));
    if (streams instanceof Streams.Captured(var input, var _, var _)) {
      Thread.ofVirtual().name("command-input").start(() -> running.feed(input.bytes()));
    }
    return running;
  }

  private static List<String> onTerminal(Launch launch, Pty terminal) {
    if (!launch.leading().isEmpty()) {
      return terminal.handedTo(launch.leading());
    }
    return launch.starter().givesTerminals() ? launch.argv() : terminal.around(launch.argv());
  }

  private static Process started(Launch launch, ProcessBuilder described, @Nullable Pty terminal)
      throws IOException, InterruptedException {
    Starter starter = launch.starter();
    Future<Process> starting =
        STARTER.submit(() ->
            terminal == null
                ? starter.start(described)
                : starter.start(described, terminal.peer()));
    try {
      return starting.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException failed) {
        throw failed;
      }
      throw new IOException("a command could not be started", e.getCause());
    }
  }

  private void feed(byte[] input) {
    try (OutputStream to = process.getOutputStream()) {
      to.write(input);
    } catch (IOException e) {
      // It does not read its input, which is its own business.
    }
  }

  private void watch(Optional<Duration> allowed) {
    try {
      if (allowed.isEmpty()) {
        process.waitFor();
      } else if (!process.waitFor(allowed.get().toNanos(), TimeUnit.NANOSECONDS)) {
        force(new TimedOut(allowed.get()));
        process.waitFor();
      }
      int code = process.exitValue();
      if (forced.get() != null || !tether.isOver()) {
        tree.kill();
      }
      if (terminal != null) {
        terminal.release();
      }
      Optional<Tether.Loss> loss = tether.ended(code);
      end.complete(ended(code, loss));
    } catch (InterruptedException | IOException | RuntimeException e) {
      tree.kill();
      end.complete(ended(-1, Optional.of(new Tether.Loss(Tether.Loss.Kind.CUT, reason(e)))));
    }
  }

  private static String reason(Exception e) {
    return "what the command left behind could not be taken away: " + e.getMessage();
  }

  private Ended ended(int code, Optional<Tether.Loss> loss) {
    Ending ending = forced.get();
    if (ending == null) {
      ending =
          loss.filter(lost -> !lost.kind().isOwnEnd())
              .<Ending>map(lost -> new Cut(lost.reason()))
              .orElseGet(() ->
                  code > 128 && code <= 128 + MAX_SIGNAL
                      ? new Signalled(code - 128)
                      : new Exited(code));
    }
    Duration elapsed = Duration.ofNanos(System.nanoTime() - started);
    return new Ended(ending, loss, drained(output), drained(errors), elapsed, tether.usage());
  }

  private static CapturedText drained(@Nullable StreamReader reader) {
    return reader == null ? CapturedText.EMPTY : reader.awaitEnd(DRAINING);
  }

  /// Ends all of it now, for `reason`. Does nothing when it has ended.
  public void cut(String reason) {
    force(new Cut(requireNonNull(reason, "reason")));
  }

  private void force(Ending ending) {
    if (end.isDone() || !forced.compareAndSet(null, ending)) {
      return;
    }
    try {
      tether.kill();
    } catch (IOException e) {
      forced.set(new Cut("%s, and could not be ended behind the wall".formatted(ending)));
    }
    tree.kill();
  }

  /// Returns what is left of it, once everything of it has ended. An interrupt ends it, and is
  /// still set when this returns.
  public Ended await() {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return end.get();
        } catch (InterruptedException e) {
          interrupted = true;
          cut("cancelled");
        } catch (ExecutionException e) {
          throw new IllegalStateException("an end is never an exception", e);
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /// Has `told` called once everything of it has ended, at once if it has.
  public void whenOver(Runnable told) {
    var _ = end.whenComplete((_, _) -> told.run());
  }

  /// Says whether anything of it still runs.
  public boolean isAlive() {
    return !end.isDone();
  }

  /// Says whether everything of it has ended, as soon as it has and at the latest after `wait`. An
  /// interrupt ends the waiting and is still set when this returns.
  public boolean hasEndedWithin(Duration wait) {
    try {
      end.get(wait.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      throw new IllegalStateException("an end is never an exception", e);
    }
    return end.isDone();
  }

  /// Returns what it wrote to its output so far; empty when that is not captured.
  public CapturedText output() {
    return output == null ? CapturedText.EMPTY : output.text();
  }

  /// Returns what it wrote to its errors so far; empty when that is not captured.
  public CapturedText errors() {
    return errors == null ? CapturedText.EMPTY : errors.text();
  }

  /// Returns where to write what it reads, or where to type.
  ///
  /// @throws IllegalStateException unless its streams are piped or a terminal
  public OutputStream toInput() {
    return terminal == null ? piped().getOutputStream() : terminal.input();
  }

  /// Returns where to read what it writes, or what its terminal shows.
  ///
  /// @throws IllegalStateException unless its streams are piped or a terminal
  public InputStream fromOutput() {
    return terminal == null ? piped().getInputStream() : terminal.output();
  }

  private Process piped() {
    if (!(streams instanceof Streams.Piped)) {
      throw new IllegalStateException("the streams of this command are not piped");
    }
    return process;
  }

  /// Tells it that its terminal has another size.
  ///
  /// @throws IllegalStateException if it has none
  /// @throws IOException if that was closed
  public void resize(int columns, int rows) throws IOException {
    if (terminal == null) {
      throw new IllegalStateException("this command has no terminal");
    }
    terminal.resize(columns, rows);
  }

  /// Ends it and waits until everything of it is gone. Its terminal is taken away.
  @Override
  public void close() {
    cut("the session ended");
    await();
    if (terminal != null) {
      terminal.close();
    }
  }
}
