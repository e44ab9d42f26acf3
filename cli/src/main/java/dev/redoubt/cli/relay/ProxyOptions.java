// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.relay;

import static java.util.Objects.requireNonNull;

import dev.redoubt.cli.Call;
import dev.redoubt.cli.UsageException;
import dev.redoubt.cli.exec.ExecOptions;
import dev.redoubt.cli.exec.MountOptions;
import dev.redoubt.cli.guard.GuardPolicy;
import dev.redoubt.cli.servers.OperatorServers;
import dev.redoubt.relay.engine.Enforcement;
import dev.redoubt.secrets.Redaction;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.ParserSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// What `redoubt proxy` was asked to do.
///
/// @param argv the command of the server, as it was typed; empty for one that is asked over HTTP
/// @param url where that one is
/// @param folder where it starts, and the workspace of the guard: a real path
/// @param name what the server is called in rules
/// @param enforcement which rules stop messages
record ProxyOptions(
    List<String> argv, Optional<String> url, Path folder, String name, Enforcement enforcement) {

  ProxyOptions {
    argv = List.copyOf(argv);
    requireNonNull(url, "url");
    requireNonNull(folder, "folder");
    requireNonNull(name, "name");
    requireNonNull(enforcement, "enforcement");
  }

  /// Returns what makes it this server and no other, beside its name: the same command elsewhere is
  /// another one.
  String scope() {
    return url.map(place -> "proxy-url\n" + place)
        .orElseGet(() -> "proxy\n%s\n%s".formatted(folder, String.join("\0", argv)));
  }

  /// Returns what filters have to know of the server.
  RelayedServer server() {
    return new RelayedServer(
        name,
        scope(),
        url.map(place -> "at " + Redaction.text(place))
            .orElseGet(
                () -> "in %s: %s".formatted(folder, String.join(" ", Redaction.arguments(argv)))),
        approving(),
        ProxyRun.STREAM);
  }

  /* A secret among the words is masked, and then they are not to be copied as they are. */
  private String approving() {
    List<String> words = new ArrayList<>(List.of("redoubt", "proxy", "--approve"));
    words.addAll(List.of("--name", name));
    if (url.isPresent()) {
      words.addAll(List.of("--url", Redaction.text(url.get())));
    } else {
      words.addAll(List.of("--workspace", folder.toString(), "--"));
      words.addAll(Redaction.arguments(argv));
    }
    return words.stream()
        .map(word ->
            word.matches("[A-Za-z0-9_@%+=:,./-]+") ? word : "'" + word.replace("'", "'\\''") + "'")
        .collect(Collectors.joining(" "));
  }

  static CommandSpec spec() {
    return GuardPolicy.addTo(CommandSpec.create())
        .parser(new ParserSpec().stopAtPositional(true))
        .addOption(
            value(
                    "--mode",
                    "MODE",
                    "enforce (blocks; the default) or observe (only writes down what it would do);"
                        + " for rules without a mode of their own in [relay.modes].")
                .completionCandidates(List.of("enforce", "observe"))
                .build())
        .addOption(
            value("--name", "NAME", "What the server is called in rules; after its package.")
                .build())
        .addOption(
            value(
                    "--sandbox",
                    "B",
                    "What surrounds the server: local, bubblewrap, landlock, docker, ssh or auto.")
                .completionCandidates(
                    List.of("local", "bubblewrap", "landlock", "docker", "ssh", "auto"))
                .build())
        .addOption(MountOptions.spec())
        .addOption(
            OptionSpec.builder("--approve")
                .description("Show what the server says differently of its tools, and accept it.")
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
            value("--url", "URL", "Ask the server at this address over HTTP; no CMD then.").build())
        .addOption(value("--workspace", "DIR", "The folder it may write; the current one.").build())
        .addPositional(
            PositionalParamSpec.builder()
                .paramLabel("CMD")
                .type(List.class)
                .auxiliaryTypes(String.class)
                .arity("0..*")
                .description("The command of the server and its arguments, after --.")
                .build());
  }

  private static OptionSpec.Builder value(String name, String label, String description) {
    return OptionSpec.builder(name).paramLabel(label).type(String.class).description(description);
  }

  static ProxyOptions of(Call call) {
    List<String> argv = call.arguments().matchedPositionalValue(0, List.of());
    Optional<String> url = call.text("--url");
    Path folder =
        ExecOptions.real(call.path("--workspace").orElse(call.world().folder()), "the workspace");
    Optional<String> name = call.text("--name").map(ProxyOptions::name);
    Enforcement enforcement = enforcement(call);
    if (url.isPresent()) {
      if (!argv.isEmpty()) {
        throw new UsageException("--url goes without a command: there is nothing to start");
      }
      if (!call.texts("--sandbox-mount").isEmpty()) {
        throw new UsageException("--sandbox-mount goes with a command: --url starts nothing");
      }
      String found = OperatorServers.at(call, folder, url.get()).name();
      return new ProxyOptions(argv, url, folder, name.orElse(found), enforcement);
    }
    if (argv.isEmpty() || argv.getFirst().isEmpty()) {
      throw new UsageException("which server? redoubt proxy -- CMD …, or --url URL");
    }
    return new ProxyOptions(
        argv, url, folder, name.orElseGet(() -> ServerName.of(argv)), enforcement);
  }

  static String name(String text) {
    if (!text.matches("[A-Za-z0-9._-]{1,64}")) {
      throw new UsageException(
          "--name \"%s\" is not 1 to 64 letters, digits, \".\", \"_\" or \"-\"".formatted(text));
    }
    return text;
  }

  static Enforcement enforcement(Call call) {
    return RelaySettings.of(call).enforcement(mode(call));
  }

  /// Returns the mode that was typed, if one was.
  static Optional<Enforcement.Mode> mode(Call call) {
    return call.text("--mode")
        .map(mode ->
            switch (mode) {
              case "enforce" -> Enforcement.Mode.ENFORCE;
              case "observe" -> Enforcement.Mode.OBSERVE;
              default ->
                  throw new UsageException(
                      "--mode \"%s\" is not enforce or observe".formatted(mode));
            });
  }
}
