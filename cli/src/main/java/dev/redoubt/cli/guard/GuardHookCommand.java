// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.guard;

import dev.redoubt.cli.Call;
import dev.redoubt.cli.Command;
import dev.redoubt.cli.CommandOutput;
import dev.redoubt.cli.ExitCode;
import dev.redoubt.cli.Surroundings;
import dev.redoubt.cli.UsageException;
import dev.redoubt.document.DocumentException;
import dev.redoubt.document.Json;
import dev.redoubt.document.Limits;
import dev.redoubt.document.Node;
import dev.redoubt.evidence.EvidenceLog;
import dev.redoubt.guard.Action;
import dev.redoubt.guard.Approver;
import dev.redoubt.guard.Decision;
import dev.redoubt.guard.DecisionLog;
import dev.redoubt.guard.Gate;
import dev.redoubt.guard.Situation;
import dev.redoubt.guard.Verdict;
import dev.redoubt.guard.hooks.HookFormat;
import dev.redoubt.guard.hooks.HookReading;
import dev.redoubt.guard.records.EvidenceDecisionLog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// `redoubt guard hook`: answers the event another agent sends before it uses a tool.
///
/// Reads one event from standard input, writes the decision into the evidence log, and answers in
/// the agent's own form. Whatever goes wrong ends with exit code 2 and a text on standard error,
/// the one thing all agents take for no.
public final class GuardHookCommand implements Command {

  private static final String STREAM = "hooks";
  private static final Limits LIMITS = new Limits(32L << 20, 64, 1_000_000);

  @Override
  public CommandSpec spec() {
    return GuardPolicy.addTo(CommandSpec.create())
        .addPositional(
            PositionalParamSpec.builder()
                .paramLabel("AGENT")
                .type(String.class)
                .description("claude-code, codex or gemini-cli.")
                .build())
        .addOption(
            OptionSpec.builder("--workspace")
                .paramLabel("D")
                .type(String.class)
                .description("The workspace; the project the agent names.")
                .build());
  }

  @Override
  public List<String> examples() {
    return List.of(
        "redoubt guard hook claude-code", "redoubt guard hook codex --deny 'run:curl *'");
  }

  @Override
  public int run(Call call) {
    try {
      HookFormat format = format(call);
      // The decision is signed at the end; what that needs is made ready beside the judging.
      EvidenceLog.warmUp();
      Node event = event(call.world());
      Decision decision = decide(call, format, event);
      call.world().out().println(format.answer(decision));
      call.world().out().flush();
      return ExitCode.OK;
    } catch (UsageException e) {
      throw e;
    } catch (IOException | RuntimeException | StackOverflowError e) {
      call.world()
          .err()
          .println(
              "redoubt: the guard could not answer, so the answer is no: "
                  + CommandOutput.plain(String.valueOf(e.getMessage())));
      return ExitCode.USAGE;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      call.world().err().println("redoubt: the guard was interrupted, so the answer is no");
      return ExitCode.USAGE;
    }
  }

  private static HookFormat format(Call call) {
    String agent =
        call.parameter(0)
            .orElseThrow(() -> new UsageException("which agent? claude-code, codex or gemini-cli"));
    return HookFormat.of(agent)
        .orElseThrow(() ->
            new UsageException(
                "\"%s\" is no agent whose hooks are known: claude-code, codex or gemini-cli"
                    .formatted(agent)));
  }

  private static Node event(Surroundings world) throws DocumentException, IOException {
    byte[] bytes = world.streams().in().readNBytes((int) LIMITS.bytes() + 1);
    return Json.readStrict(bytes, LIMITS);
  }

  private static Decision decide(Call call, HookFormat format, Node event)
      throws InterruptedException {
    Path workspace = workspace(call, format);
    HookReading reading = format.read(event, workspace);
    try (EvidenceLog evidence =
        EvidenceLog.open(call.globals().dataDir(), STREAM, call.world().clock())) {
      EvidenceDecisionLog log = new EvidenceDecisionLog(evidence, format.agent());
      return switch (reading) {
        case HookReading.Does(List<Action> actions) -> judge(call, workspace, actions, log);
        case HookReading.Nothing(String reason) ->
            logged(new Decision.Allow("hook.nothing", reason), event, log);
        case HookReading.NotUnderstood(String reason) ->
            logged(new Decision.Deny("hook.not-understood", reason, List.of()), event, log);
      };
    }
  }

  private static Decision logged(Decision decision, Node event, EvidenceDecisionLog log) {
    log.record(event.text("tool_name").orElse("unknown"), "hook", decision);
    return decision;
  }

  /* The folder an event names is the one the model chose, so it never becomes the workspace. */
  private static Path workspace(Call call, HookFormat format) {
    return call.path("--workspace")
        .or(() ->
            format
                .projectVariable()
                .map(name -> call.world().variable(name, ""))
                .filter(value -> !value.isEmpty())
                .map(Path::of)
                .filter(Path::isAbsolute))
        .orElse(call.world().folder())
        .normalize();
  }

  private static Decision judge(Call call, Path workspace, List<Action> actions, DecisionLog log)
      throws InterruptedException {
    Gate gate =
        new Gate(
            List.of(GuardEngine.inFront(call, workspace, Situation.Wall.NONE).guard()),
            Approver.NEVER,
            log);
    List<Decision> decisions = new ArrayList<>();
    for (Action action : actions) {
      decisions.add(
          switch (gate.judge(action)) {
            case Verdict.Permitted(var permit) -> permit.decision();
            case Verdict.Refused(String _, Decision refused) -> refused;
          });
    }
    return decisions.stream().reduce(Decision::or).orElseThrow();
  }
}
