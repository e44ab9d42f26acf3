// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.trust;

import dev.redoubt.cli.Call;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// The options the commands of this family share.
final class TrustOptions {

  private TrustOptions() {}

  static CommandSpec json(CommandSpec spec) {
    return spec.addOption(
        OptionSpec.builder("--json").description("Answer with a JSON object.").build());
  }

  static CommandSpec folder(CommandSpec spec) {
    return spec.addPositional(
        PositionalParamSpec.builder()
            .index("0")
            .arity("0..1")
            .paramLabel("DIR")
            .type(String.class)
            .description("The checkout; the current folder when left out.")
            .build());
  }

  /// Returns the folder that was named, the current one when none was.
  static Path folder(Call call) {
    return call.parameter(0).map(call::resolve).orElse(call.world().folder());
  }
}
