// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.servers;

import dev.redoubt.agent.lsp.LanguagePlan;
import dev.redoubt.agent.lsp.LanguagePlan.Origin;
import dev.redoubt.cli.Call;
import dev.redoubt.cli.sandbox.Table;
import dev.redoubt.document.Node;
import dev.redoubt.guard.Action;
import dev.redoubt.guard.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The language servers of a session: those of the operator, and after them those that are known
/// and lie on the PATH.
public final class LanguageSettings {

  private static final List<String> KEYS =
      List.of("command", "args", "files", "env", "enabled", "start-timeout", "timeout");
  private static final int START = 20;
  private static final int PATIENCE = 5;

  private static final List<Known> KNOWN =
      List.of(
          new Known(
              "typescript",
              List.of("typescript-language-server", "--stdio"),
              List.of("*.ts", "*.tsx", "*.mts", "*.cts", "*.js", "*.jsx", "*.mjs", "*.cjs")),
          new Known("python", List.of("pyright-langserver", "--stdio"), List.of("*.py", "*.pyi")),
          new Known("go", List.of("gopls"), List.of("*.go")),
          new Known("rust", List.of("rust-analyzer"), List.of("*.rs")),
          new Known(
              "c",
              List.of("clangd"),
              List.of("*.c", "*.h", "*.cc", "*.cpp", "*.cxx", "*.hh", "*.hpp")),
          new Known("shell", List.of("bash-language-server", "start"), List.of("*.sh", "*.bash")),
          new Known("json", List.of("vscode-json-language-server", "--stdio"), List.of("*.json")),
          new Known(
              "css", List.of("vscode-css-language-server", "--stdio"), List.of("*.css", "*.scss")));

  private LanguageSettings() {}

  /// A language server whose options are known.
  private record Known(String name, List<String> argv, List<String> files) {}

  /// Returns what the configuration of `call` says, for a session in `workspace`, a real path.
  ///
  /// @throws dev.redoubt.model.RedoubtException USAGE if it is malformed
  public static List<LanguagePlan> of(Call call, Path workspace) {
    Table table = Table.root(call).table("lsp");
    boolean known = table.node().get("known").isEmpty() || table.flag("known");
    Map<String, LanguagePlan> plans = new LinkedHashMap<>();
    List<String> off = new ArrayList<>();
    for (Map.Entry<String, Node> entry : table.node().fields().entrySet()) {
      String name = entry.getKey();
      if (name.equals("known")) {
        continue;
      }
      Table server = table.table(name);
      server.requireKeys(KEYS);
      if (server.node().get("enabled").isPresent() && !server.flag("enabled")) {
        off.add(name);
      } else {
        plans.put(name, plan(workspace, name, server));
      }
    }
    if (known) {
      for (Known one : KNOWN) {
        if (!off.contains(one.name()) && !plans.containsKey(one.name())) {
          found(call, workspace, one.argv().getFirst())
              .ifPresent(program -> plans.put(one.name(), plan(workspace, one, program)));
        }
      }
    }
    return List.copyOf(plans.values());
  }

  private static LanguagePlan plan(Path workspace, String name, Table server) {
    List<String> argv = new ArrayList<>();
    argv.add(
        server
            .text("command")
            .filter(text -> !text.isBlank())
            .orElseThrow(() -> server.wrong("command", "is missing: it names the program")));
    argv.addAll(server.texts("args"));
    List<String> files = server.texts("files");
    if (files.isEmpty()) {
      throw server.wrong("files", "is missing: it names files, in the manner of [\"*.ts\"]");
    }
    Map<String, String> environment = new LinkedHashMap<>();
    server
        .table("env")
        .node()
        .fields()
        .forEach((variable, value) ->
            environment.put(
                variable,
                value
                    .scalar()
                    .orElseThrow(() ->
                        server.wrong("env", "has \"%s\", which is no text".formatted(variable)))));
    return new LanguagePlan(
        name,
        Origin.OPERATOR,
        new Action.Run(new Program.Argv(argv), workspace, environment, Action.Input.OPEN),
        files,
        Duration.ofSeconds(server.number("start-timeout", START, 600)),
        Duration.ofSeconds(server.number("timeout", PATIENCE, 600)));
  }

  private static LanguagePlan plan(Path workspace, Known known, Path program) {
    List<String> argv = new ArrayList<>(known.argv());
    argv.set(0, program.toString());
    return new LanguagePlan(
        known.name(),
        Origin.KNOWN,
        new Action.Run(new Program.Argv(argv), workspace, Map.of(), Action.Input.OPEN),
        known.files(),
        Duration.ofSeconds(START),
        Duration.ofSeconds(PATIENCE));
  }

  /* Not what lies in the workspace: whoever wrote that would choose what is started. */
  private static Optional<Path> found(Call call, Path workspace, String program) {
    for (String folder : call.world().environment().getOrDefault("PATH", "").split(":", -1)) {
      try {
        Path file = Path.of(folder).resolve(program);
        if (file.isAbsolute()
            && Files.isExecutable(file)
            && !file.toRealPath().startsWith(workspace)
            && !file.startsWith(workspace)) {
          return Optional.of(file);
        }
      } catch (InvalidPathException | IOException e) {
        // Not a folder of programs.
      }
    }
    return Optional.empty();
  }
}
