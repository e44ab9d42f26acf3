// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.checks;

import static java.util.Objects.requireNonNull;

import dev.redoubt.sandbox.checks.Attempt.Seen;
import dev.redoubt.sandbox.checks.CheckRow.Result;
import dev.redoubt.sandbox.files.GuardedFiles;
import dev.redoubt.sandbox.wall.Backend;
import dev.redoubt.sandbox.wall.Claim;
import dev.redoubt.sandbox.wall.EscapeCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;

/// Tries every way out of a backend's wall, in a made-up home and workspace.
///
/// What a backend does not claim is not tried: it would work, and on the operator's own machine.
public final class SandboxChecks {

  private final Map<String, String> environment;

  /// @param environment the variables of the operator that commands get
  public SandboxChecks(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  /// Gives a row for each check to `rows`, as soon as it is known.
  ///
  /// @return whether everything the backend says is true
  /// @throws IOException if the wall cannot be put up
  public boolean run(Backend backend, Consumer<CheckRow> rows)
      throws IOException, InterruptedException {
    requireNonNull(rows, "rows");
    boolean held = true;
    for (EscapeCheck check : EscapeCheck.values()) {
      CheckRow row = row(backend, check);
      rows.accept(row);
      held &= row.held();
    }
    return held;
  }

  private CheckRow row(Backend backend, EscapeCheck check)
      throws IOException, InterruptedException {
    String name = backend.name();
    return switch (backend.claim(check)) {
      case Claim.NotClaimed(String reason) ->
          new CheckRow(name, check, Result.NOT_CLAIMED, true, reason);
      case Claim.Gap(String reason) -> new CheckRow(name, check, Result.GAP, true, reason);
      case Claim.Blocked _ -> tried(backend, check, Result.BLOCKED);
      case Claim.Bounded _ -> tried(backend, check, Result.BOUNDED);
    };
  }

  private CheckRow tried(Backend backend, EscapeCheck check, Result claimed)
      throws IOException, InterruptedException {
    Path scratch = Files.createTempDirectory("redoubt-sandbox-test-");
    try (Scene scene = Scene.open(backend, scratch, environment)) {
      Seen seen = attempt(check).in(scene);
      return new CheckRow(
          backend.name(), check, seen.out() ? Result.GAP : claimed, !seen.out(), seen.detail());
    } catch (CheckFailedException e) {
      return new CheckRow(
          backend.name(), check, Result.GAP, false, "could not be tried: " + e.getMessage());
    } finally {
      try (GuardedFiles files = GuardedFiles.below(Path.of("/"))) {
        files.deleteAll(scratch.toRealPath());
      }
    }
  }

  private static Attempt attempt(EscapeCheck check) {
    return switch (check) {
      case READ_SECRET -> FileAttempts::readSecret;
      case WRITE_OUTSIDE -> FileAttempts::writeOutside;
      case WRITE_PROTECTED -> FileAttempts::writeProtected;
      case WRITE_ABSENT_PROTECTED -> FileAttempts::writeAbsent;
      case SYMLINK_SWAP -> FileAttempts::symlinkSwap;
      case HARD_LINK -> FileAttempts::hardLink;
      case PROC -> ProcessAttempts::proc;
      case SIGNAL_OUTSIDE -> ProcessAttempts::signal;
      case METADATA_ADDRESS -> NetworkAttempts::metadata;
      case DIRECT_SOCKET -> NetworkAttempts::directSocket;
      case DNS -> NetworkAttempts::dns;
      case UNIX_SOCKET -> NetworkAttempts::unixSocket;
      case DOCKER_SOCKET -> NetworkAttempts::dockerSocket;
      case PTRACE -> ProcessAttempts::ptrace;
      case NAMESPACE -> ProcessAttempts::namespace;
      case FORK_BOMB -> ProcessAttempts::forkBomb;
      case DISK_FILL -> ProcessAttempts::diskFill;
      case OUTPUT_FLOOD -> ProcessAttempts::outputFlood;
      case ORPHAN -> ProcessAttempts::orphan;
      case TERMINAL_INJECTION -> ProcessAttempts::terminal;
    };
  }
}
