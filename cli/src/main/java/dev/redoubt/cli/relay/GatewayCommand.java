// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.relay;

import dev.redoubt.agent.servers.ServerPlan;
import dev.redoubt.cli.Call;
import dev.redoubt.cli.Cancellation;
import dev.redoubt.cli.Command;
import dev.redoubt.cli.CommandOutput;
import dev.redoubt.cli.ExitCode;
import dev.redoubt.cli.UsageException;
import dev.redoubt.cli.exec.Premises;
import dev.redoubt.cli.guard.StandingPolicy;
import dev.redoubt.evidence.EvidenceLog;
import dev.redoubt.http.HttpServer;
import dev.redoubt.http.HttpSettings;
import dev.redoubt.model.ErrorCode;
import dev.redoubt.model.RedoubtException;
import dev.redoubt.relay.http.Gateway;
import dev.redoubt.relay.http.GatewayLimits;
import dev.redoubt.relay.http.Upstream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Model.CommandSpec;

/// `redoubt gateway`: offers many MCP servers over HTTP, with the guard in front of each.
public final class GatewayCommand implements Command {

  static final String STREAM = "gateway";

  private static final int LARGEST = 16 << 20;

  @Override
  public CommandSpec spec() {
    return GatewayOptions.spec();
  }

  @Override
  public List<String> examples() {
    return List.of(
        "redoubt gateway",
        "redoubt gateway --listen 127.0.0.1:0 --json",
        "redoubt gateway --listen 10.0.0.5:8772 --behind-proxy mcp.example.com");
  }

  @Override
  public int run(Call call) {
    GatewayOptions options = GatewayOptions.of(call);
    if (options.approve().isPresent()) {
      return ProxyCommand.approve(call, server(options, options.approve().get()));
    }
    GatewayTokens tokens = GatewayTokens.of(call);
    HttpSettings settings = options.settings(tokens);
    Premises premises = new Premises(call, options.workspace());
    try (EvidenceLog evidence =
        EvidenceLog.open(call.globals().dataDir(), STREAM, call.world().clock())) {
      StandingPolicy<RelayRules> policy =
          RelayRules.standing(
              call, options.workspace(), premises.backend().holds(), evidence, STREAM);
      serve(call, options, settings, new GatewayServer.Desk(evidence, tokens, policy), premises);
    } catch (IOException e) {
      throw new RedoubtException(ErrorCode.UNREADABLE, RedoubtException.reason(e), e);
    } catch (InterruptedException e) {
      // It was told to end, and that is how a server ends.
    }
    return ExitCode.OK;
  }

  private static RelayedServer server(GatewayOptions options, String name) {
    return options.plans().stream()
        .filter(plan -> plan.name().equals(name))
        .findFirst()
        .map(GatewayServer::relayed)
        .orElseThrow(
            () -> new UsageException("there is no [gateway.upstreams.%s]".formatted(name)));
  }

  private static void serve(
      Call call,
      GatewayOptions options,
      HttpSettings settings,
      GatewayServer.Desk desk,
      Premises premises)
      throws IOException, InterruptedException {
    List<Upstream> upstreams = new ArrayList<>();
    for (ServerPlan plan : options.plans()) {
      GatewayServer server = new GatewayServer(call, plan, premises, desk);
      upstreams.add(new Upstream("/%s/mcp".formatted(plan.name()), Upstream.Eras.BOTH, server));
    }
    try (Cancellation cancellation = new Cancellation();
        Gateway gateway = new Gateway(upstreams, GatewayLimits.USUAL, LARGEST);
        HttpServer http = HttpServer.start(settings, gateway)) {
      ready(call, http.address());
      if (settings.tokens().isEmpty()) {
        CommandOutput.note(
            call,
            "redoubt: every program of this machine may use these servers as you:"
                + " redoubt gateway token create NAME asks for a token");
      }
      cancellation.during(() -> {
        new CountDownLatch(1).await();
        return Optional.empty();
      });
    }
  }

  private static void ready(Call call, String address) {
    if (call.has("--json")) {
      CommandOutput.json(call, json -> json.writeStringProperty("ready", address));
    } else {
      CommandOutput.line(call, "ready %s", address);
    }
    call.world().out().flush();
  }
}
