// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.guard.network.IpAddress;
import org.junit.jupiter.api.Test;

class OwnAddressesTest {

  @Test
  void everyMachineHasItsLoopback() {
    assertThat(new OwnAddresses().get()).contains(IpAddress.parse("127.0.0.1").orElseThrow());
  }

  @Test
  void theCardsAreListedOnce() {
    OwnAddresses own = new OwnAddresses();

    assertThat(own.get()).isSameAs(own.get());
  }
}
