// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.ssh;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;

import dev.redoubt.sandbox.kernel.Spawning;
import dev.redoubt.sandbox.ssh.FarCommand.Mode;
import dev.redoubt.sandbox.ssh.FarCommand.State;
import dev.redoubt.sandbox.wall.Tether;
import dev.redoubt.sandbox.wall.Tether.Loss;
import dev.redoubt.sandbox.wall.WallException;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// A command of the far side, as if it were a process of this machine.
///
/// When the link is cut, the command goes on there. It is asked for again for as long as the
/// patience lasts; what it wrote meanwhile and its code are fetched. It is never started a second
/// time.
final class SshProcess extends Process {

  /* ssh says 255 for itself, and a shell 128 and more for a client that was killed. The far side
   * says 254 for a code that would be mistaken. */
  private static final int DOUBTFUL = 128;
  private static final Duration BETWEEN = Duration.ofSeconds(1);

  private final FarCommand command;
  private final Duration patience;
  private final ProcessBuilder described;
  private final Process first;
  private final JoinedStream output;
  private final JoinedStream errors;
  private final OutputStream input;
  private final CompletableFuture<Integer> end = new CompletableFuture<>();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private volatile Process client;
  private volatile @Nullable Loss loss;

  private SshProcess(FarCommand command, Duration patience, ProcessBuilder described)
      throws IOException {
    this.command = requireNonNull(command, "command");
    this.patience = requireNonNull(patience, "patience");
    this.described = described;
    this.first = Spawning.start(described);
    this.client = first;
    this.output = new JoinedStream(first.getInputStream());
    this.errors = new JoinedStream(first.getErrorStream());
    this.input =
        command.mode() == Mode.KEPT
            ? new EndedInput(first.getOutputStream(), command.endOfInput())
            : first.getOutputStream();
  }

  /// Starts `command` with the environment and the streams of `described`.
  ///
  /// @param patience how long a link that was cut is waited for
  static SshProcess start(FarCommand command, Duration patience, ProcessBuilder described)
      throws IOException {
    // What is described ends with the name of the client, on a terminal after what takes that over.
    List<String> argv =
        new ArrayList<>(described.command().subList(0, described.command().size() - 1));
    argv.addAll(command.start(command.id()).command());
    described.command(argv);
    SshProcess process = new SshProcess(command, patience, described);
    Thread.ofVirtual().name("ssh-command").start(process::attend);
    return process;
  }

  private void attend() {
    try {
      int code = first.waitFor();
      while (!stopped.await(0, TimeUnit.NANOSECONDS) && code >= DOUBTFUL) {
        State state = state();
        if (state instanceof State.Ended(int real) && code == Math.min(real, 254)) {
          code = real;
          break;
        }
        if (command.mode() != Mode.KEPT || !(state instanceof State.Started || isEnded(state))) {
          lose(state);
          break;
        }
        code = again();
      }
      finish(code);
    } catch (IOException e) {
      lost("%s, so how the command ended is not known".formatted(e.getMessage()));
      finish(255);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      finish(255);
    }
  }

  private static boolean isEnded(State state) {
    return state instanceof State.Ended;
  }

  private int again() throws IOException, InterruptedException {
    long wrote = output.awaitDrained();
    long complained = errors.awaitDrained();
    described.command(command.follow(wrote, complained, command.id()).command());
    Process next = Spawning.start(described);
    next.getOutputStream().close();
    client = next;
    output.join(next.getInputStream());
    errors.join(next.getErrorStream());
    if (stopped.getCount() == 0) {
      next.destroyForcibly();
    }
    return next.waitFor();
  }

  /* Asked for until the patience is over. */
  private State state() throws IOException, InterruptedException {
    long until = System.nanoTime() + patience.toNanos();
    while (true) {
      try {
        return command.state();
      } catch (LinkException | WallException e) {
        if (System.nanoTime() > until) {
          throw e;
        }
        if (stopped.await(BETWEEN.toMillis(), TimeUnit.MILLISECONDS)) {
          return new State.Unknown();
        }
      }
    }
  }

  private void lose(State state) throws IOException, InterruptedException {
    String link = "the link to %s was cut".formatted(command.link().name());
    switch (state) {
      case State.New() -> {
        if (command.forbid()) {
          loss = new Loss(Loss.Kind.NOT_STARTED, link + " before the command started");
        } else {
          command.kill();
          lost(link + " while the command was started, so it was ended");
        }
      }
      case State.Started() -> {
        command.kill();
        lost(link + ", and with it the streams of the command, so it was ended");
      }
      case State.Ended(int code) ->
          lost("%s; the command ended with %d, its last output is lost".formatted(link, code));
      case State.Unknown() ->
          lost(link + " and the session there is gone, so how the command ended is not known");
    }
  }

  private void lost(String reason) {
    loss = new Loss(Loss.Kind.CUT, reason);
  }

  private void finish(int code) {
    output.end();
    errors.end();
    end.complete(code);
  }

  /// Ends everything of it on the far side, as far as that can be reached.
  void stop() throws IOException, InterruptedException {
    stopped.countDown();
    if (!end.isDone()) {
      command.kill();
    }
  }

  /// Returns why the code is not the command's own, if so.
  Optional<Tether.Loss> loss() {
    return Optional.ofNullable(loss);
  }

  @Override
  public OutputStream getOutputStream() {
    return input;
  }

  @Override
  public InputStream getInputStream() {
    return output;
  }

  @Override
  public InputStream getErrorStream() {
    return errors;
  }

  @Override
  public int waitFor() throws InterruptedException {
    try {
      return end.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("an end is never an exception", e);
    }
  }

  @Override
  public boolean waitFor(long timeout, TimeUnit unit) throws InterruptedException {
    try {
      end.get(timeout, unit);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException("an end is never an exception", e);
    }
  }

  @Override
  public int exitValue() {
    if (!end.isDone()) {
      throw new IllegalThreadStateException("it has not ended");
    }
    return end.join();
  }

  /// Ends the client on this machine; [#stop()] ends the command.
  @Override
  public void destroy() {
    stopped.countDown();
    client.destroyForcibly();
  }

  @Override
  public ProcessHandle toHandle() {
    return first.toHandle();
  }

  /* Says at its end that this was all. */
  private static final class EndedInput extends FilterOutputStream {
    private final String last;
    private boolean closed;

    EndedInput(OutputStream to, String last) {
      super(to);
      this.last = last;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
      if (!closed) {
        closed = true;
        try (OutputStream to = out) {
          to.write(last.getBytes(US_ASCII));
        }
      }
    }
  }
}
