// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.api;

import static java.util.Objects.requireNonNull;

import dev.redoubt.guard.Content;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The sub-agents of a session: agents that work beside it, each on a task of its own, with no more
/// rights than it has. They end at the latest when the prompt ends on which they were started. Safe
/// to share.
public interface Crew {

  /// Returns the kinds of agents that were described beforehand.
  List<Kind> kinds();

  /// Starts an agent, which works from then on by itself.
  Hiring hire(Order order);

  /// Returns how each agent stands, in the order in which they were started.
  List<Standing> standings();

  /// Returns when all of `agents` have ended, at the latest after `atMost`. Names of none are left
  /// out of account.
  ///
  /// @throws InterruptedException if the calling thread was interrupted
  void await(List<String> agents, Duration atMost) throws InterruptedException;

  /// Says something to an agent: one that works hears it before its next answer, one that has ended
  /// goes on with it.
  ///
  /// @return why that was not possible; empty when it was
  Optional<String> tell(String agent, String words);

  /// Ends an agent and waits until it is gone.
  ///
  /// @return whether there is one of that name
  boolean stop(String agent);

  /// Returns what an agent made in its worktree, while it works or afterwards.
  ///
  /// @param agent its name, or the id of its worktree, which also counts in later runs
  Work work(String agent);

  /// Where an agent works.
  enum Ground {
    /// In the folder of its agent, beside it.
    WORKSPACE,
    /// In a copy of its own, of which nothing reaches the workspace by itself.
    WORKTREE
  }

  /// A copy of the workspace in which one agent works.
  interface Worktree {

    /// Returns the id by which people and models speak of it.
    String id();

    /// Returns what is different from when the agent began, by path.
    ///
    /// @throws dev.redoubt.model.RedoubtException UNREADABLE if that cannot be told
    List<Change> changes();

    /// Ends what runs in it. It is deleted when nothing is different, and else kept.
    void close();
  }

  /// One file that is different.
  ///
  /// @param path from the workspace, with `/`
  /// @param before what lay there when the agent began; empty when nothing did
  /// @param after what lies there now; empty when nothing does
  /// @param obstacle why it cannot be shown or taken over, such as that it is a link; may be empty
  record Change(String path, Optional<Content> before, Optional<Content> after, String obstacle) {
    public Change {
      requireNonNull(path, "path");
      requireNonNull(before, "before");
      requireNonNull(after, "after");
      requireNonNull(obstacle, "obstacle");
    }
  }

  /// What an agent made.
  sealed interface Work {

    /// There is no such worktree; says why.
    record Nowhere(String why) implements Work {
      public Nowhere {
        requireNonNull(why, "why");
      }
    }

    /// These changes.
    record Made(String worktree, List<Change> changes) implements Work {
      public Made {
        requireNonNull(worktree, "worktree");
        changes = List.copyOf(changes);
      }
    }
  }

  /// A kind of agent.
  record Kind(String name, String description) {
    public Kind {
      requireNonNull(name, "name");
      requireNonNull(description, "description");
    }
  }

  /// What an agent is to be and to do.
  ///
  /// @param kind the name of a [Kind]; a plain agent when empty
  /// @param task what it is told, all that it knows
  /// @param model in the manner of `provider/model`; when empty that of the kind, else the
  ///   session's
  /// @param tools the only ones it has; those of the kind, else all it can have, when empty
  /// @param ground where it works
  record Order(String kind, String task, String model, List<String> tools, Ground ground) {
    public Order {
      requireNonNull(kind, "kind");
      requireNonNull(task, "task");
      requireNonNull(model, "model");
      tools = List.copyOf(tools);
      requireNonNull(ground, "ground");
    }
  }

  /// What came of an order.
  sealed interface Hiring {

    /// It works.
    ///
    /// @param agent by which name it is spoken of
    /// @param session where what it does is written
    /// @param notes what is otherwise than it was ordered
    record Hired(String agent, String session, List<String> notes) implements Hiring {
      public Hired {
        requireNonNull(agent, "agent");
        requireNonNull(session, "session");
        notes = List.copyOf(notes);
      }
    }

    /// It was not started.
    record Declined(String why) implements Hiring {
      public Declined {
        requireNonNull(why, "why");
      }
    }
  }

  /// How an agent stands.
  ///
  /// @param state `running`, or how it ended in the words of [AgentEvent.Status]
  /// @param turns how often its model answered
  /// @param text its last words, or why it ended; empty while it runs
  /// @param session where what it does is written
  /// @param head the hash of the last entry there
  record Standing(String agent, String state, int turns, String text, String session, String head) {

    /// The state of an agent that works.
    public static final String RUNNING = "running";

    public Standing {
      requireNonNull(agent, "agent");
      requireNonNull(state, "state");
      requireNonNull(text, "text");
      requireNonNull(session, "session");
      requireNonNull(head, "head");
    }

    /// Returns whether it works.
    public boolean runs() {
      return state.equals(RUNNING);
    }
  }
}
