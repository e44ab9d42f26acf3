// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.exec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.sandbox.Outcome;
import dev.redoubt.sandbox.processes.CapturedText;
import dev.redoubt.sandbox.processes.Ended;
import dev.redoubt.sandbox.processes.Ending;
import dev.redoubt.sandbox.wall.Tether.Loss;
import dev.redoubt.sandbox.wall.Undone;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ExecReportTest {

  private static ExecReport report(Ending ending, Optional<Loss> loss) {
    ExecReport.Place place =
        new ExecReport.Place(
            List.of("true"),
            new ExecReport.Inside("docker", "direct", loss.flatMap(Loss::undone)),
            "/w",
            "/w",
            1,
            Optional.empty());
    return ExecReport.of(
        new Outcome.Ran(
            new Ended(
                ending,
                loss,
                CapturedText.EMPTY,
                CapturedText.EMPTY,
                Duration.ZERO,
                Optional.empty())),
        place);
  }

  @Test
  void onlyWhatWasCancelledEndsAsCancelled() {
    Optional<Loss> lost = Optional.of(new Loss(Loss.Kind.CUT, "the engine went away"));
    Optional<Loss> undone = Optional.of(new Loss(Loss.Kind.UNDONE, "it wrote .mcp.json"));

    assertThat(report(new Ending.Cut("cancelled"), Optional.empty()).exitCode()).isEqualTo(130);
    assertThat(report(new Ending.Cut("cancelled"), lost).exitCode()).isEqualTo(130);
    assertThat(report(new Ending.Cut("the engine went away"), lost).exitCode()).isEqualTo(4);
    assertThat(report(new Ending.Exited(0), undone).exitCode()).isEqualTo(20);
    assertThat(report(new Ending.Exited(3), Optional.empty()).exitCode()).isEqualTo(3);
  }

  @Test
  void whatWasTakenBackIsSaidHoweverItEnded() {
    Undone undone = new Undone(List.of(Path.of("/w/a/.mcp.json")), List.of(), Path.of("/q"));
    Loss lost = new Loss(Loss.Kind.CUT, "the engine went away", Optional.of(undone));

    for (ExecReport report :
        List.of(
            report(new Ending.TimedOut(Duration.ofSeconds(2)), Optional.of(Loss.of(undone))),
            report(new Ending.Cut("cancelled"), Optional.of(Loss.of(undone))),
            report(new Ending.Cut("the engine went away"), Optional.of(lost)),
            report(new Ending.Signalled(9), Optional.of(Loss.of(undone))),
            report(new Ending.Exited(0), Optional.of(Loss.of(undone))))) {
      assertThat(report.reason()).containsOnlyOnce(undone.said());
      assertThat(report.run().inside().undone()).contains(undone);
    }
    assertThat(report(new Ending.TimedOut(Duration.ofSeconds(2)), Optional.of(lost)).reason())
        .isEqualTo(
            "it took longer than 2 seconds; the engine went away; %s".formatted(undone.said()));
  }
}
