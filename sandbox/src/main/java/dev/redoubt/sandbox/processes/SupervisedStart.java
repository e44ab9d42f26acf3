// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.processes;

import static java.util.Objects.requireNonNull;

import dev.redoubt.sandbox.kernel.StartProgram;
import dev.redoubt.sandbox.kernel.StartReport;
import dev.redoubt.sandbox.kernel.Usage;
import dev.redoubt.sandbox.wall.Starter;
import dev.redoubt.sandbox.wall.Tether;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One command with a supervisor: a process that ends everything of it when it ends, when it is cut
/// and when Redoubt is gone. For one launch.
public final class SupervisedStart implements Starter, Tether {

  private static final long PATIENCE_SECONDS = 10;

  private final StartProgram program;
  private final Path report;
  private volatile @Nullable Process process;
  private volatile String named = "";
  private volatile StartReport said = StartReport.NONE;

  /// @param program one whose plan has a supervisor and reports to a file
  /// @param report a file that is not there yet and that no command reaches
  public SupervisedStart(StartProgram program, Path report) {
    this.program = requireNonNull(program, "program");
    this.report = requireNonNull(report, "report");
  }

  @Override
  public Process start(ProcessBuilder described) throws IOException {
    return start(described, Optional.empty());
  }

  @Override
  public boolean givesTerminals() {
    return true;
  }

  @Override
  public Process start(ProcessBuilder described, Path device) throws IOException {
    return start(described, Optional.of(device));
  }

  private Process start(ProcessBuilder described, Optional<Path> device) throws IOException {
    named = described.command().getFirst();
    Process started = program.start(described, Optional.of(report), device);
    process = started;
    return started;
  }

  /// Tells the supervisor to end everything and waits until it did.
  @Override
  public void kill() {
    Process running = process;
    if (running == null) {
      return;
    }
    // Process.destroy() would close its streams as well, and what it wrote last be lost.
    running.toHandle().destroy();
    try {
      running.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public boolean isOver() throws IOException {
    return program.report(report).isOver();
  }

  @Override
  public Optional<Loss> ended(int code) throws IOException {
    said = program.report(report);
    Files.deleteIfExists(report);
    return said.failure()
        .map(failure ->
            new Loss(
                Loss.Kind.NOT_STARTED,
                "\"%s\" could not be started: %s".formatted(named, failure.getMessage())));
  }

  @Override
  public Optional<Usage> usage() {
    return said.usage();
  }
}
