// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.line;

import dev.redoubt.cli.Call;
import dev.redoubt.cli.Command;
import dev.redoubt.cli.ExitCode;
import dev.redoubt.cli.GlobalOptions;
import dev.redoubt.cli.UsageException;
import dev.redoubt.cli.run.RunOptions;
import dev.redoubt.evidence.EvidenceLog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// `redoubt` alone: the line mode on a terminal.
public final class LineCommand implements Command {

  @Override
  public CommandSpec spec() {
    return RunOptions.options()
        .addOption(
            OptionSpec.builder("--plain")
                .description("Move no cursor and colour nothing: for screen readers.")
                .build());
  }

  @Override
  public List<String> examples() {
    return List.of("redoubt --model acme/large", "redoubt --plain --continue");
  }

  @Override
  public int run(Call call) {
    for (String option : List.of("--json", "--schema", "--verify", "--attach", "--timeout")) {
      if (call.has(option)) {
        throw new UsageException(option + " belongs to redoubt run");
      }
    }
    EvidenceLog.warmUp();
    Path workspace = RunOptions.workspace(call);
    PromptHistory history = PromptHistory.of(call.globals().dataDir(), workspace);
    AtomicReference<Conversation> talk = new AtomicReference<>();
    Path own = call.globals().config().orElseGet(() -> GlobalOptions.userConfig(call.world()));
    try (Console console = console(call, workspace, history, talk)) {
      Dialogue dialogue =
          new Dialogue(console, call.world().clock(), new OwnRules(own, call.world().clock()));
      try (Conversation conversation = new Conversation(call, console, dialogue);
          AtEnd _ = new AtEnd(console)) {
        talk.set(conversation);
        return new LineMode(conversation, remember(console, history)).run();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ExitCode.CANCELLED;
    }
  }

  private static Consumer<String> remember(Console console, PromptHistory history) {
    return line -> {
      String kept = history.keep(line);
      if (!kept.isEmpty() && console instanceof EditingConsole editing) {
        editing.remember(kept);
      }
    };
  }

  private static Console console(
      Call call, Path workspace, PromptHistory history, AtomicReference<Conversation> talk) {
    boolean coloured =
        call.globals().colored(call.world().streams().terminals().out(), call.world());
    Style style = new Style(coloured ? Style.Look.COLOURED : Style.Look.PLAIN);
    String type = call.world().variable("TERM", "dumb");
    if (!call.has("--plain") && !type.equals("dumb")) {
      try {
        return EditingConsole.open(
            type, style, new Completions(() -> talk.get().commands(), workspace), history.lines());
      } catch (IOException | IllegalStateException e) {
        call.world().err().println("redoubt: no line editor here, going on without");
      }
    }
    return new PlainConsole(
        call.world().streams().in(), call.world().out(), new Style(Style.Look.PLAIN));
  }
}
