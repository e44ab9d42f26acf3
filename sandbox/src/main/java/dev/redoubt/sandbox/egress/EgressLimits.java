// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.egress;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/// How much a proxy bears.
///
/// @param connections at once; one more is closed as soon as it comes
/// @param headerBytes of one request or answer, first line included
/// @param patience for a greeting, a whole header or a whole TLS greeting to arrive
/// @param idle how long nothing may move on an open connection
/// @param dialling for resolving, connecting and the handshake with a server together
/// @param bytes carried in both directions over the life of the proxy
public record EgressLimits(
    int connections,
    int headerBytes,
    Duration patience,
    Duration idle,
    Duration dialling,
    long bytes) {

  /// What holds when nobody says otherwise: 512 connections, 64 KB of header, 20 s for a header, 10
  /// minutes of silence, 20 s for dialling, 64 GB.
  public static final EgressLimits ORDINARY =
      new EgressLimits(
          512,
          65_536,
          Duration.ofSeconds(20),
          Duration.ofMinutes(10),
          Duration.ofSeconds(20),
          64L << 30);

  public EgressLimits {
    requirePositive(connections, "connections");
    requirePositive(headerBytes, "headerBytes");
    requirePositive(requireNonNull(patience, "patience").toNanos(), "patience");
    requirePositive(requireNonNull(idle, "idle").toNanos(), "idle");
    requirePositive(requireNonNull(dialling, "dialling").toNanos(), "dialling");
    requirePositive(bytes, "bytes");
  }

  private static void requirePositive(long value, String name) {
    if (value <= 0) {
      throw new IllegalArgumentException("%s is %d, not positive".formatted(name, value));
    }
  }
}
