// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.line;

import static java.util.Objects.requireNonNull;

import dev.redoubt.cli.exec.Premises;
import dev.redoubt.cli.line.Console.Kind;
import dev.redoubt.cli.line.Console.Prompt;
import dev.redoubt.cli.line.Console.Typed;
import dev.redoubt.guard.Action;
import dev.redoubt.guard.Approver.Answer;
import dev.redoubt.guard.Decision;
import dev.redoubt.guard.records.ActionDigest;
import dev.redoubt.guard.records.Approval;
import dev.redoubt.guard.records.Approvals;
import dev.redoubt.guard.records.SessionApprovals;
import dev.redoubt.model.RedoubtException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Asks the person at the console: whether something may be done, and what a model wants to know.
/// Everything but a clear yes is a no.
final class Dialogue {

  private static final int MOST_TRIES = 3;
  private static final int MOST_LINES = 60;
  private static final Duration SESSION = Duration.ofHours(24);

  private final Console console;
  private final Clock clock;
  private final OwnRules rules;
  private final Approvals approvals = new SessionApprovals();
  private final List<Approved> approved = new ArrayList<>();
  private volatile @Nullable ActionView view;
  private long added;
  private Consumer<String> advice = _ -> {};
  private Runnable interrupt = () -> {};

  /* A yes behind a wall is none without it: what surrounds the action is part of it. */
  private record Approved(Map<String, String> surroundings, String words) {}

  /// @param rules where an answer that is to last is written
  Dialogue(Console console, Clock clock, OwnRules rules) {
    this.console = requireNonNull(console, "console");
    this.clock = requireNonNull(clock, "clock");
    this.rules = requireNonNull(rules, "rules");
  }

  /// Says where what is asked about would be done.
  void at(Premises premises) {
    view = new ActionView(console.style(), premises);
  }

  /// Says who hears the advice of a no, and what a Ctrl-C ends.
  void during(Consumer<String> heard, Runnable ended) {
    advice = heard;
    interrupt = ended;
  }

  /// Returns what was approved for the session and holds here, in words, oldest first.
  synchronized List<String> approved() {
    Map<String, String> here = surroundings();
    return approved.stream()
        .filter(one -> one.surroundings().equals(here))
        .map(Approved::words)
        .toList();
  }

  private Map<String, String> surroundings() {
    return view().premises().surroundings();
  }

  private ActionView view() {
    return requireNonNull(view, "the premises are known");
  }

  /// Returns where the person's own rules are.
  String rulesFile() {
    return rules.file().toString();
  }

  /// Returns how often rules were added to the person's own.
  long added() {
    return added;
  }

  /// Returns whether the person approved exactly `action` for the session, to be done behind the
  /// wall there is now. Safe to call from any thread.
  boolean isApproved(Action action) {
    return approvals.find(ActionDigest.of(action, surroundings()), clock.instant()).isPresent();
  }

  /// Returns what the person says to `action`, after seeing all of it.
  Answer approve(Action action, Decision.Ask question) {
    List<String> lines = view().lines(action);
    Style style = console.style();
    console.gap();
    lines.stream().limit(MOST_LINES).forEach(console::show);
    if (lines.size() > MOST_LINES) {
      console.show(
          style.yellow("  … %d more lines: v shows all".formatted(lines.size() - MOST_LINES)));
    }
    console.show(
        style.yellow("Asked because ")
            + Style.safe(question.reason())
            + style.dim("  (" + Style.safe(question.rule()) + ")"));
    boolean always = !question.proposals().isEmpty();
    console.show(
        "  o once · s this session, exactly this%s · d deny · or say what to do instead"
            .replace(" · ", style.isColoured() ? " · " : ", ")
            .formatted(always ? style.isColoured() ? " · a always" : ", a always" : ""));
    for (int i = 0; i < MOST_TRIES; ) {
      String said = ask("Answer: ").orElse("");
      switch (said.toLowerCase(Locale.ROOT)) {
        case "o", "once", "y", "yes" -> {
          return Answer.YES;
        }
        case "s", "session" -> {
          keep(action);
          return Answer.YES;
        }
        case "a", "always" -> {
          if (always && always(action, question)) {
            return Answer.YES;
          }
          i += always ? 0 : 1;
        }
        case "v" -> lines.forEach(console::show);
        case "", "d", "deny", "n", "no" -> {
          return Answer.NO;
        }
        default -> {
          if (said.strip().contains(" ")) {
            return deny(said);
          }
          i++;
        }
      }
      console.show(
          "  o, s, %sd, or a few words that the model is told".formatted(always ? "a, " : ""));
    }
    return Answer.NO;
  }

  private Answer deny(String said) {
    String words = said.strip().replaceFirst("^(?i)(d|deny|n|no)[:,]? +", "");
    advice.accept("I said no to that. " + words);
    return Answer.NO;
  }

  private void keep(Action action) {
    Map<String, String> here = surroundings();
    approvals.add(
        new Approval(
            ActionDigest.of(action, here),
            "the person at the terminal",
            clock.instant(),
            clock.instant().plus(SESSION)));
    synchronized (this) {
      approved.add(new Approved(here, view().brief(action).strip()));
    }
  }

  /* What will be written is shown before it is. */
  private boolean always(Action action, Decision.Ask question) {
    try {
      OwnRules.Addition addition = rules.addition(question.proposals());
      console.show("This is added to %s:".formatted(Style.safe(addition.file().toString())));
      addition.text().strip().lines().forEach(line -> console.show("    " + Style.safe(line)));
      String said = ask("Add it? [y/N] ").orElse("").toLowerCase(Locale.ROOT);
      if (!said.equals("y") && !said.equals("yes")) {
        return false;
      }
      rules.add(addition);
      added++;
      keep(action);
      console.show("  added; it holds here from the next prompt on");
      return true;
    } catch (RedoubtException e) {
      console.show("  " + Style.safe(RedoubtException.reason(e)));
      return false;
    }
  }

  /// Returns what the person answers to a model; empty when there is no answer.
  Optional<String> answer(String question, List<String> choices) {
    console.gap();
    question.lines().forEach(line -> console.show(console.style().bold(Style.safe(line))));
    for (int i = 0; i < choices.size(); i++) {
      console.show("  %d. %s".formatted(i + 1, Style.safe(choices.get(i))));
    }
    Optional<String> said = ask(choices.isEmpty() ? "Answer: " : "Number, or your own words: ");
    return said.map(String::strip)
        .filter(text -> !text.isEmpty())
        .map(text -> chosen(text, choices));
  }

  private static String chosen(String said, List<String> choices) {
    if (said.matches("[1-9][0-9]{0,2}") && Integer.parseInt(said) <= choices.size()) {
      return choices.get(Integer.parseInt(said) - 1);
    }
    return said;
  }

  /// Returns what the person answers; empty when they ended the turn instead.
  Optional<String> ask(String prompt) {
    while (true) {
      switch (console.read(new Prompt(prompt, "", Kind.ANSWER))) {
        case Typed.Line(String text) -> {
          return Optional.of(text.strip());
        }
        case Typed.Interrupt(), Typed.Left() -> {
          interrupt.run();
          return Optional.empty();
        }
        case Typed.Called _ -> {
          // Another question waits until this one is answered.
        }
      }
    }
  }
}
