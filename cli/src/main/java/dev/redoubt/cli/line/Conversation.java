// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.line;

import static java.util.Objects.requireNonNull;

import dev.redoubt.agent.api.AgentEvent;
import dev.redoubt.agent.api.Message;
import dev.redoubt.agent.api.ModelChoice;
import dev.redoubt.agent.sessions.SessionBusyException;
import dev.redoubt.agent.sessions.SessionFolder;
import dev.redoubt.agent.sessions.SessionId;
import dev.redoubt.agent.sessions.SessionIndex;
import dev.redoubt.agent.sessions.SessionSummary;
import dev.redoubt.cli.Call;
import dev.redoubt.cli.UsageException;
import dev.redoubt.cli.exec.Approval;
import dev.redoubt.cli.exec.Premises;
import dev.redoubt.cli.extensions.Extensions;
import dev.redoubt.cli.run.Means;
import dev.redoubt.cli.run.Mode;
import dev.redoubt.cli.run.RunOptions;
import dev.redoubt.cli.run.RunOptions.Wanted;
import dev.redoubt.cli.run.Workbench;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The session a person talks to, and with what: model, mode and sandbox can change between
/// prompts. It is opened when it is needed first, so that one who only looks leaves no session
/// behind. For one thread.
final class Conversation implements AutoCloseable {

  private final Console console;
  private final Dialogue dialogue;
  private final Questions questions;
  private final Path workspace;
  private final List<Message.Seen> attached = new ArrayList<>();
  private final List<Message.Seen> said = new ArrayList<>();
  private final SignsOfLife life;
  private Call call;
  private Gauge gauge = new Gauge();
  private Premises premises;
  private Optional<Means> means;
  private Extensions extensions;
  private SlashTable commands;
  private Mode mode;
  private SessionId session;
  private @Nullable Workbench bench;

  /// @throws UsageException if a mode or a model was named that is none
  /// @throws dev.redoubt.model.RedoubtException if the sandbox cannot start
  Conversation(Call call, Console console, Dialogue dialogue) throws InterruptedException {
    this.call = requireNonNull(call, "call");
    this.console = requireNonNull(console, "console");
    this.dialogue = requireNonNull(dialogue, "dialogue");
    this.questions = new Questions(console, dialogue);
    this.life = new SignsOfLife(console, System::nanoTime);
    this.workspace = RunOptions.workspace(call);
    Wanted wanted = RunOptions.wanted(call);
    this.session = wanted.in(call, workspace);
    Optional<String> before = before(wanted);
    if (call.text("--model").isEmpty() && before.isPresent()) {
      this.call = call.with(List.of("--model", before.get()));
    }
    this.premises = new Premises(this.call, workspace);
    this.extensions = Extensions.of(this.call, workspace, premises.guard().guard());
    this.mode = Mode.of(this.call, extensions);
    this.means = means(this.call, mode);
    this.commands = table();
    dialogue.at(premises);
  }

  private SlashTable table() {
    return new SlashTable(BuiltInCommands.all(), AddedCommands.of(extensions));
  }

  /* Without a model of its own it asks the one that was asked here last. */
  private Optional<String> before(Wanted wanted) {
    boolean any = wanted instanceof Wanted.New;
    return SessionIndex.of(new SessionFolder(call.globals().dataDir())).reversed().stream()
        .filter(summary ->
            any
                ? summary.place().workspace().equals(workspace.toString())
                : summary.id().equals(session))
        .map(summary -> summary.place().model())
        // A model at an address of the command line cannot be found again by its name.
        .filter(name -> name.indexOf('/') > 0 && !name.startsWith("custom/"))
        .findFirst();
  }

  /* Nothing was said about a model: it can still be chosen at the prompt. */
  private static Optional<Means> means(Call call, Mode mode) {
    try {
      return Optional.of(Means.of(call, mode, RunOptions.budget(call)));
    } catch (UsageException e) {
      if (call.text("--model").isEmpty() && call.text("--provider-url").isEmpty()) {
        return Optional.empty();
      }
      throw e;
    }
  }

  Call call() {
    return call;
  }

  Console console() {
    return console;
  }

  Questions questions() {
    return questions;
  }

  Dialogue dialogue() {
    return dialogue;
  }

  SlashTable commands() {
    return commands;
  }

  Path workspace() {
    return workspace;
  }

  Premises premises() {
    return premises;
  }

  Optional<ModelChoice> model() {
    return means.map(has -> has.models().models().getFirst());
  }

  Mode mode() {
    return mode;
  }

  SessionId session() {
    return session;
  }

  Gauge gauge() {
    return gauge;
  }

  /// Returns what the next prompt shows beside its words.
  List<Message.Seen> attached() {
    return attached;
  }

  /// Tells the model `words` of the person with the next prompt.
  void tellNext(String words) {
    said.add(new Message.Words(words));
  }

  /// Shows the model `seen` with the next prompt. Names of files in it attach nothing.
  void showNext(List<Message.Seen> seen) {
    said.addAll(seen);
  }

  /// Returns what the model is to be told with the next prompt, and forgets it.
  List<Message.Seen> toldNext() {
    List<Message.Seen> all = List.copyOf(said);
    said.clear();
    return all;
  }

  /// Returns what says that a command still runs.
  SignsOfLife life() {
    return life;
  }

  /// Returns whether the session was begun.
  boolean isOpen() {
    return bench != null;
  }

  /// Returns the open session.
  ///
  /// @throws UsageException if no model was chosen, or another process works on the session
  Workbench bench() throws InterruptedException {
    if (bench == null) {
      Means has =
          means.orElseThrow(() ->
              new UsageException("no model is chosen: /model PROVIDER/MODEL (/models lists them)"));
      gauge = new Gauge();
      Gauge counted = gauge;
      TurnView view = new TurnView(console);
      CountDownLatch never = new CountDownLatch(1);
      try {
        bench =
            Workbench.open(
                call,
                premises,
                new Workbench.Seat(session, has, mode, extensions, Optional.empty()),
                new Workbench.Company(
                    approver(),
                    questions,
                    event -> {
                      counted.take(event);
                      view.accept(event);
                      life.take(event);
                    },
                    time -> waited(never, time)));
      } catch (SessionBusyException e) {
        throw new UsageException(String.valueOf(e.getMessage()));
      }
      bench.past().forEach(counted::take);
    }
    return bench;
  }

  private dev.redoubt.guard.Approver approver() {
    Approval approval = Approval.of(call);
    return approval == Approval.PERSON
        ? questions
        : approval.approver(call, premises.backend().holds());
  }

  private static void waited(CountDownLatch never, Duration time) throws InterruptedException {
    if (never.await(time.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new IllegalStateException("nobody counts it down");
    }
  }

  /// Changes an option, `--model` for example, from the next prompt on.
  ///
  /// @throws UsageException if there is no such value; everything stays as it was then
  /// @throws dev.redoubt.model.RedoubtException in the same way, if the sandbox cannot start
  void change(String option, String value) throws InterruptedException {
    List<String> arguments = call.arguments().originalArgs();
    Call changed = call.with(List.of(option, value));
    boolean done = false;
    try {
      Premises there = new Premises(changed, workspace);
      Extensions added = Extensions.of(changed, workspace, there.guard().guard());
      Mode now = Mode.of(changed, added);
      Optional<Means> has = means(changed, now);
      close();
      call = changed;
      means = has;
      mode = now;
      move(there, added);
      done = true;
    } finally {
      if (!done) {
        // The values live in the options themselves.
        call = call.reread(arguments);
      }
    }
  }

  /// Goes on with another session; the present one stays as it is.
  void goOn(Wanted wanted) {
    SessionId other = wanted.in(call, workspace);
    close();
    session = other;
    gauge = new Gauge();
  }

  /// Lets rules that have changed count from the next prompt on.
  void refresh() throws InterruptedException {
    Premises there = new Premises(call, workspace);
    Extensions added = Extensions.of(call, workspace, there.guard().guard());
    close();
    move(there, added);
  }

  private void move(Premises there, Extensions added) {
    premises = there;
    extensions = added;
    commands = table();
    dialogue.at(there);
  }

  /// Returns the session in short, if it was begun.
  Optional<SessionSummary> summary() {
    return SessionIndex.of(new SessionFolder(call.globals().dataDir())).stream()
        .filter(summary -> summary.id().equals(session))
        .findFirst();
  }

  /// Returns the line above the prompt.
  String status() {
    List<String> parts = new ArrayList<>();
    parts.add(model().map(asked -> asked.provider() + "/" + asked.name()).orElse("no model"));
    parts.add("sandbox " + premises.backend().name());
    parts.add("mode " + mode.text());
    parts.add("context " + gauge.used(model().map(asked -> asked.sizes().context()).orElse(1)));
    parts.add(gauge.cost());
    return Style.safe(String.join(" | ", parts));
  }

  /// Writes `event` to the log of the open session.
  void write(AgentEvent event) throws InterruptedException {
    bench().write(event);
  }

  @Override
  public void close() {
    Workbench open = bench;
    bench = null;
    if (open != null) {
      open.close();
    }
  }
}
