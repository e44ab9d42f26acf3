// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.relay;

import dev.redoubt.cli.Call;
import dev.redoubt.cli.Command;
import dev.redoubt.cli.CommandOutput;
import dev.redoubt.cli.ExitCode;
import dev.redoubt.cli.UsageException;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// `redoubt gateway token create|list|revoke`: who may use the gateway.
public final class GatewayTokenCommand implements Command {

  @Override
  public CommandSpec spec() {
    return CommandSpec.create()
        .addPositional(
            PositionalParamSpec.builder()
                .index("0")
                .paramLabel("create|list|revoke")
                .type(String.class)
                .required(true)
                .description("Make a token and show it once, list them, or take one back.")
                .build())
        .addPositional(
            PositionalParamSpec.builder()
                .index("1")
                .paramLabel("NAME")
                .type(String.class)
                .arity("0..1")
                .description("What the client is called in rules and stops.")
                .build())
        .addOption(
            OptionSpec.builder("--server")
                .paramLabel("S")
                .type(List.class)
                .auxiliaryTypes(String.class)
                .arity("1")
                .description("A server it may use; again for another one; all without it.")
                .build())
        .addOption(
            OptionSpec.builder("--json").description("Print one JSON object (list).").build());
  }

  @Override
  public List<String> examples() {
    return List.of(
        "redoubt gateway token create desk --server files --server tracker",
        "redoubt gateway token list",
        "redoubt gateway token revoke desk");
  }

  @Override
  public int run(Call call) {
    GatewayTokens tokens = GatewayTokens.of(call);
    String what = call.parameter(0).orElse("");
    boolean named = call.parameter(1).isPresent();
    if (named == what.equals("list")) {
      throw new UsageException(named ? "list goes without a name" : "which client? say its NAME");
    }
    if (!what.equals("create") && !call.texts("--server").isEmpty()) {
      throw new UsageException("--server is for create");
    }
    return switch (what) {
      case "create" -> create(call, tokens);
      case "list" -> list(call, tokens);
      case "revoke" -> revoke(call, tokens);
      default -> throw new UsageException("\"%s\" is not create, list or revoke".formatted(what));
    };
  }

  private static int create(Call call, GatewayTokens tokens) {
    List<String> servers = call.texts("--server");
    servers.forEach(server -> named("--server", server, "[A-Za-z0-9_-]{1,32}"));
    String name = named("NAME", call.parameter(1).orElse(""), "[a-z0-9._-]{1,64}");
    CommandOutput.line(call, "%s", tokens.create(name, Set.copyOf(servers)));
    CommandOutput.note(
        call, "redoubt: this is the token of %s; it is shown once and kept nowhere", name);
    return ExitCode.OK;
  }

  private static String named(String what, String name, String pattern) {
    if (!name.matches(pattern)) {
      throw new UsageException("%s \"%s\" does not match %s".formatted(what, name, pattern));
    }
    return name;
  }

  private static int list(Call call, GatewayTokens tokens) {
    List<GatewayTokens.Entry> all = tokens.all();
    if (call.has("--json")) {
      CommandOutput.json(
          call,
          json -> {
            json.writeArrayPropertyStart("tokens");
            for (GatewayTokens.Entry entry : all) {
              json.writeStartObject();
              json.writeStringProperty("name", entry.name());
              json.writeStringProperty("created", entry.created().toString());
              json.writeArrayPropertyStart("servers");
              for (String server : entry.servers().stream().sorted().toList()) {
                json.writeString(server);
              }
              json.writeEndArray();
              json.writeEndObject();
            }
            json.writeEndArray();
          });
      return ExitCode.OK;
    }
    if (all.isEmpty()) {
      CommandOutput.line(call, "there are no tokens");
    }
    for (GatewayTokens.Entry entry : all) {
      CommandOutput.line(
          call,
          "%s  %s  %s",
          entry.name(),
          entry.created(),
          entry.servers().isEmpty()
              ? "all servers"
              : String.join(", ", entry.servers().stream().sorted().toList()));
    }
    return ExitCode.OK;
  }

  private static int revoke(Call call, GatewayTokens tokens) {
    String name = call.parameter(1).orElse("");
    if (!tokens.revoke(name)) {
      CommandOutput.note(call, "redoubt: there is no token \"%s\"", name);
      return ExitCode.NO;
    }
    CommandOutput.line(call, "revoked %s", name);
    return ExitCode.OK;
  }
}
