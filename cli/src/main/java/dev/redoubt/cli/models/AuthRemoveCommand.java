// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.models;

import dev.redoubt.cli.Call;
import dev.redoubt.cli.Command;
import dev.redoubt.cli.CommandOutput;
import dev.redoubt.cli.ExitCode;
import dev.redoubt.cli.UsageException;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/// `redoubt auth remove`: forgets a key; 1 when there was none.
public final class AuthRemoveCommand implements Command {

  @Override
  public CommandSpec spec() {
    return ModelOptions.provider(CommandSpec.create(), "1", "Whose key it is.");
  }

  @Override
  public List<String> examples() {
    return List.of("redoubt auth remove openai", "redoubt auth remove anthropic");
  }

  @Override
  public int run(Call call) {
    String provider = call.parameter(0).orElseThrow(() -> new UsageException("whose key?"));
    ModelWorld models = ModelWorld.of(call);
    models.requireKnown(provider);
    try {
      boolean removed = models.store().remove(provider);
      CommandOutput.line(
          call, removed ? "the key of %s is gone" : "no key of %s is kept", provider);
      return removed ? ExitCode.OK : ExitCode.NO;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ExitCode.CANCELLED;
    }
  }
}
