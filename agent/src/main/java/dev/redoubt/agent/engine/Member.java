// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.engine;

import static java.util.Objects.requireNonNull;

import dev.redoubt.agent.api.AgentEvent;
import dev.redoubt.agent.api.Crew;
import dev.redoubt.agent.api.Crew.Standing;
import dev.redoubt.agent.api.Message;
import dev.redoubt.model.RedoubtException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One sub-agent of a [Team]. Safe to share.
final class Member {

  private static final int MOST_PATHS = 20;

  private final String name;
  private final Team.Recruit recruit;
  private final Steering steering = new Steering();
  private boolean atWork = true;
  private String state = Standing.RUNNING;
  private String text = "";
  volatile @Nullable Thread thread;

  Member(String name, Team.Recruit recruit) {
    this.name = requireNonNull(name, "name");
    this.recruit = requireNonNull(recruit, "recruit");
  }

  String name() {
    return name;
  }

  Team.Recruit recruit() {
    return recruit;
  }

  synchronized boolean isAtWork() {
    return atWork;
  }

  synchronized Standing standing() {
    return new Standing(
        name,
        state,
        recruit.engine().turns(),
        text,
        recruit.log().id().text(),
        recruit.log().head());
  }

  /// Says `words` to it if it works, and returns whether it does.
  synchronized boolean hears(String words) {
    if (atWork) {
      steering.say(words);
    }
    return atWork;
  }

  /// Returns true if it did not work: it counts as at work from now on, with a place that was taken
  /// before. Else says `words` to it.
  synchronized boolean wakes(String words) {
    if (hears(words)) {
      return false;
    }
    atWork = true;
    state = Standing.RUNNING;
    text = "";
    return true;
  }

  /// Works on `words`, and on what is said until the end, to the end.
  void work(String words, Consumer<Member> ended) {
    Optional<String> next = Optional.of(words);
    try {
      while (next.isPresent()) {
        Finish finish =
            recruit.engine().work(List.of(new Message.Words(next.get())), steering, List.of());
        next = after(finish);
      }
    } catch (RedoubtException e) {
      failed(RedoubtException.reason(e));
    } catch (RuntimeException | StackOverflowError e) {
      System.getLogger(Member.class.getName()).log(Level.WARNING, "a sub-agent failed", e);
      failed("it failed");
    } finally {
      Thread.interrupted();
      ended.accept(this);
    }
  }

  private synchronized Optional<String> after(Finish finish) {
    AgentEvent.Ended event = finish.event();
    Optional<String> more =
        finish.cause() == Finish.Cause.DONE ? steering.next() : Optional.empty();
    if (more.isEmpty()) {
      atWork = false;
      state = Team.state(event.status());
      text =
          (event.reason().isEmpty() ? event.text() : event.reason() + "\n" + event.text()) + made();
    }
    return more;
  }

  /* What it made in its worktree is not in the workspace: whoever reads its words has to know. */
  private String made() {
    if (recruit.worktree().isEmpty()) {
      return "";
    }
    Crew.Worktree worktree = recruit.worktree().get();
    try {
      List<String> paths = worktree.changes().stream().map(Crew.Change::path).toList();
      return paths.isEmpty()
          ? "\n(nothing was changed in its worktree)"
          : "\n(in its worktree %s, not in the workspace, it changed %s%s; agent_changes shows and applies that)"
              .formatted(
                  worktree.id(),
                  String.join(", ", paths.subList(0, Math.min(MOST_PATHS, paths.size()))),
                  paths.size() > MOST_PATHS ? " and more" : "");
    } catch (RedoubtException e) {
      return "\n(what it changed in its worktree %s cannot be told: %s)"
          .formatted(worktree.id(), RedoubtException.reason(e));
    }
  }

  private synchronized void failed(String why) {
    atWork = false;
    state = Team.state(AgentEvent.Status.ERROR);
    text = why + made();
  }

  /// Begins to end it. Never after its work: what it writes then belongs to others, too.
  synchronized void interrupt() {
    Thread working = thread;
    if (atWork && working != null) {
      working.interrupt();
    }
  }

  /// Ends it and waits until it is gone. An interrupt of the caller stays set.
  void end() {
    boolean interrupted = false;
    Thread working = thread;
    while (working != null && working.isAlive()) {
      interrupt();
      try {
        working.join(Duration.ofSeconds(1));
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
