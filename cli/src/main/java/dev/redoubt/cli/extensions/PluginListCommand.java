// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.extensions;

import dev.redoubt.cli.Call;
import dev.redoubt.cli.Command;
import dev.redoubt.cli.CommandOutput;
import dev.redoubt.cli.ExitCode;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// `redoubt plugin list`: the plugins that were added, and whether they count.
public final class PluginListCommand implements Command {

  @Override
  public CommandSpec spec() {
    return CommandSpec.create()
        .addOption(OptionSpec.builder("--json").description("Answer with a JSON object.").build());
  }

  @Override
  public List<String> examples() {
    return List.of("redoubt plugin list", "redoubt plugin list --json");
  }

  @Override
  public int run(Call call) {
    List<PluginStore.Added> all = PluginStore.of(call.globals().dataDir()).all();
    if (call.has("--json")) {
      CommandOutput.json(
          call,
          json -> {
            json.writeArrayPropertyStart("plugins");
            for (PluginStore.Added added : all) {
              json.writeStartObject();
              json.writeStringProperty("name", added.name());
              json.writeStringProperty("version", added.version());
              json.writeStringProperty("digest", added.digest());
              json.writeStringProperty("source", added.source());
              json.writeBooleanProperty("counts", added.counts());
              json.writeStringProperty("problem", added.problem());
              json.writeEndObject();
            }
            json.writeEndArray();
          });
      return ExitCode.OK;
    }
    if (all.isEmpty()) {
      CommandOutput.line(call, "no plugins");
    }
    for (PluginStore.Added added : all) {
      CommandOutput.line(
          call,
          "%s %s  %s",
          added.name(),
          added.version(),
          added.counts() ? "from " + added.source() : "refused: " + added.problem());
    }
    return ExitCode.OK;
  }
}
