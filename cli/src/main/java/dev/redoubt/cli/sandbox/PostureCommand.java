// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.sandbox;

import dev.redoubt.cli.Call;
import dev.redoubt.cli.Command;
import dev.redoubt.cli.CommandOutput;
import dev.redoubt.cli.ExitCode;
import dev.redoubt.cli.guard.GuardPolicy;
import dev.redoubt.cli.sandbox.Posture.BackendPosture;
import dev.redoubt.cli.sandbox.Posture.Control;
import dev.redoubt.cli.sandbox.Posture.Surface;
import dev.redoubt.sandbox.wall.Readiness;
import dev.redoubt.sandbox.wall.Staging;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import tools.jackson.core.JsonGenerator;

/// `redoubt posture`: what holds on this machine, and what the configuration opens.
///
/// Looks only: no container is started, nothing is dialled, no command is run.
public final class PostureCommand implements Command {

  @Override
  public CommandSpec spec() {
    return GuardPolicy.addTo(CommandSpec.create())
        .addOption(
            OptionSpec.builder("--sandbox")
                .paramLabel("B")
                .type(String.class)
                .description("Show it for this backend instead of the configured one.")
                .build())
        .addOption(
            OptionSpec.builder("--workspace")
                .paramLabel("DIR")
                .type(String.class)
                .description("The workspace; the current folder.")
                .build())
        .addOption(OptionSpec.builder("--json").description("Write it as JSON.").build());
  }

  @Override
  public List<String> examples() {
    return List.of("redoubt posture", "redoubt posture --json --workspace ~/src/app");
  }

  @Override
  public int run(Call call) {
    Posture posture = Posture.of(call);
    if (call.has("--json")) {
      json(call, posture);
    } else {
      text(call, posture);
    }
    return ExitCode.OK;
  }

  private static void text(Call call, Posture posture) {
    CommandOutput.line(call, "workspace  %s", posture.workspace());
    CommandOutput.line(call, "sandbox    %s", posture.chosen());
    for (BackendPosture backend : posture.backends()) {
      CommandOutput.line(call, "");
      switch (backend.readiness()) {
        case Readiness.Ready(String detail) ->
            CommandOutput.line(call, "%-11s ready: %s", backend.name(), detail);
        case Readiness.NotReady(String reason, String fix) -> {
          CommandOutput.line(call, "%-11s not ready: %s", backend.name(), reason);
          CommandOutput.line(call, "%-11s fix: %s", "", fix);
        }
      }
      CommandOutput.line(call, "  %-11s %s", "staged", words(backend.staging()));
      for (String state : List.of("blocked", "bounded", "gap", "not-claimed")) {
        List<String> ids =
            backend.controls().stream()
                .filter(control -> control.state().equals(state))
                .map(control -> control.check().id())
                .toList();
        if (!ids.isEmpty()) {
          CommandOutput.line(call, "  %-11s %s", state, String.join(", ", ids));
        }
      }
    }
    CommandOutput.line(call, "");
    CommandOutput.line(call, "what widens the trust");
    for (Surface surface : posture.surfaces()) {
      CommandOutput.line(
          call, "  %-4s %-28s %s", surface.on() ? "ON" : "off", surface.name(), surface.detail());
    }
    CommandOutput.line(call, "");
    CommandOutput.line(call, "redoubt sandbox test tries each of these for real");
  }

  private static String words(Staging.Support staging) {
    return switch (staging) {
      case Staging.Support.AllWrites(String detail) -> "all writes: " + detail;
      case Staging.Support.FileTools() ->
          "file tools only; a command that may write is refused in that mode";
      case Staging.Support.Missing(String reason, String fix) ->
          "not ready: %s; fix: %s".formatted(reason, fix);
    };
  }

  private static String word(Staging.Support staging) {
    return switch (staging) {
      case Staging.Support.AllWrites _ -> "all-writes";
      case Staging.Support.FileTools _ -> "file-tools";
      case Staging.Support.Missing _ -> "not-ready";
    };
  }

  private static void json(Call call, Posture posture) {
    CommandOutput.json(
        call,
        json -> {
          json.writeStringProperty("workspace", posture.workspace());
          json.writeStringProperty("sandbox", posture.chosen());
          json.writeArrayPropertyStart("backends");
          posture.backends().forEach(backend -> backend(json, backend));
          json.writeEndArray();
          json.writeArrayPropertyStart("surfaces");
          for (Surface surface : posture.surfaces()) {
            json.writeStartObject();
            json.writeStringProperty("name", surface.name());
            json.writeBooleanProperty("on", surface.on());
            json.writeStringProperty("detail", surface.detail());
            json.writeEndObject();
          }
          json.writeEndArray();
        });
  }

  private static void backend(JsonGenerator json, BackendPosture backend) {
    json.writeStartObject();
    json.writeStringProperty("name", backend.name());
    switch (backend.readiness()) {
      case Readiness.Ready(String detail) -> {
        json.writeBooleanProperty("ready", true);
        json.writeStringProperty("detail", detail);
      }
      case Readiness.NotReady(String reason, String fix) -> {
        json.writeBooleanProperty("ready", false);
        json.writeStringProperty("detail", reason);
        json.writeStringProperty("fix", fix);
      }
    }
    json.writeName("stagedWrites");
    json.writeStartObject();
    json.writeStringProperty("state", word(backend.staging()));
    json.writeStringProperty("detail", words(backend.staging()));
    json.writeEndObject();
    json.writeArrayPropertyStart("controls");
    for (Control control : backend.controls()) {
      json.writeStartObject();
      json.writeStringProperty("check", control.check().id());
      json.writeStringProperty("state", control.state());
      json.writeStringProperty("detail", control.detail());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }
}
