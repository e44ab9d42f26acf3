// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.ssh;

import static java.util.Objects.requireNonNull;

import dev.redoubt.guard.Action;
import dev.redoubt.sandbox.kernel.Usage;
import dev.redoubt.sandbox.ssh.FarCommand.Mode;
import dev.redoubt.sandbox.wall.Boundary;
import dev.redoubt.sandbox.wall.Launch;
import dev.redoubt.sandbox.wall.Tether;
import dev.redoubt.sandbox.wall.Wall;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// Commands run on another machine, in a copy of the workspace that is brought up to date before
/// each and back after it. No wall around them there.
final class SshWall implements Wall {

  private final SshLink link;
  private final NearFolder near;
  private final Synchroniser synchroniser;
  private final FarScript script;
  private final Duration patience;
  private final AtomicBoolean closed = new AtomicBoolean();

  /// @param patience how long a link that was cut in a command is waited for
  SshWall(
      SshLink link,
      NearFolder near,
      Synchroniser synchroniser,
      FarScript script,
      Duration patience) {
    this.link = requireNonNull(link, "link");
    this.near = requireNonNull(near, "near");
    this.synchroniser = requireNonNull(synchroniser, "synchroniser");
    this.script = requireNonNull(script, "script");
    this.patience = requireNonNull(patience, "patience");
  }

  @Override
  public String name() {
    return "ssh";
  }

  @Override
  public Boundary boundary() {
    return Boundary.NONE;
  }

  @Override
  public Launch around(Action.Run run) throws IOException, InterruptedException {
    return around(run, run.input() == Action.Input.OPEN ? Mode.LIVE : Mode.KEPT);
  }

  @Override
  public Launch aroundTerminal(Action.Run run) throws IOException, InterruptedException {
    return around(run, Mode.TERMINAL);
  }

  private Launch around(Action.Run run, Mode mode) throws IOException, InterruptedException {
    String id = FarCommand.newId();
    byte[] text = script.of(run, id);
    synchroniser.before();
    FarCommand command = FarCommand.lay(link, mode, text, id);
    Running running = new Running(command);
    return new Launch(
        List.of("ssh"), SshLink.environment(), near.folder(), running::start, running);
  }

  @Override
  public void close() throws IOException {
    if (closed.compareAndSet(false, true)) {
      try (near;
          link) {
        // Both, the link first.
      }
    }
  }

  private final class Running implements Tether {
    private final FarCommand command;
    private volatile @Nullable SshProcess process;
    private volatile Optional<Usage> usage = Optional.empty();

    Running(FarCommand command) {
      this.command = command;
    }

    Process start(ProcessBuilder described) throws IOException {
      SshProcess started = SshProcess.start(command, patience, described);
      process = started;
      return started;
    }

    @Override
    public void kill() throws IOException {
      SshProcess started = process;
      if (started != null) {
        try {
          started.stop();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new IOException("it was interrupted while it was ended", e);
        }
      }
    }

    @Override
    public Optional<Usage> usage() {
      return usage;
    }

    @Override
    public Optional<Loss> ended(int code) throws IOException, InterruptedException {
      Files.deleteIfExists(near.log(command.id()));
      SshProcess started = process;
      Optional<Loss> loss = started == null ? Optional.empty() : started.loss();
      if (started == null || loss.isPresent()) {
        return loss;
      }
      try {
        usage = synchroniser.after(command.id());
        return Optional.empty();
      } catch (IOException e) {
        return Optional.of(
            new Loss(
                Loss.Kind.CUT,
                "the command ended with %d, but what it changed could not be brought back: %s"
                    .formatted(code, e.getMessage())));
      }
    }
  }
}
