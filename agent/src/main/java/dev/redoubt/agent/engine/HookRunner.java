// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.engine;

import static java.util.Objects.requireNonNull;

import dev.redoubt.agent.api.AgentEvent;
import dev.redoubt.agent.api.Hook;
import dev.redoubt.agent.api.Hook.Right;
import dev.redoubt.agent.api.HookAnswer;
import dev.redoubt.agent.api.HookAnswer.Ruling;
import dev.redoubt.agent.api.Message;
import dev.redoubt.agent.api.Moment;
import dev.redoubt.document.Node;
import dev.redoubt.evidence.Payload;
import dev.redoubt.guard.Approver;
import dev.redoubt.guard.Decision;
import dev.redoubt.guard.Permit;
import dev.redoubt.guard.Verdict;
import dev.redoubt.model.RedoubtException;
import dev.redoubt.sandbox.Outcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Asks the hooks, in their order, and writes down what each said. Safe to share.
///
/// The first no ends the round. What one hook rewrites the next one sees. A gate hook that fails in
/// any way says no; the failure of another one is only written down. A hook can take away and never
/// give: what it lets through goes on to the guard.
final class HookRunner {

  private static final String ARGUMENTS = "arguments";

  private final Doors doors;
  private final Journal journal;

  HookRunner(Doors doors, Journal journal) {
    this.doors = requireNonNull(doors, "doors");
    this.journal = requireNonNull(journal, "journal");
  }

  /// What is asked about.
  ///
  /// @param call the id of the call; empty when it is about none
  /// @param tool its tool; empty when it is about none
  /// @param action the kind of the action; empty when it is about none
  record About(Moment moment, String call, String tool, String action) {

    static About the(Moment moment) {
      return new About(moment, "", "", "");
    }
  }

  /// What the hooks said together.
  ///
  /// @param denial the no that ended the round
  /// @param arguments as the last hook left them; empty when there were none
  /// @param contexts what the model is told besides, marked with the hook it is from
  /// @param allowed whether one answered the guard's question with yes
  record Said(
      Optional<Decision> denial,
      Optional<Node.Obj> arguments,
      List<String> contexts,
      boolean allowed) {

    static final Said NOTHING = new Said(Optional.empty(), Optional.empty(), List.of(), false);

    Said {
      contexts = List.copyOf(contexts);
    }

    /// Returns what the model is told besides.
    String context() {
      return String.join("\n\n", contexts);
    }
  }

  /// Returns whether any hook is asked about it: what they are told need not be put together else.
  boolean any(About about) {
    for (Hook hook : doors.hooks()) {
      if (isAsked(hook, about)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isAsked(Hook hook, About about) {
    return hook.moment() == about.moment() && hook.concerns(about.tool(), about.action());
  }

  /// Returns what the hooks say about it.
  ///
  /// @param details what they are told besides the event and the session
  /// @throws InterruptedException if the thread was interrupted
  Said at(About about, Payload details) throws InterruptedException {
    if (!any(about)) {
      return Said.NOTHING;
    }
    Map<String, Node> input = new LinkedHashMap<>();
    input.put("event", new Node.Text(about.moment().word(), 1));
    input.put("session", new Node.Text(journal.session(), 1));
    input.putAll(details.object().fields());
    List<String> contexts = new ArrayList<>();
    Optional<Node.Obj> rewritten = Optional.empty();
    boolean allowed = false;
    for (Hook hook : doors.hooks()) {
      if (!isAsked(hook, about)) {
        continue;
      }
      HookAnswer answer = checked(hook, about, answer(hook, about, new Node.Obj(input, 1)));
      write(hook, about, answer);
      Optional<Decision> denial = denial(hook, answer);
      if (denial.isPresent()) {
        return new Said(denial, rewritten, contexts, false);
      }
      if (answer instanceof HookAnswer.Said said) {
        allowed |= said.ruling() == Ruling.ALLOW;
        if (said.arguments().isPresent()) {
          rewritten = said.arguments();
          input.put(ARGUMENTS, said.arguments().get());
        }
        if (!said.context().isBlank()) {
          contexts.add("[From the hook %s]\n%s".formatted(hook.name(), said.context().strip()));
        }
      }
    }
    return new Said(Optional.empty(), rewritten, contexts, allowed);
  }

  /* A hook is a plug-in: what goes wrong inside it is a failed hook. */
  private HookAnswer answer(Hook hook, About about, Node.Obj input) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    HookAnswer answer;
    try {
      answer =
          switch (hook.ask(input)) {
            case Hook.Asking.ByAction action -> performed(hook, about, action);
            case Hook.Asking.AtAddress(Hook.Line line) -> line.answer();
          };
    } catch (RedoubtException e) {
      answer = new HookAnswer.Failed(RedoubtException.reason(e));
    } catch (RuntimeException | StackOverflowError e) {
      answer = new HookAnswer.Failed("it failed: " + e.getClass().getSimpleName());
    }
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    return answer;
  }

  private HookAnswer performed(Hook hook, About about, Hook.Asking.ByAction asking)
      throws InterruptedException {
    Approver approver =
        hook.rights().contains(Right.VOUCHED) ? (_, _) -> Approver.Answer.YES : doors.approver();
    Doors own = new Doors(doors.guards(), approver, doors.performer(), doors.person());
    return switch (journal.gate(own, about.call()).judge(asking.action())) {
      case Verdict.Refused(var _, var decision) ->
          new HookAnswer.Failed("%s (rule %s)".formatted(decision.reason(), decision.rule()));
      case Verdict.Permitted(Permit permit) -> {
        Outcome outcome = doors.performer().perform(permit, asking.manner());
        yield outcome instanceof Outcome.RefusedByGuard(var _, var decision)
            ? new HookAnswer.Failed("%s (rule %s)".formatted(decision.reason(), decision.rule()))
            : asking.answer().apply(outcome);
      }
    };
  }

  /* What a hook may not say at this moment is no answer, so that nobody takes it for one. */
  private static HookAnswer checked(Hook hook, About about, HookAnswer answer) {
    if (!(answer instanceof HookAnswer.Said said)) {
      return answer;
    }
    boolean rewrites = about.moment() == Moment.PRE_TOOL && about.action().isEmpty();
    if (said.arguments().isPresent() && !rewrites) {
      return new HookAnswer.Failed("it gave arguments where there are none to rewrite");
    }
    boolean answers = about.moment() != Moment.ON_ASK || hook.rights().contains(Right.ALLOWS);
    return said.ruling() == Ruling.ALLOW && !answers
        ? new HookAnswer.Failed("it said allow, and its configuration has no may-allow")
        : answer;
  }

  private static Optional<Decision> denial(Hook hook, HookAnswer answer) {
    return switch (answer) {
      case HookAnswer.Said said ->
          said.ruling() == Ruling.DENY
              ? Optional.of(
                  deny(
                      "hook.denied",
                      "the hook %s said no%s"
                          .formatted(
                              hook.name(),
                              said.reason().isBlank() ? "" : ": " + said.reason().strip())))
              : Optional.empty();
      case HookAnswer.Failed(String why) ->
          hook.rights().contains(Right.GATE)
              ? Optional.of(
                  deny(
                      "hook.failed",
                      "the hook %s has to agree and failed: %s".formatted(hook.name(), why)))
              : Optional.empty();
    };
  }

  private static Decision deny(String rule, String reason) {
    return new Decision.Deny(rule, reason, List.of());
  }

  private void write(Hook hook, About about, HookAnswer answer) {
    Payload said = new Payload();
    String outcome =
        switch (answer) {
          case HookAnswer.Failed(String why) -> {
            said.text("reason", why);
            yield "failed";
          }
          case HookAnswer.Said(var ruling, var reason, var arguments, var context) -> {
            if (!reason.isBlank()) {
              said.text("reason", reason);
            }
            arguments.ifPresent(changed -> said.node(ARGUMENTS, changed));
            if (!context.isBlank()) {
              said.text("context", context);
            }
            yield ruling.name().toLowerCase(Locale.ROOT);
          }
        };
    journal.write(
        new AgentEvent.Hooked(hook.name(), about.moment(), about.call(), outcome, said.object()));
  }

  /// Returns the words of `content`, for a hook to look at.
  static String words(List<Message.Seen> content) {
    StringBuilder text = new StringBuilder();
    for (Message.Seen part : content) {
      switch (part) {
        case Message.Words(String words) -> text.append(words);
        case Message.Image(String type, var _) -> text.append('[').append(type).append(']');
      }
    }
    return text.toString();
  }
}
