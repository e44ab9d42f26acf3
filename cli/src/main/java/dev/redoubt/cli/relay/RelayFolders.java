// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.relay;

import dev.redoubt.cli.Call;
import dev.redoubt.cli.UsageException;
import dev.redoubt.relay.approvals.ApprovalQueue;
import dev.redoubt.relay.limits.DayCounts;
import dev.redoubt.relay.stops.Stops;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// Where the relays of this user find what a person decided.
final class RelayFolders {

  private RelayFolders() {}

  private static Path folder(Call call) {
    return call.globals().dataDir().toAbsolutePath().resolve("relay");
  }

  static ApprovalQueue approvals(Call call) {
    return new ApprovalQueue(folder(call).resolve("approvals"), call.world().clock());
  }

  static Stops stops(Call call) {
    return new Stops(folder(call).resolve("stops"), call.world().clock());
  }

  static DayCounts counts(Call call) {
    return new DayCounts(folder(call).resolve("limits"));
  }

  /// Returns who uses this program.
  static String person(Call call) {
    return call.world().variable("USER", call.world().variable("LOGNAME", "unknown"));
  }

  static CommandSpec withTarget(CommandSpec spec) {
    return spec.addOption(
            OptionSpec.builder("--server")
                .paramLabel("NAME")
                .type(String.class)
                .description("The server that rules call NAME.")
                .build())
        .addOption(
            OptionSpec.builder("--agent")
                .paramLabel("NAME")
                .type(String.class)
                .description("The agent whose client calls itself NAME.")
                .build())
        .addOption(OptionSpec.builder("--all").description("Every server and agent.").build());
  }

  static Stops.Target target(Call call) {
    int named =
        (call.has("--all") ? 1 : 0)
            + (call.text("--server").isPresent() ? 1 : 0)
            + (call.text("--agent").isPresent() ? 1 : 0);
    if (named != 1) {
      throw new UsageException("name one of --server NAME, --agent NAME and --all");
    }
    try {
      return call.text("--server")
          .map(Stops.Target::server)
          .or(() -> call.text("--agent").map(Stops.Target::agent))
          .orElse(Stops.Target.ALL);
    } catch (IllegalArgumentException e) {
      throw new UsageException(
          "%s of 1 to 64 letters, digits, \".\", \"_\" or \"-\"".formatted(e.getMessage()));
    }
  }

  static String shown(Stops.Target target) {
    return target.name().isEmpty() ? target.kind() : target.kind() + " " + target.name();
  }

  static OptionSpec json() {
    return OptionSpec.builder("--json").description("Print one JSON object.").build();
  }

  static CommandSpec withId(CommandSpec spec) {
    return spec.addPositional(
        PositionalParamSpec.builder()
            .index("0")
            .paramLabel("ID")
            .type(String.class)
            .arity("0..1")
            .description("The id of the call, as redoubt relay approvals shows it.")
            .build());
  }
}
