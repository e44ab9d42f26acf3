// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.network;

import static java.util.Objects.requireNonNull;

import dev.redoubt.guard.network.AddressRanges.Range;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/// Says what kind of machine answers at an address. Immutable, safe to share.
///
/// An address that carries another one leads to that other one, so the inner is judged: IPv4-mapped
/// (RFC 4291 2.5.5.2), NAT64 (RFC 6052), 6to4 (RFC 3056), Teredo with its server and its client
/// (RFC 4380) and ISATAP (RFC 5214). IPv4-compatible and IPv4-translated addresses are not routed,
/// so they are never public. A NAT64 prefix that a network chose for itself cannot be told from
/// others.
public final class AddressJudge {

  private static final IpAddress MAPPED = v6("::ffff:0:0");
  private static final IpAddress TRANSLATED = v6("::ffff:0:0:0");
  private static final IpAddress NAT64 = v6("64:ff9b::");
  private static final IpAddress SIX_TO_FOUR = v6("2002::");
  private static final IpAddress TEREDO = v6("2001::");
  private static final IpAddress COMPATIBLE = v6("::");

  private final Supplier<Set<IpAddress>> own;

  /// @param own the addresses of this machine's network cards, public ones included
  public AddressJudge(Set<IpAddress> own) {
    Set<IpAddress> addresses = Set.copyOf(own);
    this.own = () -> addresses;
  }

  /// Listing the network cards takes milliseconds, which most judgements can do without.
  ///
  /// @param own the same, asked each time an address would be public; safe to share. What it throws
  ///   is thrown by the judgement
  public AddressJudge(Supplier<Set<IpAddress>> own) {
    this.own = requireNonNull(own, "own");
  }

  /// What was found out about an address.
  ///
  /// @param reason why it is of that kind, in words that follow the address
  public record Judgement(AddressClass kind, String reason) {
    public Judgement {
      requireNonNull(kind, "kind");
      requireNonNull(reason, "reason");
    }

    /// Says whether the address is a machine of the internet.
    public boolean isPublic() {
      return kind == AddressClass.PUBLIC;
    }
  }

  /// Returns what kind of machine answers at `address`.
  public Judgement judge(IpAddress address) {
    for (IpAddress inner : carried(address)) {
      Judgement judgement = judge(inner);
      if (!judgement.isPublic()) {
        return new Judgement(
            judgement.kind(), "carries %s, which %s".formatted(inner, judgement.reason()));
      }
    }
    Range range = AddressRanges.of(address);
    boolean isPublic = range.kind() == AddressClass.PUBLIC || leadsOnlyToCarried(address);
    if (isPublic && own.get().contains(address)) {
      return new Judgement(AddressClass.OWN, "is one of this machine's own addresses");
    }
    return isPublic
        ? new Judgement(AddressClass.PUBLIC, "is public")
        : new Judgement(range.kind(), "is %s (%s)".formatted(range.kind().words(), range.source()));
  }

  /// The ways of carrying an address that work on the internet of today.
  private static boolean leadsOnlyToCarried(IpAddress address) {
    return !address.isV4()
        && (address.startsWith(MAPPED, 96)
            || address.startsWith(NAT64, 96)
            || address.startsWith(TEREDO, 32));
  }

  private static List<IpAddress> carried(IpAddress address) {
    if (address.isV4()) {
      return List.of();
    }
    List<IpAddress> carried = new ArrayList<>(2);
    if (address.startsWith(MAPPED, 96)
        || address.startsWith(TRANSLATED, 96)
        || address.startsWith(NAT64, 96)
        || isIsatap(address)
        || isCompatible(address)) {
      carried.add(address.inner(12, 0));
    }
    if (address.startsWith(SIX_TO_FOUR, 16)) {
      carried.add(address.inner(2, 0));
    }
    if (address.startsWith(TEREDO, 32)) {
      carried.add(address.inner(4, 0));
      carried.add(address.inner(12, 0xFF));
    }
    return carried;
  }

  /// Everything in `::/96` but the unspecified and the loopback address, which mean themselves.
  private static boolean isCompatible(IpAddress address) {
    return address.startsWith(COMPATIBLE, 96)
        && (address.octet(12) != 0 || address.octet(13) != 0 || address.octet(14) != 0);
  }

  private static boolean isIsatap(IpAddress address) {
    return (address.octet(8) & 0xFC) == 0
        && address.octet(9) == 0
        && address.octet(10) == 0x5E
        && address.octet(11) == 0xFE;
  }

  private static IpAddress v6(String text) {
    return IpAddress.parse(text).orElseThrow();
  }
}
