// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.relay;

import static java.util.Objects.requireNonNull;

import dev.redoubt.agent.servers.ServerPlan;
import dev.redoubt.cli.Call;
import dev.redoubt.cli.UsageException;
import dev.redoubt.cli.exec.ExecOptions;
import dev.redoubt.cli.guard.GuardPolicy;
import dev.redoubt.cli.sandbox.SandboxSettings;
import dev.redoubt.cli.servers.OperatorServers;
import dev.redoubt.relay.engine.Enforcement;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// What `redoubt mcp inspect` was asked to look at.
///
/// @param call of the command, with the sandbox that is used
/// @param what to look at
record InspectOptions(Call call, What what) {

  InspectOptions {
    requireNonNull(call, "call");
    requireNonNull(what, "what");
  }

  /// What is looked at.
  sealed interface What {
    /// A file, read and nothing else.
    record File(Path path) implements What {}

    /// A server that is started, in the words of the proxy, whose pins it is compared with.
    record Started(ProxyOptions server) implements What {}

    /// A server that is asked over HTTP.
    record Asked(ProxyOptions server, ServerPlan plan) implements What {}
  }

  static CommandSpec spec() {
    return GuardPolicy.addTo(CommandSpec.create())
        .addOption(OptionSpec.builder("--json").description("Answer with a JSON object.").build())
        .addOption(
            OptionSpec.builder("-y", "--yes")
                .description("Start the server without a question; still only in the sandbox.")
                .build())
        .addOption(
            value(
                    "--sandbox",
                    "B",
                    "What surrounds the server: bubblewrap, landlock, docker or auto.")
                .completionCandidates(List.of("bubblewrap", "landlock", "docker", "auto"))
                .build())
        .addOption(
            OptionSpec.builder("--env")
                .paramLabel("NAME")
                .type(List.class)
                .auxiliaryTypes(String.class)
                .arity("1")
                .description("Pass this variable on to the server; again for another one.")
                .build())
        .addOption(
            value("--name", "NAME", "What the server is called in rules; after its package.")
                .build())
        .addOption(value("--url", "URL", "Ask the server at this address over HTTP.").build())
        .addOption(
            value("--workspace", "DIR", "The folder the server may write; the current one.")
                .build())
        .addPositional(
            PositionalParamSpec.builder()
                .paramLabel("FILE|CMD")
                .type(List.class)
                .auxiliaryTypes(String.class)
                .arity("0..*")
                .description(
                    "A configuration, a saved tools/list or a server.json; behind -- the command"
                        + " of a server and its arguments.")
                .build());
  }

  private static OptionSpec.Builder value(String name, String label, String description) {
    return OptionSpec.builder(name).paramLabel(label).type(String.class).description(description);
  }

  static InspectOptions of(Call given) {
    List<String> words = given.arguments().matchedPositionalValue(0, List.of());
    List<String> typed = given.arguments().originalArgs();
    int end = typed.indexOf("--");
    boolean isCommand = end >= 0 && typed.size() - end - 1 == words.size() && !words.isEmpty();
    if (end >= 0 && !isCommand) {
      throw new UsageException("a FILE goes without a command: redoubt mcp inspect -- CMD …");
    }
    if (isCommand) {
      if (given.has("--url")) {
        throw new UsageException("--url goes without a command: there is nothing to start");
      }
      Call call = walled(given);
      return new InspectOptions(call, new What.Started(started(call, words)));
    }
    Optional<String> url =
        given
            .text("--url")
            .or(() -> words.stream().filter(word -> word.matches("(?i)https?://.*")).findFirst());
    if (words.size() + (given.has("--url") ? 1 : 0) != 1) {
      throw new UsageException(
          "name one of FILE, -- CMD … and --url URL (a command goes behind --)");
    }
    if (url.isPresent()) {
      Path folder = folder(given);
      ServerPlan plan = OperatorServers.at(given, folder, url.get());
      String name = given.text("--name").map(ProxyOptions::name).orElse(plan.name());
      return new InspectOptions(
          given,
          new What.Asked(new ProxyOptions(List.of(), url, folder, name, everything()), plan));
    }
    return new InspectOptions(given, new What.File(given.resolve(words.getFirst()).normalize()));
  }

  private static ProxyOptions started(Call call, List<String> words) {
    if (words.getFirst().isEmpty()) {
      throw new UsageException("which server? redoubt mcp inspect -- CMD …");
    }
    String name = call.text("--name").map(ProxyOptions::name).orElseGet(() -> ServerName.of(words));
    return new ProxyOptions(words, Optional.empty(), folder(call), name, everything());
  }

  private static Enforcement everything() {
    return new Enforcement(Enforcement.Mode.ENFORCE, Map.of());
  }

  private static Path folder(Call call) {
    return ExecOptions.real(call.path("--workspace").orElse(call.world().folder()), "--workspace");
  }

  /* A server nobody knows yet is surrounded also by those who work without a wall. */
  private static Call walled(Call call) {
    if (call.has("--sandbox") || !SandboxSettings.of(call).backend().equals("local")) {
      return call;
    }
    List<String> all = new ArrayList<>(List.of("--sandbox", "auto"));
    all.addAll(call.arguments().originalArgs());
    return call.reread(all);
  }
}
