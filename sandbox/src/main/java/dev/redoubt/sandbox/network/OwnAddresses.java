// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.network;

import dev.redoubt.guard.network.IpAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The addresses of this machine's network cards.
public final class OwnAddresses {

  private OwnAddresses() {}

  /// Returns every address of every card that is there now.
  ///
  /// @throws SocketException if the cards cannot be listed; nothing may be dialled then
  public static Set<IpAddress> find() throws SocketException {
    Set<IpAddress> found = new HashSet<>();
    for (NetworkInterface card : NetworkInterface.networkInterfaces().toList()) {
      List<InterfaceAddress> addresses = card.getInterfaceAddresses();
      for (InterfaceAddress address : addresses) {
        found.add(IpAddress.of(address.getAddress().getAddress()));
      }
    }
    return found;
  }
}
