// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.session;

import dev.redoubt.agent.sessions.SessionFolder;
import dev.redoubt.agent.sessions.SessionId;
import dev.redoubt.cli.Call;
import dev.redoubt.cli.UsageException;
import dev.redoubt.cli.run.SessionNames;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// What the commands about sessions have in common.
final class SessionOptions {

  private SessionOptions() {}

  static CommandSpec of(String... positional) {
    CommandSpec spec = CommandSpec.create();
    for (int i = 0; i < positional.length; i += 2) {
      spec.addPositional(
          PositionalParamSpec.builder()
              .index(String.valueOf(i / 2))
              .paramLabel(positional[i])
              .type(String.class)
              .arity("1")
              .description(positional[i + 1])
              .build());
    }
    return spec;
  }

  static OptionSpec json() {
    return OptionSpec.builder("--json").description("Write JSON.").build();
  }

  static OptionSpec value(String name, String label, String description) {
    return OptionSpec.builder(name)
        .paramLabel(label)
        .type(String.class)
        .description(description)
        .build();
  }

  static SessionFolder folder(Call call) {
    return new SessionFolder(call.globals().dataDir());
  }

  static SessionId session(Call call) {
    String name =
        call.parameter(0)
            .orElseThrow(() -> new UsageException("which session? redoubt session list"));
    return SessionNames.find(folder(call), name);
  }
}
