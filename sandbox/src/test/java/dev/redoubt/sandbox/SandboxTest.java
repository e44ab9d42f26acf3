// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.guard.Action;
import dev.redoubt.guard.Decision;
import dev.redoubt.guard.Guard;
import dev.redoubt.guard.Program;
import dev.redoubt.guard.network.NetworkRules;
import dev.redoubt.sandbox.files.HostFileFacts;
import dev.redoubt.sandbox.network.Dialer;
import dev.redoubt.sandbox.processes.Streams;
import dev.redoubt.sandbox.wall.Boundary;
import dev.redoubt.sandbox.wall.Launch;
import dev.redoubt.sandbox.wall.Starter;
import dev.redoubt.sandbox.wall.Tether;
import dev.redoubt.sandbox.wall.Undone;
import dev.redoubt.sandbox.wall.Wall;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SandboxTest {

  private static final Tether.Loss NOT_UP =
      new Tether.Loss(Tether.Loss.Kind.NOT_UP, "the wall does not stand");

  @TempDir Path folder;

  private Outcome outcome(Falling wall) throws IOException {
    Action.Run run =
        new Action.Run(
            new Program.Line(Program.Shell.BASH, "unused"), folder, Map.of(), Action.Input.NOTHING);
    try (Sandbox sandbox =
        new Sandbox(wall, new Yes(), new HostFileFacts(), Dialer.create(), NetworkRules.NONE)) {
      return sandbox.perform(
          SandboxContract.permit(run),
          new Manner(Streams.Captured.quiet(), Optional.empty(), false));
    }
  }

  @Test
  void aWallThatFellWhileItWasPutUpIsPutUpAgain() throws IOException {
    Falling wall = new Falling(folder, 2, NOT_UP);

    assertThat(outcome(wall))
        .isInstanceOfSatisfying(
            Outcome.Ran.class,
            ran -> assertThat(ran.ended().output().toString()).isEqualTo("up\n"));
    assertThat(wall.launches).isEqualTo(3);
  }

  @Test
  void aWallThatNeverStandsIsGivenUp() throws IOException {
    Falling wall = new Falling(folder, 100, NOT_UP);

    assertThat(outcome(wall)).isEqualTo(new Outcome.NotStarted("the wall does not stand", ""));
    assertThat(wall.launches).isEqualTo(3);
  }

  @Test
  void nothingIsTriedAgainThatCouldHaveRun() throws IOException {
    Undone undone = new Undone(List.of(folder.resolve(".mcp.json")), List.of(), folder);
    for (Tether.Loss loss :
        List.of(
            new Tether.Loss(Tether.Loss.Kind.NOT_STARTED, "no program"),
            new Tether.Loss(NOT_UP.kind(), NOT_UP.reason(), Optional.of(undone)))) {
      Falling wall = new Falling(folder, 1, loss);

      assertThat(outcome(wall)).isInstanceOf(Outcome.NotStarted.class);
      assertThat(wall.launches).isEqualTo(1);
    }
  }

  /// A wall that does not stand at first.
  private static final class Falling implements Wall {

    private final Path folder;
    private final int falls;
    private final Tether.Loss loss;
    private int launches;

    Falling(Path folder, int falls, Tether.Loss loss) {
      this.folder = folder;
      this.falls = falls;
      this.loss = loss;
    }

    @Override
    public String name() {
      return "falling";
    }

    @Override
    public Boundary boundary() {
      return (_, _) -> Optional.empty();
    }

    @Override
    public Launch around(Action.Run run) {
      launches++;
      boolean stands = launches > falls;
      Tether tether =
          new Tether() {
            @Override
            public Optional<Loss> ended(int code) {
              return stands ? Optional.empty() : Optional.of(loss);
            }
          };
      List<String> argv = List.of("/bin/sh", "-c", stands ? "echo up" : "exit 1");
      return new Launch(argv, Map.of(), folder, Starter.PLAIN, tether);
    }

    @Override
    public void close() {}
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
}
