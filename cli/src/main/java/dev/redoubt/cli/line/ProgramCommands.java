// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.line;

import static dev.redoubt.cli.line.BuiltInCommands.command;

import dev.redoubt.cli.Call;
import dev.redoubt.cli.ExitCode;
import dev.redoubt.cli.GlobalOptions;
import dev.redoubt.cli.Main;
import dev.redoubt.cli.Surroundings;
import dev.redoubt.cli.Surroundings.Streams;
import dev.redoubt.cli.Surroundings.Terminals;
import dev.redoubt.cli.UsageException;
import dev.redoubt.cli.line.SlashCommand.Next;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The slash commands that are commands of the program, run in the same folder. They ask nothing.
final class ProgramCommands {

  private ProgramCommands() {}

  static List<SlashCommand> all() {
    return List.of(
        back("undo", "[N]", "Take back the last turns.", "changes of files were taken back"),
        back("redo", "", "Do again what was taken back.", "changes were made again"),
        same("diff", "", "Show what the last turn changed.", List.of("diff")),
        same("models", "", "List the providers and models.", List.of("models")),
        same("init", "", "Write an AGENTS.md from what lies here.", List.of("init")),
        command(
            "posture",
            "",
            "Show what holds here and what is open.",
            List.of(),
            ProgramCommands::posture),
        same("trust", "", "Show what of this folder is trusted.", List.of("trust", "list")),
        command(
            "export",
            "[FILE.md|FILE.html]",
            "Write this session to a file.",
            List.of(),
            ProgramCommands::export));
  }

  private static SlashCommand same(String name, String usage, String summary, List<String> words) {
    return command(
        name,
        usage,
        summary,
        List.of(),
        (here, rest) -> {
          List<String> all = new ArrayList<>(words);
          if (!rest.isEmpty()) {
            all.addAll(Arrays.asList(rest.split("\\s+")));
          }
          return run(here, all);
        });
  }

  /* The model believes files to be as it left them until it is told. */
  private static SlashCommand back(String name, String usage, String summary, String did) {
    return command(
        name,
        usage,
        summary,
        List.of(),
        (here, rest) -> {
          List<String> all = new ArrayList<>(List.of(name));
          if (!rest.isEmpty()) {
            all.addAll(Arrays.asList(rest.split("\\s+")));
          }
          if (result(here, all) == ExitCode.OK && !all.contains("--list")) {
            here.tellNext(
                "Before this I used %s: %s. Look at files again before you rely on what you know of them."
                    .formatted(String.join(" ", all), did));
          }
          return SlashCommand.STAY;
        });
  }

  /* It speaks of this session, so of what this session was started with. */
  private static Next posture(Conversation here, String rest) {
    Call call = here.call();
    List<String> all = new ArrayList<>(List.of("posture"));
    all.addAll(List.of("--sandbox", here.premises().backend().name()));
    call.path("--policy").ifPresent(file -> all.addAll(List.of("--policy", file.toString())));
    call.texts("--allow").forEach(rule -> all.addAll(List.of("--allow", rule)));
    call.texts("--deny").forEach(rule -> all.addAll(List.of("--deny", rule)));
    if (!rest.isEmpty()) {
      all.addAll(Arrays.asList(rest.split("\\s+")));
    }
    return run(here, all);
  }

  private static Next export(Conversation here, String rest) {
    if (here.summary().isEmpty()) {
      throw new UsageException("nothing was said yet, so there is nothing to export");
    }
    String file = rest.isEmpty() ? "session-" + here.session() + ".md" : rest;
    String format = file.endsWith(".html") || file.endsWith(".htm") ? "html" : "markdown";
    return run(
        here, List.of("session", "export", here.session().text(), "--format", format, "-o", file));
  }

  private static Next run(Conversation here, List<String> words) {
    result(here, words);
    return SlashCommand.STAY;
  }

  private static int result(Conversation here, List<String> words) {
    List<String> all = new ArrayList<>(words);
    all.addAll(List.of("--data-dir", here.call().globals().dataDir().toString()));
    here.call()
        .globals()
        .config()
        .ifPresent(file -> all.addAll(List.of("--config", file.toString())));
    if (here.call().globals().network() == GlobalOptions.Network.OFF) {
      all.add("--offline");
    }
    all.addAll(List.of("--color", here.console().style().isColoured() ? "always" : "never"));
    Surroundings world = here.call().world();
    Surroundings there =
        new Surroundings(
            world.environment(),
            here.workspace(),
            new Streams(InputStream.nullInputStream(), world.out(), world.err(), Terminals.NONE),
            world.clock(),
            world.managed());
    int code = Main.run(all, there);
    there.out().flush();
    there.err().flush();
    return code;
  }
}
