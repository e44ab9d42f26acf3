// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.engine;

import static java.util.Objects.requireNonNull;

import dev.redoubt.agent.api.AgentEvent;
import dev.redoubt.agent.api.AgentEvent.Voice;
import dev.redoubt.agent.api.Message;
import dev.redoubt.agent.api.ModelAnswer;
import dev.redoubt.agent.api.ModelRequest;
import dev.redoubt.agent.api.ToolCall;
import dev.redoubt.agent.api.ToolResult;
import dev.redoubt.agent.engine.CallRunner.Called;
import dev.redoubt.agent.engine.Finish.Cause;
import dev.redoubt.agent.sessions.Transcript;
import dev.redoubt.evidence.Payload;
import dev.redoubt.guard.Action;
import dev.redoubt.guard.Approver;
import dev.redoubt.guard.Decision;
import dev.redoubt.guard.Permit;
import dev.redoubt.guard.Verdict;
import dev.redoubt.sandbox.Manner;
import dev.redoubt.sandbox.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The work on one prompt. For one thread, and one time.
final class Work {

  private static final int MOST_CONTINUATIONS = 3;
  private static final int MOST_HELD = 3;
  private static final String CUT =
      "your answer was cut off because it reached the most tokens of an answer;";

  private final Parts parts;
  private final Fallback asking;
  private final CallGroups calls;
  private final List<Message> messages;
  private final Meter meter;
  private final Repetition repetition = new Repetition();
  private final Map<FinalCheck, Integer> repairs = new HashMap<>();
  private final StringBuilder text = new StringBuilder();
  private Optional<Decision> refusal = Optional.empty();
  private String goal = "";
  private int continuations;
  private final Compaction compaction;
  private final WorkHooks hooks;
  private int held;

  /// What a session is made of.
  ///
  /// @param hooks know what they agreed to in the work before
  record Parts(
      Toolbox tools, EngineSettings settings, Journal journal, Doors doors, WorkHooks hooks) {}

  /// @param messages the conversation so far, which grows
  Work(Parts parts, Fallback asking, CallGroups calls, List<Message> messages, Meter meter) {
    this.parts = requireNonNull(parts, "parts");
    this.asking = requireNonNull(asking, "asking");
    this.calls = requireNonNull(calls, "calls");
    this.messages = requireNonNull(messages, "messages");
    this.meter = requireNonNull(meter, "meter");
    this.compaction = new Compaction();
    this.hooks = parts.hooks();
  }

  Finish on(List<Message.Seen> prompt, Steering steering, List<FinalCheck> checks) {
    tell(Voice.PERSON, List.copyOf(prompt));
    goal = prompt.getLast() instanceof Message.Words(String words) ? words : "";
    try {
      if (isHeld(hooks.start(asking.next()))) {
        return refused();
      }
      while (true) {
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        for (var said = steering.next(); said.isPresent(); said = steering.next()) {
          tell(Voice.STEER, List.of(new Message.Words(said.get())));
        }
        Finish finish = step(steering, checks);
        if (finish != null) {
          return finish;
        }
      }
    } catch (InterruptedException e) {
      return finish(Cause.CANCELLED, "it was cancelled");
    }
  }

  private @Nullable Finish step(Steering steering, List<FinalCheck> checks)
      throws InterruptedException {
    Optional<String> limit = meter.reached();
    if (limit.isPresent()) {
      return finish(Cause.BUDGET, limit.get());
    }
    if (compaction.isDue(messages, asking.next().sizes())) {
      Finish finish = compact();
      if (finish != null) {
        return finish;
      }
      limit = meter.reached();
      if (limit.isPresent()) {
        return finish(Cause.BUDGET, limit.get());
      }
    }
    if (isHeld(hooks.beforeModel(asking.next(), messages))) {
      return refused();
    }
    return switch (asking.ask(request(), meter)) {
      case Asking.Result.Refused(Decision decision) -> {
        refusal = Optional.of(decision);
        yield refused();
      }
      case Asking.Result.Failed(ModelAnswer.Failed failed) -> failed(failed);
      case Asking.Result.Replied(ModelAnswer.Replied reply, int dropped) -> {
        compaction.counted(reply, messages.size() + 1);
        Finish finish = after(reply, steering, checks);
        if (finish == null && dropped > 0) {
          tell(
              "You made %d calls in one answer. The first %d were taken, the others were not done."
                  .formatted(dropped + CallIntake.MOST, CallIntake.MOST));
        }
        yield finish;
      }
    };
  }

  /// Puts the oldest messages into fewer words, and returns whether there were any.
  boolean compactNow() throws InterruptedException {
    if (Compaction.boundary(messages) < 2) {
      return false;
    }
    goal = goal.isEmpty() ? lastPrompt() : goal;
    if (isHeld(hooks.start(asking.next()))) {
      refused();
    } else {
      compact();
    }
    return true;
  }

  private String lastPrompt() {
    for (Message message : messages.reversed()) {
      if (message instanceof Message.FromUser(List<Message.Seen> seen)
          && seen.getLast() instanceof Message.Words(String words)) {
        return words;
      }
    }
    return "";
  }

  private @Nullable Finish failed(ModelAnswer.Failed failed) {
    if (failed.failure() == ModelAnswer.Failure.TOO_LONG && Compaction.boundary(messages) > 1) {
      replace(Compaction.boundary(messages), 0, "");
      return null;
    }
    return failed.failure() == ModelAnswer.Failure.REFUSED
        ? finish(Cause.DENIED, failed.message())
        : finish(Cause.UPSTREAM, failed.message());
  }

  /* The model is asked with everything it knows, once; what it says about it replaces the rest. When
  it does not answer the conversation stays whole, unless that is what is too long. */
  private @Nullable Finish compact() throws InterruptedException {
    if (isHeld(hooks.beforeModel(asking.next(), messages))) {
      return refused();
    }
    int oldest = Compaction.boundary(messages);
    tell(Compaction.question());
    return switch (asking.askSmall(request(), compaction.tokens(messages), meter)) {
      case Asking.Result.Replied replied -> {
        Message.FromModel ledger = replied.reply().message();
        messages.add(ledger);
        skip(ledger.calls(), "it was not done: only the ledger was asked for");
        replace(oldest, ledger.calls().isEmpty() ? 2 : 3, ledger.text());
        yield null;
      }
      case Asking.Result.Failed(ModelAnswer.Failed failed) -> {
        if (failed.failure() == ModelAnswer.Failure.TOO_LONG) {
          replace(oldest, 1, "");
          yield null;
        }
        take(new AgentEvent.Compacted(0, 1, ""));
        yield failed(failed);
      }
      case Asking.Result.Refused(Decision decision) -> {
        take(new AgentEvent.Compacted(0, 1, ""));
        refusal = Optional.of(decision);
        yield refused();
      }
    };
  }

  private void replace(int oldest, int latest, String words) {
    take(new AgentEvent.Compacted(oldest, latest, Compaction.ledger(goal, words)));
  }

  private void take(AgentEvent.Compacted compacted) {
    parts.journal().write(compacted);
    List<Message> shorter = Transcript.compacted(messages, compacted);
    messages.clear();
    messages.addAll(shorter);
    compaction.forget();
  }

  private ModelRequest request() {
    ModelRequest.Settings answers = parts.settings().answers();
    return new ModelRequest(
        asking.next().name(),
        parts.settings().instructions(),
        parts.tools().specs(),
        messages,
        new ModelRequest.Settings(
            meter.mostOutput(), answers.effort(), answers.schema(), answers.cacheKey()));
  }

  private @Nullable Finish after(
      ModelAnswer.Replied reply, Steering steering, List<FinalCheck> checks)
      throws InterruptedException {
    messages.add(reply.message());
    if (continuations == 0) {
      text.setLength(0);
    }
    text.append(reply.message().text());
    List<ToolCall> wanted = reply.message().calls();
    HookRunner.Said said = hooks.afterModel(reply);
    if (said.denial().isPresent()) {
      return heldBack(said.denial().get(), wanted);
    }
    return switch (reply.stop()) {
      case FILTERED -> {
        skip(wanted, "it was not done: the provider held the answer back");
        yield finish(Cause.NOT_ACHIEVED, "the provider held the answer back");
      }
      case LENGTH -> tooLong(wanted);
      case END, CALLS -> {
        continuations = 0;
        yield wanted.isEmpty() ? ended(steering, checks) : called(wanted);
      }
    };
  }

  private @Nullable Finish called(List<ToolCall> wanted) throws InterruptedException {
    List<Called> called = calls.run(wanted);
    List<ToolResult> results = called.stream().map(Called::result).toList();
    messages.add(new Message.FromTools(results));
    refusal = called.stream().map(Called::refusal).flatMap(Optional::stream).findFirst();
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    return switch (repetition.after(wanted, results)) {
      case GO_ON -> null;
      case HINT -> {
        note("loop", "the model repeats the same calls with the same results");
        tell(
            "You have made the same calls with the same results several times. They will not"
                + " change. Try something else, or say in your answer what is in the way.");
        yield null;
      }
      case END ->
          refusal.isPresent()
              ? refused()
              : finish(
                  Cause.NOT_ACHIEVED,
                  "the model went on repeating the same calls, so it was ended");
    };
  }

  /* Half a call is not a call: what was cut off may say the opposite of what was meant. */
  private @Nullable Finish tooLong(List<ToolCall> wanted) {
    continuations++;
    if (continuations > MOST_CONTINUATIONS) {
      skip(wanted, CUT + " it was not done");
      return finish(
          Cause.NOT_ACHIEVED,
          "the answer was cut off %d times at the most tokens of an answer"
              .formatted(continuations));
    }
    if (wanted.isEmpty()) {
      tell(CUT + " go on exactly where it ends");
    } else {
      skip(wanted, CUT + " nothing was done; repeat it in smaller pieces");
    }
    return null;
  }

  private void skip(List<ToolCall> wanted, String why) {
    if (wanted.isEmpty()) {
      return;
    }
    List<ToolResult> results = new ArrayList<>();
    for (ToolCall call : wanted) {
      ToolResult result = new ToolResult(call.id(), List.of(new Message.Words(why)), true);
      parts
          .journal()
          .write(
              new AgentEvent.Returned(result, call.tool(), new Payload().object(), Duration.ZERO));
      results.add(result);
    }
    messages.add(new Message.FromTools(results));
  }

  private @Nullable Finish ended(Steering steering, List<FinalCheck> checks)
      throws InterruptedException {
    if (!steering.isSilent()) {
      return null;
    }
    for (FinalCheck check : checks) {
      Optional<String> objection = check.objection(text.toString(), this::perform);
      if (objection.isPresent()) {
        int tried = repairs.merge(check, 1, Integer::sum);
        if (tried > check.repairs()) {
          return finish(Cause.NOT_ACHIEVED, objection.get());
        }
        tell(objection.get());
        return null;
      }
    }
    HookRunner.Said said = hooks.turnEnd(text.toString());
    if (said.denial().isPresent()) {
      return heldBack(said.denial().get(), List.of());
    }
    return text.toString().isBlank() && refusal.isPresent() ? refused() : finish(Cause.DONE, "");
  }

  /* Tells the model what hooks have to say, and takes note of a no. */
  private boolean isHeld(HookRunner.Said said) {
    if (said.denial().isPresent()) {
      refusal = said.denial();
      return true;
    }
    if (!said.contexts().isEmpty()) {
      tell(said.context());
    }
    return false;
  }

  /* The model may try again, but not for ever. */
  private @Nullable Finish heldBack(Decision denial, List<ToolCall> wanted) {
    text.setLength(0);
    held++;
    if (held > MOST_HELD) {
      skip(wanted, denial.reason());
      refusal = Optional.of(denial);
      return refused();
    }
    if (wanted.isEmpty()) {
      tell(denial.reason());
    } else {
      skip(wanted, "it was not done: " + denial.reason());
    }
    return null;
  }

  /* A check is the operator's own, so a question about it is answered; a deny stays a deny. */
  private Outcome perform(Action action, Manner manner) throws InterruptedException {
    Doors doors =
        new Doors(
            parts.doors().guards(),
            (_, _) -> Approver.Answer.YES,
            parts.doors().performer(),
            parts.doors().person());
    return switch (parts.journal().gate(doors, "").judge(action)) {
      case Verdict.Refused(String guard, Decision decision) ->
          new Outcome.RefusedByGuard(guard, decision);
      case Verdict.Permitted(Permit permit) -> parts.doors().performer().perform(permit, manner);
    };
  }

  private Finish refused() {
    Decision decision = refusal.orElseThrow();
    return finish(
        decision instanceof Decision.Ask ? Cause.UNANSWERED : Cause.DENIED,
        "%s (rule %s)".formatted(decision.reason(), decision.rule()));
  }

  private Finish finish(Cause cause, String reason) {
    AgentEvent.Ended ended =
        new AgentEvent.Ended(
            cause.status(), text.toString(), reason, meter.run().usage(), meter.run().known());
    parts.journal().write(ended);
    return new Finish(ended, cause);
  }

  private void note(String topic, String words) {
    parts.journal().write(new AgentEvent.Noted(topic, words));
  }

  private void tell(String words) {
    tell(Voice.REDOUBT, List.of(new Message.Words(words)));
  }

  private void tell(Voice voice, List<Message.Seen> content) {
    parts.journal().write(new AgentEvent.Prompted(voice, content));
    messages.add(new Message.FromUser(content));
  }
}
