// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.line;

import static java.util.Objects.requireNonNull;

import dev.redoubt.agent.engine.Person;
import dev.redoubt.guard.Action;
import dev.redoubt.guard.Approver;
import dev.redoubt.guard.Decision;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/// Takes the questions of a turn to the one thread that reads the terminal, in order, and the
/// answers back. Safe to share.
final class Questions implements Approver, Person {

  private final ConcurrentLinkedQueue<Pending<?>> waiting = new ConcurrentLinkedQueue<>();
  private final Thread reader;
  private final Console console;
  private final Dialogue dialogue;

  /// @param dialogue asks the person; used by the creating thread alone, which is the one that
  ///   reads `console`
  Questions(Console console, Dialogue dialogue) {
    this.reader = Thread.currentThread();
    this.console = requireNonNull(console, "console");
    this.dialogue = requireNonNull(dialogue, "dialogue");
  }

  private record Pending<T>(
      Function<Dialogue, T> question, AtomicReference<T> answer, CountDownLatch answered) {

    void put(Dialogue dialogue) {
      answer.set(question.apply(dialogue));
      answered.countDown();
    }
  }

  @Override
  public Answer approves(Action action, Decision.Ask question) throws InterruptedException {
    return dialogue.isApproved(action) ? Answer.YES : asked(asks -> asks.approve(action, question));
  }

  @Override
  public Optional<String> answer(String question, List<String> choices)
      throws InterruptedException {
    return asked(asks -> asks.answer(question, choices));
  }

  private <T> T asked(Function<Dialogue, T> question) throws InterruptedException {
    if (Thread.currentThread().equals(reader)) {
      return question.apply(dialogue);
    }
    Pending<T> pending = new Pending<>(question, new AtomicReference<>(), new CountDownLatch(1));
    waiting.add(pending);
    console.call();
    try {
      pending.answered().await();
    } catch (InterruptedException e) {
      waiting.remove(pending);
      throw e;
    }
    return requireNonNull(pending.answer().get(), "every question has an answer");
  }

  /// Puts the next question to the person, if there is one, and returns whether there was.
  boolean putNext() {
    Pending<?> next = waiting.poll();
    if (next == null) {
      return false;
    }
    next.put(dialogue);
    return true;
  }
}
