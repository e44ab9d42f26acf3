// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.staged;

import static java.util.Objects.requireNonNull;

import dev.redoubt.cli.Call;
import dev.redoubt.cli.Cancellation;
import dev.redoubt.cli.Command;
import dev.redoubt.cli.CommandOutput;
import dev.redoubt.cli.ExitCode;
import dev.redoubt.cli.exec.Approval;
import dev.redoubt.cli.guard.GuardEngine;
import dev.redoubt.cli.guard.GuardPolicy;
import dev.redoubt.cli.undo.UndoText;
import dev.redoubt.evidence.Event;
import dev.redoubt.evidence.EvidenceLog;
import dev.redoubt.evidence.Payload;
import dev.redoubt.guard.Action;
import dev.redoubt.guard.Approver;
import dev.redoubt.guard.Decision;
import dev.redoubt.guard.Gate;
import dev.redoubt.guard.Permit;
import dev.redoubt.guard.Situation.Wall;
import dev.redoubt.guard.Verdict;
import dev.redoubt.guard.records.EvidenceDecisionLog;
import dev.redoubt.sandbox.snapshots.StagedApply;
import dev.redoubt.sandbox.snapshots.StagedWrites;
import dev.redoubt.sandbox.snapshots.UndoOutcome;
import dev.redoubt.sandbox.staging.StagedView;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import tools.jackson.core.JsonGenerator;

/// `redoubt staged apply`: writes what is staged into the workspace, each path judged by the guard
/// as any other write, all of it one turn that `redoubt undo` takes back.
public final class StagedApplyCommand implements Command {

  private static final String STREAM = "staged";

  /* A path that was not permitted. */
  private record Refusal(String path, Decision decision) {
    Refusal {
      requireNonNull(path, "path");
      requireNonNull(decision, "decision");
    }

    String rule() {
      return switch (decision) {
        case Decision.Deny(String rule, String _, List<String> _) -> rule;
        case Decision.Ask(String rule, String _, List<String> _) -> rule;
        case Decision.Allow _ -> "";
      };
    }

    String reason() {
      return switch (decision) {
        case Decision.Deny(String _, String reason, List<String> _) -> reason;
        case Decision.Ask(String _, String reason, List<String> _) -> reason;
        case Decision.Allow _ -> "";
      };
    }

    String word() {
      return decision instanceof Decision.Deny ? "denied" : "nobody said yes";
    }
  }

  @Override
  public CommandSpec spec() {
    return StagedOptions.on(GuardPolicy.addTo(CommandSpec.create()))
        .addOption(
            OptionSpec.builder("--approval")
                .paramLabel("MODE")
                .type(String.class)
                .completionCandidates(List.of("deny", "allow"))
                .description("What answers a question: deny or allow; a terminal asks you.")
                .build())
        .addPositional(StagedOptions.files());
  }

  @Override
  public List<String> examples() {
    return List.of(
        "redoubt staged apply",
        "redoubt staged apply src/main.c",
        "redoubt staged apply --allow 'write:.editorconfig'");
  }

  @Override
  public int run(Call call) {
    try (Cancellation cancellation = new Cancellation()) {
      int code = run(call, cancellation);
      return cancellation.isWanted() ? ExitCode.CANCELLED : code;
    }
  }

  private static int run(Call call, Cancellation cancellation) {
    StagedWrites staged = StagedOptions.staged(call);
    try (EvidenceLog evidence =
            EvidenceLog.open(call.globals().dataDir(), STREAM, call.world().clock());
        StagedApply apply = staged.apply(StagedOptions.files(call))) {
      List<Refusal> refusals =
          judge(call, staged, apply, cancellation, new EvidenceDecisionLog(evidence, STREAM));
      UndoOutcome outcome = apply.run();
      int code = exitCode(apply, outcome, refusals);
      evidence.append(
          new Event(
              "outcome",
              STREAM,
              new Payload()
                  .number("exitCode", code)
                  .number("refused", refusals.size())
                  .number("staged", apply.paths().size())
                  .text("workspace", staged.area().workspace().toString())
                  .object()));
      tell(call, apply, outcome, refusals);
      return code;
    } catch (IOException e) {
      throw StagedOptions.unusable(staged, e);
    } catch (InterruptedException e) {
      // Asked at the terminal, told to end: nothing was applied, and this is the last there is.
      CommandOutput.note(call, "redoubt: cancelled");
      return ExitCode.CANCELLED;
    }
  }

  private static List<Refusal> judge(
      Call call,
      StagedWrites staged,
      StagedApply apply,
      Cancellation cancellation,
      EvidenceDecisionLog log)
      throws IOException, InterruptedException {
    Approver approver = Approval.of(call).approver(call, Wall.NONE);
    Gate gate =
        new Gate(
            List.of(
                GuardEngine.inFront(
                        call,
                        staged.area().workspace(),
                        Wall.NONE,
                        new StagedView(staged.area()).applied())
                    .guard()),
            (action, question) -> cancellation.during(() -> approver.approves(action, question)),
            log);
    List<Refusal> refusals = new ArrayList<>();
    for (String path : apply.paths()) {
      Action action = apply.action(path);
      switch (gate.judge(action)) {
        case Verdict.Permitted(Permit permit) -> apply.take(path, permit);
        case Verdict.Refused(String _, Decision decision) ->
            refusals.add(new Refusal(apply.shown(path), decision));
      }
    }
    return refusals;
  }

  /* Denied before asked before a conflict: the strictest is what has to be dealt with first. */
  private static int exitCode(StagedApply apply, UndoOutcome outcome, List<Refusal> refusals) {
    if (apply.paths().isEmpty()) {
      return ExitCode.OK;
    }
    if (refusals.stream().anyMatch(refusal -> refusal.decision() instanceof Decision.Deny)) {
      return ExitCode.DENIED;
    }
    return refusals.isEmpty() ? UndoText.exitCode(outcome) : ExitCode.QUESTION;
  }

  private static void tell(
      Call call, StagedApply apply, UndoOutcome outcome, List<Refusal> refusals) {
    if (call.has("--json")) {
      CommandOutput.json(
          call,
          json -> {
            UndoText.fields(json, outcome);
            json.writeArrayPropertyStart("refused");
            refusals.forEach(refusal -> refusal(json, refusal));
            json.writeEndArray();
          });
      return;
    }
    if (apply.paths().isEmpty()) {
      CommandOutput.line(call, "nothing is staged");
      return;
    }
    UndoText.words(call, outcome);
    for (Refusal refusal : refusals) {
      CommandOutput.line(
          call,
          "still staged: %s: %s: %s  (%s)",
          refusal.path(),
          refusal.word(),
          refusal.reason(),
          refusal.rule());
    }
  }

  private static void refusal(JsonGenerator json, Refusal refusal) {
    json.writeStartObject();
    json.writeStringProperty("path", refusal.path());
    json.writeStringProperty(
        "decision", refusal.decision() instanceof Decision.Deny ? "deny" : "ask");
    json.writeStringProperty("rule", refusal.rule());
    json.writeStringProperty("reason", refusal.reason());
    json.writeEndObject();
  }
}
