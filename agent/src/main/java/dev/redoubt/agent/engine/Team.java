// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.engine;

import static java.util.Objects.requireNonNull;

import dev.redoubt.agent.api.AgentEvent;
import dev.redoubt.agent.api.Crew;
import dev.redoubt.agent.sessions.SessionLog;
import dev.redoubt.model.RedoubtException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// The sub-agents of one engine, each at work in a thread of its own.
///
/// Which ones were started and how they ended stands in the log of the session, with the hash of
/// the last entry of theirs. Safe to share.
public final class Team implements Crew {

  private final Limits limits;
  private final Headcount count;
  private final int depth;
  private final Recruiter recruiter;
  private final Map<String, Member> members = new LinkedHashMap<>();
  private @Nullable Engine leader;
  private int hired;

  /// How many there may be.
  ///
  /// @param running at the same time, on all levels together
  /// @param total in a run, on all levels together
  /// @param depth how many levels: with 1 a sub-agent has none of its own
  public record Limits(int running, int total, int depth) {
    public Limits {
      if (running < 1 || total < 1 || depth < 1) {
        throw new IllegalArgumentException("a limit of sub-agents below one");
      }
    }
  }

  /// Makes what works. Safe to share.
  public interface Recruiter {

    /// Returns the kinds there are.
    List<Kind> kinds();

    /// Returns an engine for `order`, made with [Engine#child].
    ///
    /// @param below the sub-agents it may have; empty when it may have none
    /// @throws Unfit if the order cannot be met
    Recruit recruit(Engine leader, Order order, Optional<Team> below) throws Unfit;

    /// Returns a worktree that was kept, of an agent of this run or of an earlier one.
    Optional<Worktree> kept(String id);
  }

  /// What works.
  ///
  /// @param log where it writes; the team closes it
  /// @param worktree where it works, when that is not the workspace; the team closes it, too
  /// @param notes what is otherwise than it was ordered
  public record Recruit(
      Engine engine, SessionLog log, Optional<Worktree> worktree, List<String> notes) {
    public Recruit {
      requireNonNull(engine, "engine");
      requireNonNull(log, "log");
      requireNonNull(worktree, "worktree");
      notes = List.copyOf(notes);
    }
  }

  /// An order cannot be met; the message says why to a model.
  public static final class Unfit extends Exception {
    private static final long serialVersionUID = 1;

    public Unfit(String why) {
      super(why);
    }
  }

  /// A team of the first level.
  public Team(Limits limits, Recruiter recruiter) {
    this(limits, new Headcount(), 1, recruiter);
  }

  private Team(Limits limits, Headcount count, int depth, Recruiter recruiter) {
    this.limits = requireNonNull(limits, "limits");
    this.count = requireNonNull(count, "count");
    this.depth = depth;
    this.recruiter = requireNonNull(recruiter, "recruiter");
  }

  void follow(Engine engine) {
    leader = engine;
  }

  @Override
  public List<Kind> kinds() {
    return recruiter.kinds();
  }

  @Override
  public Hiring hire(Order order) {
    Engine engine = requireNonNull(leader, "a team is led before somebody is hired");
    String full = count.enter(limits);
    if (!full.isEmpty()) {
      return new Hiring.Declined(full);
    }
    Member member = null;
    String session;
    try {
      Optional<Team> below =
          depth < limits.depth()
              ? Optional.of(new Team(limits, count, depth + 1, recruiter))
              : Optional.empty();
      Recruit recruit = recruiter.recruit(engine, order, below);
      below.ifPresent(recruit.engine()::lead);
      member = add(recruit);
      session = recruit.log().id().text();
      engine.note("agent", "%s works in the session %s".formatted(member.name(), session));
    } catch (Unfit e) {
      count.decline();
      return new Hiring.Declined(String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      count.decline();
      forget(member);
      throw e;
    }
    start(member, order.task());
    return new Hiring.Hired(member.name(), session, member.recruit().notes());
  }

  private synchronized Member add(Recruit recruit) {
    hired++;
    Member member = new Member("agent-" + hired, recruit);
    members.put(member.name(), member);
    return member;
  }

  private synchronized void forget(@Nullable Member member) {
    if (member != null) {
      members.remove(member.name());
      leave(member);
      member.recruit().log().close();
    }
  }

  private synchronized void start(Member member, String words) {
    member.thread =
        Thread.ofVirtual().name(member.name()).start(() -> member.work(words, this::ended));
  }

  private void ended(Member member) {
    count.leave();
    Standing standing = member.standing();
    requireNonNull(leader, "there is a leader")
        .note(
            "agent",
            "%s ended: %s; the session %s ends with %s"
                .formatted(member.name(), standing.state(), standing.session(), standing.head()));
    synchronized (this) {
      notifyAll();
    }
  }

  @Override
  public synchronized List<Standing> standings() {
    return members.values().stream().map(Member::standing).toList();
  }

  @Override
  public void await(List<String> agents, Duration atMost) throws InterruptedException {
    long end = System.nanoTime() + atMost.toNanos();
    synchronized (this) {
      while (isAnyAtWork(agents)) {
        long left = (end - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
          return;
        }
        wait(left);
      }
    }
  }

  private boolean isAnyAtWork(Collection<String> agents) {
    return members.values().stream()
        .anyMatch(member -> agents.contains(member.name()) && member.isAtWork());
  }

  @Override
  public Optional<String> tell(String agent, String words) {
    Member member = named(agent);
    if (member == null) {
      return Optional.of("there is no agent \"%s\"".formatted(agent));
    }
    if (member.hears(words)) {
      return Optional.empty();
    }
    String full = count.again(limits);
    if (!full.isEmpty()) {
      return Optional.of(full);
    }
    if (!member.wakes(words)) {
      count.leave();
      return Optional.empty();
    }
    start(member, words);
    return Optional.empty();
  }

  private synchronized @Nullable Member named(String agent) {
    return members.get(agent);
  }

  @Override
  public boolean stop(String agent) {
    Member member = named(agent);
    if (member != null) {
      member.end();
    }
    return member != null;
  }

  /// Ends all, and forgets them.
  void endAll() {
    List<Member> all;
    synchronized (this) {
      all = new ArrayList<>(members.values());
      members.clear();
    }
    all.forEach(Member::interrupt);
    all.forEach(Member::end);
    all.forEach(member -> member.recruit().engine().end());
    all.forEach(this::leave);
    all.forEach(member -> member.recruit().log().close());
  }

  /* What an agent made is kept if that goes wrong, and nobody else is kept from ending by it. */
  private void leave(Member member) {
    member
        .recruit()
        .worktree()
        .ifPresent(worktree -> {
          try {
            worktree.close();
          } catch (RedoubtException e) {
            requireNonNull(leader, "there is a leader")
                .note(
                    "agent",
                    "the worktree %s stays: %s"
                        .formatted(worktree.id(), RedoubtException.reason(e)));
          }
        });
  }

  @Override
  public Work work(String agent) {
    Member member = named(agent);
    Optional<Worktree> worktree =
        member == null ? recruiter.kept(agent) : member.recruit().worktree();
    return worktree
        .<Work>map(there -> new Work.Made(there.id(), there.changes()))
        .orElseGet(() ->
            new Work.Nowhere(
                member == null
                    ? "there is no agent and no worktree \"%s\"".formatted(agent)
                    : agent + " works in the workspace, and has no worktree"));
  }

  /// Returns what reminds a model once of agents that still work.
  FinalCheck unfinished() {
    AtomicBoolean reminded = new AtomicBoolean();
    return new FinalCheck() {
      @Override
      public Optional<String> objection(String text, Effects effects) {
        List<String> working =
            standings().stream().filter(Standing::runs).map(Standing::agent).toList();
        return working.isEmpty() || reminded.getAndSet(true)
            ? Optional.empty()
            : Optional.of(
                "Still at work, and ended by your answer: %s. Use wait_agent for what they find, or"
                        .formatted(String.join(", ", working))
                    + " answer again without it.");
      }

      @Override
      public int repairs() {
        return 1;
      }
    };
  }

  static String state(AgentEvent.Status status) {
    return status.name().toLowerCase(Locale.ROOT);
  }
}
