// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.models;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// The options that the commands of this package share.
final class ModelOptions {

  private ModelOptions() {}

  static CommandSpec json(CommandSpec spec) {
    return spec.addOption(
        OptionSpec.builder("--json").description("Answer with a JSON object.").build());
  }

  /// @param arity `1`, or `0..1` when it may be left out
  static CommandSpec provider(CommandSpec spec, String arity, String description) {
    return spec.addPositional(
        PositionalParamSpec.builder()
            .index("0")
            .arity(arity)
            .paramLabel("PROVIDER")
            .type(String.class)
            .description(description)
            .build());
  }
}
