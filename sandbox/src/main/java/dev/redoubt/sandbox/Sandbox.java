// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox;

import static dev.redoubt.sandbox.wall.Tether.Loss.Kind.NOT_UP;
import static java.util.Objects.requireNonNull;

import dev.redoubt.guard.Action;
import dev.redoubt.guard.FileFacts;
import dev.redoubt.guard.Guard;
import dev.redoubt.guard.Permit;
import dev.redoubt.guard.network.NetworkRules;
import dev.redoubt.sandbox.network.Dialer;
import dev.redoubt.sandbox.processes.Ended;
import dev.redoubt.sandbox.processes.RunningCommand;
import dev.redoubt.sandbox.processes.Streams;
import dev.redoubt.sandbox.wall.Launch;
import dev.redoubt.sandbox.wall.Tether;
import dev.redoubt.sandbox.wall.Wall;
import dev.redoubt.sandbox.wall.WallException;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// Performs what was permitted, inside one wall: the only place from which Redoubt acts on the
/// world for an agent.
///
/// A permit is spent by the first attempt. Nothing that was started outlives the sandbox. Safe to
/// share.
public final class Sandbox implements AutoCloseable {

  private static final int MORE_TRIES = 2;

  private final Wall wall;
  private final FileActions files;
  private final NetworkActions network;
  private final Set<RunningCommand> running = ConcurrentHashMap.newKeySet();
  private final Thread atExit = new Thread(this::endAll, "sandbox-end");

  /// @param guard judges again what a path leads to when it leads elsewhere
  /// @param rules what an operator allowed and denied of the network
  public Sandbox(Wall wall, Guard guard, FileFacts facts, Dialer dialer, NetworkRules rules) {
    this.wall = requireNonNull(wall, "wall");
    this.files = new FileActions(facts, guard, wall);
    this.network = new NetworkActions(dialer, rules);
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  /// Returns the name of the backend, in the manner of `bubblewrap`.
  public String name() {
    return wall.name();
  }

  /// Returns what really surrounds commands, by name, for the evidence of a session.
  public Map<String, String> facts() {
    return wall.facts();
  }

  /// Returns what came of doing what `permit` permits. An interrupt ends a command with everything
  /// it started; it is then [dev.redoubt.sandbox.processes.Ending.Cut] and the interrupt still set.
  ///
  /// @throws IllegalStateException if the permit was spent before
  /// @throws IllegalArgumentException if the action is no sandbox's to perform: a call of a tool
  ///   and a text for a model go through the connection they belong to
  public Outcome perform(Permit permit, Manner manner) {
    Action action = permit.spend();
    return switch (action) {
      case Action.Run run -> run(run, manner);
      case Action.StartServer(String _, Action.Run run) ->
          run(run, new Manner(piped(manner.streams()), Optional.empty(), true));
      case Action.Read read -> files.read(read);
      case Action.LoadConfig load -> files.load(load);
      case Action.Write write -> files.write(write, manner.before());
      case Action.Delete delete -> files.delete(delete);
      case Action.ListFolder list -> files.list(list);
      case Action.Search search -> files.search(search, manner.terms());
      case Action.Connect connect -> network.connect(connect);
      case Action.Fetch fetch -> network.fetch(fetch);
      case Action.CallTool _, Action.SendToModel _ ->
          throw new IllegalArgumentException(
              "%s is performed by its own connection".formatted(action.getClass().getSimpleName()));
    };
  }

  /* A server is spoken to, whatever the manner says of output. */
  private static Streams piped(Streams wanted) {
    return wanted instanceof Streams.Piped ? wanted : new Streams.Piped(Streams.Caps.DEFAULT);
  }

  /* A wall learns whether the streams of a command are wired through. */
  private static Action.Run wired(Action.Run run, Streams streams) {
    Action.Input input =
        switch (streams) {
          case Streams.Captured(var given, var _, var _) ->
              given.size() == 0 ? Action.Input.NOTHING : Action.Input.GIVEN;
          case Streams.Inherited _, Streams.Piped _, Streams.Terminal _ -> Action.Input.OPEN;
        };
    return new Action.Run(run.program(), run.folder(), run.environment(), input);
  }

  /* What a wall covers can go away while it is put up. The next try looks again. */
  private Outcome run(Action.Run run, Manner manner) {
    AtomicInteger left = new AtomicInteger(MORE_TRIES);
    Optional<Outcome> outcome = once(run, manner, left);
    while (outcome.isEmpty()) {
      outcome = once(run, manner, left);
    }
    return outcome.get();
  }

  /* Empty if the wall did not stand, nothing was done, and there is a try left. */
  private Optional<Outcome> once(Action.Run run, Manner manner, AtomicInteger left) {
    RunningCommand command;
    try {
      Action.Run wired = wired(run, manner.streams());
      Launch launch =
          manner.streams() instanceof Streams.Terminal
              ? wall.aroundTerminal(wired)
              : wall.around(wired);
      command = RunningCommand.start(launch, manner.streams(), manner.allowed());
    } catch (WallException e) {
      String reason = String.valueOf(e.getMessage());
      return Optional.of(
          switch (e.kind()) {
            case CANNOT_START -> new Outcome.NotStarted(reason, e.fix());
            case REFUSED -> new Outcome.RefusedByWall(reason, e.fix());
          });
    } catch (IOException e) {
      return Optional.of(new Outcome.NotStarted(String.valueOf(e.getMessage()), ""));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of(new Outcome.NotStarted("it was cancelled before it started", ""));
    }
    running.add(command);
    if (manner.background()) {
      command.whenOver(() -> running.remove(command));
      return Optional.of(new Outcome.Runs(command));
    }
    try {
      Ended ended = command.await();
      boolean again =
          ended.loss().filter(loss -> loss.kind() == NOT_UP && loss.undone().isEmpty()).isPresent();
      return again && left.getAndDecrement() > 0 ? Optional.empty() : Optional.of(outcome(ended));
    } finally {
      running.remove(command);
    }
  }

  private static Outcome outcome(Ended ended) {
    Optional<Tether.Loss> loss = ended.loss();
    if (loss.isEmpty()) {
      return new Outcome.Ran(ended);
    }
    String reason =
        loss.get()
            .undone()
            .map(left -> loss.get().reason() + "; " + left.said())
            .orElse(loss.get().reason());
    return switch (loss.get().kind()) {
      case NOT_STARTED, NOT_UP -> new Outcome.NotStarted(reason, "");
      case REFUSED -> new Outcome.RefusedByWall(reason, "");
      case TOLD, UNDONE, CUT -> new Outcome.Ran(ended);
    };
  }

  /// Ends everything that still runs and waits until it is gone. The wall stays up.
  public void endAll() {
    running.forEach(command -> command.cut("Redoubt was ended"));
    running.forEach(RunningCommand::await);
    running.clear();
  }

  /// Ends everything that still runs and takes the wall down.
  @Override
  public void close() throws IOException {
    endAll();
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException e) {
      // The program is ending already, and the hook with it.
    }
    wall.close();
  }
}
