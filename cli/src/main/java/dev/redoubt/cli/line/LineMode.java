// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.line;

import static java.util.Objects.requireNonNull;

import dev.redoubt.agent.api.Message;
import dev.redoubt.agent.engine.Finish;
import dev.redoubt.cli.ExitCode;
import dev.redoubt.cli.UsageException;
import dev.redoubt.cli.line.Console.Kind;
import dev.redoubt.cli.line.Console.Prompt;
import dev.redoubt.cli.line.Console.Typed;
import dev.redoubt.cli.line.SlashCommand.Next;
import dev.redoubt.cli.run.Mode;
import dev.redoubt.cli.run.Workbench;
import dev.redoubt.model.RedoubtException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/// The line mode: reads what the person types and sees that it is done, until they leave. For one
/// thread.
final class LineMode {

  private final Conversation conversation;
  private final Console console;
  private final Consumer<String> remember;
  private String begun = "";
  private int interrupts;

  /// @param remember is given what is worth remembering of what was typed
  LineMode(Conversation conversation, Consumer<String> remember) {
    this.conversation = requireNonNull(conversation, "conversation");
    this.console = conversation.console();
    this.remember = requireNonNull(remember, "remember");
    betweenTurns();
  }

  /// Returns the exit code.
  int run() throws InterruptedException {
    greet();
    while (true) {
      console.gap();
      console.show(console.style().dim(conversation.status()));
      String mark = console.style().isColoured() ? console.style().bold("> ") : "> ";
      Typed typed = console.read(new Prompt(mark, begun, Kind.TASK));
      begun = "";
      switch (typed) {
        case Typed.Line(String text) -> {
          interrupts = 0;
          if (!text.isBlank()) {
            remember.accept(text);
            if (!entered(text)) {
              return ExitCode.OK;
            }
          }
        }
        case Typed.Interrupt() -> {
          interrupts++;
          if (interrupts > 1) {
            return ExitCode.CANCELLED;
          }
          console.show("  Ctrl-C again, Ctrl-D or /quit leaves");
        }
        case Typed.Left() -> {
          return ExitCode.OK;
        }
        case Typed.Called(String unfinished) -> begun = unfinished;
      }
      if (interrupts > 1) {
        return ExitCode.CANCELLED;
      }
    }
  }

  private void greet() throws InterruptedException {
    console.show("Redoubt. /help lists the commands, Ctrl-D leaves.");
    if (conversation.summary().isPresent()) {
      conversation.bench();
      console.show(
          "Goes on with \"%s\", %d prompts so far."
              .formatted(
                  Style.safe(conversation.summary().orElseThrow().title()),
                  conversation.summary().orElseThrow().time().prompts()));
    }
    if (conversation.model().isEmpty()) {
      console.show("No model is chosen yet: /model PROVIDER/MODEL, and /models lists them.");
    }
  }

  /* What a person typed; false to leave. */
  private boolean entered(String text) {
    try {
      if (!text.startsWith("/") || isPath(text)) {
        return told(text);
      }
      int blank = text.indexOf(' ');
      String name = (blank < 0 ? text : text.substring(0, blank)).substring(1).strip();
      String rest = blank < 0 ? "" : text.substring(blank).strip();
      Optional<SlashCommand> command = conversation.commands().named(name);
      if (command.isEmpty()) {
        console.show("  " + Style.safe(conversation.commands().unknown(name)));
        return true;
      }
      return switch (command.get().action().run(conversation, rest)) {
        case Next.Stay() -> true;
        case Next.Tell(String words) -> told(words);
        case Next.Leave() -> false;
      };
    } catch (InterruptedException e) {
      console.show("  ended");
      return true;
    } catch (UsageException | RedoubtException e) {
      String.valueOf(e.getMessage()).lines().forEach(line -> console.show("  " + Style.safe(line)));
      return true;
    }
  }

  /* "/etc/hosts is wrong" is no command. */
  private boolean isPath(String text) {
    String word = text.split("\\s", 2)[0];
    return word.indexOf('/', 1) > 0 && !word.startsWith("/" + PromptCommands.PREFIX);
  }

  private boolean told(String first) throws InterruptedException {
    String text = first;
    List<Message.Seen> prompt = prompt(text);
    while (true) {
      boolean planning = conversation.mode().text().equals(Mode.PLAN.text());
      long rules = conversation.dialogue().added();
      TurnLoop.Ended ended = new TurnLoop(conversation).run(text, prompt);
      betweenTurns();
      report(ended);
      begun = ended.isDone() ? "" : String.join(" ", ended.unheard());
      if (ended.leaving()) {
        interrupts = 2;
        return true;
      }
      if (conversation.dialogue().added() != rules) {
        conversation.refresh();
      }
      if (!ended.unheard().isEmpty() && ended.isDone()) {
        text = String.join("\n", ended.unheard());
      } else if (planning && ended.isDone()) {
        Optional<String> next = afterPlan(requireNonNull(ended.worked()).finish());
        if (next.isEmpty()) {
          return true;
        }
        text = next.get();
      } else {
        return true;
      }
      prompt = List.of(new Message.Words(text));
    }
  }

  /* A Ctrl-C at a question has no turn to end then. */
  private void betweenTurns() {
    conversation
        .dialogue()
        .during(
            _ -> {},
            () -> {
              interrupts++;
              console.show("  Ctrl-C again, Ctrl-D or /quit leaves");
            });
  }

  private List<Message.Seen> prompt(String text) throws InterruptedException {
    Mentions mentions = new Mentions(conversation.workspace());
    List<Message.Seen> prompt = new ArrayList<>(conversation.attached());
    List<String> names = mentions.in(text);
    if (!names.isEmpty()) {
      prompt.addAll(mentions.read(names, conversation.bench()));
      console.show(console.style().dim("  attached: " + Style.safe(String.join(", ", names))));
    }
    conversation.attached().clear();
    prompt.addAll(conversation.toldNext());
    prompt.add(new Message.Words(text));
    return prompt;
  }

  private void report(TurnLoop.Ended ended) {
    Workbench.Worked worked = ended.worked();
    if (worked == null) {
      return;
    }
    String reason = worked.finish().event().reason();
    if (worked.finish().cause() == Finish.Cause.CANCELLED) {
      console.show(console.style().yellow("  the turn was ended; the session can go on"));
    } else if (!reason.isEmpty()) {
      console.show(
          console
              .style()
              .yellow(
                  "  "
                      + worked.finish().event().status().name().toLowerCase(Locale.ROOT)
                      + ": "
                      + Style.safe(reason.lines().findFirst().orElse(""))));
    }
    if (!worked.changed().isEmpty()) {
      console.show(
          console
              .style()
              .dim(
                  "  changed: "
                      + Style.safe(String.join(", ", worked.changed()))
                      + "  (/diff shows it, /undo takes it back)"));
    }
  }

  /* Plan, approve, execute. */
  private Optional<String> afterPlan(Finish finish) throws InterruptedException {
    String plan = finish.event().text().strip();
    if (plan.isEmpty()) {
      return Optional.empty();
    }
    console.gap();
    if (asks(plan)) {
      return afterQuestion(plan);
    }
    String said =
        conversation
            .dialogue()
            .ask("Carry this plan out? y, n, or say what to change: ")
            .orElse("");
    return switch (said.toLowerCase(Locale.ROOT)) {
      case "y", "yes" -> Optional.of(carriedOut(plan));
      case "", "n", "no" -> {
        console.show("  it stays a plan; /mode code leaves this mode");
        yield Optional.empty();
      }
      default -> Optional.of(said);
    };
  }

  private String carriedOut(String plan) throws InterruptedException {
    conversation.bench().pin(plan);
    conversation.change("--mode", Mode.CODE.text());
    return "Carry out the plan I approved:\n\n" + plan;
  }

  /* A yes or a no answers the question then, and approves nothing. */
  private Optional<String> afterQuestion(String plan) throws InterruptedException {
    String said =
        conversation
            .dialogue()
            .ask("It ends with a question. Your answer, or go to carry the plan out as it is: ")
            .orElse("");
    return switch (said.toLowerCase(Locale.ROOT)) {
      case "go" -> Optional.of(carriedOut(plan));
      case "" -> {
        console.show("  it stays a plan; /mode code leaves this mode");
        yield Optional.empty();
      }
      default -> Optional.of(said);
    };
  }

  /* Also where emphasis or a quotation ends behind the mark. */
  private static boolean asks(String plan) {
    int end = plan.length();
    while (end > 0 && "*_\"')`”’»".indexOf(plan.charAt(end - 1)) >= 0) {
      end--;
    }
    return end > 0 && "?\uff1f\u061f".indexOf(plan.charAt(end - 1)) >= 0;
  }
}
