// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.egress;

import static java.util.Objects.requireNonNull;

import dev.redoubt.guard.DecisionLog;
import dev.redoubt.guard.Gate;
import dev.redoubt.guard.network.NetworkMatcher;
import java.util.List;
import java.util.Optional;

/// What holds for everything that goes through one proxy.
///
/// A proxy belongs to one command, so that its decisions can be attributed: `gate` and `refusals`
/// write to a log that carries the id of that command.
///
/// @param gate judges each request; its log has the decision before the request is served
/// @param refusals where the proxy writes what it refused after the gate allowed it
/// @param named what an operator allowed in a flag, or in user or managed configuration, never what
///   a checkout says: one host with its port may be an inner one, and a host with its port may
///   speak something other than TLS and HTTP
/// @param credentials what stands for what
/// @param inspection the authority that opens TLS; empty to leave it closed
public record EgressTerms(
    Gate gate,
    DecisionLog refusals,
    List<NetworkMatcher> named,
    List<CredentialBinding> credentials,
    EgressLimits limits,
    Optional<SessionAuthority> inspection) {

  public EgressTerms {
    requireNonNull(gate, "gate");
    requireNonNull(refusals, "refusals");
    named = List.copyOf(named);
    credentials = List.copyOf(credentials);
    requireNonNull(limits, "limits");
    requireNonNull(inspection, "inspection");
  }

  /// Returns terms without credentials and inspection.
  public static EgressTerms of(Gate gate, DecisionLog refusals, List<NetworkMatcher> named) {
    return new EgressTerms(
        gate, refusals, named, List.of(), EgressLimits.ORDINARY, Optional.empty());
  }
}
