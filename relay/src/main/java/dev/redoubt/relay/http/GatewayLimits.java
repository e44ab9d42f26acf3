// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.relay.http;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/// How much may be asked of a gateway.
///
/// @param sessions how many there are at once; one client has a quarter of them at most
/// @param requests how many of one session wait for an answer at once
/// @param losses how many times a minute one server may end by itself until it is not opened
/// @param idle how long a session may be unused
/// @param greeting how long a server may take until it has greeted
/// @param slow how long a client may let unread what a server tells it
public record GatewayLimits(
    int sessions, int requests, int losses, Duration idle, Duration greeting, Duration slow) {

  /// 256 sessions, 512 requests, 30 losses a minute, 30 minutes, 60 seconds, 30 seconds.
  public static final GatewayLimits USUAL =
      new GatewayLimits(
          256, 512, 30, Duration.ofMinutes(30), Duration.ofSeconds(60), Duration.ofSeconds(30));

  public GatewayLimits {
    if (sessions < 1 || requests < 1 || losses < 1) {
      throw new IllegalArgumentException("a limit below one");
    }
    requireNonNull(idle, "idle");
    requireNonNull(greeting, "greeting");
    requireNonNull(slow, "slow");
  }

  int ofOneClient() {
    return Math.max(1, sessions / 4);
  }
}
