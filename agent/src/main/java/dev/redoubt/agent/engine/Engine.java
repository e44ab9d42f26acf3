// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.engine;

import static java.util.Objects.requireNonNull;

import dev.redoubt.agent.api.AgentEvent;
import dev.redoubt.agent.api.Hook;
import dev.redoubt.agent.api.Message;
import dev.redoubt.agent.api.Moment;
import dev.redoubt.agent.api.Tool;
import dev.redoubt.agent.sessions.SessionId;
import dev.redoubt.agent.sessions.SessionLog;
import dev.redoubt.agent.sessions.Transcript;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Works on one session: asks the model, performs what it wants and may do, tells it what came of
/// it, until it is done.
///
/// Everything is written to the log of the session before it has an effect, and what cannot be
/// written is not done. An interrupt of the working thread ends the work at any point; the session
/// can then be gone on with. For one thread.
public final class Engine {

  private final ModelChain chain;
  private final Toolbox tools;
  private final Doors doors;
  private final EngineSettings settings;
  private final Journal journal;
  private final List<Message> messages = new ArrayList<>();
  private final Authors authors;
  private final Transcript.Spent before;
  private final boolean isNew;
  private final WorkHooks hooks;
  private String status = "none";
  private Transcript.Spent here = Transcript.Spent.NOTHING;
  private volatile @Nullable Meter meter;
  private @Nullable Meter above;
  private @Nullable Team team;
  private @Nullable Titling titling;

  /// @param chain the models
  /// @param tools in a stable order; they take note here of what they did before
  /// @param doors what stands between the session and the world
  public Engine(
      ModelChain chain, List<Tool> tools, Doors doors, EngineSettings settings, Session session) {
    this.chain = requireNonNull(chain, "chain");
    this.doors = requireNonNull(doors, "doors");
    this.settings = requireNonNull(settings, "settings");
    this.journal = new Journal(session.log(), session.watcher());
    this.tools = new Toolbox(tools, doors.hidden());
    this.messages.addAll(session.past().messages());
    this.hooks = new WorkHooks(new HookRunner(doors, journal), messages);
    this.authors = new Authors(session.past().answers());
    this.before = session.past().spent();
    this.isNew = session.past().messages().isEmpty();
    for (Transcript.Use use : session.past().uses()) {
      this.tools.named(use.tool()).ifPresent(tool -> tool.recall(use.facts()));
    }
  }

  /// The session that is worked on.
  ///
  /// @param log where everything is written; stays the caller's to close
  /// @param past what was said and done before
  /// @param watcher sees every event after it was written
  public record Session(SessionLog log, Transcript past, Consumer<AgentEvent> watcher) {
    public Session {
      requireNonNull(log, "log");
      requireNonNull(past, "past");
      requireNonNull(watcher, "watcher");
    }
  }

  /// Returns an engine for a sub-agent. It works behind the same doors, and what it uses counts
  /// against the limits of the prompt on which this engine works now.
  ///
  /// @param given each of a name that this engine has, too
  /// @throws IllegalArgumentException if a tool is none that this engine has
  public Engine child(
      ModelChain models, List<Tool> given, EngineSettings how, Session childSession) {
    return child(models, given, how, childSession, own -> own);
  }

  /// Returns the same behind other doors.
  ///
  /// @param rehung makes them of the doors of this engine, and lets nothing through that these do
  ///   not
  public Engine child(
      ModelChain models,
      List<Tool> given,
      EngineSettings how,
      Session childSession,
      UnaryOperator<Doors> rehung) {
    for (Tool tool : given) {
      String name = tool.spec().name();
      if (tools.named(name).isEmpty()) {
        throw new IllegalArgumentException("a sub-agent cannot have more than its agent: " + name);
      }
    }
    Engine child = new Engine(models, given, rehung.apply(doors), how, childSession);
    child.above = meter;
    return child;
  }

  /// Has `crew` work on the prompts of this engine, and end with each of them. To be called once,
  /// before the first prompt.
  public void lead(Team crew) {
    team = requireNonNull(crew, "crew");
    crew.follow(this);
  }

  /// Returns the session.
  public SessionId session() {
    return journal.id();
  }

  /// Returns the models.
  public ModelChain models() {
    return chain;
  }

  /// Returns how the session is worked on.
  public EngineSettings settings() {
    return settings;
  }

  /// Returns whether there is a limit on the money it spends, its own or that of an agent above it.
  public boolean limitsMoney() {
    Meter counting = above;
    return settings.limitsMoney() || (counting != null && counting.limitsMoney());
  }

  /// Returns whether the model has a tool of that name.
  public boolean has(String tool) {
    return tools.named(tool).isPresent();
  }

  /// Returns how often the model has answered on the prompt that is worked on, or was last.
  int turns() {
    Meter counting = meter;
    return counting == null ? 0 : counting.run().turns();
  }

  void note(String topic, String text) {
    journal.write(new AgentEvent.Noted(topic, text));
  }

  /// Puts the oldest messages into fewer words now, and returns whether there were any.
  ///
  /// @throws InterruptedException if the working thread was interrupted meanwhile
  /// @throws dev.redoubt.model.RedoubtException UNWRITABLE if the log cannot be written
  public boolean compact() throws InterruptedException {
    return work(counting()).compactNow();
  }

  /* What a meter counts after its work is over, the title for one, is what was used before the next. */
  private Meter counting() {
    Meter last = meter;
    if (last != null) {
      here = here.plus(last.run());
    }
    Meter counting = new Meter(settings, new Meter.Before(before.plus(here), here), above);
    meter = counting;
    return counting;
  }

  private Work work(Meter counting) {
    CallRunner runner = new CallRunner(doors, tools, journal);
    return new Work(
        new Work.Parts(tools, settings, journal, doors, hooks),
        new Fallback(
            chain, new Asking(chain, doors, journal, settings.patience(), authors), journal),
        new CallGroups(runner, tools, journal),
        messages,
        counting);
  }

  /// Works on `prompt` to its end and returns how it ended.
  ///
  /// @param steering what a person says meanwhile
  /// @param checks look at what the model calls finished, in this order
  /// @throws dev.redoubt.model.RedoubtException UNWRITABLE if the log cannot be written; nothing
  ///   was done then that is not in it
  public Finish work(List<Message.Seen> prompt, Steering steering, List<FinalCheck> checks) {
    Meter counting = counting();
    entitle(prompt, counting);
    Work work = work(counting);
    Team crew = team;
    List<FinalCheck> all = new ArrayList<>();
    if (crew != null) {
      all.add(crew.unfinished());
    }
    all.addAll(checks);
    try {
      Finish finish = work.on(prompt, steering, all);
      status = finish.event().status().name().toLowerCase(Locale.ROOT);
      return finish;
    } finally {
      if (crew != null) {
        crew.endAll();
      }
    }
  }

  /* A hook that has a say in what a model is told is not asked about this: then there is none. */
  private void entitle(List<Message.Seen> prompt, Meter counting) {
    boolean first = isNew && messages.isEmpty() && above == null && titling == null;
    if (first
        && doors.hooks().stream().noneMatch(Engine::isAboutModels)
        && counting.reached().isEmpty()) {
      chain
          .small()
          .ifPresent(small ->
              titling =
                  Titling.begin(
                      new Asking(chain, doors, journal, settings.patience(), authors),
                      journal,
                      small,
                      prompt,
                      counting));
    }
  }

  private static boolean isAboutModels(Hook hook) {
    return hook.moment() == Moment.PRE_MODEL || hook.moment() == Moment.POST_MODEL;
  }

  /// Tells the hooks that the session ends, if anything was worked on, and gives a title that is
  /// still asked for a moment. An interrupt before it does not keep hooks from being told.
  public void end() {
    Titling asked = titling;
    if (asked != null) {
      asked.end();
    }
    boolean interrupted = Thread.interrupted();
    try {
      hooks.end(status);
    } catch (InterruptedException e) {
      interrupted = true;
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
