// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.network;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/// A host and a port that an operator named in a flag, or in user or managed configuration.
///
/// It may be reached for the one surface it was named for, loopback and private addresses included;
/// metadata services, multicast and reserved addresses never, and plain http only on loopback.
/// Never made from what a model, a tool result or a checkout says.
public record OperatorTarget(HostAndPort at) {

  public OperatorTarget {
    requireNonNull(at, "at");
  }

  /// Returns the target `url` names.
  public static OperatorTarget of(StrictUrl url) {
    return new OperatorTarget(new HostAndPort(url.host(), url.port()));
  }

  /// Says whether `target` is this host and port.
  public boolean names(Target target) {
    return target.port() == at.port() && target.host().equals(at.host());
  }

  /// Says whether `url` is at this host and port.
  public boolean names(StrictUrl url) {
    return url.port() == at.port() && url.host().equals(at.host());
  }

  /// Returns why the named host may not be reached at `address` with `scheme`, or empty when it
  /// may.
  public static Optional<String> objection(
      String scheme, IpAddress address, AddressJudge.Judgement judgement) {
    if (!judgement.kind().opensToOperators()) {
      return Optional.of("%s %s".formatted(address, judgement.reason()));
    }
    boolean plain = scheme.equals(Scheme.HTTP.text()) || scheme.equals(Scheme.WS.text());
    if (plain && judgement.kind() != AddressClass.LOOPBACK) {
      return Optional.of("%s is not loopback, so it needs https".formatted(address));
    }
    return Optional.empty();
  }

  /// Returns why `scheme` may not be used with a host of that name before it is resolved, or empty
  /// when it may.
  static Optional<String> objection(String scheme, Host.Name name) {
    boolean plain = scheme.equals(Scheme.HTTP.text()) || scheme.equals(Scheme.WS.text());
    boolean here = name.text().equals("localhost") || name.text().endsWith(".localhost");
    return plain && !here
        ? Optional.of("%s is not loopback, so it needs https".formatted(name.text()))
        : Optional.empty();
  }
}
