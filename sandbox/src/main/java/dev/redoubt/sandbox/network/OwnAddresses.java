// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.network;

import dev.redoubt.guard.network.IpAddress;
import java.io.UncheckedIOException;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The addresses of this machine's network cards, listed when they are first asked for and kept.
/// Safe to share.
public final class OwnAddresses implements Supplier<Set<IpAddress>> {

  private static final String NO_CARDS = "No network interfaces configured";

  private @Nullable Set<IpAddress> found;

  /// @throws UncheckedIOException if the cards cannot be listed; nothing may be dialled then
  @Override
  public synchronized Set<IpAddress> get() {
    Set<IpAddress> known = found;
    if (known == null) {
      try {
        known = Set.copyOf(find());
      } catch (SocketException e) {
        throw new UncheckedIOException("this machine's own addresses cannot be listed", e);
      }
      found = known;
    }
    return known;
  }

  /// Returns every address of every card that is there now.
  ///
  /// @throws SocketException if the cards cannot be listed; nothing may be dialled then
  public static Set<IpAddress> find() throws SocketException {
    Set<IpAddress> found = new HashSet<>();
    for (NetworkInterface card : cards()) {
      List<InterfaceAddress> addresses = card.getInterfaceAddresses();
      for (InterfaceAddress address : addresses) {
        found.add(IpAddress.of(address.getAddress().getAddress()));
      }
    }
    return found;
  }

  /* A network namespace whose loopback is down has no address at all, which is no failure. */
  private static List<NetworkInterface> cards() throws SocketException {
    try {
      return NetworkInterface.networkInterfaces().toList();
    } catch (SocketException e) {
      if (NO_CARDS.equals(e.getMessage())) {
        return List.of();
      }
      throw e;
    }
  }
}
