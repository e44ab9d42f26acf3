// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.api;

import static java.util.Objects.requireNonNull;

import dev.redoubt.document.Node;
import dev.redoubt.guard.Decision;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Something that happened in a session: what screens, programs and the evidence log see of it, and
/// all they see.
///
/// Everything but [Growing] is written to the log of the session before it has any effect.
public sealed interface AgentEvent {

  /// Somebody began to work on the session, for the first time or again.
  ///
  /// @param workspace the folder that may be written
  /// @param model in the manner of `provider/model`
  record Opened(String session, String workspace, String model, String mode, String sandbox)
      implements AgentEvent {
    public Opened {
      requireNonNull(session, "session");
      requireNonNull(workspace, "workspace");
      requireNonNull(model, "model");
      requireNonNull(mode, "mode");
      requireNonNull(sandbox, "sandbox");
    }
  }

  /// The model is told something.
  record Prompted(Voice voice, List<Message.Seen> content) implements AgentEvent {
    public Prompted {
      requireNonNull(voice, "voice");
      content = List.copyOf(content);
    }
  }

  /// Who tells a model something.
  enum Voice {
    /// A person, or whoever started the run.
    PERSON,
    /// A person, while a turn was running.
    STEER,
    /// Redoubt itself: a hint, a check that failed.
    REDOUBT
  }

  /// A model is about to be asked.
  ///
  /// @param messages how many are sent
  /// @param attempt counted from 1
  record Asked(String provider, String model, String residency, int messages, int attempt)
      implements AgentEvent {
    public Asked {
      requireNonNull(provider, "provider");
      requireNonNull(model, "model");
      requireNonNull(residency, "residency");
    }
  }

  /// An answer grows. Only to be shown: not in the log.
  record Growing(Delta delta) implements AgentEvent {
    public Growing {
      requireNonNull(delta, "delta");
    }
  }

  /// A model answered.
  ///
  /// @param cost empty when the price is unknown
  record Answered(
      Message.FromModel message,
      ModelAnswer.Stop stop,
      Usage usage,
      Optional<Cost> cost,
      String model)
      implements AgentEvent {
    public Answered {
      requireNonNull(message, "message");
      requireNonNull(stop, "stop");
      requireNonNull(usage, "usage");
      requireNonNull(cost, "cost");
      requireNonNull(model, "model");
    }
  }

  /// A model did not answer.
  ///
  /// @param waits until it is asked again; empty when it is not
  record Unanswered(
      ModelAnswer.Failure failure,
      String message,
      Usage usage,
      Optional<Cost> cost,
      Optional<Duration> waits)
      implements AgentEvent {
    public Unanswered {
      requireNonNull(failure, "failure");
      requireNonNull(message, "message");
      requireNonNull(usage, "usage");
      requireNonNull(cost, "cost");
      requireNonNull(waits, "waits");
    }
  }

  /// The guard decided about an action, which is about to be performed if it may.
  ///
  /// @param call the call it belongs to; empty when it belongs to none
  /// @param action its kind, in the manner of `run`
  /// @param about what it is about, in one line: a path, a command
  record Decided(String call, String action, String about, String guard, Decision decision)
      implements AgentEvent {
    public Decided {
      requireNonNull(call, "call");
      requireNonNull(action, "action");
      requireNonNull(about, "about");
      requireNonNull(guard, "guard");
      requireNonNull(decision, "decision");
    }
  }

  /// A question of the guard was answered.
  ///
  /// @param answer `yes` or `no`
  record Approved(String call, String rule, String answer) implements AgentEvent {
    public Approved {
      requireNonNull(call, "call");
      requireNonNull(rule, "rule");
      requireNonNull(answer, "answer");
    }
  }

  /// A call is over.
  ///
  /// @param result what the model sees of it
  /// @param facts what programs and screens see of it
  record Returned(ToolResult result, String tool, Node.Obj facts, Duration elapsed)
      implements AgentEvent {
    public Returned {
      requireNonNull(result, "result");
      requireNonNull(tool, "tool");
      requireNonNull(facts, "facts");
      requireNonNull(elapsed, "elapsed");
    }
  }

  /// A hook was asked.
  ///
  /// @param hook how people call it
  /// @param call the call it was asked about; empty when it was about none
  /// @param outcome `none`, `allow`, `deny` or `failed`
  /// @param said its `reason`, and the `arguments` and `context` it gave
  record Hooked(String hook, Moment moment, String call, String outcome, Node.Obj said)
      implements AgentEvent {
    public Hooked {
      requireNonNull(hook, "hook");
      requireNonNull(moment, "moment");
      requireNonNull(call, "call");
      requireNonNull(outcome, "outcome");
      requireNonNull(said, "said");
    }
  }

  /// Something a person wants to know.
  ///
  /// @param topic one word: `instructions`, `budget`, `loop`
  record Noted(String topic, String text) implements AgentEvent {
    public Noted {
      requireNonNull(topic, "topic");
      requireNonNull(text, "text");
    }
  }

  /// The small model named the session, unless a person did.
  ///
  /// @param title empty when nothing came of it but its cost
  /// @param model who was asked, in the manner of `provider/model`
  record Titled(String title, String model, Usage usage, Optional<Cost> cost)
      implements AgentEvent {
    public Titled {
      requireNonNull(title, "title");
      requireNonNull(model, "model");
      requireNonNull(usage, "usage");
      requireNonNull(cost, "cost");
    }
  }

  /// The session got a name.
  record Named(String name) implements AgentEvent {
    public Named {
      requireNonNull(name, "name");
    }
  }

  /// The oldest messages were put into fewer words. They stay in the log.
  ///
  /// @param oldest how many messages, counted from the first
  /// @param latest how many at the end, which only made the ledger
  /// @param ledger what stands in their place, at the beginning; empty when it could not be made,
  ///   and then nothing but the latest is taken away
  record Compacted(int oldest, int latest, String ledger) implements AgentEvent {
    public Compacted {
      requireNonNull(ledger, "ledger");
    }
  }

  /// A session begins with what another one had.
  ///
  /// @param session the other one
  /// @param entry the last entry that was taken over
  /// @param head the hash of that entry
  record Forked(String session, long entry, String head) implements AgentEvent {
    public Forked {
      requireNonNull(session, "session");
      requireNonNull(head, "head");
    }
  }

  /// A prompt was worked on to its end.
  ///
  /// @param text the last words of the model
  /// @param reason why it did not end with `done`; empty when it did
  record Ended(Status status, String text, String reason, Usage usage, Optional<Cost> cost)
      implements AgentEvent {
    public Ended {
      requireNonNull(status, "status");
      requireNonNull(text, "text");
      requireNonNull(reason, "reason");
      requireNonNull(usage, "usage");
      requireNonNull(cost, "cost");
    }
  }

  /// How a prompt ended.
  enum Status {
    /// The model finished.
    DONE,
    /// What was asked for was not achieved.
    FAILED,
    /// A limit on turns, tokens or money was reached.
    BUDGET,
    /// The guard did not let it be done.
    REFUSED,
    /// Somebody ended it.
    CANCELLED,
    /// The provider or the machine failed.
    ERROR
  }
}
