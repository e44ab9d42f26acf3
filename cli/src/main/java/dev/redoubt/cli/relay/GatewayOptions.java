// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.relay;

import static java.util.Objects.requireNonNull;

import dev.redoubt.agent.servers.ServerPlan;
import dev.redoubt.cli.Call;
import dev.redoubt.cli.UsageException;
import dev.redoubt.cli.exec.ExecOptions;
import dev.redoubt.cli.guard.GuardPolicy;
import dev.redoubt.cli.sandbox.Table;
import dev.redoubt.cli.servers.OperatorServers;
import dev.redoubt.http.HttpLimits;
import dev.redoubt.http.HttpSettings;
import dev.redoubt.http.ListenAddress;
import dev.redoubt.http.Tokens;
import dev.redoubt.relay.engine.Enforcement;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// What `redoubt gateway` was asked to do.
///
/// @param listen where to listen
/// @param behind what the proxy in front of it is called by clients, if there is one
/// @param workspace the folder that servers may write: a real path
/// @param plans the servers, in the order of the configuration
/// @param enforcement which rules stop messages
/// @param approve the server whose differences are shown and accepted, instead of listening
record GatewayOptions(
    ListenAddress listen,
    Optional<String> behind,
    Path workspace,
    List<ServerPlan> plans,
    Enforcement enforcement,
    Optional<String> approve) {

  private static final String USUAL = "127.0.0.1:8772";

  GatewayOptions {
    requireNonNull(listen, "listen");
    requireNonNull(behind, "behind");
    requireNonNull(workspace, "workspace");
    plans = List.copyOf(plans);
    requireNonNull(enforcement, "enforcement");
    requireNonNull(approve, "approve");
  }

  static CommandSpec spec() {
    return GuardPolicy.addTo(CommandSpec.create())
        .addOption(value("--listen", "HOST:PORT", "Where to listen; %s.".formatted(USUAL)))
        .addOption(
            value(
                "--behind-proxy",
                "NAME",
                "The name clients call: a proxy with TLS stands in front, and nobody else calls."))
        .addOption(
            value("--mode", "MODE", "enforce (blocks; the default) or observe (writes down)."))
        .addOption(
            value(
                "--sandbox",
                "B",
                "What surrounds servers: local, bubblewrap, landlock, docker, ssh or auto."))
        .addOption(value("--workspace", "DIR", "The folder servers may write; the current one."))
        .addOption(value("--approve", "SERVER", "Show what it says differently, and accept it."))
        .addOption(
            OptionSpec.builder("--json").description("Say as JSON where it listens.").build());
  }

  private static OptionSpec value(String name, String label, String description) {
    return OptionSpec.builder(name)
        .paramLabel(label)
        .type(String.class)
        .description(description)
        .build();
  }

  /// @throws UsageException for what makes no sense
  static GatewayOptions of(Call call) {
    Path workspace =
        ExecOptions.real(call.path("--workspace").orElse(call.world().folder()), "--workspace");
    return new GatewayOptions(
        address(call.text("--listen").orElse(USUAL)),
        call.text("--behind-proxy").map(GatewayOptions::name),
        workspace,
        plans(call, workspace),
        ProxyOptions.enforcement(call),
        call.text("--approve"));
  }

  private static ListenAddress address(String text) {
    try {
      return ListenAddress.of(text);
    } catch (IllegalArgumentException e) {
      throw new UsageException("--listen: " + e.getMessage());
    }
  }

  private static String name(String text) {
    if (!text.matches("[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?")) {
      throw new UsageException("--behind-proxy \"%s\" is no name of a host".formatted(text));
    }
    return text;
  }

  private static List<ServerPlan> plans(Call call, Path workspace) {
    Table table = Table.root(call).table("gateway");
    table.requireKeys(List.of("upstreams"));
    Table upstreams = table.table("upstreams");
    List<ServerPlan> plans = new ArrayList<>();
    for (String name : upstreams.node().fields().keySet()) {
      if (!ServerPlan.isName(name) || ServerPlan.isReserved(name)) {
        throw upstreams.wrong(
            name, "is no name of a server: 1 to 32 letters, digits, - and single _");
      }
      Table upstream = upstreams.table(name);
      upstream.requireKeys(OperatorServers.keys(upstream));
      if (upstream.node().get("enabled").isEmpty() || upstream.flag("enabled")) {
        plans.add(OperatorServers.named(call, workspace, name, upstream));
      }
    }
    if (plans.isEmpty()) {
      throw new UsageException(
          "no server: name one in your configuration, as [gateway.upstreams.NAME]");
    }
    return plans;
  }

  /// Returns where to listen, and to whom.
  ///
  /// @throws UsageException if other machines could listen in, or need no token
  HttpSettings settings(GatewayTokens book) {
    Tokens tokens = Tokens.living(book::digests, book::wereAny);
    if (!listen.isLoopback() && book.all().isEmpty()) {
      throw new UsageException(
          "--listen %s can be reached from other machines: redoubt gateway token create NAME first"
              .formatted(listen.host()));
    }
    if (!listen.isLoopback() && behind.isEmpty()) {
      throw new UsageException(
          "--listen %s can be reached from other machines, and tokens would be sent in the clear:"
                  .formatted(listen.host())
              + " put a proxy with TLS in front, and say --behind-proxy NAME");
    }
    return new HttpSettings(listen, tokens, behind.map(Set::of).orElse(Set.of()), HttpLimits.USUAL);
  }
}
