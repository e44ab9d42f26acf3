// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.engine;

import static java.util.Objects.requireNonNull;

import dev.redoubt.agent.api.AgentEvent;
import dev.redoubt.agent.api.Message;
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
import dev.redoubt.guard.Decision;
import dev.redoubt.guard.Gate;
import dev.redoubt.guard.Permit;
import dev.redoubt.guard.Verdict;
import dev.redoubt.model.RedoubtException;
import dev.redoubt.sandbox.Manner;
import dev.redoubt.sandbox.Outcome;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
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

  CallRunner(Doors doors, Toolbox tools, Journal journal) {
    this.doors = requireNonNull(doors, "doors");
    this.tools = requireNonNull(tools, "tools");
    this.journal = requireNonNull(journal, "journal");
    this.clip = new Clip(journal.blobs());
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
    private final Gate gate;
    private boolean begun;
    private Optional<Decision> refusal = Optional.empty();

    Run(ToolCall call) {
      this.call = call;
      this.gate = journal.gate(doors, call.id());
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
        return steps(tool.get(), object);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return cancelled(call, begun);
      }
    }

    private Node arguments() throws DocumentException {
      String text = call.arguments().isBlank() ? "{}" : call.arguments();
      return Json.read(text.getBytes(StandardCharsets.UTF_8), ARGUMENTS);
    }

    private Step.Done steps(Tool tool, Node.Obj arguments) throws InterruptedException {
      Step step = asked(() -> tool.plan(arguments));
      for (int i = 0; i < MOST_STEPS; i++) {
        switch (step) {
          case Step.Done done -> {
            return done;
          }
          case Step.Perform perform -> step = performed(perform);
          case Step.AskPerson ask -> step = answered(ask);
        }
      }
      return Step.Done.failed("the tool took more than %d steps".formatted(MOST_STEPS));
    }

    private Step performed(Step.Perform perform) throws InterruptedException {
      if (Thread.interrupted()) {
        throw new InterruptedException();
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

    private Step refused(Decision decision) {
      refusal = Optional.of(decision);
      return new Step.Done(
          List.of(new Message.Words(Refusals.text(decision))),
          true,
          new Payload().text("refused", decision.rule()).object());
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
