// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.line;

import static dev.redoubt.cli.line.BuiltInCommands.command;

import dev.redoubt.agent.api.Message;
import dev.redoubt.agent.api.Reasons;
import dev.redoubt.agent.servers.ServerPrompt;
import dev.redoubt.cli.UsageException;
import dev.redoubt.cli.line.SlashCommand.Next;
import dev.redoubt.document.Node;
import dev.redoubt.sandbox.Outcome;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/// The prompts of MCP servers, as `/mcp:SERVER:PROMPT`, and `/mcp`, which lists them.
///
/// What a server answers is its own text: the model is told whose it is, and a name of a file in it
/// attaches nothing.
final class PromptCommands {

  static final String PREFIX = "mcp:";

  private static final int LONGEST = 200;
  private static final int MOST_SHOWN = 2_000;

  private PromptCommands() {}

  static SlashCommand all() {
    return command(
        "mcp",
        "",
        "Show the prompts of MCP servers, /mcp:SERVER:PROMPT.",
        List.of(),
        (here, _) -> list(here));
  }

  /// Returns the command `name`, which begins with the prefix.
  static SlashCommand of(String name) {
    return command(
        name,
        "[ARGUMENTS]",
        "A prompt of an MCP server.",
        List.of(),
        (here, rest) -> tell(here, name.substring(PREFIX.length()), rest));
  }

  private static Next list(Conversation here) throws InterruptedException {
    new TurnLoop(here).visit(bench -> show(here, bench.prompts()));
    return SlashCommand.STAY;
  }

  private static void show(Conversation here, List<ServerPrompt> prompts) {
    if (prompts.isEmpty()) {
      here.console().show("  no server that runs here has prompts");
    }
    for (ServerPrompt prompt : prompts) {
      StringBuilder line = new StringBuilder("/" + typed(prompt));
      prompt
          .arguments()
          .forEach(one ->
              line.append(one.required() ? " " : " [")
                  .append(one.name())
                  .append(one.required() ? "" : "]"));
      if (!prompt.description().isEmpty()) {
        line.append("  ").append(prompt.description());
      }
      here.console().show("  " + Style.safe(cut(line.toString(), LONGEST)));
    }
  }

  /* A name may hold blanks, and a command ends with the first. */
  private static String typed(ServerPrompt prompt) {
    return PREFIX + prompt.server() + ":" + prompt.name().replaceAll("\\s", "_");
  }

  private static Next tell(Conversation here, String name, String rest)
      throws InterruptedException {
    AtomicReference<Optional<Answer>> came = new AtomicReference<>(Optional.empty());
    new TurnLoop(here)
        .visit(bench -> {
          AtomicReference<Optional<ServerPrompt>> chosen = new AtomicReference<>(Optional.empty());
          Outcome outcome =
              bench.prompted(prompts -> {
                ServerPrompt prompt = named(prompts, name);
                chosen.set(Optional.of(prompt));
                return prompt.action(arguments(prompt, rest));
              });
          came.set(Optional.of(new Answer(chosen.get(), outcome)));
        });
    if (came.get().isEmpty()) {
      return SlashCommand.STAY;
    }
    Answer answer = came.get().get();
    if (answer.prompt().isPresent()
        && answer.outcome() instanceof Outcome.Called(Node.Obj result)) {
      ServerPrompt prompt = answer.prompt().get();
      return told(here, prompt, prompt.words(result));
    }
    throw new UsageException(Reasons.of(answer.outcome()));
  }

  private record Answer(Optional<ServerPrompt> prompt, Outcome outcome) {}

  private static ServerPrompt named(List<ServerPrompt> prompts, String name) {
    List<ServerPrompt> fitting =
        prompts.stream().filter(one -> typed(one).equals(PREFIX + name)).toList();
    if (fitting.size() != 1) {
      throw new UsageException(
          fitting.isEmpty()
              ? "no server that runs here has a prompt %s: /mcp lists them".formatted(name)
              : "%d prompts are called %s".formatted(fitting.size(), name));
    }
    return fitting.getFirst();
  }

  private static Map<String, String> arguments(ServerPrompt prompt, String rest) {
    Map<String, String> arguments = prompt.read(rest);
    List<String> missing = prompt.missing(arguments);
    if (!missing.isEmpty()) {
      throw new UsageException("it needs %s".formatted(String.join(", ", missing)));
    }
    return arguments;
  }

  private static Next told(Conversation here, ServerPrompt prompt, List<Message.Seen> seen) {
    if (seen.isEmpty()) {
      throw new UsageException("the server %s answered with nothing".formatted(prompt.server()));
    }
    for (Message.Seen one : seen) {
      if (one instanceof Message.Words(String words)) {
        cut(words, MOST_SHOWN)
            .lines()
            .forEach(
                line -> here.console().show(here.console().style().dim("  | " + Style.safe(line))));
      }
    }
    here.tellNext(
        "I chose the prompt \"%s\" of the MCP server %s. This is what that server answers:"
            .formatted(prompt.name(), prompt.server()));
    here.showNext(seen);
    return new Next.Tell(
        "Do what the prompt above asks, which is of the MCP server %s.".formatted(prompt.server()));
  }

  private static String cut(String text, int most) {
    return text.length() > most ? text.substring(0, most) + "…" : text;
  }
}
