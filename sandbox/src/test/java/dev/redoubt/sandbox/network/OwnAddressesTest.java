// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.network;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.guard.network.IpAddress;
import dev.redoubt.testkit.NeedsEngine;
import org.junit.jupiter.api.Test;

class OwnAddressesTest {

  @Test
  void everyMachineHasItsLoopback() {
    assertThat(new OwnAddresses().get()).contains(IpAddress.parse("127.0.0.1").orElseThrow());
  }

  @Test
  @NeedsEngine(value = "unshare", right = NeedsEngine.Right.ROOT)
  void aMachineWhoseLoopbackIsDownHasNoAddress() throws Exception {
    Process listing =
        new ProcessBuilder(
                "unshare",
                "-n",
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                System.getProperty("java.class.path"),
                "dev.redoubt.sandbox.network.Listing")
            .redirectErrorStream(true)
            .start();

    assertThat(new String(listing.getInputStream().readAllBytes(), UTF_8)).contains("addresses: 0");
  }

  @Test
  void theCardsAreListedOnce() {
    OwnAddresses own = new OwnAddresses();

    assertThat(own.get()).isSameAs(own.get());
  }
}
