// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.servers;

import dev.redoubt.agent.servers.RemoteServer;
import dev.redoubt.agent.servers.ServerPlan;
import dev.redoubt.cli.Call;
import dev.redoubt.cli.UsageException;
import dev.redoubt.cli.exec.ExecOptions;
import dev.redoubt.cli.guard.GuardEngine;
import dev.redoubt.guard.DecisionLog;
import dev.redoubt.guard.Situation.Wall;
import java.nio.file.Path;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

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

  static PositionalParamSpec server() {
    return PositionalParamSpec.builder()
        .index("0")
        .paramLabel("SERVER")
        .type(String.class)
        .required(true)
        .description("The name of the server.")
        .build();
  }

  /// Returns the server that the first parameter names.
  ///
  /// @throws UsageException if a session in `folder` has no such server
  static ServerPlan plan(Call call, Path folder) {
    String name = call.parameter(0).orElse("");
    try (Serving serving =
        Serving.of(
            call,
            folder,
            GuardEngine.inFront(call, folder, Wall.NONE).guard(),
            Serving.People.NOBODY,
            DecisionLog.NONE)) {
      return serving.settings().plans().stream()
          .filter(plan -> plan.name().equals(name))
          .findFirst()
          .orElseThrow(() ->
              new UsageException("there is no server \"%s\" (redoubt mcp list)".formatted(name)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UsageException("it was cancelled");
    }
  }

  /// Returns where `plan` is reached over HTTP.
  ///
  /// @throws UsageException if it is not, or its configuration leaves no room for a login
  static RemoteServer remote(ServerPlan plan) {
    if (!(plan.way() instanceof ServerPlan.Way.Asks(RemoteServer server))) {
      throw new UsageException(
          "the server \"%s\" is started here: nobody logs in to it".formatted(plan.name()));
    }
    if (server.auth().isEmpty()) {
      throw new UsageException(
          "the server \"%s\" has a header Authorization of its own in the configuration"
              .formatted(plan.name()));
    }
    return server;
  }
}
