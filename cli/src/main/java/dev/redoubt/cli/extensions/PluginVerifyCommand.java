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

/// `redoubt plugin verify`: whether plugins are what was approved.
public final class PluginVerifyCommand implements Command {

  @Override
  public CommandSpec spec() {
    return CommandSpec.create()
        .addPositional(
            PositionalParamSpec.builder()
                .index("0")
                .arity("0..1")
                .paramLabel("NAME")
                .type(String.class)
                .description("The plugin; all of them when left out.")
                .build());
  }

  @Override
  public List<String> examples() {
    return List.of("redoubt plugin verify", "redoubt plugin verify our-plugin");
  }

  @Override
  public int run(Call call) {
    PluginStore store = PluginStore.of(call.globals().dataDir());
    List<PluginStore.Added> wanted =
        call.parameter(0)
            .map(name ->
                List.of(
                    store
                        .named(name)
                        .orElseThrow(
                            () -> new UsageException("there is no plugin \"%s\"".formatted(name)))))
            .orElseGet(store::all);
    boolean good = true;
    for (PluginStore.Added added : wanted) {
      good &= added.counts();
      CommandOutput.line(
          call,
          "%s  %s",
          added.name(),
          added.counts() ? "as it was approved, sha256 " + added.digest() : added.problem());
    }
    return good ? ExitCode.OK : ExitCode.NO;
  }
}
