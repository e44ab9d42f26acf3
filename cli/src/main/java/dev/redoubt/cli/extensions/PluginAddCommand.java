// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.extensions;

import dev.redoubt.cli.Call;
import dev.redoubt.cli.Command;
import dev.redoubt.cli.CommandOutput;
import dev.redoubt.cli.ExitCode;
import dev.redoubt.cli.Surroundings.Terminals;
import dev.redoubt.cli.sandbox.Table;
import dev.redoubt.document.JsonText;
import dev.redoubt.document.Node;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// `redoubt plugin add`: shows what a plugin brings and asks whether to add it.
///
/// What is kept is exactly what was shown. Without a terminal nothing is added unless `--yes` was
/// given; the command then ends with 10.
public final class PluginAddCommand implements Command {

  @Override
  public CommandSpec spec() {
    return CommandSpec.create()
        .addPositional(
            PositionalParamSpec.builder()
                .index("0")
                .arity("1")
                .paramLabel("DIR")
                .type(String.class)
                .description("The folder of the plugin.")
                .build())
        .addOption(
            OptionSpec.builder("-y", "--yes").description("Add it without a question.").build());
  }

  @Override
  public List<String> examples() {
    return List.of("redoubt plugin add ./our-plugin", "redoubt plugin add ./our-plugin --yes");
  }

  @Override
  public int run(Call call) {
    Path folder = call.resolve(call.parameter(0).orElseThrow()).toAbsolutePath().normalize();
    PluginFiles files = PluginFiles.read(folder);
    PluginManifest manifest = PluginManifest.of(folder, files);
    PluginParts.check(manifest, files);
    PluginStore store = PluginStore.of(call.globals().dataDir());
    Optional<PluginStore.Added> before = store.named(manifest.name());
    if (before.isPresent()
        && before.get().counts()
        && before.get().digest().equals(files.digest())) {
      CommandOutput.line(call, "%s is added already, as it is", manifest.name());
      return ExitCode.OK;
    }
    show(call, manifest, files, before);
    if (!call.has("--yes")) {
      int answer = ask(call, manifest.name());
      if (answer != ExitCode.OK) {
        return answer;
      }
    }
    store.keep(manifest, files, folder);
    CommandOutput.line(call, "%s: added", manifest.name());
    return ExitCode.OK;
  }

  private static void show(
      Call call, PluginManifest manifest, PluginFiles files, Optional<PluginStore.Added> before) {
    CommandOutput.line(
        call, "%s %s  %s", manifest.name(), manifest.version(), manifest.description());
    before.ifPresent(old ->
        CommandOutput.line(
            call, "  replaces %s %s", old.version(), old.counts() ? "" : old.problem()));
    for (String name : files.all().keySet()) {
      CommandOutput.line(call, "  %s%s", name, PluginParts.what(name));
    }
    for (Table hook : manifest.tables().tables("hooks")) {
      CommandOutput.line(
          call, "  hook at %s: %s", hook.text("event").orElse(""), JsonText.of(hook.node()));
      hook.text("script")
          .flatMap(files::file)
          .ifPresent(script ->
              new String(script.bytes(), StandardCharsets.UTF_8)
                  .lines()
                  .forEach(line -> CommandOutput.line(call, "    | %s", line)));
    }
    for (String mode : manifest.tables().table("modes").node().fields().keySet()) {
      Node node = manifest.tables().table("modes").table(mode).node();
      CommandOutput.line(call, "  mode %s: %s", mode, JsonText.of(node));
    }
    files
        .file(PluginParts.SERVERS)
        .ifPresent(servers ->
            new String(servers.bytes(), StandardCharsets.UTF_8)
                .lines()
                .forEach(line -> CommandOutput.line(call, "  server | %s", line)));
    CommandOutput.line(call, "  sha256 %s", files.digest());
    call.world().out().flush();
  }

  private static int ask(Call call, String name) {
    Terminals terminals = call.world().streams().terminals();
    if (!terminals.in() || !terminals.err()) {
      CommandOutput.note(
          call, "redoubt: not added: nobody can be asked here; add --yes to add %s", name);
      return ExitCode.QUESTION;
    }
    call.world().err().print("Add " + CommandOutput.plain(name) + "? [y/N] ");
    call.world().err().flush();
    try {
      String answer =
          new BufferedReader(
                  new InputStreamReader(call.world().streams().in(), StandardCharsets.UTF_8))
              .readLine();
      boolean yes =
          answer != null && List.of("y", "yes").contains(answer.strip().toLowerCase(Locale.ROOT));
      return yes ? ExitCode.OK : ExitCode.NO;
    } catch (IOException e) {
      return ExitCode.QUESTION;
    }
  }
}
