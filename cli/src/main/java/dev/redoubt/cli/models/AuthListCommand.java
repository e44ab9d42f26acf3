// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.models;

import dev.redoubt.agent.models.Provider;
import dev.redoubt.cli.Call;
import dev.redoubt.cli.Command;
import dev.redoubt.cli.CommandOutput;
import dev.redoubt.cli.ExitCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/// `redoubt auth list`: where the key of each provider comes from. Shows no key and asks no program
/// for one.
public final class AuthListCommand implements Command {

  private record Line(String provider, String key) {}

  @Override
  public CommandSpec spec() {
    return ModelOptions.json(CommandSpec.create());
  }

  @Override
  public List<String> examples() {
    return List.of("redoubt auth list", "redoubt auth list --json");
  }

  @Override
  public int run(Call call) {
    ModelWorld models = ModelWorld.of(call);
    List<Line> lines = new ArrayList<>();
    for (String id : models.catalogue().providers()) {
      Optional<Provider> provider = models.catalogue().provider(id);
      provider.ifPresent(it -> lines.add(new Line(id, models.keySource(call, it))));
    }
    if (call.has("--json")) {
      CommandOutput.json(
          call,
          json -> {
            json.writeArrayPropertyStart("keys");
            for (Line line : lines) {
              json.writeStartObject();
              json.writeStringProperty("provider", line.provider());
              json.writeStringProperty("key", line.key());
              json.writeEndObject();
            }
            json.writeEndArray();
          });
    } else {
      lines.forEach(line -> CommandOutput.line(call, "%-16s %s", line.provider(), line.key()));
    }
    return ExitCode.OK;
  }
}
