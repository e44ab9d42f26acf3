// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.extensions;

import dev.redoubt.cli.Call;
import dev.redoubt.cli.Command;
import dev.redoubt.cli.CommandOutput;
import dev.redoubt.cli.ExitCode;
import dev.redoubt.cli.UsageException;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// `redoubt plugin remove`: forgets a plugin and deletes its copy.
public final class PluginRemoveCommand implements Command {

  @Override
  public CommandSpec spec() {
    return CommandSpec.create()
        .addPositional(
            PositionalParamSpec.builder()
                .index("0")
                .arity("1")
                .paramLabel("NAME")
                .type(String.class)
                .description("The plugin.")
                .build());
  }

  @Override
  public List<String> examples() {
    return List.of("redoubt plugin remove our-plugin", "redoubt plugin remove release-notes");
  }

  @Override
  public int run(Call call) {
    String name = call.parameter(0).orElseThrow();
    PluginStore store = PluginStore.of(call.globals().dataDir());
    if (store.named(name).isEmpty()) {
      throw new UsageException("there is no plugin \"%s\": redoubt plugin list".formatted(name));
    }
    store.remove(name);
    CommandOutput.line(call, "%s: removed", name);
    return ExitCode.OK;
  }
}
