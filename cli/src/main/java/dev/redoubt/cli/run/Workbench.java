// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.run;

import static java.util.Objects.requireNonNull;

import dev.redoubt.agent.api.AgentEvent;
import dev.redoubt.agent.api.Message;
import dev.redoubt.agent.api.ModelChoice;
import dev.redoubt.agent.api.ModelRequest;
import dev.redoubt.agent.api.Notebook;
import dev.redoubt.agent.api.Tool;
import dev.redoubt.agent.context.InstructionFiles;
import dev.redoubt.agent.context.Instructions;
import dev.redoubt.agent.engine.Doors;
import dev.redoubt.agent.engine.Engine;
import dev.redoubt.agent.engine.EngineSettings;
import dev.redoubt.agent.engine.FinalCheck;
import dev.redoubt.agent.engine.Finish;
import dev.redoubt.agent.engine.HookedGate;
import dev.redoubt.agent.engine.Patience;
import dev.redoubt.agent.engine.Person;
import dev.redoubt.agent.engine.Sleeper;
import dev.redoubt.agent.engine.Steering;
import dev.redoubt.agent.engine.Team;
import dev.redoubt.agent.lsp.LanguageServers;
import dev.redoubt.agent.memory.MemoryFolder;
import dev.redoubt.agent.memory.Remembered;
import dev.redoubt.agent.roles.Roles;
import dev.redoubt.agent.search.WebSearch;
import dev.redoubt.agent.servers.ServerPrompt;
import dev.redoubt.agent.sessions.SessionFolder;
import dev.redoubt.agent.sessions.SessionId;
import dev.redoubt.agent.sessions.SessionLog;
import dev.redoubt.agent.sessions.SessionReader;
import dev.redoubt.agent.sessions.Transcript;
import dev.redoubt.agent.tools.BuiltInTools;
import dev.redoubt.agent.tools.Services;
import dev.redoubt.cli.Call;
import dev.redoubt.cli.GlobalOptions;
import dev.redoubt.cli.exec.Premises;
import dev.redoubt.cli.extensions.Extensions;
import dev.redoubt.cli.search.SearchSettings;
import dev.redoubt.cli.servers.LanguageSettings;
import dev.redoubt.cli.servers.Serving;
import dev.redoubt.cli.trust.WorkspaceTrust;
import dev.redoubt.document.Node;
import dev.redoubt.guard.Action;
import dev.redoubt.guard.Approver;
import dev.redoubt.guard.Decision;
import dev.redoubt.guard.Gate;
import dev.redoubt.guard.Permit;
import dev.redoubt.guard.Verdict;
import dev.redoubt.guard.trust.TrustState;
import dev.redoubt.model.ErrorCode;
import dev.redoubt.model.RedoubtException;
import dev.redoubt.sandbox.Manner;
import dev.redoubt.sandbox.Outcome;
import dev.redoubt.sandbox.processes.RunningCommand;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// One session that is open for work: its log, its tools, its sandbox and the engine, put together
/// for `redoubt run` and for the line mode. For one thread.
public final class Workbench implements AutoCloseable {

  private static final String PLAN = "plan";

  private final Call call;
  private final Premises premises;
  private final Seat seat;
  private final Company company;
  private final SessionLog log;
  private final SessionWorld world;
  private final List<AgentEvent> past;
  private final Map<String, String> hidden;
  private final Serving serving;
  private final Optional<WebSearch> search;
  private final LanguageServers languages;
  private final String instructions;
  private final Notebook notebook;
  private List<Tool> tools;
  private final Team team;
  private final Interruption interruption = new Interruption();
  private @Nullable Engine engine;
  private boolean cutShort;
  private List<String> changed = List.of();

  /// What is worked on, and with what.
  ///
  /// @param means its models and limits
  /// @param extensions what is added to the agent
  /// @param schema the shape of the answer
  public record Seat(
      SessionId session, Means means, Mode mode, Extensions extensions, Optional<Node.Obj> schema) {
    public Seat {
      requireNonNull(session, "session");
      requireNonNull(means, "means");
      requireNonNull(mode, "mode");
      requireNonNull(extensions, "extensions");
      requireNonNull(schema, "schema");
    }
  }

  /// Who is there while it works.
  ///
  /// @param approver answers the guard
  /// @param person answers the model
  /// @param watcher sees every event after it was written
  /// @param sleeper waits for a failing provider
  public record Company(
      Approver approver, Person person, Consumer<AgentEvent> watcher, Sleeper sleeper) {
    public Company {
      requireNonNull(approver, "approver");
      requireNonNull(person, "person");
      requireNonNull(watcher, "watcher");
      requireNonNull(sleeper, "sleeper");
    }

    private Serving.People people() {
      return new Serving.People(
          approver, person.equals(Person.NOBODY) ? Optional.empty() : Optional.of(person::answer));
    }

    /* Sub-agents ask and tell from threads of their own. */
    private Company oneAtATime() {
      ReentrantLock asking = new ReentrantLock();
      Object showing = new Object();
      Approver alone =
          (action, question) -> {
            asking.lockInterruptibly();
            try {
              return approver.approves(action, question);
            } finally {
              asking.unlock();
            }
          };
      Consumer<AgentEvent> inTurn =
          event -> {
            synchronized (showing) {
              watcher.accept(event);
            }
          };
      return new Company(alone, person, inTurn, sleeper);
    }
  }

  /// What came of one prompt.
  ///
  /// @param changed the paths that were changed, sorted
  public record Worked(Finish finish, List<String> changed) {
    public Worked {
      requireNonNull(finish, "finish");
      changed = List.copyOf(changed);
    }
  }

  private Workbench(
      Call call, Premises premises, Seat seat, Company company, SessionFolder sessions)
      throws InterruptedException {
    this.call = call;
    this.premises = premises;
    this.seat = seat;
    this.company = company.oneAtATime();
    this.log = SessionLog.open(sessions, seat.session(), call.world().clock());
    try {
      this.world = new SessionWorld(call, premises, log.decisions(""));
      this.past = recorded(sessions);
      write(opened());
      extended();
      this.notebook = new MemoryFolder(call.globals().dataDir(), premises.workspace());
      this.instructions = instructions() + Remembered.text(notebook.notes()) + mode() + plan();
      this.search = SearchSettings.of(call, premises.workspace());
      this.languages =
          new LanguageServers(
              LanguageSettings.of(call, premises.workspace()), premises.workspace());
      this.serving =
          Serving.of(
              call,
              premises.workspace(),
              premises.guard().guard(),
              this.company.people(),
              log.decisions(""));
      this.team = team();
      List<Tool> all =
          languages.around(
              allTools(
                  premises.workspace(),
                  new Services(log.blobs(), Optional.of(team), Optional.of(notebook))));
      seat.mode().requireKnown(all);
      this.tools = seat.mode().among(all);
      this.hidden = seat.mode().elsewhere(all);
    } catch (RuntimeException | InterruptedException e) {
      log.close();
      throw e;
    }
  }

  private List<AgentEvent> recorded(SessionFolder sessions) {
    return SessionReader.read(sessions, log.id()).stream()
        .map(SessionReader.Recorded::event)
        .toList();
  }

  /// Opens a session, for the first time or again. Whoever takes it closes it.
  ///
  /// @throws dev.redoubt.agent.sessions.SessionBusyException if another process has it open
  /// @throws dev.redoubt.model.RedoubtException if its log cannot be read or written
  /// @throws InterruptedException if the work is to end before it began
  public static Workbench open(Call call, Premises premises, Seat seat, Company company)
      throws InterruptedException {
    return new Workbench(
        call, premises, seat, company, new SessionFolder(call.globals().dataDir()));
  }

  /// Works on `prompt` to its end; all it changes is one turn of `redoubt undo`.
  ///
  /// @param what the prompt in words, for the list of turns
  /// @throws dev.redoubt.model.RedoubtException if the log cannot be written
  public Worked work(
      String what, List<Message.Seen> prompt, Steering steering, List<FinalCheck> checks) {
    interruption.prepare();
    Finish finish;
    try {
      world.begin(what);
      interruption.begin();
      finish = ready().work(prompt, steering, checks);
    } finally {
      interruption.end();
      changed = Undisturbed.call(world::end);
    }
    return new Worked(finish, changed);
  }

  /// Returns the prompts of the servers of the session, which are started for that; none in a mode
  /// that has no servers.
  public List<ServerPrompt> prompts() throws InterruptedException {
    return withServers(() -> serving.servers().prompts(), List.of());
  }

  /// Returns what came of getting a prompt that the person named: that is a yes of theirs to it,
  /// and a deny stays a deny.
  ///
  /// @param choice is given the prompts there are and returns the action that gets one
  public Outcome prompted(Function<List<ServerPrompt>, Action.CallTool> choice)
      throws InterruptedException {
    return withServers(
        () -> {
          Action.CallTool chosen = choice.apply(serving.servers().prompts());
          Approver named =
              (action, question) ->
                  action.equals(chosen)
                      ? Approver.Answer.YES
                      : company.approver().approves(action, question);
          Gate gate = new Gate(List.of(premises.guard().guard()), named, log.decisions(""));
          return switch (gate.judge(chosen)) {
            case Verdict.Refused(String guard, Decision decision) ->
                new Outcome.RefusedByGuard(guard, decision);
            case Verdict.Permitted(Permit permit) -> serving.servers().perform(permit);
          };
        },
        new Outcome.Failed("the mode %s has no servers".formatted(seat.mode().text())));
  }

  private interface Visit<T> {
    T go() throws InterruptedException;
  }

  /* Servers end with each turn, so this is one: what they write can be taken back. */
  private <T> T withServers(Visit<T> visit, T otherwise) throws InterruptedException {
    if (!seat.mode().isServed()) {
      return otherwise;
    }
    interruption.prepare();
    try {
      world.begin("prompts of servers");
      interruption.begin();
      boolean met = engine != null;
      ready();
      if (met) {
        serving.start(new HookedGate(doors(), log, company.watcher())::judge, world::perform);
      }
      return visit.go();
    } finally {
      interruption.end();
      changed = Undisturbed.call(world::end);
    }
  }

  /// Ends the work in progress, if there is any, so that it can be gone on with. What is written
  /// down afterwards is not disturbed. Safe to call from any thread.
  public void interrupt() {
    interruption.interrupt();
  }

  /// Puts the oldest messages into fewer words now, and returns whether there were any.
  public boolean compact() throws InterruptedException {
    interruption.prepare();
    try {
      interruption.begin();
      return ready().compact();
    } finally {
      interruption.end();
    }
  }

  /// Returns what came of doing `action` for the person at the terminal: through the gate and the
  /// sandbox like everything else.
  public Outcome perform(Action action, Manner manner) throws InterruptedException {
    Gate gate = new Gate(List.of(premises.guard().guard()), company.approver(), log.decisions(""));
    return switch (gate.judge(action)) {
      case Verdict.Refused(String guard, Decision decision) ->
          new Outcome.RefusedByGuard(guard, decision);
      case Verdict.Permitted(Permit permit) -> world.perform(permit, manner);
    };
  }

  /* Servers are started when there is work for the first time, inside the turn: what they write
   * when they start can be taken back too. */
  private Engine ready() {
    Engine open = engine;
    if (open == null) {
      boolean served = serve();
      open = engine();
      open.lead(team);
      if (served) {
        engine = open;
      } else {
        cutShort = true;
      }
    }
    return open;
  }

  private Approver approver() {
    return languages.approver(serving.approver(company.approver()));
  }

  /* Returns false when it was interrupted: the engine sees it too and says so, and the next work
   * starts them again. */
  private boolean serve() {
    languages.startWith(this::started);
    try {
      if (seat.mode().isServed()) {
        HookedGate gate = new HookedGate(doors(), log, company.watcher());
        List<Tool> all = new ArrayList<>(tools);
        all.addAll(seat.mode().among(serving.start(gate::judge, world::perform)));
        tools = List.copyOf(all);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
    for (String note : serving.notes()) {
      write(new AgentEvent.Noted("servers", note));
    }
    return true;
  }

  private Optional<RunningCommand> started(Action.StartServer action) throws InterruptedException {
    Gate gate = new Gate(List.of(premises.guard().guard()), approver(), log.decisions(""));
    return switch (gate.judge(action)) {
      case Verdict.Refused _ -> Optional.empty();
      case Verdict.Permitted(Permit permit) ->
          world.perform(permit, Manner.quiet()) instanceof Outcome.Runs(RunningCommand command)
              ? Optional.of(command)
              : Optional.empty();
    };
  }

  /// Returns the paths that the last prompt changed, sorted, whatever came of it.
  public List<String> changed() {
    return changed;
  }

  /// Writes `event` to the log of the session and shows it.
  ///
  /// @throws dev.redoubt.model.RedoubtException if the log cannot be written
  public void write(AgentEvent event) {
    log.append(event);
    company.watcher().accept(event);
  }

  /// Pins `plan`: the model is told of it in each request from when the session is opened next.
  public void pin(String plan) {
    write(new AgentEvent.Noted(PLAN, plan));
  }

  /// Returns what happened before it was opened, in order.
  public List<AgentEvent> past() {
    return past;
  }

  /// Returns the tools the model has; those of servers are among them once there was work.
  public List<Tool> tools() {
    return tools;
  }

  /// Returns the system prompt.
  public String instructionText() {
    return instructions;
  }

  private List<Tool> allTools(Path folder, Services services) {
    List<Tool> all =
        new ArrayList<>(BuiltInTools.of(folder, services.searching(search.map(WebSearch::at))));
    all.addAll(seat.extensions().tools());
    return all;
  }

  private Team team() throws InterruptedException {
    CrewSettings settings = CrewSettings.of(call);
    Roles.Found roles = RoleFolders.find(call, premises.workspace(), gate());
    for (String note : roles.notes()) {
      write(new AgentEvent.Noted("agents", note));
    }
    Recruiting.Chief chief =
        new Recruiting.Chief(
            seat.mode(),
            instructions,
            this::toolsOfAgents,
            company.watcher(),
            new Grounds(call, premises, this::unasked));
    return new Team(settings.limits(), new Recruiting(call, premises, settings, roles, chief));
  }

  /* They share the servers of the session: what these may be asked goes through the gate for each
   * agent by itself, and a mode that has no server tools has started no server. */
  private List<Tool> toolsOfAgents(
      Optional<AgentWorktree> place, Services services, Predicate<String> given) {
    Path folder = place.map(AgentWorktree::folder).orElse(premises.workspace());
    LanguageServers there = place.map(AgentWorktree::languages).orElse(languages);
    List<Tool> all = new ArrayList<>(there.around(allTools(folder, services)));
    all.addAll(serving.servers().tools(given));
    return seat.mode().among(all);
  }

  private Outcome unasked(Action action, Manner manner) throws InterruptedException {
    return switch (gate().judge(action)) {
      case Verdict.Refused(String guard, Decision decision) ->
          new Outcome.RefusedByGuard(guard, decision);
      case Verdict.Permitted(Permit permit) -> world.perform(permit, manner);
    };
  }

  private Gate gate() {
    return new Gate(List.of(premises.guard().guard()), Approver.NEVER, log.decisions(""));
  }

  private void extended() {
    try {
      seat.extensions().recordTo(log.decisions(""));
    } catch (IOException e) {
      throw new RedoubtException(
          ErrorCode.UNWRITABLE, "what was loaded could not be written to the log", e);
    }
    for (String note : seat.extensions().notes()) {
      write(new AgentEvent.Noted("extensions", note));
    }
  }

  private AgentEvent opened() {
    ModelChoice model = seat.means().models().first();
    return new AgentEvent.Opened(
        log.id().text(),
        premises.workspace().toString(),
        model.provider() + "/" + model.name(),
        seat.mode().text(),
        premises.backend().name());
  }

  private Doors doors() {
    return new Doors(
        List.of(premises.guard().guard()),
        approver(),
        this::performed,
        company.person(),
        seat.extensions().hooks(),
        hidden);
  }

  private Engine engine() {
    Means means = seat.means();
    return new Engine(
        means.models(),
        tools,
        doors(),
        new EngineSettings(
            instructions,
            new ModelRequest.Settings(
                means.models().first().sizes().output(),
                Optional.empty(),
                seat.schema(),
                Optional.of(log.id().text())),
            means.run(),
            means.session(),
            means.day(call, log.id()),
            Patience.usual(company.sleeper())),
        new Engine.Session(
            log,
            Transcript.of(cutShort ? recorded(new SessionFolder(call.globals().dataDir())) : past),
            company.watcher()));
  }

  private Outcome performed(Permit permit, Manner manner) {
    return search.isPresent() && WebSearch.isSearch(permit.action())
        ? search.get().perform(permit)
        : serving.performer(world::perform).apply(permit, manner);
  }

  private String instructions() throws InterruptedException {
    Path config = requireNonNull(GlobalOptions.userConfig(call.world()).getParent());
    InstructionFiles.Found found =
        InstructionFiles.find(
            config.resolve("AGENTS.md"),
            premises.workspace(),
            gate(),
            folder ->
                WorkspaceTrust.of(call.globals().dataDir(), folder).state()
                    instanceof TrustState.Trusted);
    for (String note : found.notes()) {
      write(new AgentEvent.Noted("instructions", note));
    }
    return Instructions.text(
        new Instructions.Surroundings(
            premises.workspace(), System.getProperty("os.name", "unknown"), seat.mode().text()),
        found.files());
  }

  private String mode() {
    String text = seat.mode().instructions().strip();
    return text.isEmpty() ? "" : "\n# The mode %s\n\n%s\n".formatted(seat.mode().text(), text);
  }

  /* The last plan a person said yes to stays in view, however long the session gets. */
  private String plan() {
    for (AgentEvent event : past.reversed()) {
      if (event instanceof AgentEvent.Noted(String topic, String text) && topic.equals(PLAN)) {
        return text.isBlank() ? "" : "\n# The plan that was approved\n\n" + text.strip() + "\n";
      }
    }
    return "";
  }

  /// Ends every command that was left running and lets go of the session.
  @Override
  public void close() {
    try (log;
        serving;
        languages) {
      Engine open = engine;
      if (open != null) {
        open.end();
      }
      Undisturbed.call(() -> {
        world.close();
        return true;
      });
    }
  }
}
