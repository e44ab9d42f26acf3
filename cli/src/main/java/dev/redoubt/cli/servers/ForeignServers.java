// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.servers;

import dev.redoubt.agent.servers.RemoteServer;
import dev.redoubt.agent.servers.ServerPlan;
import dev.redoubt.agent.servers.ServerPlan.Origin;
import dev.redoubt.cli.extensions.PluginGifts;
import dev.redoubt.document.DocumentException;
import dev.redoubt.document.Json;
import dev.redoubt.document.Limits;
import dev.redoubt.document.Node;
import dev.redoubt.guard.Action;
import dev.redoubt.guard.Content;
import dev.redoubt.guard.Gate;
import dev.redoubt.guard.Permit;
import dev.redoubt.guard.Program;
import dev.redoubt.guard.Verdict;
import dev.redoubt.guard.network.Reading;
import dev.redoubt.guard.network.Scheme;
import dev.redoubt.guard.network.StrictUrl;
import dev.redoubt.mcp.client.ClientSettings.Approach;
import dev.redoubt.mcp.http.HttpField;
import dev.redoubt.mcp.oauth.OAuthSettings;
import dev.redoubt.sandbox.network.WebHeader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Reads the servers that a checkout names in `.mcp.json`, when the guard lets that count, and
/// those of a plugin that counts.
///
/// Commands and addresses are taken as they are written. Nothing of the operator's environment is
/// put into them: a server that wants some is left out, and the operator can name it instead.
final class ForeignServers {

  private static final String FILE = ".mcp.json";
  private static final int LARGEST = 256 << 10;
  private static final Limits LIMITS = new Limits(LARGEST, 20, 10_000);
  private static final Duration START = Duration.ofSeconds(30);
  private static final Duration IDLE = Duration.ofSeconds(60);

  private final Path workspace;
  private final Source source;
  private final List<ServerPlan> plans = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  private ForeignServers(Path workspace, Source source) {
    this.workspace = workspace;
    this.source = source;
  }

  /// Who names them.
  private sealed interface Source {

    /// The checkout.
    record Checkout() implements Source {}

    /// The plugin of that name.
    record Plugin(String name) implements Source {}
  }

  /// What is named.
  record Found(List<ServerPlan> plans, List<String> notes) {
    Found {
      plans = List.copyOf(plans);
      notes = List.copyOf(notes);
    }
  }

  /// Returns what the checkout at `workspace` names.
  static Found find(Path workspace, Gate gate) throws InterruptedException {
    ForeignServers reading = new ForeignServers(workspace, new Source.Checkout());
    Optional<Content> content = reading.content();
    if (content.isPresent() && reading.counts(content.get(), gate)) {
      reading.read(content.get());
    }
    return new Found(reading.plans, reading.notes);
  }

  /// Returns what a plugin names, each called as [ServerPlan#ofPlugin] has it. They work in
  /// `workspace`: the folder of a plugin is shown to nothing.
  static Found of(Path workspace, PluginGifts.Gift gift) {
    ForeignServers reading = new ForeignServers(workspace, new Source.Plugin(gift.plugin()));
    if (gift.servers().isPresent()) {
      reading.read(gift.servers().get());
    }
    return new Found(reading.plans, reading.notes);
  }

  private String file() {
    return switch (source) {
      case Source.Checkout() -> FILE;
      case Source.Plugin(String plugin) -> "%s of the plugin %s".formatted(FILE, plugin);
    };
  }

  /* A link is not followed: what it leads to was not looked at. */
  private Optional<Content> content() {
    Path file = workspace.resolve(FILE);
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.of(Content.of(in.readNBytes(LARGEST + 1)));
    } catch (IOException e) {
      notes.add(FILE + " cannot be read");
      return Optional.empty();
    }
  }

  private boolean counts(Content content, Gate gate) throws InterruptedException {
    Action load =
        new Action.LoadConfig(
            Action.ConfigKind.MCP_SERVER, workspace.resolve(FILE), content.sha256());
    return switch (gate.judge(load)) {
      case Verdict.Permitted(Permit permit) -> {
        permit.spend();
        yield true;
      }
      case Verdict.Refused(var _, var decision) -> {
        notes.add(
            "%s was not loaded: %s  (%s)".formatted(FILE, decision.reason(), decision.rule()));
        yield false;
      }
    };
  }

  private void read(Content content) {
    try {
      Node whole = Json.readStrict(content.bytes(), LIMITS);
      // A plugin may leave the outer key out: code.claude.com/docs/en/plugins-reference
      boolean isPlain = source instanceof Source.Plugin && whole.get("mcpServers").isEmpty();
      (isPlain ? whole.fields() : whole.fields("mcpServers")).forEach(this::server);
    } catch (DocumentException e) {
      notes.add("%s %s".formatted(file(), e.getMessage()));
    }
  }

  private void server(String name, Node server) {
    Optional<String> problem =
        nameProblem(name).or(() -> folderProblem(server)).or(() -> problem(server));
    if (problem.isPresent()) {
      notes.add("the server \"%s\" of %s %s".formatted(name, file(), problem.get()));
    } else if (!server.isTrue("disabled")) {
      plans.add(plan(name, server));
    }
  }

  private Optional<String> nameProblem(String name) {
    return switch (source) {
      case Source.Plugin(String plugin) ->
          ServerPlan.ofPlugin(plugin, name).isPresent()
              ? Optional.empty()
              : Optional.of(
                  "was left out: its name with the plugin's is over 45 letters, or has others than"
                      + " letters, digits, - and single _");
      case Source.Checkout() -> {
        if (!ServerPlan.isName(name)) {
          yield Optional.of("was left out: a name is letters, digits, - and single _");
        }
        yield ServerPlan.isReserved(name)
            ? Optional.of("was left out: redoubt, lsp-… and plugin_… are names of Redoubt's own")
            : Optional.empty();
      }
    };
  }

  /* What other agents put into the texts of a plugin's server for the place where it lies. */
  private Optional<String> folderProblem(Node server) {
    return source instanceof Source.Plugin
            && texts(server).anyMatch(text -> text.contains("${CLAUDE_PLUGIN_ROOT}"))
        ? Optional.of("was left out: it wants files of the plugin, which no server is shown")
        : Optional.empty();
  }

  private static Optional<String> problem(Node server) {
    if (isRemote(server)) {
      return remoteProblem(server);
    }
    if (!server.text("type").orElse("stdio").equals("stdio")) {
      return Optional.of("was left out: its type is not known, or it has no url");
    }
    if (server.text("command").filter(text -> !text.isBlank()).isEmpty()) {
      return Optional.of("was left out: it names no command");
    }
    boolean texts =
        server.items("args").stream().allMatch(Node.Text.class::isInstance)
            && server.fields("env").values().stream().allMatch(Node.Text.class::isInstance);
    if (!texts) {
      return Optional.of("was left out: its args or env are no texts");
    }
    if (hasNul(server)) {
      return Optional.of("was left out: a NUL is in its command, args, env or cwd");
    }
    return wantsEnvironment(server)
        ? Optional.of(
            "was left out: it wants variables of your environment; name it in your own"
                + " configuration, with env-pass")
        : Optional.empty();
  }

  private static boolean isRemote(Node server) {
    return server.get("url").isPresent();
  }

  private static Optional<String> remoteProblem(Node server) {
    if (server.get("command").isPresent()) {
      return Optional.of("was left out: it has a command and a url");
    }
    if (!List.of("http", "sse", "streamable-http").contains(server.text("type").orElse("http"))) {
      return Optional.of("was left out: its type is not known");
    }
    boolean texts =
        server.text("url").isPresent()
            && server.fields("headers").values().stream().allMatch(Node.Text.class::isInstance);
    if (!texts) {
      return Optional.of("was left out: its url or headers are no texts");
    }
    List<Node> all = new ArrayList<>(server.fields("headers").values());
    server.get("url").ifPresent(all::add);
    if (all.stream().anyMatch(text -> text.scalar().orElse("").contains("${"))) {
      return Optional.of(
          "was left out: it wants variables of your environment; name it in your own"
              + " configuration");
    }
    return remote(server).isEmpty()
        ? Optional.of("was left out: its url is not https, or its headers cannot be sent")
        : Optional.empty();
  }

  /* Nothing when it cannot be asked. What a checkout says of authorization counts for nothing. */
  private static Optional<RemoteServer> remote(Node server) {
    if (!(StrictUrl.read(server.text("url").orElse(""))
            instanceof Reading.Good<StrictUrl>(StrictUrl url))
        || url.scheme() != Scheme.HTTPS) {
      return Optional.empty();
    }
    List<HttpField> fields = new ArrayList<>();
    boolean own = false;
    for (Map.Entry<String, Node> header : server.fields("headers").entrySet()) {
      String value = header.getValue().scalar().orElse("");
      String name = header.getKey().toLowerCase(Locale.ROOT);
      if (name.startsWith("mcp-")
          || WebHeader.read(header.getKey(), value, WebHeader.Kind.SECRET)
              instanceof Reading.Bad<WebHeader>) {
        return Optional.empty();
      }
      own |= name.equals("authorization");
      fields.add(new HttpField(header.getKey(), value));
    }
    return Optional.of(
        new RemoteServer(
            url,
            () -> fields,
            own ? Optional.empty() : Optional.of(() -> OAuthSettings.USUAL),
            List.of(),
            Approach.FIND_OUT));
  }

  private static boolean wantsEnvironment(Node server) {
    return texts(server).anyMatch(text -> text.contains("${"));
  }

  /* No path, no program and no variable can have one. */
  private static boolean hasNul(Node server) {
    return Stream.concat(texts(server), server.fields("env").keySet().stream())
        .anyMatch(text -> text.indexOf('\0') >= 0);
  }

  private static Stream<String> texts(Node server) {
    List<Node> all = new ArrayList<>(server.items("args"));
    all.addAll(server.fields("env").values());
    server.get("command").ifPresent(all::add);
    server.get("cwd").ifPresent(all::add);
    return all.stream().map(node -> node.scalar().orElse(""));
  }

  private ServerPlan plan(String name, Node server) {
    ServerPlan.Way way =
        isRemote(server)
            ? new ServerPlan.Way.Asks(remote(server).orElseThrow())
            : new ServerPlan.Way.Starts(run(server));
    return switch (source) {
      case Source.Checkout() -> new ServerPlan(name, Origin.CHECKOUT, way, START, IDLE);
      case Source.Plugin(String plugin) ->
          new ServerPlan(
              ServerPlan.ofPlugin(plugin, name).orElseThrow(), Origin.PLUGIN, way, START, IDLE);
    };
  }

  private Action.Run run(Node server) {
    List<String> argv = new ArrayList<>();
    argv.add(server.text("command").orElseThrow());
    server.items("args").forEach(word -> argv.add(word.scalar().orElseThrow()));
    Map<String, String> environment = new LinkedHashMap<>();
    server
        .fields("env")
        .forEach((variable, value) -> environment.put(variable, value.scalar().orElseThrow()));
    return new Action.Run(
        new Program.Argv(argv),
        server.text("cwd").map(workspace::resolve).orElse(workspace),
        environment,
        Action.Input.OPEN);
  }
}
