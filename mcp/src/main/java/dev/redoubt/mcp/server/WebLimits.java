// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.mcp.server;

import java.time.Duration;

/// How much may be asked of a server over HTTP.
///
/// @param requests how many of a session are worked on at once
/// @param workers how many of all clients are
/// @param sessions how many there are at once
/// @param settled how long a session that was used is kept from being pushed out by another
/// @param absence how long a client that was cut off may stay away from a request of its session
record WebLimits(int requests, int workers, int sessions, Duration settled, Duration absence) {

  static final WebLimits USUAL =
      new WebLimits(64, 256, 256, Duration.ofMinutes(10), Duration.ofMinutes(1));
}
