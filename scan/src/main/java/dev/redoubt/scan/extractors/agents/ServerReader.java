// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.agents;

import dev.redoubt.document.Node;
import dev.redoubt.model.Agent;
import dev.redoubt.model.Component;
import dev.redoubt.model.Credential;
import dev.redoubt.model.Endpoint;
import dev.redoubt.model.Gap;
import dev.redoubt.model.Location;
import dev.redoubt.model.McpServer;
import dev.redoubt.model.Purl;
import dev.redoubt.scan.commands.ShellScript;
import dev.redoubt.scan.commands.Word;
import dev.redoubt.secrets.Fingerprints;
import dev.redoubt.secrets.SecretArguments;
import dev.redoubt.secrets.SecretText;
import dev.redoubt.secrets.SecretUrl;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads declarations of one agent's file into servers, the packages they launch, and gaps.
final class ServerReader {

  /* Extensions of a client that are part of the client itself. */
  private static final Set<String> PART_OF_THE_CLIENT =
      Set.of("builtin", "platform", "frontend", "inline_python");
  private static final String[] ADDRESS = {
    "httpUrl", "http_url", "url", "serverUrl", "server_url", "uri", "endpoint", "sseUrl"
  };

  private final Agent agent;
  private final Fingerprints fingerprints;
  final List<McpServer> servers = new ArrayList<>();
  final List<Component> components = new ArrayList<>();
  final List<Gap> gaps = new ArrayList<>();

  ServerReader(Agent agent, Fingerprints fingerprints) {
    this.agent = agent;
    this.fingerprints = fingerprints;
  }

  /// Returns the file that is read.
  String path() {
    return agent.path();
  }

  /// Adds the server that `entry` declares.
  void read(ServerSections.Entry entry) {
    Node node = entry.node();
    switch (node) {
      case Node.Obj _ -> declared(entry);
      case Node.Text(String text, int line) -> abbreviated(entry, text, line);
      case Node.Bool(boolean value, int line) ->
          add(entry, new Endpoint.Unknown(), null, plain(value), line);
      case Node.Arr _, Node.Num _, Node.Nothing _ ->
          gap(
              node.line(),
              "server \"%s\" is declared by something that is no object".formatted(entry.name()),
              "declare it with a command or a url");
    }
  }

  /// Adds the server of `entry`, of which it is not known how it is reached, and the gap for that.
  void unknown(ServerSections.Entry entry, String reason, String hint) {
    Fields fields = Fields.of(entry.node());
    int line = entry.node().line();
    add(entry, new Endpoint.Unknown(), null, settings(entry, fields, List.of(), List.of()), line);
    gap(line, reason, hint);
  }

  private void declared(ServerSections.Entry entry) {
    Fields fields = Fields.of(entry.node());
    if (fields.scalar("type").filter(PART_OF_THE_CLIENT::contains).isPresent()) {
      return;
    }
    Optional<Node> command = fields.first("command", "cmd");
    Optional<Node> address = fields.first(ADDRESS).filter(node -> node.scalar().isPresent());
    String type =
        fields.scalar("type", "transport", "transport_type").orElse("").toLowerCase(Locale.ROOT);
    boolean remote = !Set.of("stdio", "local", "").contains(type);
    List<Word> words = command.map(node -> words(node, fields)).orElse(List.of());
    if (address.isPresent() && (remote || words.isEmpty())) {
      remote(entry, fields, address.get(), type);
    } else if (!words.isEmpty()) {
      local(entry, fields, words);
    } else {
      unreachable(entry, fields);
    }
  }

  private List<Word> words(Node command, Fields fields) {
    List<Word> words = new ArrayList<>();
    Node named = command.get("path").orElse(command);
    named
        .scalar()
        .filter(text -> !text.isBlank())
        .ifPresent(text -> words.add(new Word(text, named.line())));
    for (Node item : command.items()) {
      argument(item, words);
    }
    if (words.isEmpty()) {
      return words;
    }
    fields.first("args", "arguments", "argv").ifPresent(args -> arguments(args, words));
    return words;
  }

  private void arguments(Node args, List<Word> words) {
    if (args instanceof Node.Text(String text, int line)) {
      for (ShellScript.Step step : ShellScript.steps(new Word(text, line))) {
        words.addAll(step.words());
      }
      return;
    }
    args.items().forEach(item -> argument(item, words));
  }

  private void argument(Node item, List<Word> words) {
    Optional<String> text = item.scalar();
    if (text.isPresent()) {
      words.add(new Word(text.get(), item.line()));
    } else {
      gap(item.line(), "an argument that is no text", "write every argument as a string");
    }
  }

  private void local(ServerSections.Entry entry, Fields fields, List<Word> words) {
    LaunchedPackage launched = LaunchedPackage.of(words);
    SecretArguments.Shown shown =
        SecretArguments.read(
            words.stream()
                .map(word -> new SecretArguments.Argument(word.text(), word.line()))
                .toList(),
            fingerprints);
    List<String> mounts = new ArrayList<>(launched.mounts());
    mounts.addAll(
        Credentials.texts(
            fields.every(
                "roots", "volumes", "allowedDirectories", "allowed_directories", "allowedPaths")));
    Location at = new Location(agent.path(), entry.node().line());
    components.addAll(launched.components(agent.path()));
    gaps.addAll(launched.gaps(entry.name(), agent.path()));
    servers.add(
        new McpServer(
            entry.name(),
            agent,
            new Endpoint.Local(
                shown.arguments().getFirst(),
                shown.arguments().subList(1, shown.arguments().size()),
                fields.scalar("cwd", "workingDirectory", "working_directory", "dir").orElse(null)),
            launched.purl(),
            settings(entry, fields, shown.credentials(), mounts),
            at));
  }

  private void remote(ServerSections.Entry entry, Fields fields, Node address, String type) {
    SecretUrl.Shown url =
        SecretUrl.read(address.scalar().orElseThrow(), address.line(), fingerprints);
    servers.add(
        new McpServer(
            entry.name(),
            agent,
            new Endpoint.Remote(url.text(), transport(fields, type)),
            null,
            settings(entry, fields, url.credentials(), List.of()),
            new Location(agent.path(), entry.node().line())));
  }

  private String transport(Fields fields, String type) {
    String words = type.replaceAll("[^a-z]", "");
    return switch (words) {
      case "streamablehttp", "httpstream", "streaminghttp" -> "streamable-http";
      case "sse" -> "sse";
      case "ws", "websocket", "wss" -> "ws";
      default -> {
        if (fields.first("httpUrl", "http_url").isPresent()) {
          yield "streamable-http";
        }
        boolean sse = fields.first("sseUrl").isPresent() || agent.kind().equals("gemini-cli");
        yield sse && words.isEmpty() ? "sse" : "http";
      }
    };
  }

  /* An entry that only switches a server on or off, or tunes it, overrides one declared elsewhere. */
  private void unreachable(ServerSections.Entry entry, Fields fields) {
    boolean override =
        fields.first("enabled", "disabled", "alwaysAllow", "autoApprove").isPresent()
            || fields.scalar("source").filter("extension"::equals).isPresent()
            || fields.first("settings").isPresent();
    int line = entry.node().line();
    if (!override) {
      gap(
          line,
          "server \"%s\" names neither a command nor a url".formatted(entry.name()),
          "give it a command or a url, or remove it");
    }
    servers.add(
        new McpServer(
            entry.name(),
            agent,
            new Endpoint.Unknown(),
            null,
            settings(entry, fields, List.of(), List.of()),
            new Location(agent.path(), line)));
  }

  /* "name": "https://…" or "name": "npx -y server" */
  private void abbreviated(ServerSections.Entry entry, String text, int line) {
    if (text.matches("(?i)https?://\\S+")) {
      SecretUrl.Shown url = SecretUrl.read(text, line, fingerprints);
      McpServer.Settings settings =
          new McpServer.Settings(entry.enabled(), url.credentials(), List.of(), List.of());
      add(entry, new Endpoint.Remote(url.text(), "http"), null, settings, line);
    } else if (!text.isBlank()) {
      LaunchedPackage launched = LaunchedPackage.of(List.of(new Word(text, line)));
      components.addAll(launched.components(agent.path()));
      gaps.addAll(launched.gaps(entry.name(), agent.path()));
      add(
          entry,
          new Endpoint.Local(SecretText.redact(text), List.of(), null),
          launched.purl(),
          plain(entry.enabled()),
          line);
    } else {
      gap(line, "server \"%s\" is empty".formatted(entry.name()), "give it a command or a url");
    }
  }

  private static McpServer.Settings plain(boolean enabled) {
    return new McpServer.Settings(enabled, List.of(), List.of(), List.of());
  }

  private McpServer.Settings settings(
      ServerSections.Entry entry, Fields fields, List<Credential> found, List<String> mounts) {
    boolean off =
        fields.scalar("disabled").filter("true"::equals).isPresent()
            || fields.scalar("enabled").filter("false"::equals).isPresent();
    List<String> tools =
        Credentials.texts(
            fields.every(
                "autoApprove",
                "alwaysAllow",
                "alwaysAllowTools",
                "autoApproveTools",
                "tools",
                "includeTools",
                "enabled_tools",
                "enabledTools",
                "allowedTools",
                "available_tools",
                "auto_approve"));
    return new McpServer.Settings(
        entry.enabled() && !off,
        Credentials.of(fields, found, fingerprints),
        tools.stream().filter(tool -> !tool.equals("true") && !tool.equals("false")).toList(),
        mounts.stream().distinct().toList());
  }

  private void add(
      ServerSections.Entry entry,
      Endpoint endpoint,
      @Nullable Purl launched,
      McpServer.Settings settings,
      int line) {
    servers.add(
        new McpServer(
            entry.name(), agent, endpoint, launched, settings, new Location(agent.path(), line)));
  }

  private void gap(int line, String reason, String hint) {
    gaps.add(new Gap(agent.path(), line, reason, hint));
  }
}
