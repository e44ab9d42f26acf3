// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.network;

import static java.util.Objects.requireNonNull;

import dev.redoubt.guard.Decision;
import dev.redoubt.guard.Effect;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Says whether an address may be reached. Immutable, safe to share.
///
/// What is malformed or tricky, and what leads inward, is denied; anything else is a question. A
/// name is asked of the resolver once, and one inner address among its answers denies. An allow
/// says only that an operator named the target; whoever dials judges the address it dials.
public final class NetworkJudge {

  private final NameResolver resolver;
  private final AddressJudge addresses;

  public NetworkJudge(NameResolver resolver) {
    this(resolver, new AddressJudge(Set.of()));
  }

  /// @param addresses knows this machine's own addresses
  public NetworkJudge(NameResolver resolver, AddressJudge addresses) {
    this.resolver = requireNonNull(resolver, "resolver");
    this.addresses = requireNonNull(addresses, "addresses");
  }

  /// Returns the built-in decision on `connect`: ask or deny.
  public Decision judge(Effect.Connect connect) {
    return judge(connect, List.of());
  }

  /// Returns the decision on `connect` when an operator named `targets` for this surface.
  public Decision judge(Effect.Connect connect, List<OperatorTarget> targets) {
    return switch (Target.of(connect)) {
      case Reading.Bad<Target>(String rule, String reason) ->
          new Decision.Deny(rule, reason, List.of());
      case Reading.Good<Target>(Target target) -> judge(target, targets);
    };
  }

  /// Returns the decision on `target` when an operator named `targets` for this surface.
  public Decision judge(Target target, List<OperatorTarget> targets) {
    for (OperatorTarget named : targets) {
      if (named.names(target)) {
        return named(target);
      }
    }
    return switch (target.host()) {
      case Host.Address(IpAddress address) -> address(target, address);
      case Host.Name(String name) -> name(target, name);
    };
  }

  private Decision named(Target target) {
    Optional<String> objection =
        switch (target.host()) {
          case Host.Address(IpAddress address) ->
              OperatorTarget.objection(target.scheme(), address, addresses.judge(address));
          case Host.Name name -> OperatorTarget.objection(target.scheme(), name);
        };
    if (objection.isPresent()) {
      return new Decision.Deny("net.operator-target", objection.get(), List.of());
    }
    return new Decision.Allow(
        "net.operator-target", "the operator named %s".formatted(shown(target)));
  }

  private Decision name(Target target, String name) {
    Optional<InwardNames.Finding> inward = InwardNames.find(name, addresses);
    if (inward.isPresent()) {
      return new Decision.Deny(
          inward.get().rule(), "%s %s".formatted(name, inward.get().reason()), remedies(target));
    }
    Optional<List<IpAddress>> resolved;
    try {
      resolved = resolver.resolve(name);
    } catch (UncheckedIOException e) {
      return unresolvable(name);
    }
    if (resolved.isEmpty()) {
      return new Decision.Ask(
          "net.unresolved",
          "connects to %s, which may be any machine".formatted(shown(target)),
          List.of(target.shortRule()));
    }
    return resolved(target, name, resolved.get());
  }

  private Decision resolved(Target target, String name, List<IpAddress> answers) {
    if (answers.isEmpty()) {
      return unresolvable(name);
    }
    for (IpAddress address : answers) {
      AddressJudge.Judgement judgement = addresses.judge(address);
      if (!judgement.isPublic()) {
        return new Decision.Deny(
            "net.resolves-inward",
            "%s leads to %s, which %s".formatted(name, address, judgement.reason()),
            List.of());
      }
    }
    return publicTarget(target);
  }

  private Decision address(Target target, IpAddress address) {
    AddressJudge.Judgement judgement = addresses.judge(address);
    if (judgement.isPublic()) {
      return publicTarget(target);
    }
    boolean metadata = judgement.kind() == AddressClass.METADATA;
    return new Decision.Deny(
        metadata ? "net.metadata" : "net.inner-address",
        "%s %s".formatted(address, judgement.reason()),
        judgement.kind().opensToOperators() ? remedies(target) : List.of());
  }

  private static Decision publicTarget(Target target) {
    return new Decision.Ask(
        "net.public",
        "connects to %s, a machine of the internet".formatted(shown(target)),
        List.of(target.shortRule()));
  }

  private static Decision unresolvable(String name) {
    return new Decision.Deny(
        "net.unresolvable", "the name %s has no address".formatted(name), List.of());
  }

  /// An inner target opens only when an operator names its host and its port.
  private static List<String> remedies(Target target) {
    return target.port() == 0 ? List.of() : List.of(target.shortRule());
  }

  private static String shown(Target target) {
    return target.shortRule().substring("net:".length());
  }
}
