// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.relay.detectors;

import static java.util.Objects.requireNonNull;

import java.time.LocalDate;

/// What somebody decided to let pass until a day.
///
/// @param detector the id of the detector
/// @param server the name of the server
/// @param tool the name of the tool, prompt or resource; `*` for all of them
/// @param reason why
/// @param expires the last day on which it holds
public record Suppression(
    String detector, String server, String tool, String reason, LocalDate expires) {
  public Suppression {
    requireNonNull(detector, "detector");
    requireNonNull(server, "server");
    requireNonNull(tool, "tool");
    requireNonNull(reason, "reason");
    requireNonNull(expires, "expires");
  }

  /// Returns whether it is about what `alerting` notices in `subject`.
  boolean covers(String alerting, String subject) {
    return detector.equals(alerting) && (tool.equals("*") || tool.equals(subject));
  }
}
