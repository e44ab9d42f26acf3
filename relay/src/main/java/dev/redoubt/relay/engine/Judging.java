// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.relay.engine;

import static java.util.Objects.requireNonNull;

import dev.redoubt.mcp.rpc.RpcMessage;
import dev.redoubt.relay.api.Direction;
import dev.redoubt.relay.api.Filter;
import dev.redoubt.relay.api.Passing;
import dev.redoubt.relay.api.RelayLog;
import dev.redoubt.relay.api.RelayLog.Fate;
import dev.redoubt.relay.api.RelayLog.RelayEntry;
import dev.redoubt.relay.api.Ruling;
import dev.redoubt.relay.api.Upstream;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// Asks every filter about every message, in their order, and writes down what came of it.
///
/// Fails closed: a filter that throws and an entry that cannot be written stop the message. Safe to
/// share.
public final class Judging {

  private static final System.Logger LOG = System.getLogger(Judging.class.getName());

  private final Supplier<Rules> rules;
  private final RelayLog log;

  /// What one message is judged by, from the first filter to the last.
  ///
  /// @param filters in the order in which they are asked
  /// @param enforcement which rules stop messages
  public record Rules(List<Filter> filters, Enforcement enforcement) {
    public Rules {
      filters = List.copyOf(filters);
      requireNonNull(enforcement, "enforcement");
    }
  }

  /// Judges by rules that stay as they are.
  public Judging(List<Filter> filters, Enforcement enforcement, RelayLog log) {
    Rules fixed = new Rules(filters, enforcement);
    this(() -> fixed, log);
  }

  /// Judges by rules that may change from one message to the next.
  ///
  /// @param rules asked once for each message; when it throws the message does not pass
  public Judging(Supplier<Rules> rules, RelayLog log) {
    this.rules = requireNonNull(rules, "rules");
    this.log = requireNonNull(log, "log");
  }

  /// What came of a message.
  sealed interface Judged {
    /// It passes.
    record Passed(RpcMessage message, boolean changed) implements Judged {}

    /// It does not.
    record Blocked(String rule, String reason) implements Judged {}
  }

  Judged judge(Passing passing, Upstream upstream) throws InterruptedException {
    Rules by;
    try {
      by = rules.get();
    } catch (RuntimeException | StackOverflowError e) {
      LOG.log(Level.WARNING, "the rules could not be had", e);
      String reason = "the rules could not be had, so the message does not pass";
      blocked(passing.direction(), what(passing), "relay.filter-failed", reason);
      return new Judged.Blocked("relay.filter-failed", reason);
    }
    return judge(passing, upstream, by);
  }

  private Judged judge(Passing passing, Upstream upstream, Rules by) throws InterruptedException {
    Passing now = passing;
    List<RelayEntry> entries = new ArrayList<>();
    boolean changed = false;
    boolean recorded = false;
    for (Filter filter : by.filters()) {
      switch (consult(filter, now, upstream)) {
        case Ruling.Passes(boolean written) -> recorded |= written;
        case Ruling.Remarks(String rule, String reason) ->
            entries.add(entry(now, Fate.NOTICED, rule, reason));
        case Ruling.Changes(RpcMessage message, String rule, String reason) -> {
          if (by.enforcement().enforces(rule)) {
            entries.add(entry(now, Fate.CHANGED, rule, reason));
            now = new Passing(now.direction(), message, now.asked());
            changed = true;
          } else {
            entries.add(entry(now, Fate.NOTICED, rule, reason));
          }
        }
        case Ruling.Blocks(String rule, String reason, boolean written, boolean held) -> {
          if (held || by.enforcement().enforces(rule)) {
            if (!written) {
              blocked(now.direction(), what(now), rule, reason);
            }
            return new Judged.Blocked(rule, reason);
          }
          recorded |= written;
          entries.add(entry(now, Fate.NOTICED, rule, reason));
        }
      }
    }
    if (entries.isEmpty() && !recorded && isWorthAnEntry(now)) {
      entries.add(entry(now, Fate.PASSED, "", ""));
    }
    return written(entries)
        ? new Judged.Passed(now.message(), changed)
        : new Judged.Blocked("relay.log-failed", "what passes could not be written to the log");
  }

  /// Writes down that something did not pass, as well as it can be: it does not pass anyway.
  void blocked(Direction direction, String what, String rule, String reason) {
    var _ = written(List.of(new RelayEntry(direction, what, Fate.BLOCKED, rule, reason)));
  }

  private boolean written(List<RelayEntry> entries) {
    try {
      for (RelayEntry entry : entries) {
        log.record(entry);
      }
      return true;
    } catch (IOException | RuntimeException e) {
      LOG.log(Level.WARNING, "an entry of the relay could not be written", e);
      return false;
    }
  }

  private static Ruling consult(Filter filter, Passing passing, Upstream upstream)
      throws InterruptedException {
    try {
      return filter.judge(passing, upstream);
    } catch (RuntimeException | StackOverflowError e) {
      // The cause may quote the message, so it goes to the local log and to nobody else.
      LOG.log(Level.WARNING, "the filter %s failed".formatted(filter.name()), e);
      return new Ruling.Blocks(
          "relay.filter-failed", "a filter failed, so the message does not pass");
    }
  }

  private static RelayEntry entry(Passing passing, Fate fate, String rule, String reason) {
    return new RelayEntry(passing.direction(), what(passing), fate, rule, reason);
  }

  private static String what(Passing passing) {
    return switch (passing.message()) {
      case RpcMessage.Request _, RpcMessage.Notice _ -> passing.method();
      case RpcMessage.Result _, RpcMessage.Failure _ -> "answer to " + passing.method();
    };
  }

  /* An answer belongs to its request, and a server may tell of its progress without end. */
  private static boolean isWorthAnEntry(Passing passing) {
    return switch (passing.message()) {
      case RpcMessage.Request _ -> true;
      case RpcMessage.Notice _ -> passing.direction() == Direction.TO_SERVER;
      case RpcMessage.Result _, RpcMessage.Failure _ -> false;
    };
  }
}
