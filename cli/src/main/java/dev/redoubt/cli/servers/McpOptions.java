// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.servers;

import dev.redoubt.cli.Call;
import dev.redoubt.cli.exec.ExecOptions;
import java.nio.file.Path;
import picocli.CommandLine.Model.OptionSpec;

/// What the commands about servers have in common.
final class McpOptions {

  private McpOptions() {}

  static OptionSpec json() {
    return OptionSpec.builder("--json").description("Answer with a JSON object.").build();
  }

  static OptionSpec folder() {
    return value("--cwd", "D", "The folder a session would work in; the current one.");
  }

  static OptionSpec value(String name, String label, String description) {
    return OptionSpec.builder(name)
        .paramLabel(label)
        .type(String.class)
        .description(description)
        .build();
  }

  static Path folder(Call call) {
    return ExecOptions.real(call.path("--cwd").orElse(call.world().folder()), "the folder");
  }
}
