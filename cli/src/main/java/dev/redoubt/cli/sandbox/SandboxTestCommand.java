// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.sandbox;

import dev.redoubt.cli.Call;
import dev.redoubt.cli.Command;
import dev.redoubt.cli.CommandOutput;
import dev.redoubt.cli.ExitCode;
import dev.redoubt.model.ErrorCode;
import dev.redoubt.model.RedoubtException;
import dev.redoubt.sandbox.BuiltInBackends;
import dev.redoubt.sandbox.checks.CheckRow;
import dev.redoubt.sandbox.checks.SandboxChecks;
import dev.redoubt.sandbox.wall.Backend;
import dev.redoubt.sandbox.wall.EnvironmentRules;
import dev.redoubt.sandbox.wall.Readiness;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// `redoubt sandbox test`: tries the ways out of a wall on this machine, for real.
public final class SandboxTestCommand implements Command {

  @Override
  public CommandSpec spec() {
    return CommandSpec.create()
        .addOption(
            OptionSpec.builder("--sandbox")
                .paramLabel("B")
                .type(String.class)
                .description("The backend to test; every one that works here.")
                .completionCandidates(
                    List.of("local", "bubblewrap", "landlock", "docker", "ssh", "auto"))
                .build())
        .addOption(OptionSpec.builder("--json").description("Write the rows as JSON.").build());
  }

  @Override
  public List<String> examples() {
    return List.of("redoubt sandbox test", "redoubt sandbox test --sandbox bubblewrap --json");
  }

  @Override
  public int run(Call call) {
    SandboxSettings settings = SandboxSettings.of(call);
    SandboxChecks checks =
        new SandboxChecks(EnvironmentRules.of(call.world().environment(), settings.passed()));
    List<CheckRow> rows = new ArrayList<>();
    boolean held = true;
    for (Backend backend : backends(call, settings)) {
      try {
        held &= checks.run(backend, row -> take(call, row, rows));
      } catch (IOException e) {
        throw new RedoubtException(
            ErrorCode.NO_SANDBOX,
            "the sandbox \"%s\" cannot start: %s"
                .formatted(backend.name(), RedoubtException.reason(e)),
            e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return ExitCode.CANCELLED;
      }
    }
    if (call.has("--json")) {
      json(call, rows);
    } else {
      sum(call, rows);
    }
    return held ? ExitCode.OK : ExitCode.NO;
  }

  private static List<Backend> backends(Call call, SandboxSettings settings) {
    if (call.text("--sandbox").isPresent()) {
      return List.of(SandboxChoice.of(call, settings));
    }
    List<Backend> ready = new ArrayList<>();
    for (Backend backend : BuiltInBackends.all(settings.backends())) {
      switch (backend.readiness()) {
        case Readiness.Ready _ -> ready.add(backend);
        case Readiness.NotReady(String reason, String fix) ->
            CommandOutput.note(
                call, "redoubt: %s is left out: %s; %s", backend.name(), reason, fix);
      }
    }
    return ready;
  }

  private static void take(Call call, CheckRow row, List<CheckRow> rows) {
    rows.add(row);
    if (!call.has("--json")) {
      CommandOutput.line(
          call,
          "%-11s %-23s %-12s %s%s",
          row.backend(),
          row.check().id(),
          row.result().id(),
          row.held() ? "" : "NOT AS CLAIMED: ",
          row.detail());
      call.world().out().flush();
    }
  }

  private static void sum(Call call, List<CheckRow> rows) {
    long broken = rows.stream().filter(row -> !row.held()).count();
    CommandOutput.line(
        call,
        "%d checks: %d blocked, %d bounded, %d gaps, %d not claimed%s",
        rows.size(),
        count(rows, CheckRow.Result.BLOCKED),
        count(rows, CheckRow.Result.BOUNDED),
        count(rows, CheckRow.Result.GAP),
        count(rows, CheckRow.Result.NOT_CLAIMED),
        broken == 0 ? "" : "; %d not as claimed".formatted(broken));
  }

  private static long count(List<CheckRow> rows, CheckRow.Result result) {
    return rows.stream().filter(row -> row.result() == result).count();
  }

  private static void json(Call call, List<CheckRow> rows) {
    CommandOutput.json(
        call,
        json -> {
          json.writeArrayPropertyStart("rows");
          for (CheckRow row : rows) {
            json.writeStartObject();
            json.writeStringProperty("backend", row.backend());
            json.writeStringProperty("check", row.check().id());
            json.writeStringProperty("result", row.result().id());
            json.writeStringProperty("detail", row.detail());
            json.writeBooleanProperty("held", row.held());
            json.writeEndObject();
          }
          json.writeEndArray();
        });
  }
}
