// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.docker;

import static java.util.Objects.requireNonNull;

import dev.redoubt.sandbox.kernel.Usage;
import dev.redoubt.sandbox.processes.RunningCommand;
import dev.redoubt.sandbox.wall.Tether.Loss;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/// The one container of a session, while it runs.
///
/// Knows how many commands are in it. When the last one has left, everything but the first process
/// is ended, whoever started it and however it hides. Has no time limit of its own. Safe to share.
final class SessionContainer {

  /* bash alone: what an image has besides is not known. */
  private static final String KILL_MARKED =
      """
      for place in /proc/[0-9]*; do
        while IFS= read -r -d "" variable; do
          [ "$variable" = "REDOUBT_RUN=$1" ] && kill -9 "${place#/proc/}"
        done < "$place/environ"
      done 2>/dev/null
      exit 0
      """;

  /* The client leaves a command alone on these keys, and cannot be told to have none. */
  private static final String NEVER_TYPED = String.join(",", Collections.nCopies(16, "ctrl-@"));

  private static final String KILL_ALL = "kill -9 -1 2>/dev/null; exit 0";
  private static final int ROUNDS = 5;
  private static final int KILLED = 128 + 9;

  private final DockerClient docker;
  private final Running running;
  private final ReentrantLock lock = new ReentrantLock();
  private int inside;
  /* What was used when the command that is alone began; empty when another one came beside it. */
  private Optional<ContainerUse.Count> alone = Optional.empty();
  private boolean retired;
  private boolean ended;
  private boolean gone;

  SessionContainer(DockerClient docker, Running running) {
    this.docker = requireNonNull(docker, "docker");
    this.running = requireNonNull(running, "running");
  }

  /// What runs.
  ///
  /// @param id the container's, 64 hex digits
  /// @param user who runs in it
  /// @param keeper the client that holds the container as long as it runs
  /// @param members its processes, if they can be seen here
  /// @param use what they used
  /// @param relay what leads out of it, if anything does
  record Running(
      String id,
      ContainerUser user,
      RunningCommand keeper,
      Optional<ContainerMembers> members,
      ContainerUse use,
      Optional<RelayContainer> relay) {
    Running {
      requireNonNull(use, "use");
      requireNonNull(id, "id");
      requireNonNull(user, "user");
      requireNonNull(keeper, "keeper");
      requireNonNull(members, "members");
      requireNonNull(relay, "relay");
    }
  }

  /// Returns the number of the container, 64 hex digits.
  String id() {
    return running.id();
  }

  /// Returns whether the container is there, as far as its keeper knows.
  boolean isAlive() {
    lock.lock();
    try {
      return !ended && running.keeper().isAlive();
    } finally {
      lock.unlock();
    }
  }

  /// Returns whether the engine has it no more.
  boolean isGone() {
    lock.lock();
    try {
      return gone;
    } finally {
      lock.unlock();
    }
  }

  /// Returns whether it had a way out that went away.
  boolean lostItsWayOut() {
    return running.relay().isPresent() && !running.relay().get().keeper().isAlive();
  }

  /// Counts a command in. It leaves by [#left].
  void enter() {
    lock.lock();
    try {
      inside++;
      alone = inside == 1 ? running.use().now() : Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  /// Returns the arguments for the client that run `argv` in the container.
  List<String> arguments(String folder, ContainerEnvironment environment, Marked marked) {
    List<String> all = new ArrayList<>(List.of("exec", "--interactive"));
    if (marked.streams() == Streams.TERMINAL) {
      all.addAll(List.of("--tty", "--detach-keys=" + NEVER_TYPED));
    }
    all.add("--user=" + running.user().option());
    all.add("--workdir=" + folder);
    all.add("--env=REDOUBT_RUN=" + marked.mark());
    // Without a value: the client passes on its own, by which the machine finds what is left.
    all.add("--env=REDOUBT_COMMAND");
    environment.carried().keySet().stream().sorted().forEach(name -> all.add("--env=" + name));
    all.add(running.id());
    String script =
        switch (marked.streams()) {
          case PLAIN -> environment.script();
          case TERMINAL -> environment.scriptOnTerminal();
        };
    all.addAll(List.of("bash", "--noprofile", "--norc", "-c", script, "redoubt"));
    all.addAll(marked.argv());
    return all;
  }

  /// A command with the mark by which what it starts is found.
  record Marked(String mark, List<String> argv, Streams streams) {
    Marked {
      requireNonNull(mark, "mark");
      argv = List.copyOf(argv);
      requireNonNull(streams, "streams");
    }
  }

  /// What the client is started with, and the command then gets too.
  enum Streams {
    PLAIN,
    TERMINAL
  }

  /// Ends everything that carries `mark`.
  void kill(String mark) throws IOException, InterruptedException {
    // What shows on this machine is ended there, by the same mark.
    if (!running.members().map(ContainerMembers::isOpen).orElse(false)) {
      inside("kill", KILL_MARKED, mark);
    }
  }

  /// How a command left.
  ///
  /// @param loss why its code is not its own, if so
  /// @param usage what it used, its way in included; empty when another one ran meanwhile
  record Left(Optional<Loss> loss, Optional<Usage> usage) {}

  /// Counts a command out that ended with `code`, and ends what it left.
  Left left(String mark, int code) throws IOException, InterruptedException {
    lock.lock();
    try {
      Optional<Usage> usage =
          alone.flatMap(before -> running.use().now().map(now -> now.since(before)));
      alone = Optional.empty();
      inside--;
      Optional<Loss> loss = mayBeLost(code) ? loss(code) : Optional.empty();
      if (loss.isPresent()) {
        ended = true;
      } else if (retired && inside == 0) {
        end();
      } else if (inside == 0) {
        sweep();
      } else {
        kill(mark);
      }
      return new Left(loss, usage);
    } finally {
      lock.unlock();
    }
  }

  /// Ends the container as soon as no command is in it.
  ///
  /// @return whether it has ended
  boolean endWhenEmpty() throws IOException, InterruptedException {
    lock.lock();
    try {
      retired = true;
      if (inside == 0) {
        end();
      }
      return gone;
    } finally {
      lock.unlock();
    }
  }

  /* The codes with which the client speaks for itself, and those of a killed container. */
  private static boolean mayBeLost(int code) {
    return code < 0 || code == 1 || code >= 125;
  }

  private Optional<Loss> loss(int code) throws IOException, InterruptedException {
    if (ended) {
      return Optional.of(new Loss(Loss.Kind.CUT, "its container was ended"));
    }
    DockerClient.Answer state =
        docker.ask("inspect", "--type=container", "--format={{.State.Running}}", running.id());
    if (state.good() && state.text().equals("true")) {
      // For a moment a container that was just killed is still said to run.
      if (code != KILLED || inside("alive", "exit 0", "")) {
        return Optional.empty();
      }
      end();
      return Optional.of(
          new Loss(Loss.Kind.CUT, "its container ended while it ran, or answers no more"));
    }
    if (state.good()) {
      return Optional.of(new Loss(Loss.Kind.CUT, "its container ended while it ran"));
    }
    String reason =
        state.complaint().contains("No such")
            ? "its container went away while it ran"
            : "the container engine went away while it ran: " + state.complaint();
    return Optional.of(new Loss(Loss.Kind.CUT, reason));
  }

  private void sweep() throws IOException, InterruptedException {
    if (running.members().isEmpty()) {
      if (!inside("sweep", KILL_ALL, "")) {
        end();
      }
      return;
    }
    ContainerMembers members = running.members().get();
    for (int round = 0; round < ROUNDS; round++) {
      if (members.isAlone()) {
        return;
      }
      inside("sweep", KILL_ALL, "");
    }
    if (!members.isAlone()) {
      end();
    }
  }

  private boolean inside(String name, String script, String argument)
      throws IOException, InterruptedException {
    return docker
        .ask(
            "exec",
            "--user=" + running.user().option(),
            running.id(),
            "bash",
            "--noprofile",
            "--norc",
            "-c",
            script,
            name,
            argument)
        .good();
  }

  /// Ends the container with everything in it. Does nothing when it has ended.
  ///
  /// @throws IOException if the engine could not be asked to
  void end() throws IOException, InterruptedException {
    lock.lock();
    try {
      ended = true;
      if (gone) {
        return;
      }
      if (running.relay().isPresent()) {
        running.relay().get().end(docker);
      }
      DockerClient.Answer removed = docker.ask("rm", "--force", "--volumes", running.id());
      running.keeper().close();
      gone =
          removed.good()
              || removed.complaint().contains("No such")
              || removed.complaint().contains("already in progress");
      if (!gone) {
        throw new IOException("a container could not be removed: " + removed.complaint());
      }
    } finally {
      lock.unlock();
    }
  }
}
