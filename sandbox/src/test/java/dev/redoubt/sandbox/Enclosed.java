// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox;

import dev.redoubt.guard.Action;
import dev.redoubt.guard.Decision;
import dev.redoubt.guard.Guard;
import dev.redoubt.guard.Program;
import dev.redoubt.guard.network.NetworkRules;
import dev.redoubt.sandbox.files.HostFileFacts;
import dev.redoubt.sandbox.network.Dialer;
import dev.redoubt.sandbox.processes.Ended;
import dev.redoubt.sandbox.processes.Streams;
import dev.redoubt.sandbox.wall.Backend;
import dev.redoubt.sandbox.wall.Enclosure;
import dev.redoubt.sandbox.wall.ResourceLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A sandbox with a workspace, a home and Redoubt's own folder, below one temporary folder. What it
/// is asked to do is done: the guard before it allows everything.
final class Enclosed implements AutoCloseable {

  final Path workspace;
  final Path home;
  final Path state;
  final Sandbox sandbox;

  private Enclosed(Path workspace, Path home, Path state, Sandbox sandbox) {
    this.workspace = workspace;
    this.home = home;
    this.state = state;
    this.sandbox = sandbox;
  }

  /// Returns one that is laid out by `before` and then opened.
  static Enclosed open(Backend backend, Path folder, Preparation before)
      throws IOException, InterruptedException {
    return open(backend, folder, ResourceLimits.DEFAULT, before);
  }

  static Enclosed open(Backend backend, Path folder, ResourceLimits limits, Preparation before)
      throws IOException, InterruptedException {
    return open(backend, folder, limits, new Enclosure.Exits.None(), before);
  }

  static Enclosed open(
      Backend backend,
      Path folder,
      ResourceLimits limits,
      Enclosure.Exits exits,
      Preparation before)
      throws IOException, InterruptedException {
    Path real = folder.toRealPath();
    Path workspace = Files.createDirectories(real.resolve("workspace"));
    Path home = Files.createDirectories(real.resolve("home"));
    Path state = Files.createDirectories(real.resolve("state"));
    before.in(workspace, home);
    return opened(backend, workspace, new Enclosure.Kept(home, state, List.of()), limits, exits);
  }

  /// Returns one around `copies/one` below `folder`, from which `original` and `copies` are kept,
  /// each with a file `.env` and a file `plain` that say `secret`.
  static Enclosed openCopy(Backend backend, Path folder, String secret)
      throws IOException, InterruptedException {
    Path real = folder.toRealPath();
    Path workspace = Files.createDirectories(real.resolve("copies/one"));
    for (String other : List.of("original", "copies/two")) {
      Path place = Files.createDirectories(real.resolve(other));
      Files.writeString(place.resolve(".env"), secret);
      Files.writeString(place.resolve("plain"), secret);
    }
    Files.writeString(real.resolve("beside"), "beside\n");
    Enclosure.Kept kept =
        new Enclosure.Kept(
            Files.createDirectories(real.resolve("home")),
            Files.createDirectories(real.resolve("state")),
            List.of(real.resolve("original"), real.resolve("copies")));
    return opened(backend, workspace, kept, ResourceLimits.DEFAULT, new Enclosure.Exits.None());
  }

  /// Returns one around `workspace`, beside which lie a `home` and a `state`, with `mounts`.
  static Enclosed openMounted(Backend backend, Path workspace, List<Enclosure.Mount> mounts)
      throws IOException, InterruptedException {
    Path beside = workspace.resolveSibling("home");
    return opened(
        backend,
        new Enclosure(
            workspace,
            new Enclosure.Kept(beside, workspace.resolveSibling("state"), List.of()),
            variables(beside),
            new Enclosure.Exits.None(),
            ResourceLimits.DEFAULT,
            mounts));
  }

  private static Map<String, String> variables(Path home) {
    return Map.of("PATH", "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin", "HOME", home.toString());
  }

  private static Enclosed opened(
      Backend backend,
      Path workspace,
      Enclosure.Kept kept,
      ResourceLimits limits,
      Enclosure.Exits exits)
      throws IOException, InterruptedException {
    return opened(backend, new Enclosure(workspace, kept, variables(kept.home()), exits, limits));
  }

  private static Enclosed opened(Backend backend, Enclosure enclosure)
      throws IOException, InterruptedException {
    Sandbox sandbox =
        new Sandbox(
            backend.open(enclosure),
            new Yes(),
            new HostFileFacts(),
            Dialer.create(),
            NetworkRules.NONE);
    return new Enclosed(enclosure.workspace(), enclosure.home(), enclosure.state(), sandbox);
  }

  Outcome perform(Action action) {
    Manner manner =
        new Manner(Streams.Captured.quiet(), Optional.of(Duration.ofSeconds(60)), false);
    return sandbox.perform(SandboxContract.permit(action), manner);
  }

  Action.Run line(String text) {
    return new Action.Run(
        new Program.Line(Program.Shell.BASH, text), workspace, Map.of(), Action.Input.NOTHING);
  }

  Ended run(String line) {
    Outcome outcome = perform(line(line));
    if (outcome instanceof Outcome.Ran(Ended ended)) {
      return ended;
    }
    throw new AssertionError("it did not run: " + outcome);
  }

  /// Returns what a line wrote, both streams.
  String said(String line) {
    Ended ended = run(line);
    return ended.output().toString() + ended.errors();
  }

  @Override
  public void close() throws IOException {
    sandbox.close();
  }

  /// Lays out what a test needs.
  interface Preparation {
    Preparation NOTHING = (_, _) -> {};

    void in(Path workspace, Path home) throws IOException;
  }

  private record Yes() implements Guard {
    @Override
    public String name() {
      return "yes";
    }

    @Override
    public Decision review(Action action) {
      return new Decision.Allow("test.yes", "for the test");
    }
  }

  static List<Path> namesIn(Path folder) throws IOException {
    try (var names = Files.list(folder)) {
      return names.map(Path::getFileName).sorted().toList();
    }
  }
}
