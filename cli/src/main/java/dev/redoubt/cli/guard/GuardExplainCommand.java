// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.guard;

import dev.redoubt.cli.Call;
import dev.redoubt.cli.Command;
import dev.redoubt.cli.CommandOutput;
import dev.redoubt.guard.Decision;
import dev.redoubt.guard.Effect;
import dev.redoubt.guard.commands.Analysis;
import dev.redoubt.guard.policy.Judgement;
import dev.redoubt.sandbox.files.HostFileFacts;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;

/// `redoubt guard explain`: the same question as `guard check`, and how the answer came about.
///
/// Shows what was read from the line, what it would do, what was decided about each part, and which
/// rule would change the answer. Ends like `guard check`.
public final class GuardExplainCommand implements Command {

  @Override
  public CommandSpec spec() {
    return GuardOptions.addTo(CommandSpec.create());
  }

  @Override
  public List<String> examples() {
    return List.of(
        "redoubt guard explain --command 'find . -name \"*.log\" -delete'",
        "redoubt guard explain --path ../other/file --write");
  }

  @Override
  public int run(Call call) {
    GuardEngine engine = GuardEngine.of(call, new HostFileFacts(call.world().environment()));
    Question question = GuardOptions.question(call);
    Judgement judgement = engine.judge(question);
    PrintStream out = call.world().out();
    if (!judgement.steps().isEmpty()) {
      out.println("read as");
      for (Analysis.Step step : judgement.steps()) {
        out.println(
            "  ".repeat(step.depth() + 1)
                + CommandOutput.plain(step.shown())
                + "  → "
                + CommandOutput.plain(step.reading()));
      }
    }
    out.println("would");
    for (Judgement.Part part : judgement.parts()) {
      out.println("  " + CommandOutput.plain(shown(part.effect())));
      out.println("      " + shown(part.decision()));
    }
    Decision decision = judgement.decision();
    out.println("answer");
    out.println("  " + shown(decision));
    List<String> rules = Answers.rules(decision);
    if (!rules.isEmpty()) {
      out.println("would be allowed by");
      rules.forEach(rule -> out.println("  --allow '" + CommandOutput.plain(rule) + "'"));
    }
    return Answers.exitCode(decision);
  }

  private static String shown(Decision decision) {
    return Answers.word(decision)
        + "  "
        + decision.rule()
        + ": "
        + CommandOutput.plain(decision.reason());
  }

  private static String shown(Effect effect) {
    return switch (effect) {
      case Effect.Command(var argv, var nature, var _) ->
          "run " + String.join(" ", argv) + "  (" + lower(nature) + ")";
      case Effect.Opaque opaque -> "do what cannot be followed: " + opaque.shown();
      case Effect.File(var access, var place) -> lower(access) + " " + place.path();
      case Effect.Connect(var method, var target) ->
          "connect to " + target + (method.isEmpty() ? "" : " with " + method);
      case Effect.CallTool call -> "call the tool " + call.tool() + " of " + call.server();
      case Effect.StartServer(var name) -> "start the server " + name;
      case Effect.SendToModel(var provider, var residency) ->
          "send text to " + provider + ", which keeps it in " + residency;
      case Effect.LoadConfig load -> "load " + lower(load.kind()) + " from " + load.place().path();
    };
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
