// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.sessions;

import static java.util.Objects.requireNonNull;

import dev.redoubt.agent.api.AgentEvent;
import dev.redoubt.agent.api.Cost;
import dev.redoubt.agent.api.Message;
import dev.redoubt.agent.api.ToolCall;
import dev.redoubt.agent.api.ToolResult;
import dev.redoubt.agent.api.Usage;
import dev.redoubt.document.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The conversation of a session, put together from its events alone.
///
/// Every call has a result: one that was cut off by the end of its process has a failed one that
/// says so. Immutable.
///
/// @param messages what a model has seen and said, compacted where that was done
/// @param uses what tools said about themselves, in order
/// @param spent all that was counted so far
/// @param answers who said what of it, as far as it is known
public record Transcript(
    List<Message> messages, List<Use> uses, Spent spent, List<Answer> answers) {

  /// What a model said.
  ///
  /// @param message the same object as in the messages
  public record Answer(Message.FromModel message, String provider, String model) {
    public Answer {
      requireNonNull(message, "message");
      requireNonNull(provider, "provider");
      requireNonNull(model, "model");
    }
  }

  /// A call that returned.
  public record Use(String tool, Node.Obj facts) {
    public Use {
      requireNonNull(tool, "tool");
      requireNonNull(facts, "facts");
    }
  }

  /// What a session has used.
  ///
  /// @param turns how often a model answered
  /// @param cost of the answers whose price is known
  /// @param unpriced how many answers have no price
  public record Spent(int turns, Usage usage, Cost cost, int unpriced) {
    /// Nothing.
    public static final Spent NOTHING = new Spent(0, Usage.NONE, Cost.NONE, 0);

    public Spent {
      requireNonNull(usage, "usage");
      requireNonNull(cost, "cost");
    }

    /// Returns both together.
    public Spent plus(Spent other) {
      return new Spent(
          turns + other.turns,
          usage.plus(other.usage),
          cost.plus(other.cost),
          unpriced + other.unpriced);
    }

    /// Returns this and `more` answers that used `used` and cost `paid`.
    public Spent plus(int more, Usage used, Optional<Cost> paid) {
      return new Spent(
          turns + more,
          usage.plus(used),
          paid.map(cost::plus).orElse(cost),
          unpriced + (paid.isEmpty() && (more > 0 || !used.equals(Usage.NONE)) ? 1 : 0));
    }

    /// Returns what it cost; empty when some of it has no price.
    public Optional<Cost> known() {
      return unpriced == 0 ? Optional.of(cost) : Optional.empty();
    }
  }

  /// A session without a past.
  public static final Transcript EMPTY =
      new Transcript(List.of(), List.of(), Spent.NOTHING, List.of());

  public Transcript {
    messages = List.copyOf(messages);
    uses = List.copyOf(uses);
    requireNonNull(spent, "spent");
    answers = List.copyOf(answers);
  }

  /// Returns the conversation that `events` tell of.
  public static Transcript of(List<AgentEvent> events) {
    Reading reading = new Reading();
    events.forEach(reading::take);
    return reading.end();
  }

  /// Returns `messages` with the ledger in place of those it stands for; without a ledger only
  /// those at the end are taken back.
  public static List<Message> compacted(List<Message> messages, AgentEvent.Compacted compacted) {
    int end = Math.max(0, messages.size() - compacted.latest());
    if (compacted.ledger().isEmpty()) {
      return List.copyOf(messages.subList(0, end));
    }
    int from = Math.min(compacted.oldest(), end);
    List<Message> shorter = new ArrayList<>();
    shorter.add(Message.FromUser.text(compacted.ledger()));
    shorter.addAll(messages.subList(from, end));
    return shorter;
  }

  private static final class Reading {

    private final List<Message> messages = new ArrayList<>();
    private final List<Use> uses = new ArrayList<>();
    private final Map<String, ToolCall> open = new LinkedHashMap<>();
    private final Map<String, ToolResult> returned = new HashMap<>();
    private final Set<String> begun = new HashSet<>();
    private final List<Answer> answers = new ArrayList<>();
    private AgentEvent.@Nullable Asked asked;
    private Spent spent = Spent.NOTHING;

    void take(AgentEvent event) {
      switch (event) {
        case AgentEvent.Prompted(var _, var content) -> {
          closeCalls();
          messages.add(new Message.FromUser(content));
        }
        case AgentEvent.Answered(var message, var _, var usage, var cost, var _) -> {
          closeCalls();
          spent = spent.plus(1, usage, cost);
          messages.add(message);
          AgentEvent.Asked author = asked;
          if (author != null) {
            answers.add(new Answer(message, author.provider(), author.model()));
          }
          asked = null;
          message.calls().forEach(call -> open.put(call.id(), call));
        }
        case AgentEvent.Unanswered(var _, var _, var usage, var cost, var _) ->
            spent = spent.plus(0, usage, cost);
        case AgentEvent.Titled(var _, var _, var usage, var cost) ->
            spent = spent.plus(0, usage, cost);
        case AgentEvent.Decided(var call, var _, var _, var _, var _) -> begun.add(call);
        case AgentEvent.Returned(var result, var tool, var facts, var _) -> {
          if (open.containsKey(result.callId())) {
            returned.put(result.callId(), result);
            uses.add(new Use(tool, facts));
          }
          if (returned.size() == open.size()) {
            closeCalls();
          }
        }
        case AgentEvent.Asked question -> asked = question;
        case AgentEvent.Compacted compacted -> {
          closeCalls();
          List<Message> shorter = compacted(messages, compacted);
          messages.clear();
          messages.addAll(shorter);
        }
        case AgentEvent.Opened _,
            AgentEvent.Growing _,
            AgentEvent.Approved _,
            AgentEvent.Hooked _,
            AgentEvent.Noted _,
            AgentEvent.Named _,
            AgentEvent.Forked _,
            AgentEvent.Ended _ -> {}
      }
    }

    private void closeCalls() {
      if (open.isEmpty()) {
        return;
      }
      List<ToolResult> results = new ArrayList<>();
      for (ToolCall call : open.values()) {
        ToolResult result = returned.get(call.id());
        results.add(result == null ? Cancelled.result(call, begun.contains(call.id())) : result);
      }
      messages.add(new Message.FromTools(results));
      open.clear();
      returned.clear();
      begun.clear();
    }

    Transcript end() {
      closeCalls();
      return new Transcript(messages, uses, spent, answers);
    }
  }
}
