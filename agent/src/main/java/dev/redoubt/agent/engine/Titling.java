// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.engine;

import static java.util.Objects.requireNonNull;

import dev.redoubt.agent.api.AgentEvent;
import dev.redoubt.agent.api.Cost;
import dev.redoubt.agent.api.Message;
import dev.redoubt.agent.api.ModelAnswer;
import dev.redoubt.agent.api.ModelChoice;
import dev.redoubt.agent.api.ModelRequest;
import dev.redoubt.agent.api.Usage;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Asks the small model once what a session is to be called, beside the work on its first prompt.
///
/// It is asked through the gate like every model; a question about that is answered with no. What
/// goes wrong leaves the session without a title of its own and is not told. What it used counts
/// for the prompt.
final class Titling {

  private static final Duration GRACE = Duration.ofSeconds(1);
  private static final int LONGEST_PROMPT = 4_000;
  private static final int MOST_TOKENS = 256;
  private static final int LONGEST = 60;
  private static final String INSTRUCTIONS =
      "You name conversations. Answer with a title for the one that begins with the request you are"
          + " given: at most seven words, in its language, without quotation marks and without a"
          + " full stop. Do not carry the request out.";

  private final Asking asking;
  private final Journal journal;
  private final ModelChoice small;
  private final Thread thread;

  private Titling(Asking asking, Journal journal, ModelChoice small, Task task) {
    this.asking = asking;
    this.journal = journal;
    this.small = small;
    this.thread = Thread.ofVirtual().name("title").unstarted(() -> work(task));
  }

  private record Task(String prompt, Meter meter) {}

  /// Begins to ask `small` for a title of the session that starts with `prompt`.
  static Titling begin(
      Asking asking, Journal journal, ModelChoice small, List<Message.Seen> prompt, Meter meter) {
    requireNonNull(prompt, "prompt");
    String words = prompt.getLast() instanceof Message.Words(String text) ? text : "";
    Titling titling = new Titling(asking, journal, small, new Task(start(words), meter));
    titling.thread.start();
    return titling;
  }

  private static String start(String words) {
    return words.codePointCount(0, words.length()) > LONGEST_PROMPT
        ? words.substring(0, words.offsetByCodePoints(0, LONGEST_PROMPT))
        : words;
  }

  /// Ends it; what is under way gets a moment first. An interrupt of the caller stays set.
  void end() {
    boolean interrupted = Thread.interrupted();
    boolean over = false;
    for (int tries = 0; !over; tries++) {
      try {
        if (interrupted || tries > 0) {
          thread.interrupt();
        }
        over = thread.join(GRACE);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void work(Task task) {
    try {
      if (task.prompt().isBlank() || asking.refusalAlone(small).isPresent()) {
        return;
      }
      ModelAnswer answer =
          small
              .model()
              .answer(
                  new ModelRequest(
                      small.name(),
                      INSTRUCTIONS,
                      List.of(),
                      List.of(Message.FromUser.text(task.prompt())),
                      new ModelRequest.Settings(
                          Math.min(MOST_TOKENS, small.sizes().output()),
                          Optional.empty(),
                          Optional.empty())),
                  _ -> {});
      switch (answer) {
        case ModelAnswer.Replied reply -> took(task, title(reply), reply.usage());
        case ModelAnswer.Failed failed -> took(task, "", failed.usage());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      System.getLogger(Titling.class.getName()).log(Level.DEBUG, "there is no title", e);
    }
  }

  private void took(Task task, String title, Usage usage) {
    if (title.isEmpty() && usage.equals(Usage.NONE)) {
      return;
    }
    Optional<Cost> cost = small.price().map(price -> price.of(usage));
    journal.write(new AgentEvent.Titled(title, small.provider() + "/" + small.name(), usage, cost));
    task.meter().count(0, usage, cost);
  }

  /* One line for people, whatever it was that came. */
  private static String title(ModelAnswer.Replied reply) {
    if (reply.stop() != ModelAnswer.Stop.END) {
      return "";
    }
    String line = reply.message().text().strip().lines().findFirst().orElse("");
    StringBuilder title = new StringBuilder();
    line.codePoints()
        .map(c -> Character.isWhitespace(c) ? ' ' : c)
        .filter(c -> Character.isLetterOrDigit(c) || isPlain(c))
        .forEach(title::appendCodePoint);
    String clean = title.toString().strip();
    while (clean.length() > 1
        && "\"'`*".indexOf(clean.charAt(0)) >= 0
        && clean.charAt(0) == clean.charAt(clean.length() - 1)) {
      clean = clean.substring(1, clean.length() - 1).strip();
    }
    return clean.codePointCount(0, clean.length()) > LONGEST
        ? clean.substring(0, clean.offsetByCodePoints(0, LONGEST)) + "…"
        : clean;
  }

  private static boolean isPlain(int c) {
    int type = Character.getType(c);
    return type != Character.CONTROL
        && type != Character.FORMAT
        && type != Character.SURROGATE
        && type != Character.PRIVATE_USE
        && type != Character.UNASSIGNED
        && type != Character.LINE_SEPARATOR
        && type != Character.PARAGRAPH_SEPARATOR;
  }
}
