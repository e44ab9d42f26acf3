// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.extensions;

import dev.redoubt.cli.Call;
import dev.redoubt.cli.CommandOutput;
import dev.redoubt.cli.exec.ExecOptions;
import dev.redoubt.cli.guard.GuardEngine;
import dev.redoubt.guard.Situation.Wall;
import dev.redoubt.model.ErrorCode;
import dev.redoubt.model.RedoubtException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import tools.jackson.core.JsonGenerator;

/// What the commands that show extensions have in common.
final class ExtensionView {

  private ExtensionView() {}

  static CommandSpec spec() {
    return CommandSpec.create()
        .addOption(OptionSpec.builder("--json").description("Answer with a JSON object.").build())
        .addOption(
            OptionSpec.builder("--cwd")
                .paramLabel("D")
                .type(String.class)
                .description("The folder a session would work in; the current one.")
                .build());
  }

  /// Returns what a session in the folder of `call` would have; writes nothing.
  static Extensions extensions(Call call) {
    Path folder = ExecOptions.real(call.path("--cwd").orElse(call.world().folder()), "the folder");
    try {
      return Extensions.of(call, folder, GuardEngine.inFront(call, folder, Wall.NONE).guard());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RedoubtException(ErrorCode.UNREADABLE, "it was cancelled", e);
    }
  }

  static void notes(Call call, List<String> notes) {
    notes.forEach(note -> CommandOutput.note(call, "redoubt: %s", note));
  }

  static void notes(JsonGenerator json, List<String> notes) {
    json.writeArrayPropertyStart("notes");
    notes.forEach(json::writeString);
    json.writeEndArray();
  }
}
