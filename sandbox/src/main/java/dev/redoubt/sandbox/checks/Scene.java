// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.checks;

import dev.redoubt.guard.Action;
import dev.redoubt.guard.Approver;
import dev.redoubt.guard.Decision;
import dev.redoubt.guard.DecisionLog;
import dev.redoubt.guard.Gate;
import dev.redoubt.guard.Guard;
import dev.redoubt.guard.Program;
import dev.redoubt.guard.Verdict;
import dev.redoubt.guard.network.NetworkRules;
import dev.redoubt.sandbox.Manner;
import dev.redoubt.sandbox.Outcome;
import dev.redoubt.sandbox.Sandbox;
import dev.redoubt.sandbox.files.HostFileFacts;
import dev.redoubt.sandbox.network.Dialer;
import dev.redoubt.sandbox.processes.Ended;
import dev.redoubt.sandbox.processes.Streams;
import dev.redoubt.sandbox.wall.Backend;
import dev.redoubt.sandbox.wall.Claim;
import dev.redoubt.sandbox.wall.Enclosure;
import dev.redoubt.sandbox.wall.EscapeCheck;
import dev.redoubt.sandbox.wall.ResourceLimits;
import dev.redoubt.sandbox.wall.Wall;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;

/// What the checks happen in: a made-up home and workspace with a secret, and a process outside
/// that holds the secret too.
final class Scene implements AutoCloseable {

  static final ResourceLimits LIMITS =
      new ResourceLimits(64, 512L << 20, 64L << 20, 16L << 20, 100);

  private static final int NOBODY = 65_534;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Backend backend;
  private final Path scratch;
  private final Sandbox sandbox;
  private final Gate gate;
  private final String secret;
  private final Process outside;

  private Scene(Backend backend, Path scratch, Sandbox sandbox, Gate gate, Outside outside) {
    this.backend = backend;
    this.scratch = scratch;
    this.sandbox = sandbox;
    this.gate = gate;
    this.secret = outside.secret();
    this.outside = outside.process();
  }

  /// A process that the wall has nothing to do with.
  private record Outside(String secret, Process process) {
    static Outside start() throws IOException {
      String secret = "redoubt-check-" + UUID.randomUUID();
      ProcessBuilder sleep = new ProcessBuilder("sleep", "600");
      sleep.environment().put("REDOUBT_CHECK", secret);
      return new Outside(secret, sleep.start());
    }
  }

  /// Returns a scene behind `backend` in `scratch`, an empty folder.
  ///
  /// @param environment the variables of the operator that commands get
  static Scene open(Backend backend, Path scratch, Map<String, String> environment)
      throws IOException, InterruptedException {
    Path real = scratch.toRealPath();
    Path home = Files.createDirectory(real.resolve("home"));
    Path workspace = Files.createDirectory(real.resolve("workspace"));
    Path state = Files.createDirectory(real.resolve("state"));
    Outside outside = Outside.start();
    Files.createDirectory(home.resolve(".ssh"));
    Files.writeString(home.resolve(".ssh/id_ed25519"), outside.secret());
    Files.writeString(workspace.resolve(".env"), "KEY=" + outside.secret());
    Files.createDirectories(workspace.resolve(".git/hooks"));
    Files.writeString(workspace.resolve(".git/config"), "[core]\n");
    Files.createDirectories(workspace.resolve("meta/objects"));
    Files.createDirectories(workspace.resolve("meta/refs"));
    Files.writeString(workspace.resolve("meta/HEAD"), "ref: refs/heads/main\n");
    Files.writeString(workspace.resolve("meta/config"), "[core]\n");
    Files.writeString(workspace.resolve("file"), "ordinary");
    Map<String, String> variables = new TreeMap<>(environment);
    variables.put("HOME", home.toString());
    Guard within = new Within(workspace);
    if (backend.name().equals("docker")) {
      giveAway(workspace);
    }
    try {
      Wall wall =
          backend.open(
              new Enclosure(workspace, home, state, variables, new Enclosure.Exits.None(), LIMITS));
      Sandbox sandbox =
          new Sandbox(wall, within, new HostFileFacts(), Dialer.create(), NetworkRules.NONE);
      Gate gate = new Gate(List.of(within), Approver.NEVER, DecisionLog.NONE);
      return new Scene(backend, real, sandbox, gate, outside);
    } catch (IOException | RuntimeException | InterruptedException e) {
      outside.process().destroyForcibly();
      throw e;
    }
  }

  /* Nothing in a container runs as root, so a workspace of root's is refused. */
  private static void giveAway(Path workspace) throws IOException {
    if (!Files.getAttribute(workspace, "unix:uid").equals(0)) {
      return;
    }
    try (Stream<Path> all = Files.walk(workspace)) {
      for (Path path : all.toList()) {
        Files.setAttribute(path, "unix:uid", NOBODY, LinkOption.NOFOLLOW_LINKS);
        Files.setAttribute(path, "unix:gid", NOBODY, LinkOption.NOFOLLOW_LINKS);
      }
    }
  }

  Path workspace() {
    return scratch.resolve("workspace");
  }

  Path home() {
    return scratch.resolve("home");
  }

  /// Returns what no command may print.
  String secret() {
    return secret;
  }

  Process outside() {
    return outside;
  }

  /// Returns the limit that the backend claims to keep, in its own words.
  String limit(EscapeCheck check) {
    return backend.claim(check) instanceof Claim.Bounded(String limit) ? limit : "";
  }

  /// Returns what a line of Bash leaves, tried inside for at most half a minute.
  ///
  /// @throws CheckFailedException if it does not even start
  Ended run(String line) throws CheckFailedException {
    Outcome outcome =
        perform(
            new Action.Run(
                new Program.Line(Program.Shell.BASH, line),
                workspace(),
                Map.of(),
                Action.Input.NOTHING));
    return switch (outcome) {
      case Outcome.Ran(Ended ended) -> ended;
      case Outcome.NotStarted(String reason, String _) -> throw new CheckFailedException(reason);
      case Outcome.RefusedByWall(String reason, String _) -> throw new CheckFailedException(reason);
      default -> throw new CheckFailedException("a command came to " + outcome);
    };
  }

  /// Returns what comes of `action`, which a guard that knows only the workspace permitted.
  Outcome perform(Action action) throws CheckFailedException {
    try {
      return switch (gate.judge(action)) {
        case Verdict.Permitted(var permit) ->
            sandbox.perform(
                permit, new Manner(Streams.Captured.quiet(), Optional.of(PATIENCE), false));
        case Verdict.Refused(String guard, Decision decision) ->
            new Outcome.RefusedByGuard(guard, decision);
      };
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CheckFailedException("it was cancelled");
    }
  }

  @Override
  public void close() throws IOException {
    outside.destroyForcibly();
    sandbox.close();
  }

  /// Permits every command, and files below the workspace by their path: the least a guard does.
  private record Within(Path workspace) implements Guard {
    @Override
    public String name() {
      return "within";
    }

    @Override
    public Decision review(Action action) {
      boolean allowed =
          switch (action) {
            case Action.Run _ -> true;
            case Action.Read(Path path) -> path.startsWith(workspace);
            case Action.Write(Path path, var _) -> path.startsWith(workspace);
            default -> false;
          };
      return allowed
          ? new Decision.Allow("check.within", "below the workspace")
          : new Decision.Deny("check.outside", "not below the workspace", List.of());
    }
  }
}
