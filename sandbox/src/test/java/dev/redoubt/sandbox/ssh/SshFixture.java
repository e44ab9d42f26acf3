// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.ssh;

import dev.redoubt.guard.Action;
import dev.redoubt.guard.Content;
import dev.redoubt.guard.Program;
import dev.redoubt.sandbox.processes.Ended;
import dev.redoubt.sandbox.processes.RunningCommand;
import dev.redoubt.sandbox.processes.Streams;
import dev.redoubt.sandbox.wall.Enclosure;
import dev.redoubt.sandbox.wall.ResourceLimits;
import dev.redoubt.sandbox.wall.Wall;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/// Two folders that play the two machines, and a wall between them that is opened again at will.
final class SshFixture implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  final Path near;
  final Path far;
  final List<SyncNotice> notices = new CopyOnWriteArrayList<>();
  private final Path folder;
  private final SshBackend backend;
  private Wall wall;

  /// @param settings of the server; its far folder is `far` below `folder`
  SshFixture(Path folder, SshSettings settings, SshBackend.Waiting waiting)
      throws IOException, InterruptedException {
    this.folder = folder;
    this.near = Files.createDirectories(folder.resolve("near"));
    this.far = folder.resolve("far");
    this.backend = new SshBackend(Optional.of(settings), notices::add, waiting);
    reopen();
  }

  /// Ends the session and begins another one.
  void reopen() throws IOException, InterruptedException {
    close();
    wall =
        backend.open(
            new Enclosure(
                near,
                folder.resolve("home"),
                folder.resolve("state"),
                Map.of("LANG", "C.UTF-8"),
                new Enclosure.Exits.None(),
                ResourceLimits.DEFAULT));
  }

  Ended run(String line) throws IOException, InterruptedException {
    return start(line, new CountDownLatch(1)).await();
  }

  /// Starts a command.
  ///
  /// @param begun is counted down when it writes something
  RunningCommand start(String line, CountDownLatch begun) throws IOException, InterruptedException {
    Streams streams =
        new Streams.Captured(Content.of(""), Streams.Caps.DEFAULT, (_, _, _) -> begun.countDown());
    return start(line, Action.Input.NOTHING, streams);
  }

  RunningCommand start(String line, Action.Input input, Streams streams)
      throws IOException, InterruptedException {
    Action.Run run =
        new Action.Run(new Program.Line(Program.Shell.BASH, line), near, Map.of(), input);
    return RunningCommand.start(wall.around(run), streams, Optional.of(PATIENCE));
  }

  @Override
  public void close() throws IOException {
    if (wall != null) {
      wall.close();
    }
  }
}
