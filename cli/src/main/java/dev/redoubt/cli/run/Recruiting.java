// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.run;

import static java.util.Objects.requireNonNull;

import dev.redoubt.agent.api.AgentEvent;
import dev.redoubt.agent.api.Crew;
import dev.redoubt.agent.api.ModelChoice;
import dev.redoubt.agent.api.ModelRequest;
import dev.redoubt.agent.api.Tool;
import dev.redoubt.agent.engine.Budget;
import dev.redoubt.agent.engine.Engine;
import dev.redoubt.agent.engine.EngineSettings;
import dev.redoubt.agent.engine.ModelChain;
import dev.redoubt.agent.engine.Team;
import dev.redoubt.agent.hooks.HookTerms;
import dev.redoubt.agent.roles.Role;
import dev.redoubt.agent.roles.Roles;
import dev.redoubt.agent.sessions.SessionBusyException;
import dev.redoubt.agent.sessions.SessionFolder;
import dev.redoubt.agent.sessions.SessionId;
import dev.redoubt.agent.sessions.SessionLog;
import dev.redoubt.agent.sessions.Transcript;
import dev.redoubt.agent.tools.Services;
import dev.redoubt.cli.Call;
import dev.redoubt.cli.UsageException;
import dev.redoubt.cli.exec.Premises;
import dev.redoubt.cli.worktrees.Worktrees;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// Makes sub-agents: each with a session of its own, and with nothing that its agent does not have.
/// Safe to share.
final class Recruiting implements Team.Recruiter {

  private static final String TOLD =
      """

      # You are a sub-agent

      Another agent gave you your task and reads only the last thing you say: answer it completely
      there, with paths and lines where they matter. Nobody else is there to be asked.
      """;

  private static final int LONGEST_TEXT = 32_000;

  private final Call call;
  private final Premises premises;
  private final CrewSettings settings;
  private final Roles.Found roles;
  private final Chief chief;

  /// Makes the tools of one session that the mode has.
  interface ToolList {
    /// Returns those that `given` takes by their names.
    ///
    /// @param place where the agent works, when it has a worktree
    List<Tool> of(Optional<AgentWorktree> place, Services services, Predicate<String> given);
  }

  /// Whose sub-agents they are.
  ///
  /// @param tools makes what the mode has
  /// @param watcher sees what was decided about actions of sub-agents
  /// @param grounds makes worktrees
  record Chief(
      Mode mode,
      String instructions,
      ToolList tools,
      Consumer<AgentEvent> watcher,
      Grounds grounds) {
    Chief {
      requireNonNull(grounds, "grounds");
      requireNonNull(mode, "mode");
      requireNonNull(instructions, "instructions");
      requireNonNull(tools, "tools");
      requireNonNull(watcher, "watcher");
    }
  }

  Recruiting(Call call, Premises premises, CrewSettings settings, Roles.Found roles, Chief chief) {
    this.call = requireNonNull(call, "call");
    this.premises = requireNonNull(premises, "premises");
    this.settings = requireNonNull(settings, "settings");
    this.roles = requireNonNull(roles, "roles");
    this.chief = requireNonNull(chief, "chief");
  }

  @Override
  public List<Crew.Kind> kinds() {
    return roles.roles().stream()
        .map(role -> new Crew.Kind(role.name(), role.description()))
        .toList();
  }

  @Override
  public Team.Recruit recruit(Engine leader, Crew.Order order, Optional<Team> below)
      throws Team.Unfit {
    List<String> notes = new ArrayList<>();
    Optional<Role> role = role(order.kind());
    ModelChain models = models(leader, order, role, notes);
    requireOwn(leader, order.tools());
    SessionLog log = open(leader.session());
    Optional<AgentWorktree> place = Optional.empty();
    try {
      if (order.ground() == Crew.Ground.WORKTREE) {
        place = Optional.of(chief.grounds().make(log, notes));
      }
      return recruit(new Hire(leader, order, role, models), log, place, notes, below);
    } catch (RuntimeException | Team.Unfit e) {
      place.ifPresent(AgentWorktree::discard);
      log.close();
      throw e;
    }
  }

  /// Who is hired by whom, and to do what.
  private record Hire(Engine leader, Crew.Order order, Optional<Role> role, ModelChain models) {}

  private Team.Recruit recruit(
      Hire hire,
      SessionLog log,
      Optional<AgentWorktree> place,
      List<String> notes,
      Optional<Team> below) {
    ModelChoice model = hire.models().first();
    Path folder = place.map(AgentWorktree::folder).orElse(premises.workspace());
    // Agents of its own would work in the workspace, which is not its to change.
    Optional<Crew> crew = place.isPresent() ? Optional.empty() : below.map(it -> it);
    List<Tool> given = tools(hire, place, new Services(log.blobs(), crew, Optional.empty()));
    log.append(
        new AgentEvent.Opened(
            log.id().text(),
            folder.toString(),
            model.provider() + "/" + model.name(),
            chief.mode().text(),
            premises.backend().name()));
    log.append(
        new AgentEvent.Noted("parent", "a sub-agent of the session " + hire.leader().session()));
    EngineSettings settings =
        settings(hire.leader(), log.id(), model, new Told(hire.role(), folder));
    Engine engine =
        hire.leader()
            .child(
                hire.models(),
                given,
                settings,
                new Engine.Session(log, Transcript.EMPTY, event -> shown(log.id(), event)),
                above -> place.isPresent() ? place.get().doors(above) : above);
    return new Team.Recruit(engine, log, place.map(it -> it), notes);
  }

  @Override
  public Optional<Crew.Worktree> kept(String id) {
    return Worktrees.of(call.globals().dataDir())
        .named(id)
        .filter(worktree -> worktree.workspace().equals(premises.workspace()))
        .map(KeptWorktree::new);
  }

  private Optional<Role> role(String kind) throws Team.Unfit {
    if (kind.isEmpty()) {
      return Optional.empty();
    }
    Optional<Role> role = roles.named(kind);
    if (role.isEmpty()) {
      List<String> known = kinds().stream().map(Crew.Kind::name).toList();
      throw new Team.Unfit(
          "there is no kind \"%s\": %s"
              .formatted(
                  kind,
                  known.isEmpty()
                      ? "there are none, leave it out"
                      : "there are " + String.join(", ", known)));
    }
    return role;
  }

  private static void requireOwn(Engine leader, List<String> tools) throws Team.Unfit {
    for (String tool : tools) {
      if (!leader.has(tool)) {
        throw new Team.Unfit(
            "you have no tool \"%s\", so no agent of yours gets it".formatted(tool));
      }
    }
  }

  /* What the leader does not have is left out, and so is the person, who is the leader's to ask. */
  private List<Tool> tools(Hire hire, Optional<AgentWorktree> place, Services services) {
    List<String> ordered = hire.order().tools();
    List<String> described = hire.role().map(Role::tools).orElse(List.of());
    Predicate<String> given =
        name ->
            hire.leader().has(name)
                && !name.equals("ask")
                && (ordered.isEmpty() || names(ordered, name))
                && (described.isEmpty() || names(described, name));
    return chief.tools().of(place, services, given).stream()
        .filter(tool -> given.test(tool.spec().name()))
        .toList();
  }

  /* `mcp__files` and `mcp__files__*` are all tools of that server, as other agents have it. */
  private static boolean names(List<String> list, String tool) {
    return list.stream()
        .anyMatch(name ->
            name.equals(tool)
                || (name.startsWith("mcp__")
                    && (HookTerms.fits(name, tool) || HookTerms.fits(name + "__*", tool))));
  }

  /* Its agent's own models are asked as they are for it; another one has nobody behind it. */
  private ModelChain models(
      Engine leader, Crew.Order order, Optional<Role> role, List<String> notes) throws Team.Unfit {
    ModelChoice own = leader.models().first();
    String wanted = order.model();
    if (!wanted.isEmpty() && !isOwn(own, wanted) && !settings.models().contains(wanted)) {
      throw new Team.Unfit(
          "the model \"%s\" is none that you may choose: %s".formatted(wanted, choices(own)));
    }
    if (wanted.isEmpty() && role.isPresent()) {
      wanted = role.get().model();
      boolean free = role.get().source().owner() == Role.Owner.USER;
      boolean listed = wanted.isEmpty() || settings.models().contains(wanted);
      if (!free && !listed && !isOwn(own, wanted)) {
        notes.add(
            "it has your model: a %s may not choose \"%s\""
                .formatted(role.get().plugin().isPresent() ? "plugin" : "checkout", wanted));
        wanted = "";
      }
    }
    if (wanted.isEmpty() || isOwn(own, wanted)) {
      return leader.models();
    }
    ModelChoice chosen = chosen(wanted);
    if (leader.limitsMoney() && chosen.price().isEmpty()) {
      throw new Team.Unfit(
          "nobody knows what \"%s\" costs, and there is a limit on money".formatted(wanted));
    }
    return new ModelChain(
        List.of(chosen), Optional.empty(), Optional.empty(), leader.models().rules());
  }

  private ModelChoice chosen(String wanted) throws Team.Unfit {
    try {
      return ModelSelection.named(call, wanted);
    } catch (UsageException e) {
      throw new Team.Unfit(String.valueOf(e.getMessage()));
    }
  }

  private static boolean isOwn(ModelChoice own, String wanted) {
    return wanted.equals(own.name()) || wanted.equals(own.provider() + "/" + own.name());
  }

  private String choices(ModelChoice own) {
    List<String> choices = new ArrayList<>(List.of(own.provider() + "/" + own.name()));
    choices.addAll(settings.models());
    return String.join(", ", choices);
  }

  private SessionLog open(SessionId leader) throws Team.Unfit {
    SessionFolder sessions = new SessionFolder(call.globals().dataDir());
    int number = 1;
    while (sessions.has(leader.child(number))) {
      number++;
    }
    try {
      return SessionLog.open(sessions, leader.child(number), call.world().clock());
    } catch (SessionBusyException e) {
      throw new Team.Unfit("try again: " + e.getMessage());
    }
  }

  /* What it is told besides its task. */
  private record Told(Optional<Role> role, Path folder) {}

  private EngineSettings settings(Engine leader, SessionId session, ModelChoice model, Told told) {
    StringBuilder text = new StringBuilder(chief.instructions()).append(TOLD);
    if (!told.folder().equals(premises.workspace())) {
      text.append("You work in ").append(told.folder());
      text.append(", a copy of the workspace; relative paths start there. It has no history.\n");
      text.append("Change files only there: your agent looks at what you changed and takes it");
      text.append(" over. Do not copy or describe it in your answer.\n");
    }
    String own = told.role().map(Role::text).orElse("");
    if (!own.isBlank()) {
      text.append('\n').append(own, 0, Math.min(own.length(), LONGEST_TEXT)).append('\n');
    }
    EngineSettings above = leader.settings();
    return new EngineSettings(
        text.toString(),
        new ModelRequest.Settings(
            model.sizes().output(),
            above.answers().effort(),
            Optional.empty(),
            Optional.of(session.text())),
        new Budget(above.run().turns(), OptionalLong.empty(), Optional.empty()),
        Budget.UNLIMITED,
        EngineSettings.Day.UNLIMITED,
        above.patience());
  }

  private void shown(SessionId session, AgentEvent event) {
    if (event instanceof AgentEvent.Decided decided) {
      chief
          .watcher()
          .accept(
              new AgentEvent.Decided(
                  session + "/" + decided.call(),
                  decided.action(),
                  decided.about(),
                  decided.guard(),
                  decided.decision()));
    }
  }
}
