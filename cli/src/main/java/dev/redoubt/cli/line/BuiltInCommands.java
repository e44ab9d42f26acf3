// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.line;

import dev.redoubt.agent.api.ModelChoice;
import dev.redoubt.agent.api.Tool;
import dev.redoubt.agent.sessions.Transcript.Spent;
import dev.redoubt.cli.UsageException;
import dev.redoubt.cli.line.SlashCommand.Action;
import dev.redoubt.cli.line.SlashCommand.Next;
import dev.redoubt.cli.run.RunOptions.Wanted;
import dev.redoubt.evidence.CanonicalJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The slash commands that come with Redoubt.
final class BuiltInCommands {

  private static final int CHARACTERS_A_TOKEN = 4;
  private static final List<String> MODES = List.of("code", "plan", "review", "chat");
  private static final List<String> SANDBOXES =
      List.of("local", "bubblewrap", "landlock", "docker", "ssh", "auto");

  private BuiltInCommands() {}

  /// Returns all of them.
  static List<SlashCommand> all() {
    List<SlashCommand> all = new ArrayList<>();
    all.add(command("help", "[NAME]", "Show the commands.", List.of(), BuiltInCommands::help));
    all.add(
        command(
            "model",
            "[PROVIDER/MODEL]",
            "Show or change the model.",
            List.of(),
            (here, rest) -> changed(here, "--model", rest)));
    all.add(
        command(
            "mode",
            "[code|plan|review|chat]",
            "Show or change what the agent may use.",
            MODES,
            (here, rest) -> changed(here, "--mode", rest)));
    all.add(
        command(
            "sandbox",
            "[BACKEND]",
            "Show or change what surrounds commands.",
            SANDBOXES,
            (here, rest) -> changed(here, "--sandbox", rest)));
    all.add(
        command(
            "plan",
            "[TASK]",
            "Plan first: look, then show a plan.",
            List.of(),
            BuiltInCommands::plan));
    all.add(
        command(
            "status", "", "Show what the agent works with.", List.of(), BuiltInCommands::status));
    all.add(command("cost", "", "Show what this session used.", List.of(), BuiltInCommands::cost));
    all.add(
        command(
            "context", "", "Show what fills the context.", List.of(), BuiltInCommands::context));
    all.add(
        command(
            "compact",
            "",
            "Put the oldest messages into fewer words.",
            List.of(),
            BuiltInCommands::compact));
    all.add(
        command("tools", "", "Show the tools the model has.", List.of(), BuiltInCommands::tools));
    all.add(
        command(
            "permissions",
            "",
            "Show what was approved and where rules are.",
            List.of(),
            BuiltInCommands::permissions));
    all.add(
        command(
            "attach",
            "FILE",
            "Show the model a file with the next prompt.",
            List.of(),
            BuiltInCommands::attach));
    all.add(command("clear", "", "Begin a new session.", List.of(), BuiltInCommands::clear));
    all.add(command("new", "", "Begin a new session.", List.of(), BuiltInCommands::clear));
    all.add(command("quit", "", "Leave.", List.of(), (_, _) -> new Next.Leave()));
    all.add(command("exit", "", "Leave.", List.of(), (_, _) -> new Next.Leave()));
    all.add(PromptCommands.all());
    all.addAll(SessionCommands.all());
    all.addAll(ProgramCommands.all());
    return List.copyOf(all);
  }

  static SlashCommand command(
      String name, String usage, String summary, List<String> choices, Action action) {
    return new SlashCommand(name, usage, summary, choices, action);
  }

  private static Next help(Conversation here, String rest) {
    String name = rest.startsWith("/") ? rest.substring(1) : rest;
    SlashTable table = here.commands();
    if (!name.isEmpty() && table.named(name).isEmpty()) {
      throw new UsageException(table.unknown(name));
    }
    for (SlashCommand command : table.all()) {
      if (name.isEmpty() || command.name().equals(name)) {
        String typed =
            "/" + command.name() + (command.usage().isEmpty() ? "" : " " + command.usage());
        here.console()
            .show(
                "  "
                    + Style.safe(typed)
                    + " ".repeat(Math.max(2, 34 - typed.length()))
                    + Style.safe(command.summary()));
      }
    }
    if (name.isEmpty()) {
      List.of(
              "",
              "  @FILE in a prompt attaches the file; Tab completes names and commands.",
              "  A backslash at the end, Alt-Enter or a paste make several lines.",
              "  While the agent works: what you type is told to it; Ctrl-C ends the turn.")
          .forEach(here.console()::show);
    }
    return SlashCommand.STAY;
  }

  private static Next changed(Conversation here, String option, String rest)
      throws InterruptedException {
    if (!rest.isEmpty()) {
      here.change(option, rest);
    }
    here.console().show("  " + here.status());
    return SlashCommand.STAY;
  }

  private static Next plan(Conversation here, String rest) throws InterruptedException {
    here.change("--mode", "plan");
    if (rest.isEmpty()) {
      here.console().show("  mode plan: say what is to be done");
      return SlashCommand.STAY;
    }
    return new Next.Tell(rest);
  }

  private static Next status(Conversation here, String rest) {
    row(here, "model", here.model().map(m -> m.provider() + "/" + m.name()).orElse("none"));
    row(here, "mode", here.mode().text());
    row(here, "sandbox", here.premises().backend().name());
    row(here, "writes", here.premises().writes().name().toLowerCase(Locale.ROOT));
    row(here, "workspace", here.workspace().toString());
    row(here, "session", here.session() + (here.isOpen() ? "" : " (not begun)"));
    row(here, "context", here.gauge().used(here.model().map(m -> m.sizes().context()).orElse(1)));
    row(here, "cost", here.gauge().cost());
    return SlashCommand.STAY;
  }

  private static Next cost(Conversation here, String rest) {
    Spent spent = here.gauge().spent();
    row(here, "turns", String.valueOf(spent.turns()));
    row(
        here,
        "tokens",
        "%d in (%d from a cache, %d into it), %d out"
            .formatted(
                spent.usage().input(),
                spent.usage().cacheRead(),
                spent.usage().cacheWrite(),
                spent.usage().output()));
    row(
        here,
        "cost",
        spent.cost()
            + (spent.unpriced() == 0
                ? ""
                : " and %d answers whose price is unknown".formatted(spent.unpriced())));
    return SlashCommand.STAY;
  }

  private static Next context(Conversation here, String rest) throws InterruptedException {
    int size = here.model().map(ModelChoice::sizes).orElse(ModelChoice.Sizes.UNKNOWN).context();
    long now = here.gauge().context();
    row(here, "size", size + " tokens");
    row(
        here,
        "used",
        now == 0 ? "nothing is known yet" : now + " tokens, " + here.gauge().used(size));
    if (here.isOpen()) {
      long instructions = here.bench().instructionText().length() / CHARACTERS_A_TOKEN;
      long tools = 0;
      for (Tool tool : here.bench().tools()) {
        tools +=
            tool.spec().description().length() + CanonicalJson.of(tool.spec().parameters()).length;
      }
      tools /= CHARACTERS_A_TOKEN;
      row(
          here,
          "of it",
          "instructions about %d, %d tools about %d"
              .formatted(instructions, here.bench().tools().size(), tools));
    }
    return SlashCommand.STAY;
  }

  private static Next compact(Conversation here, String rest) throws InterruptedException {
    if (here.isOpen()) {
      new TurnLoop(here).compact();
    } else {
      here.console().show("  nothing was said yet");
    }
    return SlashCommand.STAY;
  }

  private static Next tools(Conversation here, String rest) throws InterruptedException {
    for (Tool tool : here.bench().tools()) {
      String first =
          tool.spec()
              .description()
              .lines()
              .filter(line -> !line.isBlank() && !line.startsWith("#"))
              .findFirst()
              .orElse("");
      row(here, tool.spec().name(), first.length() > 90 ? first.substring(0, 90) + "…" : first);
    }
    return SlashCommand.STAY;
  }

  private static Next permissions(Conversation here, String rest) {
    List<String> approved = here.dialogue().approved();
    if (approved.isEmpty()) {
      row(here, "session", "nothing was approved for this session");
    }
    approved.forEach(what -> here.console().show("  session:   " + what));
    row(here, "rules", here.dialogue().rulesFile() + " ([[guard.rules]])");
    row(here, "more", "redoubt guard explain 'COMMAND' says which rule decides");
    return SlashCommand.STAY;
  }

  private static Next attach(Conversation here, String rest) throws InterruptedException {
    if (rest.isEmpty()) {
      throw new UsageException("which file? /attach FILE");
    }
    here.attached().addAll(new Mentions(here.workspace()).read(List.of(rest), here.bench()));
    here.console().show("  the next prompt shows " + Style.safe(rest));
    return SlashCommand.STAY;
  }

  private static Next clear(Conversation here, String rest) {
    here.goOn(new Wanted.New());
    here.console().show("  a new session; /session resume goes back");
    return SlashCommand.STAY;
  }

  static void row(Conversation here, String name, String value) {
    here.console()
        .show(
            "  "
                + Style.safe(name)
                + ":"
                + " ".repeat(Math.max(1, 13 - name.length()))
                + Style.safe(value));
  }
}
