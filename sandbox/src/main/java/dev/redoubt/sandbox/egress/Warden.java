// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.egress;

import dev.redoubt.guard.Action;
import dev.redoubt.guard.Decision;
import dev.redoubt.guard.Verdict;
import dev.redoubt.guard.network.HostAndPort;
import dev.redoubt.guard.network.HostPattern;
import dev.redoubt.guard.network.NetworkMatcher;
import dev.redoubt.guard.network.NetworkRules;
import dev.redoubt.guard.network.OperatorTarget;
import dev.redoubt.guard.network.Target;
import dev.redoubt.sandbox.network.Connection;
import dev.redoubt.sandbox.network.Dialer;
import dev.redoubt.sandbox.network.RefusedConnectionException;
import dev.redoubt.sandbox.network.Surface;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.SocketTimeoutException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLException;

/// Asks the gate about each request and dials what it permitted, nothing else. Safe to share.
///
/// The last refusals are kept, so that a command's outcome can say what it was denied.
final class Warden {

  private static final Logger log = System.getLogger(Warden.class.getName());
  private static final int KEPT = 100;

  /// A program that is refused so often floods the log, or tries every door.
  static final int MOST_REFUSALS = 10_000;

  private final EgressTerms terms;
  private final Dialer dialer;
  private final Deque<EgressRefusal> refusals = new ArrayDeque<>();
  private final AtomicInteger refused = new AtomicInteger();

  Warden(EgressTerms terms, Dialer dialer) {
    this.terms = terms;
    this.dialer = dialer;
  }

  /// Returns a connection to `target`, once the gate permitted `action`, which asks for it.
  Connection open(Action action, Target target, Visit visit)
      throws RefusedRequest, IOException, InterruptedException {
    if (refused.get() >= MOST_REFUSALS) {
      throw RefusedRequest.forbidden(
          "net.too-many-refusals",
          "nothing is served any more after %d refusals".formatted(MOST_REFUSALS));
    }
    visit.unhurried();
    switch (terms.gate().judge(action)) {
      case Verdict.Permitted permitted -> permitted.permit().spend();
      case Verdict.Refused(String _, Decision decision) -> throw remembered(refused(decision));
    }
    try {
      return visit.owns(dialer.dial(target, surface(target), terms.limits().dialling()));
    } catch (RefusedConnectionException e) {
      throw refusedAddress(action, target, e);
    } catch (IOException e) {
      if (Thread.currentThread().isInterrupted()) {
        throw e;
      }
      throw unreachable(target, e);
    }
  }

  /// Writes down that `action` was refused for `why`, whatever the gate said or would say, and
  /// returns `why`.
  RefusedRequest refuse(Action action, RefusedRequest why) {
    EgressRefusal refusal = why.refusal();
    if (refused.get() >= MOST_REFUSALS) {
      return why;
    }
    try {
      terms
          .refusals()
          .record(
              action,
              "egress",
              new Decision.Deny(refusal.rule(), refusal.reason(), refusal.remedies()));
    } catch (IOException | RuntimeException e) {
      log.log(Level.WARNING, "a refusal could not be logged", e);
    }
    return remembered(why);
  }

  /// Says whether an operator named the port of `target` too, so that it may speak anything. The
  /// port of https speaks TLS whoever named it.
  boolean speaksFreely(Target target) {
    if (target.port() == 443) {
      return false;
    }
    for (NetworkMatcher matcher : terms.named()) {
      if (matcher.port() != 0 && matcher.surelyMatches(target)) {
        return true;
      }
    }
    return false;
  }

  /// Returns the latest refusals, the oldest first.
  List<EgressRefusal> refusals() {
    synchronized (refusals) {
      return List.copyOf(refusals);
    }
  }

  /* The gate knows rules, the dialer addresses. Only a host that an operator named together with
   * its port may lead inward, so a pattern or a rule without a port never opens an inner address. */
  private Surface surface(Target target) {
    for (NetworkMatcher matcher : terms.named()) {
      if (matcher.port() != 0
          && matcher.hosts() instanceof HostPattern.Exactly
          && matcher.surelyMatches(target)) {
        return new Surface.Named(new OperatorTarget(new HostAndPort(target.host(), target.port())));
      }
    }
    return new Surface.Open(NetworkRules.NONE);
  }

  private RefusedRequest remembered(RefusedRequest why) {
    refused.incrementAndGet();
    synchronized (refusals) {
      if (refusals.size() == KEPT) {
        refusals.removeFirst();
      }
      refusals.addLast(why.refusal());
    }
    return why;
  }

  private static RefusedRequest refused(Decision decision) {
    List<String> remedies =
        switch (decision) {
          case Decision.Allow _ -> List.of();
          case Decision.Ask ask -> ask.proposals();
          case Decision.Deny deny -> deny.remedies();
        };
    return new RefusedRequest(
        RefusedRequest.FORBIDDEN, new EgressRefusal(decision.rule(), decision.reason(), remedies));
  }

  private RefusedRequest refusedAddress(
      Action action, Target target, RefusedConnectionException e) {
    String reason = String.valueOf(e.getMessage());
    if (e.rule().equals("net.unresolvable")) {
      return RefusedRequest.upstream(RefusedRequest.UPSTREAM, e.rule(), reason);
    }
    boolean openable =
        switch (e.rule()) {
          case "net.resolves-inward", "net.inner-address", "net.inner-name" -> true;
          default -> false;
        };
    List<String> remedies =
        openable && surface(target) instanceof Surface.Open
            ? List.of(target.shortRule())
            : List.of();
    return refuse(
        action,
        new RefusedRequest(
            RefusedRequest.FORBIDDEN, new EgressRefusal(e.rule(), reason, remedies)));
  }

  private static RefusedRequest unreachable(Target target, IOException e) {
    String at = target.shortRule().substring("net:".length());
    String why = String.valueOf(e.getMessage());
    if (e instanceof SSLException) {
      return RefusedRequest.upstream(
          RefusedRequest.UPSTREAM, "net.tls", "TLS with %s failed: %s".formatted(at, why));
    }
    if (e instanceof SocketTimeoutException || why.startsWith("it took longer")) {
      return RefusedRequest.upstream(
          RefusedRequest.TOO_LATE, "net.timeout", "%s did not answer in time".formatted(at));
    }
    return RefusedRequest.upstream(
        RefusedRequest.UPSTREAM, "net.unreachable", "%s cannot be reached: %s".formatted(at, why));
  }
}
