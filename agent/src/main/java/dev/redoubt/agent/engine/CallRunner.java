// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.engine;

import static java.util.Objects.requireNonNull;

import dev.redoubt.agent.api.AgentEvent;
import dev.redoubt.agent.api.Message;
import dev.redoubt.agent.api.Moment;
import dev.redoubt.agent.api.Step;
import dev.redoubt.agent.api.Tool;
import dev.redoubt.agent.api.ToolCall;
import dev.redoubt.agent.api.ToolResult;
import dev.redoubt.agent.sessions.Cancelled;
import dev.redoubt.document.DocumentException;
import dev.redoubt.document.Json;
import dev.redoubt.document.Limits;
import dev.redoubt.document.Node;
import dev.redoubt.evidence.Payload;
import dev.redoubt.guard.Action;
import dev.redoubt.guard.Decision;
import dev.redoubt.guard.Permit;
import dev.redoubt.guard.Verdict;
import dev.redoubt.model.RedoubtException;
import dev.redoubt.sandbox.Manner;
import dev.redoubt.sandbox.Outcome;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// Takes one call from what the model wrote to its result: every step of its tool through the gate
/// and to whoever performs it. Safe to share between threads, as far as the tools are.
final class CallRunner {

  private static final Limits ARGUMENTS = new Limits(16L << 20, 200, 200_000);
  private static final Node.Obj NO_FACTS = new Payload().object();
  private static final int MOST_STEPS = 10_000;

  private final Doors doors;
  private final Toolbox tools;
  private final Journal journal;
  private final Clip clip;
  private final HookRunner hooks;

  CallRunner(Doors doors, Toolbox tools, Journal journal) {
    this.doors = requireNonNull(doors, "doors");
    this.tools = requireNonNull(tools, "tools");
    this.journal = requireNonNull(journal, "journal");
    this.clip = new Clip(journal.blobs());
    this.hooks = new HookRunner(doors, journal);
  }

  /// What came of a call.
  ///
  /// @param refusal the refusal of the guard that ended it, if one did
  record Called(ToolResult result, Optional<Decision> refusal) {}

  /// Returns what came of `call`, written to the log. An interrupt ends it with a result that says
  /// so, and stays set.
  Called run(ToolCall call) {
    long start = System.nanoTime();
    Run run = new Run(call);
    Step.Done done = run.toTheEnd();
    boolean interrupted = Thread.interrupted();
    try {
      ToolResult result = new ToolResult(call.id(), clip.of(done.content()), done.failed());
      Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
      journal.write(new AgentEvent.Returned(result, call.tool(), done.facts(), elapsed));
      return new Called(result, run.refusal);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static Step.Done cancelled(ToolCall call, boolean begun) {
    return new Step.Done(Cancelled.result(call, begun).content(), true, NO_FACTS);
  }

  private final class Run {

    private final ToolCall call;
    private final SessionGate gate;
    private boolean begun;
    private Optional<Decision> refusal = Optional.empty();
    private Optional<Step.Done> before = Optional.empty();

    Run(ToolCall call) {
      this.call = call;
      this.gate = journal.gate(doors, call.id(), call.tool());
    }

    Step.Done toTheEnd() {
      Optional<Tool> tool = tools.named(call.tool());
      if (tool.isEmpty()) {
        return Step.Done.failed(tools.unknown(call.tool()));
      }
      Node arguments;
      try {
        arguments = arguments();
      } catch (DocumentException e) {
        return Step.Done.failed(
            "the arguments are not JSON: %s; send one JSON object".formatted(e.getMessage()));
      }
      if (!(arguments instanceof Node.Obj object)) {
        return Step.Done.failed("the arguments are no JSON object; send one");
      }
      try {
        return hooked(tool.get(), object);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return withBefore(cancelled(call, begun));
      }
    }

    private Node arguments() throws DocumentException {
      String text = call.arguments().isBlank() ? "{}" : call.arguments();
      return Json.read(text.getBytes(StandardCharsets.UTF_8), ARGUMENTS);
    }

    /* What a hook makes of the arguments is what the tool plans with, so the guard judges it. */
    private Step.Done hooked(Tool tool, Node.Obj given) throws InterruptedException {
      HookRunner.Said before =
          hooks.at(about(Moment.PRE_TOOL, ""), details().node("arguments", given));
      if (before.denial().isPresent()) {
        return refused(before.denial().get());
      }
      Node.Obj arguments = before.arguments().orElse(given);
      Step.Done done = steps(tool, arguments);
      HookRunner.About after = about(Moment.POST_TOOL, "");
      if (!hooks.any(after)) {
        return with(before, done);
      }
      HookRunner.Said said =
          hooks.at(
              after,
              details()
                  .node("arguments", arguments)
                  .flag("failed", done.failed())
                  .text("result", HookRunner.words(done.content()))
                  .node("facts", done.facts()));
      return said.denial().isPresent()
          ? new Step.Done(
              List.of(
                  new Message.Words(
                      "it was done, but what came of it is held back: "
                          + said.denial().get().reason())),
              true,
              done.facts())
          : with(said, with(before, done));
    }

    private Payload details() {
      return new Payload().text("call", call.id()).text("tool", call.tool());
    }

    private HookRunner.About about(Moment moment, String action) {
      return new HookRunner.About(moment, call.id(), call.tool(), action);
    }

    private static Step.Done with(HookRunner.Said said, Step.Done done) {
      if (said.contexts().isEmpty()) {
        return done;
      }
      List<Message.Seen> content = new ArrayList<>(done.content());
      content.add(new Message.Words("\n\n" + said.context()));
      return new Step.Done(content, done.failed(), done.facts());
    }

    private Step.Done steps(Tool tool, Node.Obj arguments) throws InterruptedException {
      Step step = asked(() -> tool.plan(arguments));
      for (int i = 0; i < MOST_STEPS; i++) {
        switch (step) {
          case Step.Done done -> {
            return done;
          }
          case Step.Perform perform -> step = performed(perform);
          case Step.Own own -> step = owned(own);
          case Step.AskPerson ask -> step = answered(ask);
        }
      }
      return Step.Done.failed("the tool took more than %d steps".formatted(MOST_STEPS));
    }

    private Step performed(Step.Perform perform) throws InterruptedException {
      before = perform.before();
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      Optional<Decision> objection = objection(perform.action());
      if (objection.isPresent()) {
        return refused(objection.get());
      }
      return switch (gate.judge(perform.action())) {
        case Verdict.Refused(var _, var decision) -> refused(decision);
        case Verdict.Permitted(Permit permit) -> {
          begun = true;
          Outcome outcome = outcome(permit, perform.manner());
          yield outcome instanceof Outcome.RefusedByGuard(var _, var decision)
              ? refused(decision)
              : asked(() -> perform.then().apply(outcome));
        }
      };
    }

    private Optional<Decision> objection(Action action) throws InterruptedException {
      String kind = ActionText.kind(action);
      HookRunner.About about = about(Moment.PRE_TOOL, kind);
      return hooks
          .at(about, details().text("action", kind).text("about", ActionText.of(action)))
          .denial();
    }

    private Step owned(Step.Own own) throws InterruptedException {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      Action action = new Action.CallTool(Step.Own.SERVER, own.service(), own.about());
      Optional<Decision> objection = objection(action);
      if (objection.isPresent()) {
        return refused(objection.get());
      }
      return switch (journal.gate(OwnServices.behind(doors), call.id()).judge(action)) {
        case Verdict.Refused(var _, var decision) -> refused(decision);
        case Verdict.Permitted(Permit permit) -> {
          begun = true;
          permit.spend();
          yield asked(own.then());
        }
      };
    }

    /* An interrupt can show itself as a file that could not be written. */
    private Outcome outcome(Permit permit, Manner manner) throws InterruptedException {
      try {
        return doors.performer().perform(permit, manner);
      } catch (RedoubtException e) {
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        throw e;
      }
    }

    private Step.Done refused(Decision decision) {
      refusal = Optional.of(decision);
      return withBefore(
          new Step.Done(
              List.of(new Message.Words(Refusals.text(decision))),
              true,
              new Payload().text("refused", decision.rule()).object()));
    }

    /* What was changed stays changed, so the model and the log are told of it. */
    private Step.Done withBefore(Step.Done end) {
      if (before.isEmpty()) {
        return end;
      }
      String words =
          HookRunner.words(end.content())
              + "\nDone before it:\n"
              + HookRunner.words(before.get().content());
      Map<String, Node> facts = new LinkedHashMap<>(before.get().facts().fields());
      facts.putAll(end.facts().fields());
      return new Step.Done(List.of(new Message.Words(words)), true, new Node.Obj(facts, 1));
    }

    private Step answered(Step.AskPerson ask) throws InterruptedException {
      Optional<String> answer = doors.person().answer(ask.question(), ask.choices());
      return answer.isPresent()
          ? asked(() -> ask.then().apply(answer.get()))
          : Step.Done.failed(
              "nobody is there to answer; decide yourself and say in your answer what you decided");
    }

    /* A tool is a plug-in: what goes wrong inside it is a failed call. */
    private Step asked(Supplier<Step> tool) {
      try {
        return tool.get();
      } catch (RedoubtException e) {
        return Step.Done.failed(String.valueOf(e.getMessage()));
      } catch (RuntimeException | StackOverflowError e) {
        System.getLogger(CallRunner.class.getName())
            .log(Level.WARNING, "the tool %s failed".formatted(call.tool()), e);
        return Step.Done.failed("the tool failed; that is no fault of yours, try another way");
      }
    }
  }
}
